/* SPDX-License-Identifier: MIT */
/*
 * Decimal digits without branches and loops: eight at a time in one word, after the
 * divisions by multiplication that are folklore (Hacker's Delight, 10-9; D. Lemire,
 * "Quickly parsing eight digits" for the way back). Each function may write PLAN_SLACK
 * bytes behind its text.
 */
#ifndef DGM_PLAN_DIGITS_H
#define DGM_PLAN_DIGITS_H

#include "plan_word.h"

static const uint64_t plan_zeros = 0x3030303030303030u; /* "00000000" */

/* Zero bits below the lowest one; the word is not zero. */
static inline unsigned plan_low_zeros(uint64_t word)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(word);
#else
    unsigned count = 0;
    for (; (word & 1) == 0; word >>= 1)
        count++;
    return count;
#endif
}

static inline unsigned plan_high_zeros(uint64_t word)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_clzll(word);
#else
    unsigned count = 0;
    for (; word >> 63 == 0; word <<= 1)
        count++;
    return count;
#endif
}

/*
 * Eight digits of a value below 10^8, one per byte, the first one lowest. A number is
 * split into a quotient and, in the bits above, what is left of it: quotient +
 * (number - quotient * divisor << bits), which is one multiplication.
 */
static inline uint64_t plan_digits8(uint32_t value)
{
    uint64_t high = value / 10000u, low = value % 10000u;
    uint64_t fours = high | low << 32;
    uint64_t hundreds = (fours * 10486u >> 20) & 0x0000007F0000007Fu;
    uint64_t twos = (fours << 16) - hundreds * ((100u << 16) - 1);
    uint64_t tens = (twos * 103u >> 10) & 0x000F000F000F000Fu;
    return (twos << 8) - tens * ((10u << 8) - 1);
}

/* Below 10^8. */
static inline char *plan_put_u8digits(char *text, uint32_t value)
{
    uint64_t digits = plan_digits8(value);
    /* The last digit counts even if it is zero. */
    unsigned leading = plan_low_zeros(digits | (uint64_t)1 << 56) & 56u;
    plan_store(text, (digits | plan_zeros) >> leading);
    return text + (8 - leading / 8);
}

static inline char *plan_put_u64(char *text, uint64_t value)
{
    if (value < 100000000u)
        return plan_put_u8digits(text, (uint32_t)value);
    uint64_t upper = value / 100000000u;
    uint32_t lower = (uint32_t)(value % 100000000u);
    if (upper < 100000000u) {
        text = plan_put_u8digits(text, (uint32_t)upper);
    } else {
        text = plan_put_u8digits(text, (uint32_t)(upper / 100000000u));
        plan_store(text, plan_digits8((uint32_t)(upper % 100000000u)) | plan_zeros);
        text += 8;
    }
    plan_store(text, plan_digits8(lower) | plan_zeros);
    return text + 8;
}

/* The sign, and what is behind it. */
static inline char *plan_put_sign(char *text, int64_t value, uint64_t *ret)
{
    uint64_t negative = (uint64_t)value >> 63;
    *text = '-';
    *ret = ((uint64_t)value ^ (0 - negative)) + negative;
    return text + negative;
}

/* The upper half of the product. */
static inline uint64_t plan_high_product(uint64_t left, uint64_t right)
{
#if defined(__SIZEOF_INT128__)
    __extension__ typedef unsigned __int128 wide_product;
    return (uint64_t)((wide_product)left * right >> 64);
#else
    uint64_t a = left >> 32, b = left & 0xFFFFFFFFu, c = right >> 32,
             d = right & 0xFFFFFFFFu;
    uint64_t middle = a * d + (b * d >> 32), other = b * c + (middle & 0xFFFFFFFFu);
    return a * c + (middle >> 32) + (other >> 32);
#endif
}

/* Powers of ten, and 2^64 divided by them, rounded up: the upper half of the product with
 * a value below 2^32 is the quotient, exactly, for the error is below 2^32 / 2^64. */
struct plan_power {
    uint64_t inverse;
    uint32_t power, rest; /* 10^digits, 10^(8 - digits) */
    uint32_t rest4;       /* 10^(4 - digits) */
};

static const struct plan_power plan_powers[9] = {
    {UINT64_MAX, 1, 100000000, 10000},        {1844674407370955162u, 10, 10000000, 1000},
    {184467440737095517u, 100, 1000000, 100}, {18446744073709552u, 1000, 100000, 10},
    {1844674407370956u, 10000, 10000, 1},     {184467440737096u, 100000, 1000, 0},
    {18446744073710u, 1000000, 100, 0},       {1844674407371u, 10000000, 10, 0},
    {184467440738u, 100000000, 1, 0},
};

