/* SPDX-License-Identifier: MIT */
/*
 * Reading JSON eight bytes at a time, never beyond its end. A word holds the first byte
 * lowest on every machine; behind the end of the text it holds zeros, which no JSON has.
 * All functions return the place behind what they read, or NULL where it is not in the
 * form that they know.
 */
#ifndef DGM_PLAN_ENCODE_READ_H
#define DGM_PLAN_ENCODE_READ_H

#include <string.h>
#include "plan_encode.h"
#include "frame.h"
#include "plan_word.h"
#include "wide.h"

#define PLAN_ONES 0x0101010101010101u
#define PLAN_TOPS 0x8080808080808080u

/* The end of the text, and the last place that eight bytes follow. */
struct plan_text {
    const uint8_t *end, *last;
};

/* Number of the lowest byte whose top bit is set; there is one. */
PLAN_INLINE unsigned plan_lowest(uint64_t tops)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(tops) >> 3;
#else
    unsigned at = 0;
    for (; (tops & 0x80) == 0; tops >>= 8)
        at++;
    return at;
#endif
}

PLAN_INLINE uint64_t plan_word(struct plan_text text, const uint8_t *p)
{
    if (PLAN_LIKELY(p <= text.last))
        return plan_load(p);
    return p == text.end ? 0 : plan_load(text.last) >> (8 * (unsigned)(p - text.last));
}

PLAN_INLINE bool plan_is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* plan_encode_find.c: pass over them, if there are any. */
const uint8_t *plan_pass_blanks(struct plan_text text, const uint8_t *p);

PLAN_INLINE const uint8_t *plan_blanks(struct plan_text text, const uint8_t *p)
{
    return PLAN_LIKELY(p<text.end && * p> ' ') ? p : plan_pass_blanks(text, p);
}

PLAN_INLINE bool plan_next_is(struct plan_text text, const uint8_t *p, uint8_t byte)
{
    return p < text.end && *p == byte;
}

/* Do these bytes follow? At least eight, of which the first eight are known to. */
PLAN_INLINE bool plan_rest_follows(struct plan_text text, const uint8_t *p,
                                   const char *bytes, size_t length)
{
    if ((size_t)(text.end - p) < length)
        return false;
    for (size_t i = 8; i + 8 < length; i += 8)
        if (plan_load(p + i) != plan_load(bytes + i))
            return false;
    return plan_load(p + length - 8) == plan_load(bytes + length - 8);
}

/* Does the field come next? `mask` leaves out the comma where there is none. */
PLAN_INLINE bool plan_field_follows(struct plan_text text, const uint8_t *p,
                                    const struct plan_field *field, uint64_t mask)
{
    size_t length = field->key_length;
    if (((plan_word(text, p) ^ field->first) & field->mask & mask) != 0)
        return false;
    if (length <= 8)
        return true;
    if (length <= 16)
        return (size_t)(text.end - p) >= length &&
               plan_load(p + length - 8) == field->last;
    return plan_rest_follows(text, p, field->key, length);
}

/* Top bits of the bytes that are no digits; of those behind the first such byte some may
 * be missing. `values` are the digits' values. */
PLAN_INLINE uint64_t plan_no_digits(uint64_t values)
{
    return (values | (values + 0x7676767676767676u)) & PLAN_TOPS;
}

/* The number of the first `count` digit values, 1 to 8. */
PLAN_INLINE uint32_t plan_number(uint64_t values, unsigned count)
{
    values <<= 64 - 8 * count;
    values = (values * 10 + (values >> 8)) & 0x00FF00FF00FF00FFu;
    values = (values * 100 + (values >> 16)) & 0x0000FFFF0000FFFFu;
    return (uint32_t)(values * 10000 + (values >> 32));
}

/* Digits without a leading zero, sixteen at the most. */
PLAN_INLINE const uint8_t *plan_digits(struct plan_text text, const uint8_t *p,
                                       uint64_t *ret)
{
    uint64_t values = plan_word(text, p) ^ PLAN_ONES * '0';
    uint64_t others = plan_no_digits(values);
    if (PLAN_LIKELY(others != 0)) {
        unsigned count = plan_lowest(others);
        if ((count == 0) | (((values & 0xFF) == 0) & (count > 1)))
            return NULL;
        *ret = plan_number(values, count);
        return p + count;
    }
    if ((values & 0xFF) == 0)
        return NULL;
    uint64_t number = plan_number(values, 8);
    values = plan_word(text, p + 8) ^ PLAN_ONES * '0';
    others = plan_no_digits(values);
    if (others == 0)
        return NULL;
    unsigned count = plan_lowest(others);
    *ret = count == 0 ? number
                      : number * (uint32_t)wide_pow10[count] + plan_number(values, count);
    return p + 8 + count;
}

/* Keeps a compiler from making a branch of what is as good as a coin toss. */
#if defined(__GNUC__)
#define PLAN_NO_BRANCH(value) __asm__("" : "+r"(value))
#else
#define PLAN_NO_BRANCH(value) ((void)0)
#endif

