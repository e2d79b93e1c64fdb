/* SPDX-License-Identifier: MIT */
/* 128-bit integers: schoolbook arithmetic on two words, signs apart from magnitudes. */
#include "wide.h"

#include "parts.h"

/* A magnitude, or the 128 bits of a signed value. */
struct words {
    uint64_t low, high;
};

const uint64_t wide_pow10[POW10_IN_WORD + 1] = {
    1u,
    10u,
    100u,
    1000u,
    10000u,
    100000u,
    1000000u,
    10000000u,
    100000000u,
    1000000000u,
    10000000000u,
    100000000000u,
    1000000000000u,
    10000000000000u,
    100000000000000u,
    1000000000000000u,
    10000000000000000u,
    100000000000000000u,
    1000000000000000000u,
    10000000000000000000u,
};

static bool words_below(struct words left, struct words right)
{
    return left.high != right.high ? left.high < right.high : left.low < right.low;
}

static struct words words_negate(struct words value)
{
    struct words result = {0 - value.low, ~value.high + (value.low == 0)};
    return result;
}

static struct words magnitude(struct wide value)
{
    struct words words = {value.low, (uint64_t)value.high};
    return value.high < 0 ? words_negate(words) : words;
}

static struct wide wide_of_words(struct words words)
{
    struct wide value = {words.low, (int64_t)words.high};
    return value;
}

/* Give a magnitude its sign; false if no signed value has it. */
static bool with_sign(struct words words, bool negative, struct wide *ret)
{
    const uint64_t top = (uint64_t)1 << 63;
    if (words.high > top || (words.high == top && (words.low != 0 || !negative)))
        return false;
    *ret = wide_of_words(negative ? words_negate(words) : words);
    return true;
}

struct wide wide_from_i64(int64_t value)
{
    struct wide result = {(uint64_t)value, value < 0 ? -1 : 0};
    return result;
}

struct wide wide_from_u64(uint64_t value)
{
    struct wide result = {value, 0};
    return result;
}

bool wide_is_negative(struct wide value)
{
    return value.high < 0;
}

bool wide_is_zero(struct wide value)
{
    return value.low == 0 && value.high == 0;
}

int wide_compare(struct wide left, struct wide right)
{
    if (left.high != right.high)
        return left.high < right.high ? -1 : 1;
    return (left.low > right.low) - (left.low < right.low);
}

bool wide_to_i64(struct wide value, int64_t *ret)
{
    int64_t low = (int64_t)value.low;
    if (value.high != (low < 0 ? -1 : 0))
        return false;
    *ret = low;
    return true;
}

bool wide_to_u64(struct wide value, uint64_t *ret)
{
    if (value.high != 0)
        return false;
    *ret = value.low;
    return true;
}

bool wide_add(struct wide left, struct wide right, struct wide *ret)
{
    uint64_t low = left.low + right.low;
    uint64_t high = (uint64_t)left.high + (uint64_t)right.high + (low < left.low);
    /* Overflow: both operands have the sign that the sum has not. */
    uint64_t wrong = ((uint64_t)left.high ^ high) & ((uint64_t)right.high ^ high);
    if (wrong >> 63 != 0)
        return false;
    ret->low = low;
    ret->high = (int64_t)high;
    return true;
}

bool wide_sub(struct wide left, struct wide right, struct wide *ret)
{
    uint64_t low = left.low - right.low;
    uint64_t high = (uint64_t)left.high - (uint64_t)right.high - (left.low < right.low);
    uint64_t wrong =
        ((uint64_t)left.high ^ (uint64_t)right.high) & ((uint64_t)left.high ^ high);
    if (wrong >> 63 != 0)
        return false;
    ret->low = low;
    ret->high = (int64_t)high;
    return true;
}

bool wide_neg(struct wide value, struct wide *ret)
{
    return wide_sub(wide_from_u64(0), value, ret);
}

