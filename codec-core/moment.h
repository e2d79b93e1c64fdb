/* SPDX-License-Identifier: MIT */
/*
 * Instants as frames and JSON write them: by a pattern of digits, in the wire's own zone,
 * or as a number. An instant is a number of seconds since 1970-01-01T00:00Z.
 */
#ifndef DGM_MOMENT_H
#define DGM_MOMENT_H

#include "calendar.h"
#include "private.h"

enum {
    MOMENT_PATTERN_MAX = 32, /* characters of a pattern */
    MOMENT_TEXT_MAX = 48     /* of a JSON text, quotes included */
};

/* The format of a row, or one that changes nothing if it has none. */
const struct dgm_format *moment_format(const struct dgm_codec *codec, uint16_t index);

/* Does it stand for a digit of a pattern? */
bool moment_is_letter(char character);
/* Each part of a pattern once and in its full width; year, month and day among them. */
bool moment_pattern_ok(const char *pattern);

/* Milliseconds, rounded down; false if out of the calendar's reach. */
bool moment_milliseconds(struct number seconds, int64_t *ret);

/* The JSON value of an instant in a rendering, quotes included; 0 if there is none. */
size_t moment_write(char *text, struct number seconds, uint8_t show,
                    const struct dgm_format *format);
/* The instant that a JSON text, without its quotes, means in a rendering. */
bool moment_read(const char *text, size_t length, uint8_t show,
                 const struct dgm_format *format, struct number *ret_seconds);

/* Between an instant and the digits of the format's pattern, as one number. The nearest
 * instant that the pattern can tell; `ret_exact`: it is the one that was asked for. */
bool moment_of_digits(const struct dgm_codec *codec, const struct dgm_format *format,
                      struct wide digits, struct number *ret_seconds);
bool moment_to_digits(const struct dgm_codec *codec, const struct dgm_format *format,
                      struct number seconds, struct wide *ret_digits, bool *ret_exact);

/* Between an instant and the parts of a MOMENT row. DGM_NOTHING: a part is missing;
 * DGM_TIME: there is no such date. */
enum dgm_status moment_of_parts(const struct dgm_codec *codec, const struct dgm_row *row,
                                const struct value *slots, struct number *ret_seconds);
bool moment_to_part(const struct dgm_codec *codec, const struct dgm_row *row,
                    struct number seconds, unsigned part, struct number *ret,
                    bool *ret_exact);

#endif
