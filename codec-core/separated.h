/* SPDX-License-Identifier: MIT */
/* Reading pairs of hex digits or small numbers with a text between them. */
#ifndef DGM_SEPARATED_H
#define DGM_SEPARATED_H

#include "json_read.h"
#include "private.h"

struct separated {
    const struct json_string *string;
    const char *between;
    size_t between_length;
    size_t position; /* in the string as it stands */
};

void separated_begin(struct separated *separated, const struct dgm_codec *codec,
                     const struct dgm_format *format, const struct json_string *string);
/* Pass over the text between two; false if another one stands there, or nothing. */
bool separated_skip(struct separated *separated);
/* The next byte, or -1. */
int separated_hex(struct separated *separated);
int separated_number(struct separated *separated);

#endif
