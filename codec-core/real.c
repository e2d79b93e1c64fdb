/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic of numbers with 64 significant bits. What is cut off behind the last bit is
 * remembered, so that rounding to a format happens once: operands of at most 53 bits give
 * what IEEE 754 asks for.
 */
#include "real.h"

#include "float_text.h"
#include "parts.h"

enum { SIGNIFICANT = 64, DOUBLE_BITS = 53, WORD_POWER = 19 };

struct pair {
    uint64_t high, low;
};

static const struct dgm_float formats[] = {
    {15, 1, 5, 10, DGM_FLOAT_HIDDEN | DGM_FLOAT_SUBNORMAL | DGM_FLOAT_SPECIAL},
    {127, 1, 8, 23, DGM_FLOAT_HIDDEN | DGM_FLOAT_SUBNORMAL | DGM_FLOAT_SPECIAL},
    {1023, 1, 11, 52, DGM_FLOAT_HIDDEN | DGM_FLOAT_SUBNORMAL | DGM_FLOAT_SPECIAL},
};

const struct dgm_float *real_format(unsigned width)
{
    return &formats[width == 16 ? 0 : width == 32 ? 1 : 2];
}

static struct real normalised(uint64_t bits, int exponent, bool negative, bool rest)
{
    struct real value = {bits, exponent, negative, rest};
    if (bits == 0) {
        value.exponent = 0;
        return value;
    }
    for (unsigned step = 32; step > 0; step /= 2) {
        if (value.bits >> (SIGNIFICANT - step) == 0) {
            value.bits <<= step;
            value.exponent -= (int)step;
        }
    }
    return value;
}

struct real real_from_u64(uint64_t value, bool negative)
{
    return normalised(value, 0, negative && value != 0, false);
}

/* Bits shifted out are remembered; the count may be any. */
static uint64_t shift_down(uint64_t bits, int count, bool *rest)
{
    if (count <= 0)
        return bits;
    if (count >= SIGNIFICANT) {
        *rest = *rest || bits != 0;
        return 0;
    }
    *rest = *rest || (bits & (((uint64_t)1 << count) - 1)) != 0;
    return bits >> count;
}

/* The larger magnitude first; -1, 0, 1. */
static int compare_magnitudes(struct real left, struct real right)
{
    if (left.bits == 0 || right.bits == 0)
        return (left.bits != 0) - (right.bits != 0);
    if (left.exponent != right.exponent)
        return left.exponent < right.exponent ? -1 : 1;
    if (left.bits != right.bits)
        return left.bits < right.bits ? -1 : 1;
    return (int)left.rest - (int)right.rest;
}

int real_compare(struct real left, struct real right)
{
    bool left_negative = left.negative && left.bits != 0;
    bool right_negative = right.negative && right.bits != 0;
    if (left_negative != right_negative)
        return left_negative ? -1 : 1;
    int order = compare_magnitudes(left, right);
    return left_negative ? -order : order;
}

/* Of magnitudes, the larger one first. */
static struct real sum_of(struct real larger, struct real smaller)
{
    bool rest = larger.rest || smaller.rest;
    uint64_t addend = shift_down(smaller.bits, larger.exponent - smaller.exponent, &rest);
    uint64_t bits = larger.bits + addend;
    int exponent = larger.exponent;
    if (bits < addend) {
        bits = shift_down(bits, 1, &rest) | (uint64_t)1 << (SIGNIFICANT - 1);
        exponent++;
    }
    return normalised(bits, exponent, larger.negative, rest);
}

static struct real difference_of(struct real larger, struct real smaller)
{
    bool rest = smaller.rest;
    uint64_t away = shift_down(smaller.bits, larger.exponent - smaller.exponent, &rest);
    uint64_t bits = larger.bits - away;
    /* What was cut off is taken away too: one unit less, and something above it. */
    if (rest)
        bits--;
    return normalised(bits, larger.exponent, larger.negative, rest || larger.rest);
}

struct real real_add(struct real left, struct real right)
{
    if (right.bits == 0)
        return left;
    if (left.bits == 0)
        return right;
    bool swapped = compare_magnitudes(left, right) < 0;
    struct real larger = swapped ? right : left, smaller = swapped ? left : right;
    if (larger.negative == smaller.negative)
        return sum_of(larger, smaller);
    if (compare_magnitudes(larger, smaller) == 0)
        return real_from_u64(0, false);
    return difference_of(larger, smaller);
}

