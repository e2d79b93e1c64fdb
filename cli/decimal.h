/* SPDX-License-Identifier: MIT */
/* Decimal numbers as texts, exact. */
#ifndef DGM_CLI_DECIMAL_H
#define DGM_CLI_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

/* Digits that a number may have in front of its point and behind it, and bytes of the
 * text. */
enum { DECIMAL_WHOLE = 19, DECIMAL_FRACTION = 15, DECIMAL_SIZE = 40 };

/* The one plain form of "+1.50", " 2e3 ", "-0.0": "1.5", "2000", "0". False if it is no
 * number or has too many digits. `ret` has DECIMAL_SIZE bytes. */
bool decimal_plain(const char *text, char *ret);

/* Below 0, 0, above 0; both in the plain form. */
int decimal_compare(const char *left, const char *right);
/* The same of any spelling, and of up to 64 digits. False if one of them is no such
 * number. */
bool decimal_order(const char *left, const char *right, int *ret);
/* Of the plain form: is there nothing behind a point? */
bool decimal_is_whole(const char *text);

#endif
