/* SPDX-License-Identifier: MIT */
/* Characters of JSON strings that the reader has checked. */
#include "json_read.h"

#include <string.h>
#include "text.h"

/* The UTF-16 unit of \uXXXX, from its first digit. */
static uint32_t escaped_unit(const char *digits)
{
    uint32_t unit = 0;
    for (unsigned i = 0; i < 4; i++)
        unit = unit << 4 | ((uint32_t)hex_digit_value(digits[i]) & 15);
    return unit;
}

/* What the letter of an escape other than u stands for. */
static uint32_t escaped_letter(char letter)
{
    switch (letter) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return (unsigned char)letter;
    }
}

/* The escape at `text`, its length, and its code point. */
static uint32_t escaped_character(const char *text, size_t *ret_length)
{
    if (text[1] != 'u') {
        *ret_length = 2;
        return escaped_letter(text[1]);
    }
    uint32_t unit = escaped_unit(text + 2);
    if (unit < 0xD800 || unit > 0xDFFF) {
        *ret_length = 6;
        return unit;
    }
    *ret_length = 12;
    return 0x10000 + ((unit - 0xD800) << 10) + (escaped_unit(text + 8) - 0xDC00);
}

bool json_string_next(const struct json_string *string, size_t *position,
                      uint32_t *ret_code_point)
{
    size_t length;
    if (*position >= string->length)
        return false;
    const char *text = string->raw + *position;
    if (*text == '\\')
        *ret_code_point = escaped_character(text, &length);
    else
        *ret_code_point = utf8_read((const uint8_t *)text, &length);
    *position += length;
    return true;
}

size_t json_string_characters(const struct json_string *string)
{
    size_t position = 0, count = 0;
    uint32_t code_point;
    while (json_string_next(string, &position, &code_point))
        count++;
    return count;
}

size_t json_string_bytes(const struct json_string *string)
{
    size_t position = 0, count = 0;
    uint32_t code_point;
    uint8_t character[4];
    if (!string->escaped)
        return string->length;
    while (json_string_next(string, &position, &code_point))
        count += utf8_write(character, code_point);
    return count;
}

bool json_string_is(const struct json_string *string, const char *text, size_t length)
{
    size_t position = 0, at = 0;
    uint32_t code_point;
    uint8_t character[4];
    if (!string->escaped)
        return string->length == length &&
               (length == 0 || memcmp(string->raw, text, length) == 0);
    while (json_string_next(string, &position, &code_point)) {
        size_t bytes = utf8_write(character, code_point);
        if (bytes > length - at || memcmp(character, text + at, bytes) != 0)
            return false;
        at += bytes;
    }
    return at == length;
}

bool json_string_equal(const struct json_string *left, const struct json_string *right)
{
    size_t left_at = 0, right_at = 0;
    uint32_t left_point, right_point;
    if (!left->escaped)
        return json_string_is(right, left->raw, left->length);
    if (!right->escaped)
        return json_string_is(left, right->raw, right->length);
    while (json_string_next(left, &left_at, &left_point)) {
        if (!json_string_next(right, &right_at, &right_point) ||
            left_point != right_point)
            return false;
    }
    return right_at == right->length;
}
