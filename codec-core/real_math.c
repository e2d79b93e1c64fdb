/* SPDX-License-Identifier: MIT */
/*
 * Logarithm, exponential and power out of the arithmetic of real.c: the argument is
 * brought near zero, a series of fixed length does the rest. The 11 bits that numbers
 * have beyond binary64 swallow the errors.
 */
#include "real.h"

#ifndef DGM_NO_MATH

enum { LOG_TERMS = 14, EXP_TERMS = 18, SQUARING_LIMIT = 1024 };

static const struct real one = {(uint64_t)1 << 63, -63, false, false};
static const struct real two = {(uint64_t)1 << 63, -62, false, false};
static const struct real ln2 = {0xB17217F7D1CF79ACu, -64, false, false};
/* The same in two parts: the first has 40 bits, so that a multiple of it is exact. */
static const struct real ln2_upper = {0xB17217F7D1000000u, -64, false, false};
static const struct real ln2_lower = {0xCF79ABC9E3B39804u, -104, false, false};
static const struct real log10_of_e = {0xDE5BD8A937287195u, -65, false, false};
static const uint64_t root_of_two = 0xB504F333F9DE6484u; /* * 2^-63 */

/* ln(m * 2^e) = 2 artanh((m - 1) / (m + 1)) + e ln 2 for m around 1. */
struct real real_ln(struct real value)
{
    int power = value.exponent + 63;
    struct real m = {value.bits, -63, false, value.rest};
    if (m.bits > root_of_two) {
        m.exponent--;
        power++;
    }
    struct real s = real_div(real_sub(m, one), real_add(m, one));
    struct real square = real_mul(s, s), sum = real_from_u64(0, false);
    for (unsigned i = LOG_TERMS; i > 0; i--) {
        struct real term = real_div(one, real_from_u64(2 * i - 1, false));
        sum = real_add(term, real_mul(square, sum));
    }
    uint64_t count = power < 0 ? (uint64_t)-power : (uint64_t)power;
    struct real whole = real_mul(ln2, real_from_u64(count, power < 0));
    return real_add(whole, real_mul(two, real_mul(s, sum)));
}

struct real real_log10(struct real value)
{
    return real_mul(real_ln(value), log10_of_e);
}

/* The nearest whole number; the magnitude is below 2^12. */
static int nearest(struct real value)
{
    int shift = -value.exponent;
    if (value.bits == 0 || shift > 64)
        return 0;
    int whole = (int)((value.bits >> (shift - 1)) + 1) / 2;
    return value.negative ? -whole : whole;
}

/* e^x = 2^k e^r with k the nearest to x / ln 2. */
bool real_exp(struct real value, struct real *ret)
{
    *ret = real_from_u64(0, false);
    /* e^(2^11) is beyond binary64 at either end. */
    if (value.bits != 0 && value.exponent + 63 >= 11)
        return value.negative;
    int power = nearest(real_div(value, ln2));
    uint64_t count = power < 0 ? (uint64_t)-power : (uint64_t)power;
    struct real multiple = real_from_u64(count, power < 0);
    struct real r = real_sub(value, real_mul(multiple, ln2_upper));
    r = real_sub(r, real_mul(multiple, ln2_lower));
    struct real sum = one;
    for (unsigned i = EXP_TERMS; i > 0; i--)
        sum = real_add(one, real_div(real_mul(r, sum), real_from_u64(i, false)));
    sum.exponent += power;
    *ret = sum;
    return true;
}

/* Is it a whole number of at most `limit`? */
static bool is_small_whole(struct real value, unsigned limit, unsigned *ret)
{
    struct number number;
    if (!real_to_number(value, 0, REAL_FLOOR, &number) || number.mantissa.high != 0)
        return false;
    struct real back = real_from_u64(number.mantissa.low, false);
    *ret = (unsigned)number.mantissa.low;
    return number.mantissa.low <= limit && real_compare(back, value) == 0;
}

static struct real whole_power(struct real base, unsigned power)
{
    struct real result = one;
    for (; power > 0; power >>= 1) {
        if (power & 1)
            result = real_mul(result, base);
        base = real_mul(base, base);
    }
    return result;
}

/* Is a whole number odd? One that is not whole is no power of a negative base. */
static bool whole_is_odd(struct real power, bool *ret_odd)
{
    int shift = -power.exponent;
    *ret_odd = false;
    if (power.bits == 0 || shift <= 0)
        return true;
    if (shift >= 64 || (power.bits & (((uint64_t)1 << shift) - 1)) != 0)
        return false;
    *ret_odd = (power.bits >> shift & 1) != 0;
    return true;
}

bool real_pow(struct real base, struct real power, struct real *ret)
{
    struct real magnitude = power;
    unsigned whole;
    bool odd = false, is_whole = whole_is_odd(power, &odd);
    magnitude.negative = false;
    if (base.bits == 0 && power.bits != 0) {
        *ret = real_from_u64(0, false);
        return !power.negative;
    }
    if (base.bits != 0 && base.negative && !is_whole)
        return false;
    if (power.bits == 0 || is_small_whole(magnitude, SQUARING_LIMIT, &whole)) {
        *ret = whole_power(base, power.bits == 0 ? 0 : whole);
        if (power.negative && power.bits != 0)
            *ret = real_div(one, *ret);
        return true;
    }
    bool negative = base.negative && odd;
    base.negative = false;
    if (!real_exp(real_mul(power, real_ln(base)), ret))
        return false;
    ret->negative = negative && ret->bits != 0;
    return true;
}

#else

/* The verifier lets no table pass that could come here, but for fractions of pow10(). */

struct real real_ln(struct real value)
{
    return value;
}

struct real real_log10(struct real value)
{
    return value;
}

bool real_exp(struct real value, struct real *ret)
{
    *ret = value;
    return false;
}

bool real_pow(struct real base, struct real power, struct real *ret)
{
    (void)power;
    *ret = base;
    return false;
}

#endif
