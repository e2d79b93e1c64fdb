/* SPDX-License-Identifier: MIT */
/*
 * Frames of many lines at once. Pairs of digits are read sixteen at a time where the
 * processor has SSE2, else four. The last ones of a line are read once more together with
 * what is left over, so that nothing is read or written beyond it.
 */
#include "hexlines.h"

#include <stdbool.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* A byte in each place of a word. */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The value of a digit; 16 and more if it is none. */
static inline unsigned digit_of(char letter)
{
    unsigned digit = (unsigned)(unsigned char)letter - '0';
    unsigned from_a = ((unsigned)(unsigned char)letter | 0x20u) - 'a';
    return digit < 10 ? digit : from_a < 6 ? from_a + 10 : 16;
}

static inline uint64_t load_eight(const char *text)
{
    uint64_t word;
    memcpy(&word, text, sizeof(word));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline void store_four(uint8_t *bytes, uint32_t word)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap32(word);
#endif
    memcpy(bytes, &word, sizeof(word));
}

/* Four bytes of eight digits. Returns EACH(0x80) if all of them are digits. A sum carries
 * into the next byte only from one of 0x80 and more, whose own bit is then not set. */
static inline uint64_t read_eight(const char *text, uint8_t *bytes)
{
    uint64_t word = load_eight(text), lower = word | EACH(0x20);
    /* The upper bit of each byte: is it '0' or more, but not more than '9'? */
    uint64_t is_digit = (word + EACH(0x80 - '0')) & ~(word + EACH(0x7F - '9'));
    uint64_t is_letter = (lower + EACH(0x80 - 'a')) & ~(lower + EACH(0x7F - 'f'));
    /* Letters have bit 6, and their low half counts from 1. */
    uint64_t letters = word >> 6 & EACH(1);
    uint64_t values = (word & EACH(0x0F)) + letters * 9;
    values = (values << 4 | values >> 8) & UINT64_C(0x00FF00FF00FF00FF);
    values = (values | values >> 8) & UINT64_C(0x0000FFFF0000FFFF);
    store_four(bytes, (uint32_t)(values | values >> 16));
    return (is_digit | is_letter) & ~word & EACH(0x80);
}

/* Seven pairs and less. */
static bool read_few(const char *text, size_t pairs, uint8_t *bytes)
{
    unsigned all = 0;
    if (pairs >= 4) {
        uint64_t good = read_eight(text, bytes);
        good &= read_eight(text + 2 * (pairs - 4), bytes + pairs - 4);
        return good == EACH(0x80);
    }
    for (size_t i = 0; i < pairs; i++) {
        unsigned high = digit_of(text[2 * i]), low = digit_of(text[2 * i + 1]);
        bytes[i] = (uint8_t)(high << 4 | low);
        all |= high | low;
    }
    return all < 16;
}

#if defined(__SSE2__)
/* Values of sixteen digits, each 16 and more where there is none: what is no digit is
 * beyond 9, what is no letter, beyond 15, and the smaller one of both counts. */
static inline __m128i values_of(const char *text, __m128i *all)
{
    __m128i word;
    memcpy(&word, text, sizeof(word));
    __m128i digits = _mm_add_epi8(word, _mm_set1_epi8((char)(0xFF - '9')));
    digits = _mm_subs_epu8(digits, _mm_set1_epi8(6));
    digits = _mm_sub_epi8(digits, _mm_set1_epi8((char)0xF0));
    __m128i letters = _mm_and_si128(word, _mm_set1_epi8((char)0xDF));
    letters = _mm_sub_epi8(letters, _mm_set1_epi8('A'));
    letters = _mm_adds_epu8(letters, _mm_set1_epi8(10));
    __m128i values = _mm_min_epu8(digits, letters);
    *all = _mm_or_si128(*all, values);
    values = _mm_or_si128(_mm_slli_epi16(values, 4), _mm_srli_epi16(values, 8));
    return _mm_and_si128(values, _mm_set1_epi16(0xFF));
}

static inline void read_sixteen(const char *text, uint8_t *bytes, __m128i *all)
{
    __m128i values = values_of(text, all);
    _mm_storel_epi64((__m128i *)(void *)bytes, _mm_packus_epi16(values, values));
}

static inline void read_thirty_two(const char *text, uint8_t *bytes, __m128i *all)
{
    __m128i front = values_of(text, all), back = values_of(text + 16, all);
    _mm_storeu_si128((__m128i *)(void *)bytes, _mm_packus_epi16(front, back));
}

/* Eight pairs and more. */
static inline bool read_many(const char *text, size_t pairs, uint8_t *bytes)
{
    __m128i all = _mm_setzero_si128();
    if (pairs >= 16) {
        for (size_t i = 0; i + 16 < pairs; i += 16) {
            read_thirty_two(text + 2 * i, bytes + i, &all);
        }
        read_thirty_two(text + 2 * (pairs - 16), bytes + pairs - 16, &all);
    } else {
        read_sixteen(text, bytes, &all);
        read_sixteen(text + 2 * (pairs - 8), bytes + pairs - 8, &all);
    }
    /* The upper bit of whatever is 16 and more. */
    return _mm_movemask_epi8(_mm_adds_epu8(all, _mm_set1_epi8(0x70))) == 0;
}
#else
static inline bool read_many(const char *text, size_t pairs, uint8_t *bytes)
{
    uint64_t good = EACH(0x80);
    for (size_t i = 0; i + 4 < pairs; i += 4) {
        good &= read_eight(text + 2 * i, bytes + i);
    }
    good &= read_eight(text + 2 * (pairs - 4), bytes + pairs - 4);
    return good == EACH(0x80);
}
#endif

/* Pairs of digits, and nothing else? */
static inline bool read_pairs(const char *text, size_t pairs, uint8_t *bytes)
{
    return pairs >= 8 ? read_many(text, pairs, bytes) : read_few(text, pairs, bytes);
}

/* A line of whatever length. Returns its bytes with its end, or 0. */
static size_t take_line(const char *text, size_t left, uint8_t *bytes, size_t room,
                        size_t *pairs)
{
    const char *end = memchr(text, '\n', left);
    if (end == NULL) {
        return 0;
    }
    size_t length = (size_t)(end - text);
    length -= length > 0 && text[length - 1] == '\r' ? 1 : 0;
    if (length == 0 || length % 2 != 0 || length / 2 > room ||
        !read_pairs(text, length / 2, bytes)) {
        return 0;
    }
    *pairs = length / 2;
    return (size_t)(end - text) + 1;
}

size_t hexlines_take(struct hexlines *lines, const char *text, size_t from, size_t length,
                     struct dgm_item *items, size_t *ends, size_t most)
{
    uint8_t *bytes = lines->bytes, *const bytes_end = bytes + lines->room;
    const char *at = text + from, *const text_end = text + length;
    size_t count = 0, pairs = lines->pairs;
    for (; count < most; count++) {
        size_t left = (size_t)(text_end - at), room = (size_t)(bytes_end - bytes);
        size_t size = 2 * pairs + 1;
        /* Most often a line is as long as the one before. */
        if (pairs == 0 || left < size || at[size - 1] != '\n' || room < pairs ||
            !read_pairs(at, pairs, bytes)) {
            size = take_line(at, left, bytes, room, &pairs);
        }
        if (size == 0) {
            break;
        }
        items[count].input = bytes;
        items[count].length = pairs;
        bytes += pairs;
        at += size;
        ends[count] = (size_t)(at - text);
    }
    lines->pairs = pairs;
    return count;
}