/* 1 if a minus is next, else 0. */
PLAN_INLINE uint64_t plan_sign(struct plan_text text, const uint8_t *p)
{
    uint64_t sign = (plan_word(text, p) & 0xFF) == '-';
    PLAN_NO_BRANCH(sign);
    return sign;
}

/* A value in units that a field allows. */
PLAN_INLINE bool plan_in_range(const struct plan_field *field, uint64_t whole,
                               uint64_t units, uint64_t sign, int64_t *ret)
{
    int64_t value = (int64_t)((units ^ (0 - sign)) + sign);
    *ret = value;
    return (whole <= field->whole_most) & (value >= field->low) & (value <= field->high);
}

PLAN_INLINE const uint8_t *plan_read_int(struct plan_text text, const uint8_t *p,
                                         const struct plan_field *field, int64_t *ret)
{
    uint64_t whole = 0, sign = plan_sign(text, p);
    p = plan_digits(text, p + sign, &whole);
    if (p == NULL || !plan_in_range(field, whole, whole, sign, ret))
        return NULL;
    return p;
}

/* In units of 10^-digits; a number with more decimals is left to the rows. */
PLAN_INLINE const uint8_t *plan_read_decimal(struct plan_text text, const uint8_t *p,
                                             const struct plan_field *field, int64_t *ret)
{
    uint64_t whole = 0, units, sign = plan_sign(text, p);
    p = plan_digits(text, p + sign, &whole);
    if (p == NULL || whole > field->whole_most)
        return NULL;
    units = whole * field->power;
    if (plan_next_is(text, p, '.')) {
        uint64_t values = plan_word(text, p + 1) ^ PLAN_ONES * '0';
        uint64_t others = plan_no_digits(values);
        unsigned count = others == 0 ? 8 : plan_lowest(others);
        if (count == 0 || count > field->digits)
            return NULL;
        units += plan_number(values, count) * wide_pow10[field->digits - count];
        p += 1 + count;
    }
    return plan_in_range(field, whole, units, sign, ret) ? p : NULL;
}

PLAN_INLINE const uint8_t *plan_read_bool(struct plan_text text, const uint8_t *p,
                                          uint64_t *ret)
{
    uint64_t word = plan_word(text, p);
    uint64_t is_true = (word & 0xFFFFFFFFu) == 0x65757274u;      /* true */
    uint64_t is_false = (word & 0xFFFFFFFFFFu) == 0x65736C6166u; /* false */
    PLAN_NO_BRANCH(is_true);
    *ret = is_true;
    return (is_true | is_false) != 0 ? p + 5 - is_true : NULL;
}

PLAN_INLINE const uint8_t *plan_read_word(struct plan_text text, const uint8_t *p,
                                          const struct plan_words *words, uint64_t *ret)
{
    uint64_t word = plan_word(text, p);
    /* Bytes up to the closing quote; the first byte is the opening one. */
    uint64_t quotes = (word ^ PLAN_ONES * '"') | 0xFF;
    quotes = (quotes - PLAN_ONES) & ~quotes & PLAN_TOPS;
    word &= quotes ^ (quotes - 1);
    const struct plan_word *found =
        &words->words[words->index[(word * words->factor) >> words->shift]];
    *ret = found->raw;
    if (found->first != word)
        return NULL;
    if (quotes != 0)
        return p + plan_lowest(quotes) + 1;
    return plan_rest_follows(text, p, found->text, found->length) ? p + found->length
                                                                  : NULL;
}

PLAN_INLINE void plan_put16(uint8_t *to, uint64_t raw)
{
    to[0] = (uint8_t)(raw >> 8);
    to[1] = (uint8_t)raw;
}

PLAN_INLINE void plan_put32(uint8_t *to, uint64_t raw)
{
    to[0] = (uint8_t)(raw >> 24);
    to[1] = (uint8_t)(raw >> 16);
    to[2] = (uint8_t)(raw >> 8);
    to[3] = (uint8_t)raw;
}

PLAN_INLINE void plan_put_bits(const struct plan_place *place, uint8_t *to, uint64_t raw)
{
    *to = (uint8_t)(*to | (raw & (0xFFu >> (8 - place->width))) << place->shift);
}

/* plan_encode_value.c: the same for places that are seldom. */
void plan_put_other(const struct plan_place *place, uint8_t *to, uint64_t raw);

/* Store a raw value in the part or element that begins at `base`. */
PLAN_INLINE void plan_put(const struct plan_place *place, uint8_t *base, uint64_t raw)
{
    uint8_t *to = base + place->at;
    switch (place->how) {
    case PLAN_U8:
        *to = (uint8_t)raw;
        return;
    case PLAN_BITS8:
        *to = (uint8_t)(*to | raw << place->shift);
        return;
    case PLAN_BE16:
        plan_put16(to, raw);
        return;
    case PLAN_BE32:
        plan_put32(to, raw);
        return;
    default:
        plan_put_other(place, to, raw);
    }
}

#endif
