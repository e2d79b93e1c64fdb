/* SPDX-License-Identifier: MIT */
/*
 * Is a text the shortest that reads back as a binary float, and of the shortest the one
 * nearest to it? Judged by whole numbers alone, without the core's numbers and without
 * the C library's.
 */
#ifndef TEST_SHORTEST_H
#define TEST_SHORTEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An IEEE 754 format: sign, then `exponent` bits, then `fraction` bits. */
struct layout {
    unsigned exponent, fraction;
};

/* Neither infinity nor NaN? */
bool layout_is_finite(struct layout layout, uint64_t bits);

/* NULL if the text is right, or what is wrong with it. Keeps powers of ten between calls:
 * not for threads. */
const char *shortest_fault(struct layout layout, uint64_t bits, const char *text,
                           size_t length);

#endif