struct real real_sub(struct real left, struct real right)
{
    right.negative = !right.negative;
    return real_add(left, right);
}

static struct pair multiply(uint64_t left, uint64_t right)
{
    uint64_t a = left >> 32, b = left & UINT32_MAX, c = right >> 32,
             d = right & UINT32_MAX;
    uint64_t low = b * d, middle = a * d + (low >> 32);
    uint64_t other = b * c + (middle & UINT32_MAX);
    struct pair product = {a * c + (middle >> 32) + (other >> 32),
                           other << 32 | (low & UINT32_MAX)};
    return product;
}

struct real real_mul(struct real left, struct real right)
{
    struct pair product = multiply(left.bits, right.bits);
    int exponent = left.exponent + right.exponent + SIGNIFICANT;
    if (product.high == 0)
        return real_from_u64(0, false);
    if (product.high >> (SIGNIFICANT - 1) == 0) {
        product.high = product.high << 1 | product.low >> (SIGNIFICANT - 1);
        product.low <<= 1;
        exponent--;
    }
    return normalised(product.high, exponent, left.negative != right.negative,
                      product.low != 0 || left.rest || right.rest);
}

/*
 * The quotient of two words whose top bits are set, as one whose top bit is set, and
 * whether anything is left; `is_below`: the first word is less than the second, so that
 * it counts for twice as much.
 */
static uint64_t quotient_by_bits(uint64_t word, uint64_t divisor, bool is_below,
                                 bool *ret_rest)
{
    uint64_t quotient = 0;
    bool carry = is_below;
    word <<= is_below;
    /* Each round gives one bit, of which the first one is set. */
    for (unsigned i = 0; i < SIGNIFICANT; i++) {
        quotient <<= 1;
        if (carry || word >= divisor) {
            word -= divisor;
            quotient |= 1;
        }
        carry = word >> (SIGNIFICANT - 1) != 0;
        word <<= 1;
    }
    *ret_rest = carry || word != 0;
    return quotient;
}

/* The same by long division. */
static uint64_t quotient_of(uint64_t word, uint64_t divisor, bool is_below,
                            bool *ret_rest)
{
    uint64_t rest;
    if (!HAS_SPEED)
        return quotient_by_bits(word, divisor, is_below, ret_rest);
    struct wide dividend = {is_below ? 0 : word << (SIGNIFICANT - 1),
                            (int64_t)(is_below ? word : word >> 1)};
    struct wide quotient = wide_div_small(dividend, divisor, &rest);
    *ret_rest = rest != 0;
    return quotient.low;
}

struct real real_div(struct real left, struct real right)
{
    if (left.bits == 0)
        return real_from_u64(0, false);
    bool rest, is_below = left.bits < right.bits;
    uint64_t quotient = quotient_of(left.bits, right.bits, is_below, &rest);
    int exponent = left.exponent - right.exponent - (SIGNIFICANT - 1) - is_below;
    return normalised(quotient, exponent, left.negative != right.negative,
                      rest || left.rest || right.rest);
}

/* Long division, a bit of the quotient each round: at most as many as exponents. */
struct real real_rest(struct real left, struct real right)
{
    int count = left.exponent - right.exponent;
    uint64_t rest = left.bits;
    if (left.bits == 0 || count < 0)
        return left;
    if (rest >= right.bits)
        rest -= right.bits;
    for (; count > 0 && rest != 0; count--) {
        bool carry = rest >> (SIGNIFICANT - 1) != 0;
        rest <<= 1;
        if (carry || rest >= right.bits)
            rest -= right.bits;
    }
    return normalised(rest, right.exponent, left.negative && rest != 0, false);
}

