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

static ONE_COPY bool words_below(const struct words *left, const struct words *right)
{
    return left->high != right->high ? left->high < right->high : left->low < right->low;
}

static ONE_COPY void words_sub(struct words *value, const struct words *other)
{
    value->high -= other->high + (value->low < other->low);
    value->low -= other->low;
}

static struct words magnitude(const struct wide *value)
{
    struct words words = {value->low, (uint64_t)value->high};
    if (value->high < 0) {
        words.low = 0 - words.low;
        words.high = ~words.high + (words.low == 0);
    }
    return words;
}

/* Give a magnitude its sign; false if no signed value has it. */
static ONE_COPY bool with_sign(const struct words *words, bool negative, struct wide *ret)
{
    const uint64_t top = (uint64_t)1 << 63;
    if (words->high > top || (words->high == top && (words->low != 0 || !negative)))
        return false;
    ret->low = negative ? 0 - words->low : words->low;
    ret->high = (int64_t)(negative ? ~words->high + (words->low == 0) : words->high);
    return true;
}

ONE_COPY struct wide wide_from_i64(int64_t value)
{
    struct wide result = {(uint64_t)value, value < 0 ? -1 : 0};
    return result;
}

ONE_COPY struct wide wide_from_u64(uint64_t value)
{
    struct wide result = {value, 0};
    return result;
}

bool wide_is_negative(struct wide value)
{
    return value.high < 0;
}

ONE_COPY bool wide_is_zero(struct wide value)
{
    return value.low == 0 && value.high == 0;
}

ONE_COPY int wide_compare(struct wide left, struct wide right)
{
    if (left.high != right.high)
        return left.high < right.high ? -1 : 1;
    return (left.low > right.low) - (left.low < right.low);
}

ONE_COPY bool wide_to_i64(struct wide value, int64_t *ret)
{
    int64_t low = (int64_t)value.low;
    if (value.high != (low < 0 ? -1 : 0))
        return false;
    *ret = low;
    return true;
}

ONE_COPY bool wide_to_u64(struct wide value, uint64_t *ret)
{
    if (value.high != 0)
        return false;
    *ret = value.low;
    return true;
}

bool wide_add_to(struct wide *value, const struct wide *other)
{
    uint64_t low = value->low + other->low;
    uint64_t high = (uint64_t)value->high + (uint64_t)other->high + (low < other->low);
    /* Overflow: both operands have the sign that the sum has not. */
    uint64_t wrong = ((uint64_t)value->high ^ high) & ((uint64_t)other->high ^ high);
    if (wrong >> 63 != 0)
        return false;
    value->low = low;
    value->high = (int64_t)high;
    return true;
}

bool wide_sub_from(struct wide *value, const struct wide *other)
{
    uint64_t low = value->low - other->low;
    uint64_t high =
        (uint64_t)value->high - (uint64_t)other->high - (value->low < other->low);
    uint64_t wrong =
        ((uint64_t)value->high ^ (uint64_t)other->high) & ((uint64_t)value->high ^ high);
    if (wrong >> 63 != 0)
        return false;
    value->low = low;
    value->high = (int64_t)high;
    return true;
}

bool wide_add(struct wide left, struct wide right, struct wide *ret)
{
    if (!wide_add_to(&left, &right))
        return false;
    *ret = left;
    return true;
}

bool wide_sub(struct wide left, struct wide right, struct wide *ret)
{
    if (!wide_sub_from(&left, &right))
        return false;
    *ret = left;
    return true;
}

bool wide_add_i64(struct wide *value, int64_t term)
{
    struct wide other = wide_from_i64(term);
    return wide_add_to(value, &other);
}

bool wide_sub_i64(struct wide *value, int64_t term)
{
    struct wide other = wide_from_i64(term);
    return wide_sub_from(value, &other);
}

bool wide_neg(struct wide value, struct wide *ret)
{
    if (!wide_negate(&value))
        return false;
    *ret = value;
    return true;
}

