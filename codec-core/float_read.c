/* SPDX-License-Identifier: MIT */
/*
 * Decimal text to the nearest binary floating point number, exactly: the text is a
 * fraction of two whole numbers, its first 64 bits come from long division, and what is
 * left decides the rounding. Digits beyond the 800th cannot change a result other than by
 * being there at all, which is kept. Numbers as people write them are fractions of words.
 */
#include "float_text.h"

#include <string.h>
#include "parts.h"

enum {
    LIMBS = 132, /* of 32 bits: 10^800 * 2^64 and 10^(400 + 800) both fit */
    MAX_DIGITS = 800,
    HUGE_EXPONENT = 400, /* beyond any finite number, below any that is not zero */
    EXPONENT_LIMIT = 100000
};

/* A whole number; only `used` limbs are set, the last of them not zero. */
struct big {
    uint32_t limbs[LIMBS];
    unsigned used;
};

static void big_multiply_add(struct big *big, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    for (unsigned i = 0; i < big->used; i++) {
        carry += (uint64_t)big->limbs[i] * factor;
        big->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0)
        big->limbs[big->used++] = (uint32_t)carry;
}

static void big_multiply_pow10(struct big *big, unsigned power)
{
    for (; power >= 9; power -= 9)
        big_multiply_add(big, 1000000000, 0);
    for (; power > 0; power--)
        big_multiply_add(big, 10, 0);
}

static unsigned big_bits(const struct big *big)
{
    unsigned bits = (big->used - 1) * 32;
    for (uint32_t top = big->limbs[big->used - 1]; top != 0; top >>= 1)
        bits++;
    return bits;
}

static void big_shift_left(struct big *big, unsigned count)
{
    unsigned limbs = count / 32, bits = count % 32;
    memmove(big->limbs + limbs, big->limbs, big->used * sizeof(big->limbs[0]));
    memset(big->limbs, 0, limbs * sizeof(big->limbs[0]));
    big->used += limbs;
    if (bits > 0)
        big_multiply_add(big, (uint32_t)1 << bits, 0);
}

static int big_compare(const struct big *left, const struct big *right)
{
    if (left->used != right->used)
        return left->used < right->used ? -1 : 1;
    for (unsigned i = left->used; i-- > 0;)
        if (left->limbs[i] != right->limbs[i])
            return left->limbs[i] < right->limbs[i] ? -1 : 1;
    return 0;
}

