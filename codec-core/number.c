/* SPDX-License-Identifier: MIT */
/* Exact decimal arithmetic. What overflows is tried again without trailing zeros, so that
 * the spelling of an operand does not decide. */
#include "number.h"

/* Take trailing zeros off the mantissa as long as there are decimals. */
static void normalise(struct number *value)
{
    struct wide quotient, remainder;
    if (wide_is_zero(value->mantissa))
        value->digits = 0;
    while (value->digits > 0 &&
           wide_floor_div(value->mantissa, wide_from_u64(10), &quotient, &remainder) &&
           wide_is_zero(remainder)) {
        value->mantissa = quotient;
        value->digits--;
    }
}

/* Bring both to the decimals of the one that has more. */
static bool align(struct number *left, struct number *right)
{
    struct number *fewer = left->digits < right->digits ? left : right;
    const struct number *more = fewer == left ? right : left;
    if (!wide_mul_pow10(fewer->mantissa, (unsigned)(more->digits - fewer->digits),
                        &fewer->mantissa))
        return false;
    fewer->digits = more->digits;
    return true;
}

static int sign_of(struct wide value)
{
    if (wide_is_zero(value))
        return 0;
    return wide_is_negative(value) ? -1 : 1;
}

int number_compare(struct number left, struct number right)
{
    bool left_fewer = left.digits < right.digits;
    if (align(&left, &right))
        return wide_compare(left.mantissa, right.mantissa);
    /* The one with fewer decimals leaves the 128 bits that the other one fits in. */
    return left_fewer ? sign_of(left.mantissa) : -sign_of(right.mantissa);
}

/* The sum, or the difference. */
static bool combine(struct number *left, struct number *right, bool subtracts,
                    struct number *ret)
{
    struct wide mantissa;
    bool fits = subtracts ? wide_sub(left->mantissa, right->mantissa, &mantissa)
                          : wide_add(left->mantissa, right->mantissa, &mantissa);
    if (!fits)
        return false;
    ret->mantissa = mantissa;
    ret->digits = left->digits;
    return true;
}

static bool add_or_subtract(const struct number *left, const struct number *right,
                            bool subtracts, struct number *ret)
{
    for (unsigned round = 0; round < 2; round++) {
        struct number x = *left, y = *right;
        if (round > 0) {
            normalise(&x);
            normalise(&y);
        }
        if (align(&x, &y) && combine(&x, &y, subtracts, ret))
            return true;
    }
    return false;
}

bool number_add(struct number left, struct number right, struct number *ret)
{
    return add_or_subtract(&left, &right, false, ret);
}

bool number_sub(struct number left, struct number right, struct number *ret)
{
    return add_or_subtract(&left, &right, true, ret);
}

bool number_mul(struct number left, struct number right, struct number *ret)
{
    for (unsigned round = 0; round < 2; round++) {
        unsigned digits = (unsigned)left.digits + right.digits;
        struct wide mantissa;
        if (digits <= NUMBER_MAX_DIGITS &&
            wide_mul(left.mantissa, right.mantissa, &mantissa)) {
            ret->mantissa = mantissa;
            ret->digits = (uint8_t)digits;
            return true;
        }
        normalise(&left);
        normalise(&right);
    }
    return false;
}

bool number_to_wide(struct number value, struct wide *ret)
{
    normalise(&value);
    if (value.digits > 0)
        return false;
    *ret = value.mantissa;
    return true;
}
