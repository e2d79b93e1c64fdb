/* SPDX-License-Identifier: MIT */
/*
 * A strict pull reader over a caller's JSON text: no tree, no copy, no allocation,
 * bounded depth.
 *
 * The caller walks objects and arrays itself:
 *
 *     json_begin_object(r);
 *     while (json_next_member(r, &name)) { json_skip(r); }     // or read the value
 *     if (r->status != DGM_OK) ...                             // sticky: look once at
 * the end
 *
 * The first fault sticks; from then on every call returns false and moves nothing.
 */
#ifndef DGM_JSON_READ_H
#define DGM_JSON_READ_H

#include <dragoman/json.h>
#include <dragoman/status.h>
#include "number.h"

enum json_type {
    JSON_INVALID, /* end of text, or a fault */
    JSON_OBJECT,
    JSON_ARRAY,
    JSON_STRING,
    JSON_NUMBER,
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL
};

struct json_reader {
    const char *text;
    size_t length;
    size_t position;
    enum dgm_status status; /* DGM_OK until the first fault */
    size_t fault;           /* byte of the fault */
    unsigned depth;
    /* One bit per level: has the container at that level had an element yet? */
    uint64_t started;
    /* One bit per level: is it an object? */
    uint64_t objects;
};

/* A string as it stands between its quotes: escapes not resolved, but checked. */
struct json_string {
    const char *raw; /* into the reader's text, not terminated */
    size_t length;
    bool escaped; /* has at least one backslash */
};

void json_reader_init(struct json_reader *reader, const char *text, size_t length);

/* Set a fault at `offset` unless there is one. Returns false. */
bool json_fault(struct json_reader *reader, enum dgm_status status, size_t offset);

/* Type of the value that begins at the position (blanks are passed over). No move
 * otherwise. */
enum json_type json_peek(struct json_reader *reader);

bool json_begin_object(struct json_reader *reader);
/* Next member's name and colon are consumed; false at the closing brace, which is
 * consumed. */
bool json_next_member(struct json_reader *reader, struct json_string *ret_name);
bool json_begin_array(struct json_reader *reader);
/* True if another element follows (its comma is consumed); false at the bracket,
 * consumed. */
bool json_next_element(struct json_reader *reader);

/* Read one value of that type; a value of another type is a DGM_TYPE fault at its first
 * byte. */
bool json_read_string(struct json_reader *reader, struct json_string *ret);
bool json_read_number(struct json_reader *reader, struct number *ret);
bool json_read_bool(struct json_reader *reader, bool *ret);
/* Pass over any value, checking it wholly. Iterative: depth is bounded by
 * DGM_JSON_MAX_DEPTH. */
bool json_skip(struct json_reader *reader);
/* Only blanks may follow. */
bool json_end(struct json_reader *reader);

/* Strings: characters one by one. `position` starts at 0; false at the end. */
bool json_string_next(const struct json_string *string, size_t *position,
                      uint32_t *ret_code_point);
/* Code points. */
size_t json_string_characters(const struct json_string *string);
/* Bytes of the text in UTF-8 with escapes resolved. */
size_t json_string_bytes(const struct json_string *string);
/* Is the string, escapes resolved, equal to these UTF-8 bytes? */
bool json_string_is(const struct json_string *string, const char *text, size_t length);
/* Do two strings hold the same characters, however they are escaped? */
bool json_string_equal(const struct json_string *left, const struct json_string *right);

/* Do two values, each a whole JSON text, mean the same? As dgm_json_equal() with
 * tolerance 0. */
bool json_text_equal(const char *left, size_t left_length, const char *right,
                     size_t right_length);

#endif
