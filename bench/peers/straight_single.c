/* SPDX-License-Identifier: MIT */
/*
 * Shortest text of a single, after Raffaello Giulietti, "The Schubfach way to render
 * doubles" (2020), with powers of 64 bits; written apart from the codec core's.
 */
#include "straight_write.h"

__extension__ typedef unsigned __int128 wide; /* ISO C has none */

enum { FIRST_POWER = -31, LAST_POWER = 45 };

static uint64_t powers[LAST_POWER - FIRST_POWER + 1];

/* The upper 64 bits of 5^exponent, which are those of 10^exponent. */
static uint64_t upper_bits(int exponent)
{
    wide five = 1, rest = 1;
    for (int i = exponent < 0 ? -exponent : exponent; i > 0; i--)
        five *= 5;
    if (exponent >= 0) {
        while (five >> 127 == 0)
            five <<= 1;
        return (uint64_t)(five >> 64);
    }
    uint64_t bits = 0; /* of 1 / 5^-exponent, bit by bit */
    while (bits >> 63 == 0) {
        rest <<= 1;
        bits = bits << 1 | (rest >= five);
        rest -= rest >= five ? five : 0;
    }
    return bits;
}

void straight_prepare_singles(void)
{
    for (int i = FIRST_POWER; i <= LAST_POWER; i++)
        powers[i - FIRST_POWER] = upper_bits(i) + 1;
}

/* Upper part of a product of 96 bits; its last bit tells of what is cut off. */
INLINE uint32_t round_to_odd(uint64_t power, uint32_t factor)
{
    wide product = (wide)power * factor;
    return (uint32_t)(product >> 64) | ((uint32_t)(product >> 32) > 1);
}

struct decimal {
    uint32_t digits;
    int exponent;
};

/* The shortest decimal in the interval that rounds to significand * 2^exponent. */
INLINE struct decimal shorten(uint32_t significand, int exponent, uint32_t closer)
{
    int power = (exponent * 1262611 - (closer ? 524031 : 0)) >> 22;
    int shift = exponent + (-power * 1741647 >> 19) + 1;
    uint64_t factor = powers[-power - FIRST_POWER];
    uint32_t odd = significand & 1, middle = significand << 2;
    uint32_t low = round_to_odd(factor, (middle - 2 + closer) << shift) + odd;
    uint32_t high = round_to_odd(factor, (middle + 2) << shift) - odd;
    uint32_t value = round_to_odd(factor, middle << shift), four = value & ~3u;
    uint32_t ten = value / 40 * 40; /* one digit less */
    bool ten_fits = low <= ten, next_ten_fits = ten + 40 <= high;
    if (ten_fits != next_ten_fits)
        return (struct decimal){value / 40 + next_ten_fits, power + 1};
    bool fits = low <= four, next_fits = four + 4 <= high;
    if (fits != next_fits)
        return (struct decimal){value / 4 + next_fits, power};
    bool up = value > four + 2 || (value == four + 2 && (value / 4 & 1));
    return (struct decimal){value / 4 + up, power};
}

/* What does not fit into eight digits around a point: rare, so it may be slow. */
__attribute__((noinline)) static uint8_t *write_rare(uint8_t *at, struct decimal decimal)
{
    uint8_t digits[16];
    while (decimal.digits % 10 == 0) {
        decimal.digits /= 10;
        decimal.exponent++;
    }
    int length = (int)(write_unsigned(digits, decimal.digits) - digits);
    int point = length + decimal.exponent;
    if (point > -6 && point <= 0) {
        memcpy(at, "0.000000", 8);
        memcpy(at + 2 - point, digits, (size_t)length);
        return at + 2 - point + length;
    }
    if (point >= length && point <= 21) {
        memcpy(at, digits, (size_t)length);
        memset(at + length, '0', (size_t)(point - length));
        return at + point;
    }
    int before = point > 0 && point < length ? point : 1;
    memcpy(at, digits, (size_t)before);
    at += before;
    if (length > before) {
        *at++ = '.';
        memcpy(at, digits + before, (size_t)(length - before));
        at += length - before;
    }
    if (before == point)
        return at;
    *at++ = 'e';
    return write_signed(at, point - 1);
}

uint8_t *straight_single(uint8_t *at, uint32_t bits)
{
    uint32_t fraction = bits & 0x7FFFFF, biased = bits >> 23 & 0xFF;
    uint32_t significand = biased > 0 ? fraction | 0x800000 : fraction;
    int exponent = (int)(biased > 0 ? biased : 1) - 150;
    *at = '-';
    at += bits >> 31;
    if (biased == 0xFF)
        return NULL;
    if (significand == 0)
        return write_literal(at, "0");
    if (exponent <= 0 && exponent > -24 &&
        (significand & (((uint32_t)1 << -exponent) - 1)) == 0)
        return write_small(at, significand >> -exponent);

    struct decimal decimal = shorten(significand, exponent, fraction == 0 && biased > 1);
    if (__builtin_expect(decimal.digits >= 100000000, 0))
        return write_rare(at, decimal);
    uint64_t digits = eight_digits(decimal.digits);
    unsigned zeros = (unsigned)__builtin_ctzll(digits) & 56;
    int length = 8 - (int)(zeros >> 3) - (__builtin_clzll(digits) >> 3);
    int point = 8 - (int)(zeros >> 3) + decimal.exponent;
    if (__builtin_expect(point <= 0 || point >= length, 0))
        return write_rare(at, decimal);
    uint64_t text = (digits + ascii_zeros) >> zeros;
    store64(at, text);
    store64(at + point, text >> 8 * point << 8 | '.');
    return at + length + 1;
}