/* Four digits of a value below 10^4, one per byte, the first one lowest. */
static inline uint32_t plan_digits4(uint32_t value)
{
    uint32_t hundreds = value * 10486u >> 20;
    uint32_t twos = (value << 16) - hundreds * ((100u << 16) - 1);
    uint32_t tens = (twos * 103u >> 10) & 0x000F000Fu;
    return (twos << 8) - tens * ((10u << 8) - 1);
}

/* Six digits, two each of three values below 10^2, which stand in words of 16 bits, the
 * first one lowest. */
static inline uint64_t plan_digits222(uint64_t twos)
{
    uint64_t tens = (twos * 103u >> 10) & 0x0000000F000F000Fu;
    return (twos << 8) - tens * ((10u << 8) - 1);
}

/* Below 10^4. */
static inline char *plan_put_u4digits(char *text, uint32_t value)
{
    uint32_t digits = plan_digits4(value);
    unsigned leading = plan_low_zeros(digits | (uint32_t)1 << 24) & 24u;
    plan_store(text, (digits | (uint32_t)plan_zeros) >> leading);
    return text + (4 - leading / 8);
}

/* Five digits of a value below 10^5, likewise. */
static inline uint64_t plan_digits5(uint32_t value)
{
    /* By 2^32 / 10^4, rounded up, which is exact below a million. */
    uint64_t first = value * UINT64_C(429497) >> 32;
    uint64_t others = plan_digits4(value - (uint32_t)first * 10000u);
    return first | others << 8;
}

/* Below 10^5. */
PLAN_INLINE char *plan_put_u5digits(char *text, uint32_t value)
{
    uint64_t digits = plan_digits5(value);
    unsigned leading = plan_low_zeros(digits | (uint64_t)1 << 32) & 56u;
    plan_store(text, (digits | plan_zeros) >> leading);
    return text + (5 - leading / 8);
}

PLAN_INLINE char *plan_put_u32(char *text, uint32_t value)
{
    if (PLAN_LIKELY(value < 100000000u))
        return plan_put_u8digits(text, value);
    uint32_t upper = value / 100000000u;
    text = plan_put_u4digits(text, upper);
    plan_store(text, plan_digits8(value - upper * 100000000u) | plan_zeros);
    return text + 8;
}

/* A value below 10^5 whose point stands behind the digits of the lower `point` bits, of
 * five: 8, 16, 24 or 32. All digits are made at once, and stored once as the whole part
 * and once as the fraction. */
PLAN_INLINE char *plan_put_point5(char *text, uint32_t value, unsigned point)
{
    uint64_t digits = plan_digits5(value), characters = digits | plan_zeros;
    /* The last digit of the whole part counts even if it is zero. */
    uint64_t counting = digits | (uint64_t)1 << (point - 8);
    unsigned leading = plan_low_zeros(counting) & 56u;
    unsigned last = 63 - plan_high_zeros(counting);
    plan_store(text, characters >> leading);
    text -= leading / 8;
    text[point / 8] = '.';
    plan_store(text + point / 8 + 1, characters >> point);
    return text + last / 8 + (last >= point ? 2 : 1);
}

/* The end of a text up to the last digit of a fraction that is not zero, the point
 * included if there is one. The point was written to the text. */
static inline char *plan_end_fraction(char *text, uint64_t fraction)
{
    unsigned trailing = plan_high_zeros(fraction | 1) / 8;
    unsigned length = 9 - trailing;
#if defined(__GNUC__)
    /* Values with and without a fraction come as they like: no branch. */
    __asm__("" : "+r"(length));
#endif
    return text + (fraction != 0 ? length : 0);
}

/* value / 10^digits, digits 1..8, value below 2^32 and below 10^(8 + digits); `small`:
 * below 10^(4 + digits). */
PLAN_INLINE char *plan_put_decimal8(char *text, uint32_t value,
                                    const struct plan_power *power, bool small)
{
    uint32_t whole = (uint32_t)plan_high_product(value, power->inverse);
    uint64_t fraction = plan_digits8((value - whole * power->power) * power->rest);
    text = small ? plan_put_u4digits(text, whole) : plan_put_u8digits(text, whole);
    *text = '.';
    plan_store(text + 1, fraction | plan_zeros);
    return plan_end_fraction(text, fraction);
}

/* The same with digits 1..4. */
PLAN_INLINE char *plan_put_decimal4(char *text, uint32_t value,
                                    const struct plan_power *power, bool small)
{
    uint32_t whole = (uint32_t)plan_high_product(value, power->inverse);
    uint64_t fraction = plan_digits4((value - whole * power->power) * power->rest4);
    text = small ? plan_put_u4digits(text, whole) : plan_put_u8digits(text, whole);
    *text = '.';
    plan_store(text + 1, fraction | plan_zeros);
    return plan_end_fraction(text, fraction);
}

#endif
