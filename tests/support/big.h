/* SPDX-License-Identifier: MIT */
/*
 * Whole numbers of some three thousand bits by schoolbook arithmetic, for tests that must
 * not lean on the core's own numbers. What does not fit aborts.
 */
#ifndef TEST_BIG_H
#define TEST_BIG_H

#include <stddef.h>
#include <stdint.h>

enum { BIG_LIMBS = 48, BIG_TEXT_MAX = BIG_LIMBS * 20 + 1 };

struct big {
    unsigned used; /* limbs up to the highest that is not zero */
    uint64_t limbs[BIG_LIMBS];
};

void big_set(struct big *ret, uint64_t value);
void big_copy(struct big *ret, const struct big *from);
/* left * right; `ret` may be `left`. */
void big_mul(struct big *ret, const struct big *left, uint64_t right);
/* left * 2^count; `ret` may be `left`. */
void big_shift(struct big *ret, const struct big *left, unsigned count);
/* left + right; `ret` may be either. */
void big_add(struct big *ret, const struct big *left, const struct big *right);
/* left - right, which is not negative; `ret` may be either. */
void big_sub(struct big *ret, const struct big *left, const struct big *right);
/* The whole quotient, which fits 64 bits; `left` keeps what is left over. */
uint64_t big_div(struct big *left, const struct big *right);
/* -1, 0, 1. */
int big_compare(const struct big *left, const struct big *right);
/* 10^power. */
void big_power10(struct big *ret, unsigned power);
/* Decimal digits, terminated; at most BIG_TEXT_MAX bytes. Returns how many. */
size_t big_text(const struct big *value, char *text);

#endif
