/* SPDX-License-Identifier: MIT */
/*
 * Shortest decimal text of binary floating point, after Raffaello Giulietti, "The
 * Schubfach way to render doubles" (2020). One table of 128-bit powers serves both
 * widths. No division but by ten, no loop but for trailing zeros, no floating point.
 */
#include "float_text.h"

#include "number.h"
#include "plan_digits.h"

#include <string.h>

struct word128 {
    uint64_t high, low;
};

static const struct word128 powers[] = {
#include "powers.inc"
};

enum { FIRST_POWER = -292 };

bool float_is_finite(uint64_t bits, unsigned width)
{
    return real_is_finite(real_format(width), bits);
}

/* The paper's fixed-point logarithms, exact over the exponents of binary64. */
static int shift_right(int64_t value, unsigned count)
{
    int64_t unit = (int64_t)1 << count;
    return (int)((value - ((value % unit + unit) % unit)) / unit);
}

static int floor_log10_pow2(int exponent)
{
    return shift_right((int64_t)exponent * 1262611, 22);
}

static int floor_log10_three_quarters_pow2(int exponent)
{
    return shift_right((int64_t)exponent * 1262611 - 524031, 22);
}

static int floor_log2_pow10(int exponent)
{
    return shift_right((int64_t)exponent * 1741647, 19);
}

static struct word128 multiply(uint64_t left, uint64_t right)
{
#if defined(__SIZEOF_INT128__)
    __extension__ typedef unsigned __int128 wide_product;
    wide_product whole = (wide_product)left * right;
    struct word128 parts = {(uint64_t)(whole >> 64), (uint64_t)whole};
    return parts;
#else
    uint64_t a = left >> 32, b = left & 0xFFFFFFFF, c = right >> 32,
             d = right & 0xFFFFFFFF;
    uint64_t low = b * d, middle = a * d + (low >> 32);
    uint64_t other = b * c + (middle & 0xFFFFFFFF);
    struct word128 product = {a * c + (middle >> 32) + (other >> 32),
                              other << 32 | (low & 0xFFFFFFFF)};
    return product;
#endif
}

/* The leading bits of power * value, with a one behind them if anything was cut off. */
static uint64_t round_to_odd(struct word128 power, uint64_t value)
{
    struct word128 low = multiply(power.low, value), high = multiply(power.high, value);
    uint64_t middle = high.low + low.high;
    return (high.high + (middle < high.low)) | (middle > 1);
}

struct decimal {
    uint64_t digits;
    int exponent;
};

/* Shortest decimal in the rounding interval of c * 2^q, c > 0. */
static struct decimal shortest(uint64_t c, int q, bool is_narrow_below)
{
    bool accept_bounds = c % 2 == 0;
    int k = is_narrow_below ? floor_log10_three_quarters_pow2(q) : floor_log10_pow2(q);
    unsigned shift = (unsigned)(q + floor_log2_pow10(-k) + 1);
    struct word128 power = powers[-k - FIRST_POWER];
    uint64_t below = 4 * c - 2 + is_narrow_below, above = 4 * c + 2;
    uint64_t value = round_to_odd(power, 4 * c << shift);
    uint64_t lower = round_to_odd(power, below << shift) + !accept_bounds;
    uint64_t upper = round_to_odd(power, above << shift) - !accept_bounds;
    uint64_t s = value / 4;
    if (s >= 10) {
        uint64_t tens = s / 10;
        bool down_inside = lower <= 40 * tens, up_inside = 40 * tens + 40 <= upper;
        if (down_inside != up_inside) {
            struct decimal found = {tens + up_inside, k + 1};
            return found;
        }
    }
    bool down_inside = lower <= 4 * s, up_inside = 4 * s + 4 <= upper;
    /* Above the middle, or in it behind an odd digit. As likely as not, so no branch. */
    uint64_t middle = 4 * s + 2;
    bool round_up = value + s % 2 > middle;
    struct decimal found = {s + (down_inside != up_inside ? up_inside : round_up), k};
    return found;
}

/* Of a number that is not zero. */
static struct decimal decimal_of(const struct dgm_float *format, uint64_t bits)
{
    bool hidden = (format->flags & DGM_FLOAT_HIDDEN) != 0;
    uint64_t one = (uint64_t)1 << format->fraction, c = bits & (one - 1);
    int field = (int)((bits ^ c) >> format->fraction), first = hidden ? 1 : 0;
    if (field > 0 && hidden)
        c |= one;
    else if (field == 0)
        field = first;
    /* Without a hidden one there are several ways to write a number: this one has the
     * neighbours of the finest. */
    uint64_t top = hidden ? one : one >> 1;
    while (c < top && field > first) {
        c <<= 1;
        field--;
    }
    int q = field - format->bias - (int)format->fraction;
    unsigned places = (unsigned)-q;
    /* Whole numbers whose neighbours are nearer than one are their own shortest text. */
    if (q < 0 && places <= format->fraction && (c & (((uint64_t)1 << places) - 1)) == 0) {
        struct decimal whole = {c >> places, 0};
        return whole;
    }
    return shortest(c, q, c == top && field > first);
}

/* The functions of exponents above for a single of that exponent field, without signs:
 * offsets keep what is shifted above zero. */
static inline int floor_log10_of_field(uint32_t field)
{
    const uint32_t zero = 46, bias = 150 * 1262611u;
    return (int)((field * 1262611u + (zero << 22) - bias) >> 22) - (int)zero;
}

static inline unsigned shift_of_field(uint32_t field, int k)
{
    const int zero = 128;
    int log2 = (int)((uint32_t)((zero << 19) - k * 1741647) >> 19) - zero;
    return (unsigned)((int)field - 150 + log2 + 1);
}

