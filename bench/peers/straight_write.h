/* SPDX-License-Identifier: MIT */
/*
 * Numbers to text, without branches: how long a number is cannot be foretold, and a
 * branch that is guessed wrong costs more than eight digits do.
 */
#ifndef DRAGOMAN_BENCH_STRAIGHT_WRITE_H
#define DRAGOMAN_BENCH_STRAIGHT_WRITE_H

#include "straight.h"

static const uint64_t ascii_zeros = 0x3030303030303030u;

/* Eight digits of a value below 10^8, one in each byte, the first one in the lowest. */
INLINE uint64_t eight_digits(uint32_t value)
{
    uint64_t upper = value / 10000;
    uint64_t fours = upper | (uint64_t)(value - 10000 * (uint32_t)upper) << 32;
    uint64_t hundreds = (fours * 5243 >> 19) & 0x0000007F0000007Fu;
    uint64_t twos = hundreds | (fours - 100 * hundreds) << 16;
    uint64_t tens = (twos * 103 >> 10) & 0x000F000F000F000Fu;
    return tens | (twos - 10 * tens) << 8;
}

/* A condition as 0 or 1 that the compiler does not make a branch of. */
INLINE uint64_t truth(bool is)
{
    uint64_t word = is;
    __asm__("" : "+r"(word));
    return word;
}

/* The last digit stays, be it zero. */
INLINE uint8_t *write_digits(uint8_t *at, uint64_t digits)
{
    unsigned zeros = (unsigned)__builtin_ctzll(digits | (uint64_t)1 << 56) & 56;
    store64(at, (digits + ascii_zeros) >> zeros);
    return at + 8 - zeros / 8;
}

INLINE uint8_t *write_small(uint8_t *at, uint32_t below_10_to_8)
{
    return write_digits(at, eight_digits(below_10_to_8));
}

INLINE uint8_t *write_unsigned(uint8_t *at, uint32_t value)
{
    if (__builtin_expect(value < 100000000, 1))
        return write_small(at, value);
    at = write_small(at, value / 100000000);
    store64(at, eight_digits(value % 100000000) + ascii_zeros);
    return at + 8;
}

/* Writes the sign and makes the value its size. */
INLINE uint8_t *write_sign(uint8_t *at, int32_t value, uint32_t *ret_size)
{
    uint32_t mask = (uint32_t)(value >> 31);
    *ret_size = ((uint32_t)value ^ mask) - mask;
    *at = '-';
    return at + (mask & 1);
}

INLINE uint8_t *write_signed(uint8_t *at, int32_t value)
{
    uint32_t size;
    at = write_sign(at, value, &size);
    return write_small(at, size);
}

/* A value in tenths. */
INLINE uint8_t *write_tenths(uint8_t *at, uint32_t value)
{
    uint32_t whole = value / 10, tenth = value - 10 * whole;
    at = write_small(at, whole);
    at[0] = '.';
    at[1] = (uint8_t)('0' + tenth);
    return at + 2 * truth(tenth != 0);
}

/* A value in hundredths. */
INLINE uint8_t *write_hundredths(uint8_t *at, uint32_t value)
{
    uint32_t whole = value / 100, rest = value - 100 * whole, tenth = rest / 10,
             hundredth = rest - 10 * tenth;
    at = write_small(at, whole);
    at[0] = '.';
    at[1] = (uint8_t)('0' + tenth);
    at[2] = (uint8_t)('0' + hundredth);
    return at + 2 * truth(rest != 0) + truth(hundredth != 0);
}

/* A fraction of `places` digits, 1 to 8, without zeros at its end. */
INLINE uint8_t *write_fraction(uint8_t *at, uint32_t fraction, unsigned places)
{
    static const uint32_t powers[] = {100000000, 10000000, 1000000, 100000, 10000,
                                      1000,      100,      10,      1};
    uint64_t digits = eight_digits(fraction * powers[places]);
    *at = '.';
    store64(at + 1, digits + ascii_zeros);
    uint64_t length = 9 - ((unsigned)__builtin_clzll(digits | 1) >> 3);
    return at + (length & (0 - truth(digits != 0)));
}

INLINE uint8_t *write_thousandths(uint8_t *at, uint32_t value)
{
    uint32_t whole = value / 1000;
    return write_fraction(write_small(at, whole), value - 1000 * whole, 3);
}

INLINE uint8_t *write_millionths(uint8_t *at, int32_t value)
{
    uint32_t size;
    at = write_sign(at, value, &size);
    uint32_t whole = size / 1000000;
    return write_fraction(write_small(at, whole), size - 1000000 * whole, 6);
}

/* A text with room for sixteen bytes, so that it is two loads and two stores. */
struct word {
    char text[15];
    uint8_t length;
};

#define WORD(text)                                                                       \
    {                                                                                    \
        text, sizeof(text) - 1                                                           \
    }

INLINE uint8_t *write_word(uint8_t *at, const struct word *word)
{
    memcpy(at, word, sizeof(*word));
    return at + word->length;
}

#define write_literal(at, text)                                                          \
    ((uint8_t *)memcpy(at, text, sizeof(text) - 1) + sizeof(text) - 1)

/* Eight half-bytes, the first one lowest, as digits of eight bytes. */
INLINE uint64_t bcd_digits(uint32_t bytes)
{
    uint64_t spread = bytes;
    spread = (spread | spread << 16) & 0x0000FFFF0000FFFFu;
    spread = (spread | spread << 8) & 0x00FF00FF00FF00FFu;
    return (spread >> 4 & 0x000F000F000F000Fu) | (spread & 0x000F000F000F000Fu) << 8;
}

INLINE bool are_digits(uint64_t digits)
{
    return ((digits + 0x7676767676767676u) & 0x8080808080808080u) == 0;
}

/* Digits of the date of a day since 1970, in the calendar that counts from March. */
INLINE uint64_t date_digits(uint32_t day)
{
    uint32_t shifted = day + 719468, era = shifted / 146097, of_era = shifted % 146097;
    uint32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    uint32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    uint32_t month = (5 * of_year + 2) / 153, of_month = of_year - (153 * month + 2) / 5;
    uint32_t january = month >= 10;
    return eight_digits((year + era * 400 + january) * 10000 +
                        (month + 3 - 12 * january) * 100 + of_month + 1);
}

/* "T101605Z" of a second of the day. */
INLINE uint8_t *write_clock(uint8_t *at, uint32_t second)
{
    uint32_t hour = second / 3600, minute = second / 60 - 60 * hour;
    uint64_t digits = eight_digits(hour * 10000 + minute * 100 + second % 60);
    store64(at, (digits + ascii_zeros) >> 8);
    at[0] = 'T';
    at[7] = 'Z';
    return at + 8;
}

#endif
