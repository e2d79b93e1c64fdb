/* SPDX-License-Identifier: MIT */
/* Bytes that fit a row: numbers, digits, instants and texts. */
#include "values.h"

#include <string.h>

/* Two decimal digits of a number that a pattern can hold. */
static unsigned pattern_number(struct lab *lab, char letter)
{
    switch (letter) {
    case 'M':
        return 1 + (unsigned)dice_below(&lab->dice, 12);
    case 'D':
        return 1 + (unsigned)dice_below(&lab->dice, 28);
    case 'h':
        return (unsigned)dice_below(&lab->dice, 24);
    case 'Y':
        return 20 + (unsigned)dice_below(&lab->dice, 10);
    default:
        return (unsigned)dice_below(&lab->dice, 60);
    }
}

/* Digits of an instant, by its pattern. Years of four digits begin with 20. */
static size_t pattern_text(struct lab *lab, const char *pattern, char *text, size_t size)
{
    size_t length = 0;
    while (*pattern != '\0' && length + 4 < size) {
        if (strchr("YMDhms", *pattern) == NULL || pattern[1] != pattern[0]) {
            text[length++] = *pattern == 'f' ? '0' : *pattern;
            pattern++;
            continue;
        }
        unsigned number = pattern_number(lab, *pattern);
        if (strncmp(pattern, "YYYY", 4) == 0) {
            number = 20;
            text[length++] = (char)('0' + number / 10);
            text[length++] = (char)('0' + number % 10);
            number = pattern_number(lab, 'Y');
            pattern += 2;
        }
        text[length++] = (char)('0' + number / 10);
        text[length++] = (char)('0' + number % 10);
        pattern += 2;
    }
    return length;
}

static void put_nibble(uint8_t *bytes, size_t count, const struct dgm_format *format,
                       size_t place, unsigned digit)
{
    size_t byte = place / 2;
    bool is_high = (place % 2 == 0) != ((format->flags & DGM_FORMAT_LOW_FIRST) != 0);
    if (format->flags & DGM_FORMAT_REVERSED) {
        byte = count - 1 - byte;
    }
    bytes[byte] = (uint8_t)(is_high ? (bytes[byte] & 0x0F) | digit << 4
                                    : (bytes[byte] & 0xF0u) | digit);
}

/* Digits in the half-bytes, with a zero in front of an odd number of them. */
static void fill_digits(struct lab *lab, const struct dgm_format *format, uint8_t *bytes,
                        size_t count)
{
    char text[64];
    size_t length = 0, places = count * 2;
    if (format->pattern != 0) {
        const char *pattern = dgm_codec_text(lab->codec, format->pattern);
        length = pattern_text(lab, pattern, text, sizeof(text));
    }
    bool small = dice_once(&lab->dice, 3);
    for (size_t i = 0; i < places; i++) {
        unsigned digit =
            (unsigned)dice_below(&lab->dice, small && i + 3 < places ? 1 : 10);
        size_t first = places > length ? places - length : 0;
        if (length > 0) {
            digit = i >= first ? (unsigned)(text[i - first] - '0') & 15u : 0;
        }
        put_nibble(bytes, count, format, i, i == 0 && length == 0 ? 0 : digit);
    }
    if (format->sign == DGM_DIGIT_SIGN_LAST_NIBBLE && places > 0) {
        unsigned sign = 12 + (unsigned)dice_below(&lab->dice, 2);
        put_nibble(bytes, count, format, places - 1, sign);
    }
    if (format->sign == DGM_DIGIT_SIGN_F_DIGIT && dice_once(&lab->dice, 2)) {
        put_nibble(bytes, count, format, 0, 15);
    }
    if (format->sign == DGM_DIGIT_SIGN_TOP_BIT && dice_once(&lab->dice, 2)) {
        put_nibble(bytes, count, format, 0, 8);
    }
    if (format->sign == DGM_DIGIT_SIGN_FF_BYTE && dice_once(&lab->dice, 2)) {
        put_nibble(bytes, count, format, 0, 15);
        put_nibble(bytes, count, format, 1, 15);
    }
    for (size_t i = dice_below(&lab->dice, places + 1);
         (format->flags & DGM_FORMAT_PADDED) && i < places; i++) {
        put_nibble(bytes, count, format, i, format->pad);
    }
}

/* Characters of a number, or of an instant. */
static void fill_characters(struct lab *lab, const struct dgm_format *format,
                            uint8_t *bytes, size_t count)
{
    char text[64];
    size_t length = 0;
    if (format != NULL && format->pattern != 0) {
        const char *pattern = dgm_codec_text(lab->codec, format->pattern);
        length = pattern_text(lab, pattern, text, sizeof(text));
    }
    for (size_t i = 0; i < count; i++) {
        bytes[i] =
            i < length ? (uint8_t)text[i] : (uint8_t)('0' + dice_below(&lab->dice, 10));
    }
    if (length == 0 && count > 3 && dice_once(&lab->dice, 2)) {
        bytes[dice_below(&lab->dice, count - 2) + 1] = '.';
    }
    if (length == 0 && count > 1 && dice_once(&lab->dice, 4)) {
        bytes[0] = '-';
    }
}

static void fill_text(struct lab *lab, const struct dgm_row *row,
                      const struct dgm_format *format, uint8_t *bytes, size_t count)
{
    size_t length = dice_once(&lab->dice, 2) ? count : dice_below(&lab->dice, count + 1);
    bool is_wild = row->show < DGM_SHOW_ASCII && dice_once(&lab->dice, 2);
    for (size_t i = 0; i < length; i++) {
        bytes[i] = is_wild ? (uint8_t)dice_next(&lab->dice)
                           : (uint8_t)(0x20 + dice_below(&lab->dice, 0x5F));
    }
    if (length == count) {
        return;
    }
    bool has_end = format != NULL && (format->flags & DGM_FORMAT_ENDED) != 0;
    uint8_t pad = row->flags & DGM_ROW_PADDED ? row->shift : has_end ? format->end : 0;
    memset(bytes + length, pad, count - length);
    if (has_end) {
        bytes[length] = format->end;
    }
}

bool values_fill(struct lab *lab, const struct dgm_visit *visit,
                 struct specimen *specimen)
{
    const struct dgm_row *row = &lab->rows[visit->row];
    uint64_t ignored;
    if (field_get(lab->rows, visit, specimen, &ignored)) {
        return field_set(lab->rows, visit, specimen, values_pick(lab, visit->row));
    }
    size_t end = visit->end < specimen->length ? visit->end : specimen->length;
    bool has_bytes = row->op == DGM_OP_DIGITS || row->op == DGM_OP_BYTES;
    if (!has_bytes || visit->flags != 0 || end <= visit->at) {
        return false;
    }
    uint8_t *bytes = specimen->bytes + visit->at;
    uint16_t index = tables_format(row);
    const struct dgm_format *format =
        index != DGM_NONE ? &lab->tables.formats[index] : NULL;
    bool as_characters = row->show == DGM_SHOW_TEXT_NUMBER ||
                         (format != NULL && (format->flags & DGM_FORMAT_CHARACTERS) != 0);
    if (as_characters) {
        fill_characters(lab, format, bytes, end - visit->at);
    } else if (format != NULL &&
               (row->op == DGM_OP_DIGITS || row->show == DGM_SHOW_DIGITS)) {
        fill_digits(lab, format, bytes, end - visit->at);
    } else {
        fill_text(lab, row, format, bytes, end - visit->at);
    }
    return true;
}
