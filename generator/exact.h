/* SPDX-License-Identifier: MIT */
/* Exact rational numbers for the compiler: scales, limits, constants. No binary floating
 * point. */
#ifndef DGM_EXACT_H
#define DGM_EXACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef __int128
    exact_int; /* the compiler runs on build machines with GCC or Clang */

/* numerator / denominator, reduced, denominator > 0. */
struct exact {
    exact_int numerator, denominator;
};

struct exact exact_from_int(int64_t value);
/* "12", "-0.001", "1e-3", "5/9", "0x1F" (hex only if `hex`): false if it is none or too
 * large. */
bool exact_parse(const char *text, size_t length, bool hex, struct exact *ret);
bool exact_add(struct exact left, struct exact right, struct exact *ret);
bool exact_sub(struct exact left, struct exact right, struct exact *ret);
bool exact_mul(struct exact left, struct exact right, struct exact *ret);
bool exact_div(struct exact left, struct exact right, struct exact *ret);
int exact_compare(struct exact left, struct exact right);
bool exact_is_zero(struct exact value);
bool exact_is_whole(struct exact value);
/* Decimals needed to write it exactly: 0..19; false if it has no finite form or needs
 * more. */
bool exact_digits(struct exact value, unsigned *ret_digits);
/* value * 10^digits if that is a whole int64. */
bool exact_scaled_i64(struct exact value, unsigned digits, int64_t *ret);
/* value * 10^digits rounded down (up if `up`), saturated to int64. */
int64_t exact_scaled_bound(struct exact value, unsigned digits, bool up);
/* Shortest decimal text if finite, else "a/b"; zero-terminated; size at least 96. */
size_t exact_text(struct exact value, char *text, size_t size);

#endif
