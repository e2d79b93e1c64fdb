/* SPDX-License-Identifier: MIT */
/*
 * Finding one's way in JSON text that is known to be valid and ends with a zero, so that
 * a scanner only has to find where values end.
 */
#ifndef DGM_HOST_MANIFEST_JSON_H
#define DGM_HOST_MANIFEST_JSON_H

#include <stdbool.h>
#include <stddef.h>

const char *manifest_json_skip_blanks(const char *at);

/* Behind the closing quote of the string that starts at `at`. */
const char *manifest_json_string_end(const char *at);

/* Behind the value that starts at `at`, or behind blanks that follow it. */
const char *manifest_json_value_end(const char *at);

/* A member of an object; both start at their first character. */
struct manifest_json_member {
    const char *name, *value;
};

/* Walk an object or a list: `*at` begins at its bracket and is moved on. False behind the
 * last one. */
bool manifest_json_next_member(const char **at, struct manifest_json_member *ret);
bool manifest_json_next_element(const char **at, const char **ret_value);

/* The characters of the string that starts at `from`, its escapes resolved; NULL without
 * memory. A zero in it cuts it short: names and values that matter have none. */
char *manifest_json_string_copy(const char *from);

/* Is the value that starts at `value` a string of just these characters? */
bool manifest_json_is_text(const char *value, const char *text);

#endif
