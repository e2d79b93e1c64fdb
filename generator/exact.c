/* SPDX-License-Identifier: MIT */
/*
 * Fractions of 128-bit integers, always reduced. Whatever leaves 127 bits is refused, and
 * decimals come from long division, so that nothing is ever rounded unasked.
 */
#include "exact.h"

#include <stdio.h>
#include <string.h>

__extension__ typedef unsigned __int128 exact_uint;

#define EXACT_MAX ((exact_int)(~(exact_uint)0 >> 1))

enum {
    EXACT_DIGITS = 36, /* digits of a written number, and its largest exponent */
    DECIMALS_MAX = 19
};

static exact_uint magnitude(exact_int value)
{
    return value < 0 ? -(exact_uint)value : (exact_uint)value;
}

static exact_uint common_divisor(exact_uint a, exact_uint b)
{
    while (b != 0) {
        exact_uint rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static bool add(exact_int a, exact_int b, exact_int *ret)
{
    if (b > 0 ? a > EXACT_MAX - b : a < -EXACT_MAX - b)
        return false;
    *ret = a + b;
    return true;
}

/* By division: the compilers' checked multiplication of 128 bits needs a library that is
 * not everywhere. */
static bool multiply(exact_int a, exact_int b, exact_int *ret)
{
    exact_uint x = magnitude(a), y = magnitude(b);

    if (y != 0 && x > (exact_uint)EXACT_MAX / y)
        return false;
    *ret = a * b;
    return true;
}

static struct exact reduce(exact_int numerator, exact_int denominator)
{
    exact_int divisor =
        (exact_int)common_divisor(magnitude(numerator), magnitude(denominator));

    if (denominator < 0)
        divisor = -divisor;
    return (struct exact){numerator / divisor, denominator / divisor};
}

struct exact exact_from_int(int64_t value)
{
    return (struct exact){value, 1};
}

bool exact_mul(struct exact left, struct exact right, struct exact *ret)
{
    struct exact a = reduce(left.numerator, right.denominator);
    struct exact b = reduce(right.numerator, left.denominator);
    exact_int numerator, denominator;

    if (!multiply(a.numerator, b.numerator, &numerator) ||
        !multiply(a.denominator, b.denominator, &denominator))
        return false;
    *ret = (struct exact){numerator, denominator};
    return true;
}

bool exact_div(struct exact left, struct exact right, struct exact *ret)
{
    if (right.numerator == 0)
        return false;
    return exact_mul(left, reduce(right.denominator, right.numerator), ret);
}

bool exact_add(struct exact left, struct exact right, struct exact *ret)
{
    exact_int common = (exact_int)common_divisor((exact_uint)left.denominator,
                                                 (exact_uint)right.denominator);
    exact_int a, b, numerator, denominator;

    if (!multiply(left.numerator, right.denominator / common, &a) ||
        !multiply(right.numerator, left.denominator / common, &b) ||
        !add(a, b, &numerator) ||
        !multiply(left.denominator, right.denominator / common, &denominator))
        return false;
    *ret = reduce(numerator, denominator);
    return true;
}

bool exact_sub(struct exact left, struct exact right, struct exact *ret)
{
    right.numerator = -right.numerator;
    return exact_add(left, right, ret);
}

/* Two positive fractions by their continued fractions: nothing grows. */
static int compare_positive(exact_uint a, exact_uint b, exact_uint c, exact_uint d)
{
    for (int sign = 1;; sign = -sign) {
        exact_uint whole_left = a / b, whole_right = c / d;
        if (whole_left != whole_right)
            return whole_left < whole_right ? -sign : sign;

        exact_uint rest_left = a % b, rest_right = c % d;
        if (rest_left == 0 || rest_right == 0)
            return rest_left == rest_right ? 0 : rest_left == 0 ? -sign : sign;
        a = b;
        b = rest_left;
        c = d;
        d = rest_right;
    }
}

int exact_compare(struct exact left, struct exact right)
{
    bool left_negative = left.numerator < 0, right_negative = right.numerator < 0;

    if (left_negative != right_negative)
        return left_negative ? -1 : 1;
    int order =
        compare_positive(magnitude(left.numerator), (exact_uint)left.denominator,
                         magnitude(right.numerator), (exact_uint)right.denominator);
    return left_negative ? -order : order;
}

bool exact_is_zero(struct exact value)
{
    return value.numerator == 0;
}

bool exact_is_whole(struct exact value)
{
    return value.denominator == 1;
}

bool exact_digits(struct exact value, unsigned *ret_digits)
{
    unsigned twos = 0, fives = 0;

    while (value.denominator % 2 == 0) {
        value.denominator /= 2;
        twos++;
    }
    while (value.denominator % 5 == 0) {
        value.denominator /= 5;
        fives++;
    }
    unsigned digits = twos > fives ? twos : fives;
    if (value.denominator != 1 || digits > DECIMALS_MAX)
        return false;
    *ret_digits = digits;
    return true;
}

/* The next decimal of rest / divisor, rest < divisor < 2^127, by adding: ten times the
 * rest may not fit. */
static unsigned next_decimal(exact_uint *rest, exact_uint divisor)
{
    unsigned digit = 0;
    exact_uint sum = 0;

    for (int i = 0; i < 10; i++) {
        sum += *rest;
        if (sum >= divisor) {
            sum -= divisor;
            digit++;
        }
    }
    *rest = sum;
    return digit;
}

/* |value| * 10^digits without its fraction; at most 2^64, which stands for all above. */
static exact_uint scale(struct exact value, unsigned digits, bool *ret_rest)
{
    const exact_uint limit = (exact_uint)1 << 64;
    exact_uint divisor = (exact_uint)value.denominator;
    exact_uint whole = magnitude(value.numerator) / divisor;
    exact_uint rest = magnitude(value.numerator) % divisor;

    for (unsigned i = 0; i < digits; i++) {
        whole = whole > limit ? limit : whole * 10;
        whole += next_decimal(&rest, divisor);
    }
    *ret_rest = rest != 0;
    return whole > limit ? limit : whole;
}

bool exact_scaled_i64(struct exact value, unsigned digits, int64_t *ret)
{
    bool rest, negative = value.numerator < 0;
    exact_uint whole = scale(value, digits, &rest);

    if (rest || whole > (exact_uint)INT64_MAX + negative)
        return false;
    exact_int result = negative ? -(exact_int)whole : (exact_int)whole;
    *ret = (int64_t)result;
    return true;
}

int64_t exact_scaled_bound(struct exact value, unsigned digits, bool up)
{
    bool rest, negative = value.numerator < 0;
    exact_int whole = (exact_int)scale(value, digits, &rest);

    /* Away from zero where the fraction asks for it. */
    if (rest && up != negative)
        whole++;
    if (negative)
        whole = -whole;
    if (whole > INT64_MAX)
        return INT64_MAX;
    return whole < INT64_MIN ? INT64_MIN : (int64_t)whole;
}

static char *write_whole(char *at, exact_uint value)
{
    char digits[40];
    size_t count = 0;

    do {
        digits[count++] = (char)('0' + (int)(value % 10));
        value /= 10;
    } while (value != 0);
    while (count > 0)
        *at++ = digits[--count];
    return at;
}

size_t exact_text(struct exact value, char *text, size_t size)
{
    char written[96], *at = written;
    exact_uint divisor = (exact_uint)value.denominator;
    exact_uint above = magnitude(value.numerator);
    unsigned digits;

    if (value.numerator < 0)
        *at++ = '-';
    if (exact_digits(value, &digits)) {
        at = write_whole(at, above / divisor);
        exact_uint rest = above % divisor;
        if (digits != 0)
            *at++ = '.';
        for (unsigned i = 0; i < digits; i++)
            *at++ = (char)('0' + next_decimal(&rest, divisor));
    } else {
        at = write_whole(at, above);
        *at++ = '/';
        at = write_whole(at, divisor);
    }

    size_t length = (size_t)(at - written);
    if (size != 0) {
        size_t fit = length < size ? length : size - 1;
        memcpy(text, written, fit);
        text[fit] = '\0';
    }
    return length;
}

/* The text that is being parsed. */
struct cursor {
    const char *at, *end;
};

static bool take(struct cursor *cursor, char wanted)
{
    if (cursor->at == cursor->end || *cursor->at != wanted)
        return false;
    cursor->at++;
    return true;
}

static int digit_value(char letter, int base)
{
    int digit = 99;

    if (letter >= '0' && letter <= '9')
        digit = letter - '0';
    else if (letter >= 'a' && letter <= 'f')
        digit = letter - 'a' + 10;
    else if (letter >= 'A' && letter <= 'F')
        digit = letter - 'A' + 10;
    return digit < base ? digit : -1;
}

/* Digits appended to `value`; how many there were, or -1 if they are too many. */
static int take_digits(struct cursor *cursor, int base, exact_int *value)
{
    int count = 0;

    for (; cursor->at < cursor->end; cursor->at++, count++) {
        int digit = digit_value(*cursor->at, base);
        if (digit < 0)
            break;
        if (!multiply(*value, base, value) || !add(*value, digit, value))
            return -1;
    }
    return count;
}

/* An integer without leading zeros. */
static bool take_whole(struct cursor *cursor, exact_int *value)
{
    bool zero = cursor->at < cursor->end && *cursor->at == '0';
    int count = take_digits(cursor, 10, value);
    return count == 1 || (count > 1 && !zero);
}

static bool take_exponent(struct cursor *cursor, int *exponent)
{
    exact_int value = 0;
    bool negative = take(cursor, '-');

    if (!negative)
        take(cursor, '+');
    int count = take_digits(cursor, 10, &value);
    if (count < 1 || value > EXACT_DIGITS)
        return false;
    *exponent += negative ? -(int)value : (int)value;
    return true;
}

static bool apply_exponent(struct exact *value, int exponent)
{
    exact_int power = 1;
    int count = exponent < 0 ? -exponent : exponent;

    for (int i = 0; i < count; i++)
        if (!multiply(power, 10, &power))
            return false;
    struct exact factor = {1, 1};
    if (exponent < 0)
        factor.denominator = power;
    else
        factor.numerator = power;
    return exact_mul(*value, factor, value);
}

/* What follows the digits before the point: fraction bar, or point and exponent. */
static bool take_rest(struct cursor *cursor, struct exact *value)
{
    int exponent = 0;

    if (take(cursor, '/')) {
        exact_int below = 0;
        if (!take_whole(cursor, &below) || below == 0)
            return false;
        *value = reduce(value->numerator, below);
        return true;
    }
    if (take(cursor, '.')) {
        int count = take_digits(cursor, 10, &value->numerator);
        if (count < 1)
            return false;
        exponent = -count;
    }
    if ((take(cursor, 'e') || take(cursor, 'E')) && !take_exponent(cursor, &exponent))
        return false;
    return apply_exponent(value, exponent);
}

bool exact_parse(const char *text, size_t length, bool hex, struct exact *ret)
{
    struct cursor cursor = {text, text + length};
    struct exact value = {0, 1};
    bool negative = take(&cursor, '-');

    if (hex && length > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        cursor.at += 2;
        if (take_digits(&cursor, 16, &value.numerator) < 1)
            return false;
    } else if (!take_whole(&cursor, &value.numerator) || !take_rest(&cursor, &value)) {
        return false;
    }
    if (cursor.at != cursor.end)
        return false;
    if (negative)
        value.numerator = -value.numerator;
    *ret = value;
    return true;
}
