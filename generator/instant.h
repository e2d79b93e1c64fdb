/* SPDX-License-Identifier: MIT */
/* Instants as profiles write them. */
#ifndef DGM_INSTANT_H
#define DGM_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

/* "20190329T101605Z", "2019-03-29T10:16:05Z", either with a fraction of up to three
 * digits before the Z: milliseconds since 1970-01-01Z. False if it is none. */
bool instant_parse(const char *text, int64_t *ret_ms);

#endif
