/* SPDX-License-Identifier: MIT */
/*
 * Makes the table of powers of ten that float_write.c needs: for each k the 128 leading
 * bits of 10^k, rounded up. Runs on the build machine; exact by plain long arithmetic.
 *
 * usage: make-powers > powers.inc
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Range of Raffaello Giulietti's "The Schubfach way to render doubles" for binary64. */
enum { FIRST = -292, LAST = 324, LIMBS = 80 };

struct big {
    uint32_t limbs[LIMBS]; /* least significant first */
};

static void multiply(struct big *big, uint32_t factor)
{
    uint64_t carry = 0;
    for (unsigned i = 0; i < LIMBS; i++) {
        carry += (uint64_t)big->limbs[i] * factor;
        big->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static unsigned bit_length(const struct big *big)
{
    for (unsigned i = LIMBS; i-- > 0;)
        for (unsigned bit = 32; bit-- > 0;)
            if (big->limbs[i] >> bit & 1)
                return i * 32 + bit + 1;
    return 0;
}

static int bit_at(const struct big *big, unsigned at)
{
    return big->limbs[at / 32] >> (at % 32) & 1;
}

static int compare(const struct big *left, const struct big *right)
{
    for (unsigned i = LIMBS; i-- > 0;)
        if (left->limbs[i] != right->limbs[i])
            return left->limbs[i] < right->limbs[i] ? -1 : 1;
    return 0;
}

static void subtract(struct big *left, const struct big *right)
{
    uint64_t borrow = 0;
    for (unsigned i = 0; i < LIMBS; i++) {
        uint64_t difference = (uint64_t)left->limbs[i] - right->limbs[i] - borrow;
        left->limbs[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
}

static void add_one(uint64_t *high, uint64_t *low)
{
    if (++*low == 0)
        ++*high;
}

/* The 128 leading bits of 10^k, k >= 0, rounded up when bits are cut off. */
static void leading_bits(const struct big *power, uint64_t *high, uint64_t *low)
{
    unsigned length = bit_length(power);
    int cut = 0;
    *high = *low = 0;
    for (unsigned i = 0; i < 128; i++) {
        int bit = length > i ? bit_at(power, length - 1 - i) : 0;
        if (i < 64)
            *high = *high << 1 | (uint64_t)bit;
        else
            *low = *low << 1 | (uint64_t)bit;
    }
    for (unsigned i = 128; i < length; i++)
        cut |= bit_at(power, length - 1 - i);
    if (cut)
        add_one(high, low);
}

/* The 128 leading bits of 1 / power, rounded up: long division, one bit at a time. */
static void leading_bits_of_inverse(const struct big *power, uint64_t *high,
                                    uint64_t *low)
{
    struct big rest;
    memset(&rest, 0, sizeof(rest));
    rest.limbs[0] = 1;
    *high = *low = 0;
    /* Bring the rest to the first shift at which the quotient has its leading one. */
    while (compare(&rest, power) < 0)
        multiply(&rest, 2);
    for (unsigned i = 0; i < 128; i++) {
        uint64_t bit = compare(&rest, power) >= 0;
        if (bit)
            subtract(&rest, power);
        multiply(&rest, 2);
        if (i < 64)
            *high = *high << 1 | bit;
        else
            *low = *low << 1 | bit;
    }
    add_one(high, low);
}

int main(void)
{
    printf("/* 10^k for k from %d to %d, made by scripts/make_powers.c */\n", FIRST, LAST);
    for (int k = FIRST; k <= LAST; k++) {
        struct big power;
        uint64_t high, low;
        memset(&power, 0, sizeof(power));
        power.limbs[0] = 1;
        for (int i = 0; i < (k < 0 ? -k : k); i++)
            multiply(&power, 10);
        if (k < 0)
            leading_bits_of_inverse(&power, &high, &low);
        else
            leading_bits(&power, &high, &low);
        printf("{0x%016llXu, 0x%016llXu}, /* %d */\n", (unsigned long long)high,
               (unsigned long long)low, k);
    }
    return 0;
}