/*
 * As shortest(), where 64 bits of the power are enough (section 9.9 of the paper). False:
 * zero, a subnormal number, or none; or a power of two, whose interval is narrow below.
 *
 * With an interval that is as wide above as below one product is enough: a decimal is
 * inside if it is not farther from the number than half the distance of its neighbours.
 * All have 34 bits behind the point. What is cut off makes a difference less than two
 * wrong, and what is not zero is two at least: so one beside zero is zero. Of shorter and
 * longer decimals either is as likely, as are both directions, so nothing branches.
 */
static inline bool shortest_32(uint32_t bits, uint32_t *ret_digits, int *ret_exponent)
{
    const uint64_t one = (uint64_t)1 << 34;
    uint32_t field = bits >> 23 & 255, fraction = bits & 0x7FFFFFu;
    if (field == 0 || field == 255 || fraction == 0)
        return false;
    int k = floor_log10_of_field(field);
    unsigned shift = shift_of_field(field, k);
    const struct word128 *exact = &powers[-k - FIRST_POWER];
    uint64_t power = exact->high + (exact->low != 0);
    struct word128 product = multiply(power, (fraction | 0x800000u) << (shift + 2));
    uint64_t value = product.high << 32 | product.low >> 32, half = power >> (31 - shift);
    uint32_t whole = (uint32_t)(value >> 34), tens = whole / 10;
    /* The bounds are inside if the number is even. */
    uint64_t reach = half + 1 - 2 * (fraction & 1), rest = value - tens * (10 * one);
    bool down = rest <= reach, up = 10 * one - rest <= reach;
    /* Up from above the middle, or from the middle behind an odd digit. */
    bool round_up = (value & (one - 1)) + 2 * (whole & 1) > one / 2 + 1;
    uint32_t digits = whole + round_up, shorter = 10 * (tens + up);
    *ret_digits = digits ^ ((digits ^ shorter) & (0 - (uint32_t)(down | up)));
    *ret_exponent = k;
    return true;
}

static size_t put_exponent(char *text, int exponent)
{
    size_t length = 0;
    text[length++] = 'e';
    text[length++] = exponent < 0 ? '-' : '+';
    return length + number_write_u64(text + length,
                                     (uint64_t)(exponent < 0 ? -exponent : exponent));
}

/* digits with the point behind `point` of them; 1 <= point <= 21 or zeros in front. */
static size_t put_plain(char *text, const char *digits, size_t count, int point)
{
    size_t length = 0;
    if (point <= 0) {
        text[length++] = '0';
        text[length++] = '.';
        for (int i = point; i < 0; i++)
            text[length++] = '0';
        memcpy(text + length, digits, count);
        return length + count;
    }
    size_t whole = (size_t)point;
    if (whole >= count) {
        memcpy(text, digits, count);
        memset(text + count, '0', whole - count);
        return whole;
    }
    memcpy(text, digits, whole);
    text[whole] = '.';
    memcpy(text + whole + 1, digits + whole, count - whole);
    return count + 1;
}

static size_t put_scientific(char *text, const char *digits, size_t count, int point)
{
    size_t length = 0;
    text[length++] = digits[0];
    if (count > 1) {
        text[length++] = '.';
        memcpy(text + length, digits + 1, count - 1);
        length += count - 1;
    }
    return length + put_exponent(text + length, point - 1);
}

size_t float_write_as(char *text, const struct dgm_float *format, uint64_t bits)
{
    uint64_t sign = (uint64_t)format->sign << (format->fraction + format->exponent);
    size_t length = 0;
    if (bits & sign)
        text[length++] = '-';
    if (real_unpack(format, bits).bits == 0) {
        text[length++] = '0';
        return length;
    }
    struct decimal decimal = decimal_of(format, bits & ~sign);
    while (decimal.digits % 10 == 0) {
        decimal.digits /= 10;
        decimal.exponent++;
    }
    char digits[20];
    size_t count = number_write_u64(digits, decimal.digits);
    int point = (int)count + decimal.exponent;
    if (point > 21 || point < -5)
        return length + put_scientific(text + length, digits, count, point);
    return length + put_plain(text + length, digits, count, point);
}

size_t float_write(char *text, uint64_t bits, unsigned width)
{
    return float_write_as(text, real_format(width), bits);
}

/* Nine digits or less, with zeros before them, behind "0."; `places` is from 9 to 12. */
static char *put_fraction(char *text, uint32_t digits, unsigned places)
{
    uint64_t upper = plan_digits8(digits / 10);
    unsigned last = digits % 10;
    plan_store(text, plan_zeros);
    text[1] = '.';
    text += 2 + places - 9;
    plan_store(text, upper | plan_zeros);
    text[8] = (char)('0' + last);
    return text + (last != 0 ? 9 : 8 - plan_high_zeros(upper) / 8);
}

char *float_write_32(char *text, uint32_t bits)
{
    enum { MOST_PLACES = 12 }; /* of seven digits at least, so never with an exponent */
    uint32_t digits;
    int exponent;
    if (!shortest_32(bits, &digits, &exponent) || exponent > 0 || exponent < -MOST_PLACES)
        return text + float_write(text, bits, 32);
    *text = '-';
    text += bits >> 31;
    if (exponent == 0)
        return plan_put_u64(text, digits);
    unsigned places = (unsigned)-exponent;
    if (places > 8)
        return put_fraction(text, digits, places);
    const struct plan_power *power = &plan_powers[places];
    return plan_put_decimal8(text, digits, power,
                             digits < power->power * UINT64_C(10000));
}
