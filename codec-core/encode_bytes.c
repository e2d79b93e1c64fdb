/* SPDX-License-Identifier: MIT */
/* JSON texts to bytes: first how many they are, with every check, then the bytes
 * themselves. */
#include "encode.h"

#include <string.h>
#include "moment.h"
#include "separated.h"
#include "text.h"

static enum dgm_status text_fault_of(const char *detail, const char **ret_detail)
{
    *ret_detail = detail;
    return DGM_TEXT;
}

#define text_fault(sentence, ret_detail) text_fault_of(DETAIL(sentence), ret_detail)

static enum dgm_status measure_characters(const struct json_string *string, uint32_t last,
                                          size_t *ret, const char **ret_detail)
{
    uint32_t code_point;
    size_t position = 0, count = 0;
    while (json_string_next(string, &position, &code_point)) {
        if (code_point > last)
            return text_fault("a character is outside the encoding", ret_detail);
        count++;
    }
    *ret = count;
    return DGM_OK;
}

static enum dgm_status measure_hex(const struct json_string *string, size_t *ret,
                                   const char **ret_detail)
{
    for (size_t i = 0; i < string->length; i++)
        if (hex_digit_value(string->raw[i]) < 0)
            return text_fault("hex digits are expected", ret_detail);
    if (string->length % 2 != 0)
        return text_fault("an even number of hex digits is expected", ret_detail);
    *ret = string->length / 2;
    return DGM_OK;
}

static int base64_value(char digit)
{
    if (digit >= 'A' && digit <= 'Z')
        return digit - 'A';
    if (digit >= 'a' && digit <= 'z')
        return digit - 'a' + 26;
    if (digit >= '0' && digit <= '9')
        return digit - '0' + 52;
    return digit == '+' ? 62 : digit == '/' ? 63 : -1;
}

/*
 * Canonical Base64 only: padded, and the bits that are cut off are zero. Read character
 * by character, because JSON may spell "/" as "\/".
 */
static bool base64_length(const struct json_string *string, size_t *ret)
{
    uint32_t code_point;
    size_t position = 0, digits = 0, pads = 0;
    int last = 0;
    while (json_string_next(string, &position, &code_point)) {
        if (code_point == '=') {
            pads++;
            continue;
        }
        last = code_point < 0x80 ? base64_value((char)code_point) : -1;
        if (last < 0 || pads > 0)
            return false;
        digits++;
    }
    if (pads > 2 || (digits + pads) % 4 != 0 || (pads > 0 && digits < 2))
        return false;
    if ((pads == 1 && (last & 3) != 0) || (pads == 2 && (last & 15) != 0))
        return false;
    *ret = (digits + pads) / 4 * 3 - pads;
    return true;
}

/* Hex pairs with a text between them. */
static enum dgm_status measure_pairs(const struct encoder *encoder,
                                     const struct dgm_format *format,
                                     const struct json_string *string, size_t *ret,
                                     const char **ret_detail)
{
    struct separated separated;
    separated_begin(&separated, encoder->codec, format, string);
    for (*ret = 0; separated.position < string->length; ++*ret) {
        if (*ret > 0 && !separated_skip(&separated))
            return text_fault("the text between the pairs is another", ret_detail);
        if (separated_hex(&separated) < 0)
            return text_fault("pairs of hex digits are expected", ret_detail);
    }
    return DGM_OK;
}

static enum dgm_status measure_numbers(const struct encoder *encoder,
                                       const struct dgm_format *format,
                                       const struct json_string *string, size_t *ret,
                                       const char **ret_detail)
{
    struct separated separated;
    separated_begin(&separated, encoder->codec, format, string);
    for (*ret = 0; separated.position < string->length; ++*ret) {
        if (*ret > 0 && !separated_skip(&separated))
            return text_fault("the text between the numbers is another", ret_detail);
        if (separated_number(&separated) < 0)
            return text_fault("numbers from 0 to 255 are expected", ret_detail);
    }
    return DGM_OK;
}

static enum dgm_status measure_digits(const struct json_string *string, size_t *ret,
                                      const char **ret_detail)
{
    for (size_t i = 0; i < string->length; i++)
        if (string->raw[i] < '0' || string->raw[i] > '9')
            return text_fault("decimal digits are expected", ret_detail);
    *ret = string->length;
    return DGM_OK;
}

