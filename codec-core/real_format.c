/* SPDX-License-Identifier: MIT */
/*
 * Floating point formats: any number of bits of sign, exponent and fraction. Every value
 * of a format that the verifier lets pass is a binary64, too.
 */
#include "real.h"

enum { SIGNIFICANT = 64 };

static unsigned exponent_field(const struct dgm_float *format, uint64_t raw)
{
    return (unsigned)(raw >> format->fraction) & ((1u << format->exponent) - 1);
}

static unsigned largest_field(const struct dgm_float *format)
{
    unsigned all = (1u << format->exponent) - 1;
    return (format->flags & DGM_FLOAT_SPECIAL) ? all - 1 : all;
}

bool real_is_finite(const struct dgm_float *format, uint64_t raw)
{
    return exponent_field(format, raw) <= largest_field(format);
}

struct real real_unpack(const struct dgm_float *format, uint64_t raw)
{
    unsigned field = exponent_field(format, raw), fraction_bits = format->fraction;
    uint64_t fraction = raw & (((uint64_t)1 << fraction_bits) - 1);
    bool negative = format->sign != 0 && (raw >> (fraction_bits + format->exponent) & 1);
    bool hidden = (format->flags & DGM_FLOAT_HIDDEN) != 0;
    if (hidden && field != 0)
        fraction |= (uint64_t)1 << fraction_bits;
    else if (hidden && !(format->flags & DGM_FLOAT_SUBNORMAL))
        fraction = 0;
    struct real value = real_from_u64(fraction, false);
    value.negative = negative;
    if (fraction == 0)
        return value;
    int least = hidden && field == 0 ? 1 : (int)field;
    value.exponent += least - format->bias - (int)fraction_bits;
    return value;
}

/* bits / 2^drop to the nearest, ties to even; drop is at least 11. */
static uint64_t rounded(struct real value, int drop)
{
    if (drop > SIGNIFICANT)
        return 0;
    uint64_t kept = drop < SIGNIFICANT ? value.bits >> drop : 0;
    uint64_t cut =
        drop < SIGNIFICANT ? value.bits & (((uint64_t)1 << drop) - 1) : value.bits;
    uint64_t half = (uint64_t)1 << (drop - 1);
    return kept + (cut > half || (cut == half && (value.rest || (kept & 1) != 0)));
}

/* Without subnormal numbers there is nothing between zero and the smallest one. */
static uint64_t flushed(struct real value, int least, unsigned fraction_bits)
{
    int half = least + (int)fraction_bits - 1 - (SIGNIFICANT - 1);
    bool more = value.exponent > half ||
                (value.exponent == half &&
                 (value.rest || value.bits > (uint64_t)1 << (SIGNIFICANT - 1)));
    return more ? (uint64_t)1 << fraction_bits : 0;
}

bool real_pack(const struct dgm_float *format, struct real value, uint64_t *ret)
{
    bool hidden = (format->flags & DGM_FLOAT_HIDDEN) != 0;
    unsigned fraction_bits = format->fraction;
    int precision = (int)fraction_bits + hidden;
    uint64_t one = (uint64_t)1 << fraction_bits, sign = 0;
    if (value.negative && format->sign != 0)
        sign = (uint64_t)1 << (fraction_bits + format->exponent);
    *ret = sign;
    if (value.bits == 0)
        return true;
    /* Exponent of the last bit: of the smallest numbers, and of this one. */
    int least = (hidden ? 1 : 0) - format->bias - (int)fraction_bits;
    int last = value.exponent + SIGNIFICANT - precision;
    if (last < least)
        last = least;
    uint64_t kept = rounded(value, last - value.exponent);
    if (kept >> precision != 0) {
        kept >>= 1;
        last++;
    }
    if (hidden && kept < one && !(format->flags & DGM_FLOAT_SUBNORMAL))
        kept = flushed(value, least, fraction_bits);
    if (kept == 0)
        return true;
    if (value.negative && format->sign == 0)
        return false;
    int field = last + format->bias + (int)fraction_bits;
    if (hidden && kept < one)
        field = 0;
    if (field > (int)largest_field(format))
        return false;
    *ret = sign | (uint64_t)field << fraction_bits | (kept & (one - 1));
    return true;
}
