/* SPDX-License-Identifier: MIT */
/* Characters, hex and Base64. */
#ifndef DGM_TEXT_H
#define DGM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "parts.h"

/* Is the byte ASCII that stands for itself in a JSON string? */
static inline bool text_is_plain(char character)
{
    uint8_t byte = (uint8_t)character;
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/*
 * The top bit of each byte that does not. Borrows run upwards, so that beyond the lowest
 * such byte others may be marked too; none is marked if all are plain.
 */
static inline uint64_t text_special_bits(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t quote = (word ^ ones * '"') - ones;
    uint64_t backslash = (word ^ ones * '\\') - ones;
    uint64_t control = word - ones * 0x20;
    return (word | quote | backslash | control) & ones * 0x80;
}

/* Bytes from the start that stand for themselves in a JSON string. Eight at a time. */
static inline size_t text_plain_prefix(const char *text, size_t length)
{
    size_t at = 0;
    for (; HAS_SPEED && length - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, text + at, sizeof(word));
        uint64_t special = text_special_bits(word);
        if (special == 0)
            continue;
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        return at + (unsigned)__builtin_ctzll(special) / 8;
#else
        break;
#endif
    }
    while (at < length && text_is_plain(text[at]))
        at++;
    return at;
}

/*
 * Length in bytes of the valid UTF-8 character at `text` (1..4), or 0 if it is not one:
 * truncated, overlong, surrogate, or above U+10FFFF. `length` is at least 1.
 */
size_t utf8_length(const uint8_t *text, size_t length);

/* Bytes of valid UTF-8 from the start; equals `length` if all is valid. */
size_t utf8_valid_prefix(const uint8_t *text, size_t length);

/* Encode a code point that is no surrogate and at most U+10FFFF. Writes 1..4 bytes. */
size_t utf8_write(uint8_t *text, uint32_t code_point);

/* The code point at `text`, which must be a valid character; sets its length. */
uint32_t utf8_read(const uint8_t *text, size_t *ret_length);

/* 0..15, or -1. */
int hex_digit_value(char digit);

/* 2 * length digits. */
void hex_write(char *text, const uint8_t *bytes, size_t length, bool upper);

/* Bytes of text that Base64 needs, with padding. */
size_t base64_text_length(size_t byte_count);

/* RFC 4648 section 4 with padding; writes base64_text_length(length). */
void base64_write(char *text, const uint8_t *bytes, size_t length);

#endif
