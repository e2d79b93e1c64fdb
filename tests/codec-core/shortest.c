/* SPDX-License-Identifier: MIT */
/*
 * The value is m * 2^q, the text says D * 10^e. Both are multiplied by whatever makes
 * them whole: then m * binary and D * decimal are compared, four times over, so that
 * halves and quarters of a unit are whole, too.
 */
#include "shortest.h"

#include "../support/big.h"

/* A float taken apart, and what its text says. */
struct pair {
    uint64_t m, digits;
    int q, e;
    bool negative, text_negative, is_narrow; /* the next one below is nearer */
};

/* Factors of the last pair: its neighbours have the same. */
static struct {
    bool filled;
    int q, e;
    struct big binary, decimal;
} factors;

bool layout_is_finite(struct layout layout, uint64_t bits)
{
    uint64_t all = ((uint64_t)1 << layout.exponent) - 1;
    return (bits >> layout.fraction & all) != all;
}

static void take_apart(struct layout layout, uint64_t bits, struct pair *ret)
{
    uint64_t one = (uint64_t)1 << layout.fraction;
    int bias = (1 << (layout.exponent - 1)) - 1;
    int field = (int)(bits >> layout.fraction & (((uint64_t)1 << layout.exponent) - 1));
    ret->m = bits & (one - 1);
    ret->negative = (bits >> (layout.fraction + layout.exponent) & 1) != 0;
    ret->is_narrow = ret->m == 0 && field > 1;
    if (field > 0)
        ret->m |= one;
    ret->q = (field > 0 ? field : 1) - bias - (int)layout.fraction;
}

static int read_exponent(const char *text, size_t length)
{
    int value = 0;
    bool negative = length > 0 && text[0] == '-';
    for (size_t i = length > 0 && (text[0] == '-' || text[0] == '+'); i < length; i++)
        value = value * 10 + (text[i] - '0');
    return negative ? -value : value;
}

/* Zeros at the end go into the exponent. */
static void read_text(const char *text, size_t length, struct pair *ret)
{
    bool behind_point = false;
    int zeros = 0;
    ret->digits = 0;
    ret->e = 0;
    ret->text_negative = length > 0 && text[0] == '-';
    for (size_t i = ret->text_negative; i < length; i++) {
        if (text[i] == 'e') {
            ret->e += read_exponent(text + i + 1, length - i - 1);
            break;
        }
        if (text[i] == '.') {
            behind_point = true;
            continue;
        }
        ret->e -= behind_point;
        zeros++;
        if (text[i] == '0')
            continue;
        for (; zeros > 0; zeros--)
            ret->digits *= 10;
        ret->digits += (uint64_t)(text[i] - '0');
    }
    ret->e += zeros;
}

static unsigned positive(int value)
{
    return value > 0 ? (unsigned)value : 0;
}

static void fill_factors(const struct pair *pair)
{
    if (factors.filled && factors.q == pair->q && factors.e == pair->e)
        return;
    factors.filled = true;
    factors.q = pair->q;
    factors.e = pair->e;
    big_power10(&factors.binary, positive(-pair->e));
    big_shift(&factors.binary, &factors.binary, positive(pair->q));
    big_power10(&factors.decimal, positive(pair->e));
    big_shift(&factors.decimal, &factors.decimal, positive(-pair->q));
}

/* decimal * left against binary * right */
static int compare(uint64_t left, uint64_t right)
{
    struct big a, b;
    big_mul(&a, &factors.decimal, left);
    big_mul(&b, &factors.binary, right);
    return big_compare(&a, &b);
}

/* Does digits / parts read as the value? `parts` is 1 or 10. */
static bool is_inside(const struct pair *pair, uint64_t digits, uint64_t parts)
{
    int room = pair->m % 2 == 0; /* the ends of the interval belong to even ones */
    uint64_t below = 4 * pair->m - (pair->is_narrow ? 1 : 2);
    return compare(4 * digits, parts * below) > -room &&
           compare(4 * digits, parts * (4 * pair->m + 2)) < room;
}

/* Is there another number of as many digits that is nearer? */
static bool has_nearer(const struct pair *pair)
{
    uint64_t d = pair->digits;
    if (compare(d, pair->m) < 0)
        return compare(2 * d + 1, 2 * pair->m) < 0 && is_inside(pair, d + 1, 1);
    if (d > 1)
        return compare(2 * d - 1, 2 * pair->m) > 0 && is_inside(pair, d - 1, 1);
    /* Below 1 the numbers of one digit are tenths. */
    for (uint64_t tenths = 1; tenths < 10; tenths++)
        if (compare(10 + tenths, 20 * pair->m) > 0 && is_inside(pair, tenths, 10))
            return true;
    return false;
}

const char *shortest_fault(struct layout layout, uint64_t bits, const char *text,
                           size_t length)
{
    struct pair pair;
    take_apart(layout, bits, &pair);
    read_text(text, length, &pair);
    if (pair.negative != pair.text_negative)
        return "the sign is wrong";
    if (pair.m == 0 || pair.digits == 0)
        return pair.m == pair.digits ? NULL : "zero is something else";
    fill_factors(&pair);
    if (!is_inside(&pair, pair.digits, 1))
        return "it reads as another number";
    uint64_t tens = pair.digits - pair.digits % 10;
    if (tens > 0 && (is_inside(&pair, tens, 1) || is_inside(&pair, tens + 10, 1)))
        return "a digit less would do";
    return has_nearer(&pair) ? "another one as short is nearer" : NULL;
}
