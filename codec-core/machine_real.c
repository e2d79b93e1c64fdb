/* SPDX-License-Identifier: MIT */
/* What the expression machine does with floats, and with functions that round. */
#include "machine.h"

struct value value_float(uint64_t bits)
{
    struct value value = value_u64(bits << 1 != 0 ? bits : 0);
    value.kind = VALUE_FLOAT;
    return value;
}

struct value value_real(struct real real)
{
    uint64_t bits;
    if (real.bits == 0)
        return value_u64(0);
    return real_pack(real_format(64), real, &bits) ? value_float(bits) : value_missing();
}

struct real value_to_real(const struct value *value)
{
    if (value_is_float(value))
        return real_unpack(real_format(64), value->number.mantissa.low);
    return real_from_number(value->number);
}

bool value_to_wide(const struct value *value, struct wide *ret)
{
    struct number number;
    if (value->kind == VALUE_MISSING)
        return false;
    if (!value_is_float(value))
        return number_is_whole(&value->number, ret);
    struct real real = value_to_real(value);
    if (!real_to_number(real, 0, REAL_FLOOR, &number) ||
        real_compare(real_from_number(number), real) != 0)
        return false;
    *ret = number.mantissa;
    return true;
}

int value_compare(const struct value *left, const struct value *right)
{
    if (!value_is_float(left) && !value_is_float(right))
        return number_order(&left->number, &right->number);
    return real_compare(value_to_real(left), value_to_real(right));
}

static int sign_of(const struct value *value)
{
    struct value zero = value_u64(0);
    return value_compare(value, &zero);
}

/* An exact number with at most so many decimals. */
static bool round_number(struct number value, unsigned digits,
                         enum real_rounding rounding, struct number *ret)
{
    struct wide power, quotient, rest, twice;
    *ret = value;
    if (value.digits <= digits)
        return true;
    if (!wide_mul_pow10(wide_from_u64(1), value.digits - digits, &power) ||
        !wide_floor_div(value.mantissa, power, &quotient, &rest))
        return false;
    /* The rest is at least 0; a tie goes up where the number is positive. */
    bool fits = wide_sub(power, rest, &twice);
    int half = fits ? wide_compare(rest, twice) : 0;
    bool tie_up = rounding == REAL_EVEN ? (quotient.low & 1) != 0
                                        : !wide_is_negative(value.mantissa);
    bool up = rounding == REAL_CEIL    ? !wide_is_zero(rest)
              : rounding == REAL_FLOOR ? false
                                       : half > 0 || (half == 0 && tie_up);
    ret->digits = (uint8_t)digits;
    ret->mantissa = quotient;
    return fits && (!up || wide_add(quotient, wide_from_u64(1), &ret->mantissa));
}

struct value value_rounded(const struct value *value, unsigned digits,
                           enum real_rounding rounding)
{
    struct number number;
    if (value->kind == VALUE_MISSING)
        return *value;
    bool fits = value_is_float(value)
                    ? real_to_number(value_to_real(value), digits, rounding, &number)
                    : round_number(value->number, digits, rounding, &number);
    /* Floats beyond 128 bits are whole already. */
    return fits ? value_number(number) : *value;
}

static struct value power_of_ten(const struct value *exponent)
{
    struct wide whole;
    struct number power = {wide_from_u64(1), 0};
    struct real result;
    int64_t count;
    if (value_to_wide(exponent, &whole) && wide_to_i64(whole, &count) &&
        count >= -NUMBER_MAX_DIGITS && count <= NUMBER_MAX_DIGITS) {
        if (count < 0)
            power.digits = (uint8_t)-count;
        else
            (void)wide_mul_pow10(power.mantissa, (unsigned)count, &power.mantissa);
        return value_number(power);
    }
    if (!real_pow(real_from_u64(10, false), value_to_real(exponent), &result))
        return value_missing();
    return value_real(result);
}

static struct value logarithm(uint8_t code, const struct value *value)
{
    struct real real = value_to_real(value);
    if (real.bits == 0 || real.negative)
        return value_missing();
    return value_real(code == DGM_CODE_LN ? real_ln(real) : real_log10(real));
}

static struct value negated(struct value value)
{
    if (value.number.mantissa.low != 0)
        value.number.mantissa.low ^= (uint64_t)1 << 63;
    return value;
}

const char *machine_lacks(uint8_t code)
{
#ifdef DGM_NO_MATH
    switch (code) {
    case DGM_CODE_LN:
        return "this build of the core does without ln()";
    case DGM_CODE_LOG10:
        return "this build of the core does without log10()";
    case DGM_CODE_EXP:
        return "this build of the core does without exp()";
    case DGM_CODE_POW:
        return "this build of the core does without pow()";
    default:
        return NULL;
    }
#else
    (void)code;
    return NULL;
#endif
}

bool machine_is_function(uint8_t code)
{
    return code >= DGM_CODE_FLOOR && code <= DGM_CODE_POW10 && code != DGM_CODE_POW;
}

struct value machine_real_unary(uint8_t code, const struct value *x)
{
    struct real real;
    switch (code) {
    case DGM_CODE_NEG:
        return negated(*x);
    case DGM_CODE_ABS:
        return sign_of(x) < 0 ? negated(*x) : *x;
    case DGM_CODE_FLOOR:
        return value_rounded(x, 0, REAL_FLOOR);
    case DGM_CODE_CEIL:
        return value_rounded(x, 0, REAL_CEIL);
    case DGM_CODE_SIGN:
        return value_i64(sign_of(x));
    case DGM_CODE_SQRT:
        if (sign_of(x) < 0)
            return value_missing();
        return value_real(real_sqrt(value_to_real(x)));
    case DGM_CODE_LN:
    case DGM_CODE_LOG10:
        return logarithm(code, x);
    case DGM_CODE_EXP:
        return real_exp(value_to_real(x), &real) ? value_real(real) : value_missing();
    default:
        return power_of_ten(x);
    }
}

static struct value floor_of(struct real quotient)
{
    struct value value = value_real(quotient);
    return value_rounded(&value, 0, REAL_FLOOR);
}

/* The exact rest has the dividend's sign; where the quotient is rounded down instead of
 * towards zero, one divisor more is left, which is rounded once. */
static struct value modulo(struct real x, struct real y)
{
    struct real rest = real_rest(x, y);
    if (rest.bits != 0 && rest.negative != y.negative)
        rest = real_add(rest, y);
    return value_real(rest);
}

struct value machine_real_binary(uint8_t code, const struct value *x,
                                 const struct value *y)
{
    struct real left = value_to_real(x), right = value_to_real(y), result;
    bool divides =
        code == DGM_CODE_DIV || code == DGM_CODE_FLOOR_DIV || code == DGM_CODE_MOD;
    if (divides && right.bits == 0)
        return value_missing();
    switch (code) {
    case DGM_CODE_ADD:
        return value_real(real_add(left, right));
    case DGM_CODE_SUB:
        return value_real(real_sub(left, right));
    case DGM_CODE_MUL:
        return value_real(real_mul(left, right));
    case DGM_CODE_DIV:
        return value_real(real_div(left, right));
    case DGM_CODE_FLOOR_DIV:
        return floor_of(real_div(left, right));
    case DGM_CODE_MOD:
        return modulo(left, right);
    case DGM_CODE_POW:
        return real_pow(left, right, &result) ? value_real(result) : value_missing();
    default:
        return value_missing();
    }
}