static struct words multiply_words(uint64_t left, uint64_t right)
{
    uint64_t left_low = left & UINT32_MAX, left_high = left >> 32;
    uint64_t right_low = right & UINT32_MAX, right_high = right >> 32;
    uint64_t bottom = left_low * right_low;
    uint64_t cross = left_high * right_low + (bottom >> 32);
    uint64_t middle = left_low * right_high + (cross & UINT32_MAX);
    struct words product = {middle << 32 | (bottom & UINT32_MAX),
                            left_high * right_high + (cross >> 32) + (middle >> 32)};
    return product;
}

/* The product of magnitudes by additions; false beyond 128 bits. Those of a scaling are
 * few, for its factor is small. */
static bool multiply_briefly(struct words x, struct words y, struct words *ret)
{
    struct words sum = {0, 0};
    bool lost = false; /* a bit of x */
    while (y.low != 0 || y.high != 0) {
        if (y.low & 1) {
            struct words more = {sum.low + x.low, sum.high + x.high};
            more.high += more.low < x.low;
            if (lost || words_below(more, sum))
                return false;
            sum = more;
        }
        lost = lost || x.high >> 63 != 0;
        x.high = x.high << 1 | x.low >> 63;
        x.low <<= 1;
        y.low = y.low >> 1 | y.high << 63;
        y.high >>= 1;
    }
    *ret = sum;
    return true;
}

bool wide_mul(struct wide left, struct wide right, struct wide *ret)
{
    struct words x = magnitude(left), y = magnitude(right);
    struct words brief;
    if (!HAS_SPEED)
        return multiply_briefly(x, y, &brief) &&
               with_sign(brief, (left.high < 0) != (right.high < 0), ret);
    if (x.high != 0 && y.high != 0)
        return false;
    struct words product = multiply_words(x.low, y.low);
    /* At most one of these is not zero. */
    struct words upper =
        x.high != 0 ? multiply_words(x.high, y.low) : multiply_words(x.low, y.high);
    product.high += upper.low;
    if (upper.high != 0 || product.high < upper.low)
        return false;
    return with_sign(product, (left.high < 0) != (right.high < 0), ret);
}

bool wide_mul_pow10(struct wide value, unsigned digits, struct wide *ret)
{
    if (wide_is_zero(value)) {
        *ret = value;
        return true;
    }
    /* Two factors reach 10^38; no other value than 0 bears a third. */
    if (digits > 2 * POW10_IN_WORD)
        return false;
    if (digits > POW10_IN_WORD) {
        if (!wide_mul(value, wide_from_u64(wide_pow10[POW10_IN_WORD]), &value))
            return false;
        digits -= POW10_IN_WORD;
    }
    return wide_mul(value, wide_from_u64(wide_pow10[digits]), ret);
}

static unsigned leading_zeros(uint64_t value)
{
    unsigned count = 0;
    for (unsigned width = 32; width > 0; width /= 2) {
        if (value >> (64 - width) == 0) {
            count += width;
            value <<= width;
        }
    }
    return count;
}

/*
 * One digit of base 2^32: how often the divisor, whose top bit is set, goes into `high`
 * with another digit behind it. The estimate out of the divisor's upper half is too large
 * by two at most (Knuth, algorithm D).
 */
static uint64_t quotient_digit(uint64_t *high, uint64_t next, uint64_t divisor)
{
    uint64_t upper = divisor >> 32, lower = divisor & UINT32_MAX;
    uint64_t digit = *high / upper, rest = *high % upper;
    while (digit > UINT32_MAX || digit * lower > (rest << 32 | next)) {
        digit--;
        rest += upper;
        if (rest > UINT32_MAX)
            break;
    }
    *high = (*high << 32 | next) - digit * divisor;
    return digit;
}

/* (high, low) / divisor for high < divisor. */
static uint64_t divide_words(uint64_t high, uint64_t low, uint64_t divisor,
                             uint64_t *ret_remainder)
{
    unsigned shift = leading_zeros(divisor);
    divisor <<= shift;
    if (shift > 0)
        high = high << shift | low >> (64 - shift);
    low <<= shift;
    uint64_t first = quotient_digit(&high, low >> 32, divisor);
    uint64_t second = quotient_digit(&high, low & UINT32_MAX, divisor);
    *ret_remainder = high >> shift;
    return first << 32 | second;
}

