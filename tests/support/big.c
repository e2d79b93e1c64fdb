/* SPDX-License-Identifier: MIT */
/* See big.h. */
#include "big.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 u128;

static void set_limb(struct big *ret, unsigned at, uint64_t value)
{
    if (at >= BIG_LIMBS)
        abort();
    ret->limbs[at] = value;
}

static void trim(struct big *value)
{
    while (value->used > 0 && value->limbs[value->used - 1] == 0)
        value->used--;
}

void big_set(struct big *ret, uint64_t value)
{
    ret->limbs[0] = value;
    ret->used = value != 0;
}

void big_copy(struct big *ret, const struct big *from)
{
    ret->used = from->used;
    memcpy(ret->limbs, from->limbs, from->used * sizeof(from->limbs[0]));
}

void big_mul(struct big *ret, const struct big *left, uint64_t right)
{
    uint64_t carry = 0;
    unsigned used = left->used;
    for (unsigned i = 0; i < used; i++) {
        u128 product = (u128)left->limbs[i] * right + carry;
        ret->limbs[i] = (uint64_t)product;
        carry = (uint64_t)(product >> 64);
    }
    if (carry != 0)
        set_limb(ret, used++, carry);
    ret->used = used;
    trim(ret);
}

void big_shift(struct big *ret, const struct big *left, unsigned count)
{
    unsigned limbs = count / 64, bits = count % 64, used = left->used;
    if (used == 0) {
        ret->used = 0;
        return;
    }
    if (used + limbs + 1 > BIG_LIMBS)
        abort();
    ret->limbs[used + limbs] = 0;
    for (unsigned i = used; i-- > 0;) {
        uint64_t limb = left->limbs[i];
        if (bits > 0)
            ret->limbs[i + limbs + 1] |= limb >> (64 - bits);
        ret->limbs[i + limbs] = limb << bits;
    }
    memset(ret->limbs, 0, limbs * sizeof(ret->limbs[0]));
    ret->used = used + limbs + 1;
    trim(ret);
}

void big_add(struct big *ret, const struct big *left, const struct big *right)
{
    unsigned used = left->used > right->used ? left->used : right->used;
    uint64_t carry = 0;
    for (unsigned i = 0; i < used; i++) {
        u128 sum = (u128)(i < left->used ? left->limbs[i] : 0) +
                   (i < right->used ? right->limbs[i] : 0) + carry;
        ret->limbs[i] = (uint64_t)sum;
        carry = (uint64_t)(sum >> 64);
    }
    if (carry != 0)
        set_limb(ret, used++, carry);
    ret->used = used;
}

void big_sub(struct big *ret, const struct big *left, const struct big *right)
{
    uint64_t borrow = 0;
    for (unsigned i = 0; i < left->used; i++) {
        uint64_t other = i < right->used ? right->limbs[i] : 0;
        u128 difference = (u128)left->limbs[i] - other - borrow;
        ret->limbs[i] = (uint64_t)difference;
        borrow = (uint64_t)(difference >> 64) & 1;
    }
    if (borrow != 0 || right->used > left->used)
        abort();
    ret->used = left->used;
    trim(ret);
}

int big_compare(const struct big *left, const struct big *right)
{
    if (left->used != right->used)
        return left->used < right->used ? -1 : 1;
    for (unsigned i = left->used; i-- > 0;)
        if (left->limbs[i] != right->limbs[i])
            return left->limbs[i] < right->limbs[i] ? -1 : 1;
    return 0;
}

uint64_t big_div(struct big *left, const struct big *right)
{
    struct big part;
    uint64_t quotient = 0;
    if (right->used == 0)
        abort();
    for (unsigned shift = 64; shift-- > 0;) {
        if (right->used + shift / 64 + 2 > BIG_LIMBS)
            continue;
        big_shift(&part, right, shift);
        if (big_compare(left, &part) < 0)
            continue;
        big_sub(left, left, &part);
        quotient |= (uint64_t)1 << shift;
    }
    if (big_compare(left, right) >= 0)
        abort();
    return quotient;
}

void big_power10(struct big *ret, unsigned power)
{
    big_set(ret, 1);
    for (; power >= 19; power -= 19)
        big_mul(ret, ret, 10000000000000000000u);
    for (; power > 0; power--)
        big_mul(ret, ret, 10);
}

size_t big_text(const struct big *value, char *text)
{
    struct big rest;
    char reversed[BIG_TEXT_MAX];
    size_t count = 0;
    big_copy(&rest, value);
    do {
        u128 remainder = 0;
        for (unsigned i = rest.used; i-- > 0;) {
            remainder = remainder << 64 | rest.limbs[i];
            rest.limbs[i] = (uint64_t)(remainder / 10);
            remainder %= 10;
        }
        trim(&rest);
        reversed[count++] = (char)('0' + (int)remainder);
    } while (rest.used > 0);
    for (size_t i = 0; i < count; i++)
        text[i] = reversed[count - 1 - i];
    text[count] = 0;
    return count;
}