ONE_COPY bool wide_negate(struct wide *value)
{
    struct wide result = {0, 0};
    if (!wide_sub_from(&result, value))
        return false;
    *value = result;
    return true;
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

static bool multiply(struct words *value, uint64_t factor)
{
    struct words product = multiply_words(value->low, factor);
    struct words upper = multiply_words(value->high, factor);
    product.high += upper.low;
    if (upper.high != 0 || product.high < upper.low)
        return false;
    *value = product;
    return true;
}

/* By additions. Those of a scaling are few, for its factor is small. */
static bool multiply_briefly(struct wide *value, uint64_t factor)
{
    struct wide sum = {0, 0}, x = *value;
    bool lost = false; /* a bit of x */
    for (; factor != 0; factor >>= 1) {
        if ((factor & 1) && (lost || !wide_add_to(&sum, &x)))
            return false;
        lost = lost || !wide_add_to(&x, &x);
    }
    *value = sum;
    return true;
}

/* By a magnitude and a sign. */
static bool multiply_signed(struct wide *value, uint64_t factor, bool negative)
{
    if (!HAS_SPEED)
        return (!negative || wide_negate(value)) && multiply_briefly(value, factor);
    struct words words = magnitude(value);
    return multiply(&words, factor) &&
           with_sign(&words, (value->high < 0) != negative, value);
}

bool wide_mul_u64(struct wide *value, uint64_t factor)
{
    return multiply_signed(value, factor, false);
}

bool wide_mul_i64(struct wide *value, int64_t factor)
{
    bool negative = factor < 0;
    return multiply_signed(value, negative ? 0 - (uint64_t)factor : (uint64_t)factor,
                           negative);
}

bool wide_mul(struct wide left, struct wide right, struct wide *ret)
{
    struct words x = magnitude(&left), y = magnitude(&right);
    bool swaps = y.high != 0;
    if (swaps && x.high != 0)
        return false;
    struct wide *longer = swaps ? &right : &left;
    if (!multiply_signed(longer, swaps ? x.low : y.low,
                         swaps ? left.high < 0 : right.high < 0))
        return false;
    *ret = *longer;
    return true;
}

bool wide_mul_pow10(struct wide value, unsigned digits, struct wide *ret)
{
    if (!wide_scale_up(&value, digits))
        return false;
    *ret = value;
    return true;
}

bool wide_scale_up(struct wide *value, unsigned digits)
{
    if (wide_is_zero(*value))
        return true;
    struct wide product = *value;
    for (; !HAS_SPEED && digits > 0; digits--)
        if (!wide_mul_u64(&product, 10))
            return false;
    for (unsigned step; HAS_SPEED && digits > 0; digits -= step) {
        step = digits < POW10_IN_WORD ? digits : POW10_IN_WORD;
        if (!wide_mul_u64(&product, wide_pow10[step]))
            return false;
    }
    *value = product;
    return true;
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
    words = divide_by_word(words, divisor, ret_remainder);
    return (struct wide){words.low, (int64_t)words.high};
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
        if (!words_below(&value, &part)) {
            words_sub(&value, &part);
            quotient.low |= 1;
        }
        part.low = part.low >> 1 | part.high << 63;
        part.high >>= 1;
    }
    *ret_remainder = value;
    return quotient;
}

/* Append a bit. Returns the one that drops out at the top. */
static ONE_COPY unsigned words_shift(struct words *value, unsigned bit)
{
    unsigned top = (unsigned)(value->high >> 63);
    value->high = value->high << 1 | value->low >> 63;
    value->low = value->low << 1 | bit;
    return top;
}

/* The same in place and with less code, bit by bit, whatever the divisor. */
static void divide_briefly(struct words *value, const struct words *divisor,
                           struct words *rest)
{
    unsigned bit = 0;
    for (unsigned i = 0; i < 128; i++) {
        (void)words_shift(rest, words_shift(value, bit));
        bit = !words_below(rest, divisor);
        if (bit)
            words_sub(rest, divisor);
    }
    (void)words_shift(value, bit);
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
    struct wide rest;
    if (!wide_divide(&value, &divisor, &rest))
        return false;
    *ret_quotient = value;
    *ret_remainder = rest;
    return true;
}

bool wide_divide(struct wide *value, const struct wide *divisor, struct wide *ret_rest)
{
    struct words x = magnitude(value), y = magnitude(divisor);
    struct words rest = {0, 0};
    bool differ = (value->high < 0) != (divisor->high < 0);
    if (wide_is_zero(*divisor))
        return false;
    if (!HAS_SPEED)
        divide_briefly(&x, &y, &rest);
    else if (y.high == 0)
        x = divide_by_word(x, y.low, &rest.low);
    else
        x = divide_long(x, y, &rest);
    if (differ && (rest.low != 0 || rest.high != 0)) {
        /* No carry out: there is a rest, so the divisor is at least 2. */
        x.low++;
        x.high += x.low == 0;
        words_sub(&y, &rest);
        rest = y;
    }
    return with_sign(&rest, divisor->high < 0, ret_rest) && with_sign(&x, differ, value);
}