struct real real_sqrt(struct real value)
{
    uint64_t root = 0;
    struct pair left = {0, 0}; /* what the root's square leaves, at most twice the root */
    if (value.bits == 0)
        return value;
    /* bits * 2^64 or, for an odd exponent, half of it: the root has all its 64 bits. */
    bool odd = value.exponent % 2 != 0;
    uint64_t high = odd ? value.bits >> 1 : value.bits;
    uint64_t low = odd ? value.bits << (SIGNIFICANT - 1) : 0;
    int exponent = (value.exponent + (odd ? 1 : 0)) / 2 - SIGNIFICANT / 2;
    for (unsigned i = 0; i < SIGNIFICANT; i++) {
        uint64_t next = high >> (SIGNIFICANT - 2);
        high = high << 2 | low >> (SIGNIFICANT - 2);
        low <<= 2;
        left.high = left.high << 2 | left.low >> (SIGNIFICANT - 2);
        left.low = left.low << 2 | next;
        /* Take away 4 * root + 1 where it goes. */
        struct pair part = {root >> (SIGNIFICANT - 2), root << 2 | 1};
        root <<= 1;
        if (left.high > part.high || (left.high == part.high && left.low >= part.low)) {
            left.high -= part.high + (left.low < part.low);
            left.low -= part.low;
            root |= 1;
        }
    }
    return normalised(root, exponent, false,
                      left.high != 0 || left.low != 0 || value.rest);
}

struct real real_from_number(struct number value)
{
    struct real result;
    struct wide magnitude = value.mantissa, ten;
    bool negative = wide_is_negative(magnitude);
    uint64_t word, divisor;
    bool small = (!negative || wide_neg(magnitude, &magnitude)) &&
                 wide_to_u64(magnitude, &word) && value.digits <= WORD_POWER &&
                 wide_mul_pow10(wide_from_u64(1), value.digits, &ten) &&
                 wide_to_u64(ten, &divisor);
    if (small) {
        result = real_div(real_from_u64(word, negative), real_from_u64(divisor, false));
        (void)real_round64(&result);
        return result;
    }
    char text[NUMBER_TEXT_MAX];
    uint64_t bits = 0;
    (void)float_read(text, number_write(text, value), 64, &bits);
    return real_unpack(real_format(64), bits);
}

/* Does what is cut off below a quotient round it up? */
static bool rounds_up(enum real_rounding rounding, bool negative, bool odd, int half,
                      bool any)
{
    switch (rounding) {
    case REAL_FLOOR:
        return negative && any;
    case REAL_CEIL:
        return !negative && any;
    case REAL_EVEN:
        return half > 0 || (half == 0 && odd);
    default:
        return half >= 0;
    }
}

/* magnitude / 2^count, count at least 1, rounded. */
static bool shift_rounded(struct wide magnitude, unsigned count, bool negative,
                          enum real_rounding rounding, struct wide *ret)
{
    struct wide power, quotient = wide_from_u64(0), rest = magnitude, twice;
    int half = -1;
    /* The magnitude has at most 117 bits. */
    if (count < 126) {
        power = count < 64 ? wide_from_u64((uint64_t)1 << count)
                           : (struct wide){0, (int64_t)((uint64_t)1 << (count - 64))};
        if (!wide_floor_div(magnitude, power, &quotient, &rest) ||
            !wide_add(rest, rest, &twice))
            return false;
        half = wide_compare(twice, power);
    }
    bool odd = (quotient.low & 1) != 0;
    *ret = quotient;
    return !rounds_up(rounding, negative, odd, half, !wide_is_zero(rest)) ||
           wide_add(quotient, wide_from_u64(1), ret);
}

bool real_to_number(struct real value, unsigned digits, enum real_rounding rounding,
                    struct number *ret)
{
    struct wide magnitude;
    int exponent = value.exponent + (SIGNIFICANT - DOUBLE_BITS);
    uint64_t bits = value.bits >> (SIGNIFICANT - DOUBLE_BITS);
    ret->mantissa = wide_from_u64(0);
    ret->digits = 0;
    if (bits == 0)
        return true;
    while (exponent < 0 && (bits & 1) == 0) {
        bits >>= 1;
        exponent++;
    }
    if (digits > WORD_POWER || !wide_mul_pow10(wide_from_u64(bits), digits, &magnitude))
        return false;
    if (exponent < 0 && !shift_rounded(magnitude, (unsigned)-exponent, value.negative,
                                       rounding, &magnitude))
        return false;
    for (int i = 0; i < exponent; i++)
        if (!wide_add(magnitude, magnitude, &magnitude))
            return false;
    ret->mantissa = magnitude;
    ret->digits = (uint8_t)digits;
    return !value.negative || wide_neg(magnitude, &ret->mantissa);
}

bool real_round64(struct real *value)
{
    uint64_t bits;
    if (!real_pack(real_format(64), *value, &bits))
        return false;
    *value = real_unpack(real_format(64), bits);
    return true;
}
