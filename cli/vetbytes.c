/* SPDX-License-Identifier: MIT */
/* Bytes by chance. Nothing here gets longer than its buffer. */
#include "vetbytes.h"

#include <string.h>

/* What JSON is made of, and what it is not. */
static const char *const pieces[] = {
    "{",  "}",   "[",    "]",     ",",      ":",      "\"",    "\\",   "0",
    "-",  "1",   ".",    "e",     "null",   "true",   "false", " ",    "\n",
    "\t", "\"a", "\"\"", "\\u00", "\\ud83", "\\ude0", "\x80",  "\xC3", "\xF0\x9F",
};

static const char *const values[] = {
    "0",
    "-0",
    "1",
    "-1",
    "255",
    "256",
    "65535",
    "65536",
    "2147483648",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "1e400",
    "1e-400",
    "0.1",
    "123456789012345678901234567890.5",
    "1E2",
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "\"\\u0000\"",
    "\"\\ud83d\\ude00\"",
    "\"2026-02-30T25:61:61Z\"",
    "\"AAAA\"",
    "[[[[[[[[]]]]]]]]",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

void vet_bytes_set(struct vet_bytes *bytes, const void *from, size_t length)
{
    bytes->length = length < VET_BYTES_MAX ? length : VET_BYTES_MAX;
    if (bytes->length > 0) {
        memcpy(bytes->bytes, from, bytes->length);
    }
}

void vet_bytes_any(struct vet_bytes *bytes, struct dice *dice, size_t most)
{
    most = most < VET_BYTES_MAX ? most : VET_BYTES_MAX;
    bytes->length = (size_t)dice_below(dice, most + 1);
    dice_fill(dice, bytes->bytes, bytes->length);
}

/* Put `length` bytes in place of `gone` ones at `at`; nothing if there is no room. */
static void replace(struct vet_bytes *bytes, size_t at, size_t gone, const void *with,
                    size_t length)
{
    if (bytes->length - gone + length > VET_BYTES_MAX) {
        return;
    }
    memmove(bytes->bytes + at + length, bytes->bytes + at + gone,
            bytes->length - at - gone);
    memcpy(bytes->bytes + at, with, length);
    bytes->length += length - gone;
}

static void insert_text(struct vet_bytes *bytes, size_t at, const char *text)
{
    replace(bytes, at, 0, text, strlen(text));
}

void vet_bytes_json(struct vet_bytes *bytes, struct dice *dice, size_t most)
{
    size_t count = (size_t)dice_below(dice, most + 1);
    bytes->length = 0;
    for (size_t i = 0; i < count && bytes->length < most; i++) {
        const char *piece = dice_once(dice, 3) ? values[dice_below(dice, COUNT(values))]
                                               : pieces[dice_below(dice, COUNT(pieces))];
        insert_text(bytes, bytes->length, piece);
    }
}

/* A piece of up to 32 bytes of a text. */
struct span {
    size_t at, length;
};

static struct span span_of(struct dice *dice, size_t length)
{
    struct span span;
    span.at = (size_t)dice_below(dice, length + 1);
    span.length = (size_t)dice_below(dice, 33);
    span.length = span.length < length - span.at ? span.length : length - span.at;
    return span;
}

static void change_byte(struct vet_bytes *bytes, struct dice *dice)
{
    static const uint8_t edges[] = {0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF};
    if (bytes->length == 0) {
        return;
    }
    uint8_t *byte = &bytes->bytes[dice_below(dice, bytes->length)];
    switch (dice_below(dice, 4)) {
    case 0:
        *byte ^= (uint8_t)(1u << dice_below(dice, 8));
        break;
    case 1:
        *byte = edges[dice_below(dice, COUNT(edges))];
        break;
    case 2:
        *byte = (uint8_t)(*byte + (dice_once(dice, 2) ? 1 : 255));
        break;
    default:
        *byte = (uint8_t)dice_next(dice);
        break;
    }
}

static void change_piece(struct vet_bytes *bytes, struct dice *dice, const uint8_t *other,
                         size_t other_length)
{
    uint8_t copy[32];
    struct span span = span_of(dice, bytes->length);
    struct span taken = span_of(dice, other_length);
    switch (dice_below(dice, 4)) {
    case 0: /* leave out */
        replace(bytes, span.at, span.length, copy, 0);
        break;
    case 1: /* double */
        memcpy(copy, bytes->bytes + span.at, span.length);
        replace(bytes, span.at, 0, copy, span.length);
        break;
    case 2: /* cut */
        bytes->length = span.at;
        break;
    default: /* from elsewhere */
        if (other_length > 0) {
            memcpy(copy, other + taken.at, taken.length);
            replace(bytes, span.at, dice_once(dice, 2) ? span.length : 0, copy,
                    taken.length);
        }
        break;
    }
}

void vet_bytes_bend(struct vet_bytes *bytes, struct dice *dice, const uint8_t *other,
                    size_t other_length)
{
    size_t count = 1 + (size_t)dice_below(dice, 4);
    for (size_t i = 0; i < count; i++) {
        if (dice_once(dice, 4)) {
            change_piece(bytes, dice, other, other_length);
        } else {
            change_byte(bytes, dice);
        }
    }
}

/* Where the token ends that begins at `at`. */
static size_t token_end(const struct vet_bytes *bytes, size_t at)
{
    size_t end = at + 1;
    if (bytes->bytes[at] == '"') {
        while (end < bytes->length && bytes->bytes[end] != '"') {
            end++;
        }
        return end < bytes->length ? end + 1 : end;
    }
    while (end < bytes->length && memchr(",:]}[{\" ", bytes->bytes[end], 8) == NULL) {
        end++;
    }
    return end;
}

/* One value or name becomes another value. */
static void change_token(struct vet_bytes *bytes, struct dice *dice)
{
    size_t at = (size_t)dice_below(dice, bytes->length);
    while (at < bytes->length && memchr(",:]}[{ ", bytes->bytes[at], 7) != NULL) {
        at++;
    }
    if (at >= bytes->length) {
        return;
    }
    const char *value = values[dice_below(dice, COUNT(values))];
    replace(bytes, at, token_end(bytes, at) - at, value, strlen(value));
}

void vet_bytes_bend_json(struct vet_bytes *bytes, struct dice *dice, const uint8_t *other,
                         size_t other_length)
{
    size_t count = 1 + (size_t)dice_below(dice, 3);
    for (size_t i = 0; i < count; i++) {
        if (dice_once(dice, 2) && bytes->length > 0) {
            change_token(bytes, dice);
        } else {
            vet_bytes_bend(bytes, dice, other, other_length);
        }
    }
}
