/* SPDX-License-Identifier: MIT */
/* Exact decimal arithmetic. What overflows is tried again without trailing zeros, so that
 * the spelling of an operand does not decide. */
#include "number.h"

/* Take trailing zeros off the mantissa as long as there are decimals. */
static struct number normalised(struct number value)
{
    struct wide quotient, remainder;
    if (wide_is_zero(value.mantissa))
        value.digits = 0;
    while (value.digits > 0 &&
           wide_floor_div(value.mantissa, wide_from_u64(10), &quotient, &remainder) &&
           wide_is_zero(remainder)) {
        value.mantissa = quotient;
        value.digits--;
    }
    return value;
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

typedef bool wide_operation(struct wide left, struct wide right, struct wide *ret);

static bool combine(struct number left, struct number right, wide_operation *operation,
                    struct number *ret)
{
    struct wide mantissa;
    if (!align(&left, &right) || !operation(left.mantissa, right.mantissa, &mantissa))
        return false;
    ret->mantissa = mantissa;
    ret->digits = left.digits;
    return true;
}

bool number_add(struct number left, struct number right, struct number *ret)
{
    return combine(left, right, wide_add, ret) ||
           combine(normalised(left), normalised(right), wide_add, ret);
}

bool number_sub(struct number left, struct number right, struct number *ret)
{
    return combine(left, right, wide_sub, ret) ||
           combine(normalised(left), normalised(right), wide_sub, ret);
}

static bool multiply(struct number left, struct number right, struct number *ret)
{
    struct wide mantissa;
    unsigned digits = (unsigned)left.digits + right.digits;
    if (digits > NUMBER_MAX_DIGITS || !wide_mul(left.mantissa, right.mantissa, &mantissa))
        return false;
    ret->mantissa = mantissa;
    ret->digits = (uint8_t)digits;
    return true;
}

bool number_mul(struct number left, struct number right, struct number *ret)
{
    return multiply(left, right, ret) ||
           multiply(normalised(left), normalised(right), ret);
}

bool number_to_wide(struct number value, struct wide *ret)
{
    struct number whole = normalised(value);
    if (whole.digits > 0)
        return false;
    *ret = whole.mantissa;
    return true;
}
