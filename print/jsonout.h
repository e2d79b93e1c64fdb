/* SPDX-License-Identifier: MIT */
/* JSON for scripts: lines of members, written as they come. */
#ifndef DGM_JSONOUT_H
#define DGM_JSONOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* An object under way. */
struct jsonout {
    FILE *file;
    bool any; /* members so far */
};

void jsonout_open(struct jsonout *json, FILE *file);
void jsonout_close(struct jsonout *json); /* with a line feed */

/* A quoted text. What is no UTF-8 becomes U+FFFD. */
void jsonout_quoted(FILE *file, const char *text, size_t length);

void jsonout_name(struct jsonout *json, const char *name);
void jsonout_text(struct jsonout *json, const char *name, const char *text);
void jsonout_number(struct jsonout *json, const char *name, uint64_t number);
void jsonout_bool(struct jsonout *json, const char *name, bool value);
/* A member whose value is JSON already. */
void jsonout_raw(struct jsonout *json, const char *name, const char *text, size_t length);

/* magnitude / 10^scale as a JSON number, without zeros at its end. */
enum { JSONOUT_DECIMAL = 48 };
void jsonout_decimal(bool negative, uint64_t magnitude, unsigned scale, char *ret_text);

#endif
