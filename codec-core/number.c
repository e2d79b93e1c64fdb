/* SPDX-License-Identifier: MIT */
/* Exact decimal arithmetic. What overflows is tried again without trailing zeros, so that
 * the spelling of an operand does not decide. */
#include "number.h"

/* Take trailing zeros off the mantissa as long as there are decimals. */
static void normalise(struct number *value)
{
    struct wide quotient, rest;
    const struct wide ten = wide_from_u64(10);
    if (wide_is_zero(value->mantissa))
        value->digits = 0;
    for (; value->digits > 0; value->digits--) {
        quotient = value->mantissa;
        if (!wide_divide(&quotient, &ten, &rest) || !wide_is_zero(rest))
            return;
        value->mantissa = quotient;
    }
}

/* Bring both to the decimals of the one that has more. */
static bool align(struct number *left, struct number *right)
{
    struct number *fewer = left->digits < right->digits ? left : right;
    const struct number *more = fewer == left ? right : left;
    if (!wide_scale_up(&fewer->mantissa, (unsigned)(more->digits - fewer->digits)))
        return false;
    fewer->digits = more->digits;
    return true;
}

static int sign_of(const struct wide *value)
{
    if (value->high < 0)
        return -1;
    return !wide_is_zero(*value);
}

int number_order(const struct number *left, const struct number *right)
{
    struct number x = *left, y = *right;
    bool left_fewer = x.digits < y.digits;
    if (align(&x, &y))
        return wide_compare(x.mantissa, y.mantissa);
    /* The one with fewer decimals leaves the 128 bits that the other one fits in. */
    return left_fewer ? sign_of(&x.mantissa) : -sign_of(&y.mantissa);
}

bool number_combine(const struct number *left, const struct number *right, bool subtracts,
                    struct number *ret)
{
    for (unsigned round = 0; round < 2; round++) {
        struct number x = *left, y = *right;
        if (round > 0) {
            normalise(&x);
            normalise(&y);
        }
        if (align(&x, &y) && (subtracts ? wide_sub_from(&x.mantissa, &y.mantissa)
                                        : wide_add_to(&x.mantissa, &y.mantissa))) {
            *ret = x;
            return true;
        }
    }
    return false;
}

bool number_multiply(const struct number *left, const struct number *right,
                     struct number *ret)
{
    struct number x = *left, y = *right;
    for (unsigned round = 0; round < 2; round++) {
        unsigned digits = (unsigned)x.digits + y.digits;
        struct wide mantissa;
        if (digits <= NUMBER_MAX_DIGITS && wide_mul(x.mantissa, y.mantissa, &mantissa)) {
            ret->mantissa = mantissa;
            ret->digits = (uint8_t)digits;
            return true;
        }
        normalise(&x);
        normalise(&y);
    }
    return false;
}

bool number_is_whole(const struct number *value, struct wide *ret)
{
    struct number whole = *value;
    normalise(&whole);
    if (whole.digits > 0)
        return false;
    *ret = whole.mantissa;
    return true;
}
