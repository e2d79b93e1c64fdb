/* SPDX-License-Identifier: MIT */
/* Texts such as "00:1A:FF" and "192.168.0.1". */
#include "separated.h"

#include <string.h>
#include "text.h"

void separated_begin(struct separated *separated, const struct dgm_codec *codec,
                     const struct dgm_format *format, const struct json_string *string)
{
    separated->string = string;
    separated->between = ".";
    separated->between_length = 1;
    separated->position = 0;
    if (format->separator != 0) {
        separated->between = codec->pool + format->separator;
        separated->between_length = format->separator_length;
    }
}

static size_t left(const struct separated *separated)
{
    return separated->string->length - separated->position;
}

bool separated_skip(struct separated *separated)
{
    const char *text = separated->string->raw + separated->position;
    size_t length = separated->between_length;
    /* Something must follow, or the text between would be one behind. */
    if (left(separated) <= length || memcmp(text, separated->between, length) != 0)
        return false;
    separated->position += length;
    return true;
}

int separated_hex(struct separated *separated)
{
    const char *text = separated->string->raw + separated->position;
    if (left(separated) < 2 || hex_digit_value(text[0]) < 0 ||
        hex_digit_value(text[1]) < 0)
        return -1;
    separated->position += 2;
    return hex_digit_value(text[0]) << 4 | hex_digit_value(text[1]);
}

/* Without zeros in front, as it is written. */
int separated_number(struct separated *separated)
{
    const char *text = separated->string->raw + separated->position;
    size_t length = 0, most = left(separated);
    int number = 0;
    while (length < most && length < 4 && text[length] >= '0' && text[length] <= '9')
        number = number * 10 + (text[length++] - '0');
    if (length == 0 || number > 255 || (length > 1 && text[0] == '0'))
        return -1;
    separated->position += length;
    return number;
}
