/* SPDX-License-Identifier: MIT */
/* UTF-8 by the table of well-formed sequences (Unicode, table 3-7); hex; Base64. */
#include "text.h"

#include <string.h>

static bool is_continuation(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Three bytes: no overlong form, no surrogate. */
static bool second_of_three(uint8_t first, uint8_t second)
{
    if (first == 0xE0 && second < 0xA0)
        return false;
    if (first == 0xED && second > 0x9F)
        return false;
    return is_continuation(second);
}

/* Four bytes: no overlong form, nothing above U+10FFFF. */
static bool second_of_four(uint8_t first, uint8_t second)
{
    if (first == 0xF0 && second < 0x90)
        return false;
    if (first == 0xF4 && second > 0x8F)
        return false;
    return is_continuation(second);
}

size_t utf8_length(const uint8_t *text, size_t length)
{
    uint8_t first = text[0];
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4)
        return 0;
    if (first < 0xE0)
        return length >= 2 && is_continuation(text[1]) ? 2 : 0;
    if (first < 0xF0) {
        bool valid =
            length >= 3 && second_of_three(first, text[1]) && is_continuation(text[2]);
        return valid ? 3 : 0;
    }
    bool valid = length >= 4 && second_of_four(first, text[1]) &&
                 is_continuation(text[2]) && is_continuation(text[3]);
    return valid ? 4 : 0;
}

size_t utf8_valid_prefix(const uint8_t *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        at += text_plain_prefix((const char *)text + at, length - at);
        if (at == length)
            break;
        size_t step = utf8_length(text + at, length - at);
        if (step == 0)
            break;
        at += step;
    }
    return at;
}

size_t utf8_write(uint8_t *text, uint32_t code_point)
{
    if (code_point < 0x80) {
        text[0] = (uint8_t)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        text[0] = (uint8_t)(0xC0 | code_point >> 6);
        text[1] = (uint8_t)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        text[0] = (uint8_t)(0xE0 | code_point >> 12);
        text[1] = (uint8_t)(0x80 | (code_point >> 6 & 0x3F));
        text[2] = (uint8_t)(0x80 | (code_point & 0x3F));
        return 3;
    }
    text[0] = (uint8_t)(0xF0 | code_point >> 18);
    text[1] = (uint8_t)(0x80 | (code_point >> 12 & 0x3F));
    text[2] = (uint8_t)(0x80 | (code_point >> 6 & 0x3F));
    text[3] = (uint8_t)(0x80 | (code_point & 0x3F));
    return 4;
}

uint32_t utf8_read(const uint8_t *text, size_t *ret_length)
{
    uint32_t first = text[0];
    if (first < 0x80) {
        *ret_length = 1;
        return first;
    }
    size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    /* The first byte keeps 5, 4, 3 bits. */
    uint32_t code_point = first & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++)
        code_point = code_point << 6 | (text[i] & 0x3Fu);
    *ret_length = length;
    return code_point;
}

int hex_digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

void hex_write(char *text, const uint8_t *bytes, size_t length, bool upper)
{
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    for (size_t i = 0; i < length; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
}

size_t base64_text_length(size_t byte_count)
{
    return (byte_count / 3 + (byte_count % 3 != 0)) * 4;
}

void base64_write(char *text, const uint8_t *bytes, size_t length)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (; length >= 3; length -= 3, bytes += 3, text += 4) {
        text[0] = digits[bytes[0] >> 2];
        text[1] = digits[(bytes[0] & 3) << 4 | bytes[1] >> 4];
        text[2] = digits[(bytes[1] & 15) << 2 | bytes[2] >> 6];
        text[3] = digits[bytes[2] & 63];
    }
    if (length == 0)
        return;
    uint8_t second = length == 2 ? bytes[1] : 0;
    text[0] = digits[bytes[0] >> 2];
    text[1] = digits[(bytes[0] & 3) << 4 | second >> 4];
    text[2] = length == 2 ? digits[(second & 15) << 2] : '=';
    text[3] = '=';
}
