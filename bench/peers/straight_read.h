/* SPDX-License-Identifier: MIT */
/*
 * JSON to values. Each reader takes where it is to read and gives where it ended, or
 * NULL if what stands there is not what it reads. The zeros behind the input end
 * everything.
 */
#ifndef DRAGOMAN_BENCH_STRAIGHT_READ_H
#define DRAGOMAN_BENCH_STRAIGHT_READ_H

#include "straight.h"

INLINE const uint8_t *skip_blanks(const uint8_t *at)
{
    while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
        at++;
    return at;
}

INLINE const uint8_t *read_byte(const uint8_t *at, uint8_t byte)
{
    return *at == byte ? at + 1 : NULL;
}

#define starts_with(at, text) (memcmp(at, text, sizeof(text) - 1) == 0)
#define read_literal(at, text) (starts_with(at, text) ? (at) + sizeof(text) - 1 : NULL)

/*
 * The member of that name, if it is the one that stands here: `read` is its value, then
 * comes what separates it from the next. For a loop over the members of an object in the
 * order in which they are expected; it is left with `at` behind the last one.
 */
#define MEMBER(name, bit, read)                                                          \
    if (starts_with(at, "\"" name "\":")) {                                              \
        at = skip_blanks(at + sizeof("\"" name "\":") - 1);                              \
        seen |= (bit);                                                                   \
        at = (read);                                                                     \
        if (at == NULL)                                                                  \
            return 0;                                                                    \
        at = skip_blanks(at);                                                            \
        if (*at != ',')                                                                  \
            break;                                                                       \
        at = skip_blanks(at + 1);                                                        \
    }

/* Behind the members: if none of them stood at `before`, an unknown one does. */
#define OTHER_MEMBER(before)                                                             \
    if (at == (before)) {                                                                \
        at = straight_skip_member(at);                                                   \
        if (at == NULL)                                                                  \
            return 0;                                                                    \
        if (*at != ',')                                                                  \
            break;                                                                       \
        at = skip_blanks(at + 1);                                                        \
    }

/* Any value; any member with its name. Their structure is looked at, not every byte. */
const uint8_t *straight_skip_value(const uint8_t *at);
const uint8_t *straight_skip_member(const uint8_t *at);

/* The bytes of a string, at most 255. */
const uint8_t *straight_string(const uint8_t *at, uint8_t *bytes, size_t *ret_length);

/* How many of eight bytes are digits; their values are in `ret_digits`. */
INLINE unsigned count_digits(const uint8_t *at, uint64_t *ret_digits)
{
    uint64_t digits = load64(at) ^ 0x3030303030303030u;
    uint64_t others = (digits | (digits + 0x7676767676767676u)) & 0x8080808080808080u;
    *ret_digits = digits;
    return others == 0 ? 8 : (unsigned)__builtin_ctzll(others) >> 3;
}

/* Of the first 1 to 8. */
INLINE uint32_t join_digits(uint64_t digits, unsigned count)
{
    digits <<= 64 - 8 * count;
    digits = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FFu;
    digits = (digits * 100 + (digits >> 16)) & 0x0000FFFF0000FFFFu;
    return (uint32_t)(digits * 10000 + (digits >> 32));
}

/* Up to ten digits without a zero in front. */
INLINE const uint8_t *read_whole(const uint8_t *at, uint64_t *ret)
{
    uint64_t digits, value;
    unsigned count = count_digits(at, &digits);
    if (count == 0 || (count > 1 && *at == '0'))
        return NULL;
    value = join_digits(digits, count);
    at += count;
    if (__builtin_expect(count == 8, 0)) {
        for (unsigned i = 0; *at >= '0' && *at <= '9'; i++, at++) {
            if (i == 2)
                return NULL;
            value = value * 10 + (*at - '0');
        }
    }
    *ret = value;
    return at;
}

INLINE const uint8_t *read_unsigned(const uint8_t *at, uint32_t most, uint32_t *ret)
{
    uint64_t value;
    at = read_whole(at, &value);
    if (at == NULL || value > most || *at == '.' || (*at | 0x20) == 'e')
        return NULL;
    *ret = (uint32_t)value;
    return at;
}

/* A number times 10 to the power of `places`, at most 6; what lies behind is rounded. */
INLINE const uint8_t *read_decimal(const uint8_t *at, unsigned places, int32_t least,
                                   int32_t most, uint32_t *ret)
{
    static const uint32_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    uint64_t size, digits, negative = *at == '-';
    at = read_whole(at + negative, &size);
    if (at == NULL)
        return NULL;
    size *= powers[places];
    if (*at == '.') {
        unsigned count = count_digits(at + 1, &digits);
        if (count == 0)
            return NULL;
        unsigned used = count < places ? count : places;
        if (used > 0)
            size += join_digits(digits, used) * (uint64_t)powers[places - used];
        if (count > places)
            size += (digits >> 8 * places & 0xFF) >= 5;
        at += 1 + count;
        for (; count == 8 && *at >= '0' && *at <= '9'; at++)
            continue;
    }
    int64_t value = (int64_t)((size ^ (0 - negative)) + negative);
    if ((*at | 0x20) == 'e' || value < least || value > most)
        return NULL;
    *ret = (uint32_t)value;
    return at;
}

INLINE const uint8_t *read_truth(const uint8_t *at, unsigned *ret)
{
    if (starts_with(at, "true")) {
        *ret = 1;
        return at + 4;
    }
    *ret = 0;
    return read_literal(at, "false");
}

#endif
