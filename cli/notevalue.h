/* SPDX-License-Identifier: MIT */
/* The value that plain JSON has for a path as errors show it. */
#ifndef DGM_CLI_NOTEVALUE_H
#define DGM_CLI_NOTEVALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NOTE_BRACKETS = 16 };

/* Where the last element of an array was found: the next one is asked for next. */
struct note_cursor {
    const char *array, *element;
    unsigned long index;
};

/* A JSON text in which many values are looked up. */
struct note_json {
    const char *text;
    uint32_t *ends; /* of each bracket that opens, the place behind the one that closes */
    struct note_cursor cursors[NOTE_BRACKETS]; /* by brackets of the path */
};

/* `text` is what decoding printed, without blanks; it is kept. False if memory is out. */
bool note_json_open(struct note_json *json, const char *text, size_t length);
void note_json_close(struct note_json *json);

/*
 * The value of "Log[1].volume". The text is the value's own, digit by digit: memory of
 * the caller, or NULL if there is none.
 */
char *note_value(struct note_json *json, const char *path);

#endif