/* left - right, which is not negative */
static void big_subtract(struct big *left, const struct big *right)
{
    uint64_t borrow = 0;
    for (unsigned i = 0; i < left->used; i++) {
        uint64_t other = i < right->used ? right->limbs[i] : 0;
        uint64_t difference = left->limbs[i] - other - borrow;
        left->limbs[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
    while (left->used > 0 && left->limbs[left->used - 1] == 0)
        left->used--;
}

/* The text as digits * 10^exponent. */
struct decimal {
    struct big digits;
    int exponent;
    bool negative;
};

static int read_exponent(const char *text, size_t length)
{
    int exponent = 0;
    size_t at = 0;
    bool negative = length > 0 && text[0] == '-';
    if (length > 0 && (text[0] == '-' || text[0] == '+'))
        at = 1;
    for (; at < length; at++)
        if (exponent < EXPONENT_LIMIT)
            exponent = exponent * 10 + (text[at] - '0');
    return negative ? -exponent : exponent;
}

static void read_decimal(const char *text, size_t length, struct decimal *ret)
{
    bool behind_point = false, cut = false;
    unsigned count = 0;
    size_t at = 0;
    int64_t exponent = 0;
    memset(ret, 0, sizeof(*ret));
    if (length > 0 && text[0] == '-') {
        ret->negative = true;
        at = 1;
    }
    for (; at < length && text[at] != 'e' && text[at] != 'E'; at++) {
        if (text[at] == '.') {
            behind_point = true;
            continue;
        }
        if (count < MAX_DIGITS) {
            big_multiply_add(&ret->digits, 10, (uint32_t)(text[at] - '0'));
            count += ret->digits.used > 0;
            exponent -= behind_point;
        } else {
            cut = cut || text[at] != '0';
            exponent += !behind_point;
        }
    }
    if (cut) {
        big_multiply_add(&ret->digits, 10, 1);
        exponent--;
    }
    if (at < length)
        exponent += read_exponent(text + at + 1, length - at - 1);
    if (exponent > EXPONENT_LIMIT)
        exponent = EXPONENT_LIMIT;
    ret->exponent = (int)(exponent < -EXPONENT_LIMIT ? -EXPONENT_LIMIT : exponent);
}

/* 64 leading bits of a / b, the binary exponent of the lowest, and whether anything is
 * left. */
static uint64_t leading_quotient(struct big *a, struct big *b, int *ret_exponent,
                                 bool *ret_rest)
{
    /* With equally many bits a / b lies in (1/2, 2); one more doubling brings it to [1,
     * 2). */
    int shift = (int)big_bits(b) - (int)big_bits(a);
    uint64_t quotient = 0;
    if (shift > 0)
        big_shift_left(a, (unsigned)shift);
    else if (shift < 0)
        big_shift_left(b, (unsigned)-shift);
    if (big_compare(a, b) < 0) {
        big_shift_left(a, 1);
        shift++;
    }
    for (unsigned i = 0; i < 64; i++) {
        quotient <<= 1;
        if (big_compare(a, b) >= 0) {
            big_subtract(a, b);
            quotient |= 1;
        }
        if (a->used > 0)
            big_shift_left(a, 1);
    }
    *ret_exponent = -shift - 63;
    *ret_rest = a->used > 0;
    return quotient;
}

/* A number without an exponent whose digits fit a word. */
static bool read_short(const char *text, size_t length, struct real *ret)
{
    size_t at = length > 0 && text[0] == '-', digits = 0, behind = 0;
    bool negative = at > 0, has_point = false;
    uint64_t number = 0;
    for (; at < length; at++) {
        unsigned digit = (unsigned char)(text[at] - '0');
        if (text[at] == '.') {
            has_point = true;
            continue;
        }
        if (digit > 9 || digits == POW10_IN_WORD)
            return false;
        number = number * 10 + digit;
        digits++;
        behind += has_point;
    }
    *ret = real_from_u64(number, negative);
    if (behind > 0 && number != 0)
        *ret = real_div(*ret, real_from_u64(wide_pow10[behind], false));
    ret->negative = negative;
    return true;
}

bool float_read_as(const char *text, size_t length, const struct dgm_float *format,
                   uint64_t *ret_bits)
{
    struct decimal decimal;
    struct big divisor;
    struct real value = {0, 0, false, false};
    if (HAS_SPEED && read_short(text, length, &value))
        return real_pack(format, value, ret_bits);
    read_decimal(text, length, &decimal);
    value.negative = decimal.negative;
    if (decimal.digits.used > 0) {
        /* digits < 10^801: size up the number by its binary length, log10(2) > 0.301 */
        int magnitude = (int)(big_bits(&decimal.digits) * 301 / 1000) + decimal.exponent;
        if (magnitude > HUGE_EXPONENT)
            return false;
        if (magnitude < -HUGE_EXPONENT)
            return real_pack(format, value, ret_bits);
        memset(&divisor, 0, sizeof(divisor));
        divisor.limbs[0] = 1;
        divisor.used = 1;
        if (decimal.exponent > 0)
            big_multiply_pow10(&decimal.digits, (unsigned)decimal.exponent);
        else
            big_multiply_pow10(&divisor, (unsigned)-decimal.exponent);
        value.bits =
            leading_quotient(&decimal.digits, &divisor, &value.exponent, &value.rest);
    }
    return real_pack(format, value, ret_bits);
}

bool float_read(const char *text, size_t length, unsigned width, uint64_t *ret_bits)
{
    return float_read_as(text, length, real_format(width), ret_bits);
}
