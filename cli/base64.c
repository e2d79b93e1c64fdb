/* SPDX-License-Identifier: MIT */
/* Bytes as text. */
#include "base64.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Two digits of each byte. */
#define DIGITS_OF(high)                                                                  \
    high "0" high "1" high "2" high "3" high "4" high "5" high "6" high "7" high         \
         "8" high "9" high "A" high "B" high "C" high "D" high "E" high "F"

static const char pairs[] = DIGITS_OF("0") DIGITS_OF("1") DIGITS_OF("2") DIGITS_OF("3")
    DIGITS_OF("4") DIGITS_OF("5") DIGITS_OF("6") DIGITS_OF("7") DIGITS_OF("8")
        DIGITS_OF("9") DIGITS_OF("A") DIGITS_OF("B") DIGITS_OF("C") DIGITS_OF("D")
            DIGITS_OF("E") DIGITS_OF("F");

#if defined(__SSE2__)
/* Sixteen digits of eight bytes. */
static inline void put_eight(char *to, const uint8_t *bytes)
{
    __m128i word = _mm_loadl_epi64((const __m128i *)(const void *)bytes);
    __m128i halves = _mm_unpacklo_epi8(_mm_srli_epi16(word, 4), word);
    halves = _mm_and_si128(halves, _mm_set1_epi8(0x0F));
    __m128i is_letter = _mm_cmpgt_epi8(halves, _mm_set1_epi8(9));
    __m128i gap = _mm_and_si128(is_letter, _mm_set1_epi8('A' - '9' - 1));
    halves = _mm_add_epi8(_mm_add_epi8(halves, _mm_set1_epi8('0')), gap);
    _mm_storeu_si128((__m128i *)(void *)to, halves);
}
#endif

size_t hex_text(char *to, const uint8_t *bytes, size_t length)
{
#if defined(__SSE2__)
    if (length >= 8) {
        for (size_t i = 0; i + 8 < length; i += 8) {
            put_eight(to + 2 * i, bytes + i);
        }
        /* Some of the last ones once more. */
        put_eight(to + 2 * (length - 8), bytes + length - 8);
        return 2 * length;
    }
#endif
    for (size_t i = 0; i < length; i++) {
        memcpy(to + 2 * i, pairs + 2 * bytes[i], 2);
    }
    return 2 * length;
}

size_t base64_text(char *to, const uint8_t *bytes, size_t length)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *at = to;
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        uint32_t bits = (uint32_t)bytes[i] << 16;
        bits |= left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
        bits |= left > 2 ? (uint32_t)bytes[i + 2] : 0;
        *at++ = digits[bits >> 18];
        *at++ = digits[bits >> 12 & 63];
        *at++ = left > 1 ? digits[bits >> 6 & 63] : '=';
        *at++ = left > 2 ? digits[bits & 63] : '=';
    }
    return (size_t)(at - to);
}

enum { STEP = 3 * 64, TEXT = 2 * STEP };

void hex_put(FILE *file, const uint8_t *bytes, size_t length)
{
    char text[TEXT];
    for (size_t i = 0; i < length; i += STEP) {
        size_t count = length - i < STEP ? length - i : STEP;
        (void)fwrite(text, 1, hex_text(text, bytes + i, count), file);
    }
}

void base64_put(FILE *file, const uint8_t *bytes, size_t length)
{
    char text[TEXT];
    for (size_t i = 0; i < length; i += STEP) {
        size_t count = length - i < STEP ? length - i : STEP;
        (void)fwrite(text, 1, base64_text(text, bytes + i, count), file);
    }
}
