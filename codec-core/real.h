/* SPDX-License-Identifier: MIT */
/*
 * Binary floating point by integers alone: a number taken apart, with 64 significant bits
 * and the knowledge whether anything was cut off behind them. The same results on every
 * machine, whatever its floating point unit, compiler or library does.
 */
#ifndef DGM_REAL_H
#define DGM_REAL_H

#include <dragoman/table.h>
#include "number.h"

/* bits * 2^exponent, the top bit set; 0: zero. */
struct real {
    uint64_t bits;
    int exponent;
    bool negative;
    bool rest; /* the magnitude is larger than that by less than one unit */
};

/* The formats of IEEE 754; `width` is 16, 32 or 64. */
const struct dgm_float *real_format(unsigned width);

/* Neither infinity nor NaN? */
bool real_is_finite(const struct dgm_float *format, uint64_t raw);
/* The value of a finite raw one, exactly. */
struct real real_unpack(const struct dgm_float *format, uint64_t raw);
/*
 * Nearest raw value, ties to even. False if it is beyond the largest one, or negative and
 * the format has no sign.
 */
bool real_pack(const struct dgm_float *format, struct real value, uint64_t *ret);

struct real real_from_u64(uint64_t value, bool negative);
/* Nearest binary64. */
struct real real_from_number(struct number value);
/* The same rounded to binary64; false if too large for it. */
bool real_round64(struct real *value);

struct real real_add(struct real left, struct real right);
struct real real_sub(struct real left, struct real right);
struct real real_mul(struct real left, struct real right);
/* The divisor is not zero. */
struct real real_div(struct real left, struct real right);
/* What is left of a division towards zero, exactly; of numbers of which nothing was cut
 * off, and the divisor is not zero. */
struct real real_rest(struct real left, struct real right);
/* Of a number that is not negative. */
struct real real_sqrt(struct real value);
int real_compare(struct real left, struct real right);

enum real_rounding { REAL_AWAY, REAL_EVEN, REAL_FLOOR, REAL_CEIL };

/*
 * value * 10^digits as a whole number by that rounding; ties of the first two go away
 * from zero or to even. False if the number does not fit. At most 53 bits count.
 */
bool real_to_number(struct real value, unsigned digits, enum real_rounding rounding,
                    struct number *ret);

/* real_math.c: accurate to a unit in the last place of binary64 and usually to half of
 * it. The logarithm is of a positive number; exp() returns false where the result is too
 * large; pow() where there is none or it is too large. */
struct real real_ln(struct real value);
struct real real_log10(struct real value);
bool real_exp(struct real value, struct real *ret);
bool real_pow(struct real base, struct real power, struct real *ret);

#endif
