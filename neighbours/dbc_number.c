/* SPDX-License-Identifier: MIT */
#include "dbc_number.h"

#include <stdio.h>
#include <string.h>

enum { DIGITS_MAX = 36, EXPONENT_MAX = 60, PLAIN_ZEROS = 24 };

#define MOST (~(dbc_digits)0 >> 1)

static bool multiply(dbc_digits left, dbc_digits right, dbc_digits *ret)
{
    if (right != 0 && left > MOST / right) {
        return false;
    }
    *ret = left * right;
    return true;
}

static void normalize(struct dbc_number *number)
{
    while (number->digits != 0 && number->digits % 10 == 0) {
        number->digits /= 10;
        number->exponent++;
    }
    if (number->digits == 0) {
        memset(number, 0, sizeof(*number));
    }
}

/* Behind the "e". */
static bool read_exponent(struct dbc_text text, size_t at, int *ret)
{
    int value = 0;
    bool negative = at < text.length && text.at[at] == '-';
    at += at < text.length && (text.at[at] == '-' || text.at[at] == '+');
    for (; at < text.length; at++) {
        value = value * 10 + (text.at[at] - '0');
        if (value > EXPONENT_MAX) {
            return false;
        }
    }
    *ret = negative ? -value : value;
    return true;
}

bool dbc_number_read(struct dbc_text text, struct dbc_number *ret)
{
    bool behind = false;
    int count = 0, exponent = 0;
    size_t at = text.length > 0 && (text.at[0] == '-' || text.at[0] == '+');
    memset(ret, 0, sizeof(*ret));
    ret->negative = text.length > 0 && text.at[0] == '-';
    for (; at < text.length && text.at[at] != 'e' && text.at[at] != 'E'; at++) {
        if (text.at[at] == '.') {
            behind = true;
            continue;
        }
        unsigned digit = (unsigned char)text.at[at] - (unsigned)'0';
        count += count > 0 || digit > 0;
        if (count > DIGITS_MAX || ret->exponent < -2 * EXPONENT_MAX) {
            return false;
        }
        ret->digits = ret->digits * 10 + digit;
        ret->exponent -= behind;
    }
    if (at < text.length && !read_exponent(text, at + 1, &exponent)) {
        return false;
    }
    ret->exponent += exponent;
    normalize(ret);
    return ret->exponent >= -EXPONENT_MAX && ret->exponent <= EXPONENT_MAX;
}

static int write_digits(dbc_digits digits, char *ret)
{
    char reversed[DIGITS_MAX + 8];
    int count = 0;
    do {
        reversed[count++] = (char)('0' + (int)(digits % 10));
        digits /= 10;
    } while (digits != 0);
    for (int i = 0; i < count; i++) {
        ret[i] = reversed[count - 1 - i];
    }
    ret[count] = '\0';
    return count;
}

void dbc_number_write(const struct dbc_number *number, char ret[DBC_NUMBER_SIZE])
{
    char digits[DIGITS_MAX + 8];
    int count = write_digits(number->digits, digits), exponent = number->exponent;
    const char *sign = number->negative ? "-" : "";
    int whole = count + exponent; /* digits in front of the point */
    if (exponent > PLAIN_ZEROS || whole < -PLAIN_ZEROS) {
        (void)snprintf(ret, DBC_NUMBER_SIZE, "%s%se%d", sign, digits, exponent);
    } else if (exponent >= 0) {
        (void)snprintf(ret, DBC_NUMBER_SIZE, "%s%s%.*s", sign, digits, exponent,
                       "000000000000000000000000");
    } else if (whole > 0) {
        (void)snprintf(ret, DBC_NUMBER_SIZE, "%s%.*s.%s", sign, whole, digits,
                       digits + whole);
    } else {
        (void)snprintf(ret, DBC_NUMBER_SIZE, "%s0.%.*s%s", sign, -whole,
                       "000000000000000000000000", digits);
    }
}

bool dbc_number_is(const struct dbc_number *number, uint64_t whole)
{
    struct dbc_number other = {false, whole, 0};
    normalize(&other);
    return number->digits == other.digits && number->exponent == other.exponent &&
           !number->negative;
}

/* The same exponent for both, the smaller one. */
static bool align(struct dbc_number *left, struct dbc_number *right)
{
    struct dbc_number *larger = left->exponent > right->exponent ? left : right;
    const struct dbc_number *smaller = larger == left ? right : left;
    while (larger->exponent > smaller->exponent) {
        if (larger->digits == 0) {
            larger->exponent = smaller->exponent;
            break;
        }
        if (!multiply(larger->digits, 10, &larger->digits)) {
            return false;
        }
        larger->exponent--;
    }
    return true;
}

static bool add(struct dbc_number left, struct dbc_number right, struct dbc_number *ret)
{
    if (!align(&left, &right) ||
        (left.negative == right.negative && left.digits > MOST - right.digits)) {
        return false;
    }
    *ret = left;
    if (left.negative == right.negative) {
        ret->digits = left.digits + right.digits;
    } else if (left.digits >= right.digits) {
        ret->digits = left.digits - right.digits;
    } else {
        ret->digits = right.digits - left.digits;
        ret->negative = right.negative;
    }
    normalize(ret);
    return true;
}

bool dbc_number_line(const struct dbc_number *raw, const struct dbc_number *factor,
                     const struct dbc_number *offset, struct dbc_number *ret)
{
    struct dbc_number product = {raw->negative != factor->negative, 0,
                                 raw->exponent + factor->exponent};
    if (!multiply(raw->digits, factor->digits, &product.digits)) {
        return false;
    }
    normalize(&product);
    return add(product, *offset, ret);
}

bool dbc_number_compare(const struct dbc_number *left, const struct dbc_number *right,
                        int *ret)
{
    struct dbc_number difference, minus = *right;
    minus.negative = !right->negative;
    if (!add(*left, minus, &difference)) {
        return false;
    }
    *ret = difference.digits == 0 ? 0 : difference.negative ? -1 : 1;
    return true;
}