/* The byte that ends a text on the wire does not stand in it. */
static enum dgm_status check_end(const struct dgm_format *format,
                                 const struct json_string *string,
                                 const char **ret_detail)
{
    uint32_t code_point;
    size_t position = 0;
    if (!HAS_FORMATS || !(format->flags & DGM_FORMAT_ENDED))
        return DGM_OK;
    while (json_string_next(string, &position, &code_point))
        if (code_point == format->end)
            return text_fault("a character of the text is the one that ends it",
                              ret_detail);
    return DGM_OK;
}

enum dgm_status encode_measure(const struct encoder *encoder, const struct dgm_row *row,
                               const struct json_string *string, size_t *ret_length,
                               const char **ret_detail)
{
    const struct dgm_format *format = moment_format(encoder->codec, row_format(row));
    enum dgm_status status = check_end(format, string, ret_detail);
    uint8_t show = row->show;
    if (status != DGM_OK)
        return status;
    switch (show) {
    case DGM_SHOW_BYTES_DOTTED:
        if (HAS_FORMATS)
            return measure_numbers(encoder, format, string, ret_length, ret_detail);
        return DGM_INTERNAL;
    case DGM_SHOW_DIGITS:
        return HAS_FORMATS ? measure_digits(string, ret_length, ret_detail)
                           : DGM_INTERNAL;
    case DGM_SHOW_BASE64:
        return base64_length(string, ret_length)
                   ? DGM_OK
                   : text_fault("this is no Base64", ret_detail);
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        if (HAS_FORMATS && format->separator != 0)
            return measure_pairs(encoder, format, string, ret_length, ret_detail);
        return measure_hex(string, ret_length, ret_detail);
    case DGM_SHOW_UTF8:
        *ret_length = json_string_bytes(string);
        return DGM_OK;
    default:
        return measure_characters(string, show == DGM_SHOW_ASCII ? 0x7F : 0xFF,
                                  ret_length, ret_detail);
    }
}

static void store_base64(uint8_t *out, const struct json_string *string)
{
    uint32_t code_point, word = 0;
    size_t position = 0;
    unsigned bits = 0;
    while (json_string_next(string, &position, &code_point) && code_point != '=') {
        word = word << 6 | (uint32_t)base64_value((char)code_point);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            *out++ = (uint8_t)(word >> bits);
        }
    }
}

static void store_hex(uint8_t *out, const char *text, size_t length)
{
    for (size_t i = 0; i + 1 < length; i += 2)
        out[i / 2] =
            (uint8_t)(hex_digit_value(text[i]) << 4 | hex_digit_value(text[i + 1]));
}

static void store_separated(const struct encoder *encoder, const struct dgm_row *row,
                            uint8_t *out, const struct json_string *string)
{
    struct separated separated;
    separated_begin(&separated, encoder->codec,
                    moment_format(encoder->codec, row_format(row)), string);
    while (separated.position < string->length) {
        int byte = row->show == DGM_SHOW_BYTES_DOTTED ? separated_number(&separated)
                                                      : separated_hex(&separated);
        *out++ = (uint8_t)byte;
        (void)separated_skip(&separated);
    }
}

void encode_store_bytes(const struct encoder *encoder, const struct dgm_row *row,
                        uint8_t *out, const struct json_string *string)
{
    uint32_t code_point;
    size_t position = 0;
    bool separated = HAS_FORMATS && row->spec != DGM_NONE &&
                     encoder->codec->formats[row->spec].separator != 0;
    switch (row->show) {
    case DGM_SHOW_BYTES_DOTTED:
        if (HAS_FORMATS)
            store_separated(encoder, row, out, string);
        return;
    case DGM_SHOW_BASE64:
        store_base64(out, string);
        return;
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        if (separated)
            store_separated(encoder, row, out, string);
        else
            store_hex(out, string->raw, string->length);
        return;
    case DGM_SHOW_UTF8:
        while (json_string_next(string, &position, &code_point))
            out += utf8_write(out, code_point);
        return;
    default:
        while (json_string_next(string, &position, &code_point))
            *out++ = (uint8_t)code_point;
        return;
    }
}