static struct words divide_by_word(struct words value, uint64_t divisor,
                                   uint64_t *ret_remainder)
{
    struct words quotient = {0, 0};
    if (value.high == 0) {
        quotient.low = value.low / divisor;
        *ret_remainder = value.low % divisor;
        return quotient;
    }
    quotient.high = value.high / divisor;
    quotient.low = divide_words(value.high % divisor, value.low, divisor, ret_remainder);
    return quotient;
}

struct wide wide_div_small(struct wide value, uint64_t divisor, uint64_t *ret_remainder)
{
    struct words words = {value.low, (uint64_t)value.high};
    return wide_of_words(divide_by_word(words, divisor, ret_remainder));
}

static struct words words_sub(struct words left, struct words right)
{
    struct words result = {left.low - right.low,
                           left.high - right.high - (left.low < right.low)};
    return result;
}

/* Bit by bit, for divisors of more than one word: at most 63 rounds, and rarely met. */
static struct words divide_long(struct words value, struct words divisor,
                                struct words *ret_remainder)
{
    struct words quotient = {0, 0};
    unsigned shift = leading_zeros(divisor.high);
    struct words part = divisor;
    if (shift > 0) {
        part.high = divisor.high << shift | divisor.low >> (64 - shift);
        part.low = divisor.low << shift;
    }
    for (unsigned i = 0; i <= shift; i++) {
        quotient.low <<= 1;
        if (!words_below(value, part)) {
            value = words_sub(value, part);
            quotient.low |= 1;
        }
        part.low = part.low >> 1 | part.high << 63;
        part.high >>= 1;
    }
    *ret_remainder = value;
    return quotient;
}

/* The same with less code, bit by bit, whatever the divisor. */
static struct words divide_briefly(struct words value, struct words divisor,
                                   struct words *ret_remainder)
{
    struct words rest = {0, 0};
    for (unsigned i = 0; i < 128; i++) {
        rest.high = rest.high << 1 | rest.low >> 63;
        rest.low = rest.low << 1 | value.high >> 63;
        value.high = value.high << 1 | value.low >> 63;
        value.low <<= 1;
        if (!words_below(rest, divisor)) {
            rest = words_sub(rest, divisor);
            value.low |= 1;
        }
    }
    *ret_remainder = rest;
    return value;
}

unsigned wide_take_digits(struct wide *magnitude, unsigned divisor)
{
    uint32_t rest = 0;
    for (unsigned i = 8; i-- > 0;) {
        unsigned shift = i % 4 * 16;
        uint64_t word = i < 4 ? magnitude->low : (uint64_t)magnitude->high;
        uint32_t part = rest << 16 | (uint32_t)(word >> shift & 0xFFFF);
        rest = part % divisor;
        word = (word & ~((uint64_t)0xFFFF << shift)) | (uint64_t)(part / divisor)
                                                           << shift;
        if (i < 4)
            magnitude->low = word;
        else
            magnitude->high = (int64_t)word;
    }
    return rest;
}

bool wide_floor_div(struct wide value, struct wide divisor, struct wide *ret_quotient,
                    struct wide *ret_remainder)
{
    struct words x = magnitude(value), y = magnitude(divisor);
    struct words parts[2] = {{0, 0}, {0, 0}}; /* quotient and remainder */
    struct wide results[2];
    bool differ = (value.high < 0) != (divisor.high < 0);
    const bool negative[2] = {differ, divisor.high < 0};
    if (wide_is_zero(divisor))
        return false;
    if (!HAS_SPEED)
        parts[0] = divide_briefly(x, y, &parts[1]);
    else if (y.high == 0)
        parts[0] = divide_by_word(x, y.low, &parts[1].low);
    else
        parts[0] = divide_long(x, y, &parts[1]);
    if (differ && (parts[1].low != 0 || parts[1].high != 0)) {
        /* No carry out: there is a rest, so the divisor is at least 2. */
        parts[0].low++;
        parts[0].high += parts[0].low == 0;
        parts[1] = words_sub(y, parts[1]);
    }
    for (unsigned i = 0; i < 2; i++)
        if (!with_sign(parts[i], negative[i], &results[i]))
            return false;
    *ret_quotient = results[0];
    *ret_remainder = results[1];
    return true;
}
