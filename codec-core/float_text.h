/* SPDX-License-Identifier: MIT */
/* IEEE 754 numbers, given as bits, to JSON text and back; integer arithmetic only. */
#ifndef DGM_FLOAT_TEXT_H
#define DGM_FLOAT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "real.h"

enum { FLOAT_TEXT_MAX = 32 };

/* Neither infinity nor NaN? `width` is 32 or 64. */
bool float_is_finite(uint64_t bits, unsigned width);

/*
 * Shortest text that reads back as the same number of that width. Plain digits from 1e-7
 * up to 1e21, else with an exponent, as ECMAScript prints numbers. Zero keeps its sign.
 * The number must be finite.
 */
size_t float_write(char *text, uint64_t bits, unsigned width);

/* The same of a finite binary32, faster. May write PLAN_SLACK bytes behind. */
char *float_write_32(char *text, uint32_t bits);

/*
 * Nearest number of that width, ties to even, of a text that is a JSON number. False if
 * it is too large for a finite one.
 */
bool float_read(const char *text, size_t length, unsigned width, uint64_t *ret_bits);

/* The same for any format. */
size_t float_write_as(char *text, const struct dgm_float *format, uint64_t bits);
bool float_read_as(const char *text, size_t length, const struct dgm_float *format,
                   uint64_t *ret_bits);

#endif
