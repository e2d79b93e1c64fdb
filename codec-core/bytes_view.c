/* SPDX-License-Identifier: MIT */
/* Bytes as JSON: hex, numbers, characters, digits, forwards or backwards. */
#include "bytes_view.h"

#include "digits.h"

enum { NUMBER_CHARACTERS = 64 }; /* of a number in characters */

struct bytes_view view_shorter(struct bytes_view view, size_t length)
{
    if (HAS_FORMATS && view.reversed)
        view.bytes += view.length - length;
    view.length = length;
    return view;
}

static void put_separator(struct json_writer *out, const struct dgm_codec *codec,
                          const struct dgm_format *format)
{
    json_put(out, codec->pool + format->separator, format->separator_length);
}

/* Pairs of hex digits with a text between them. */
static void put_pairs(struct json_writer *out, const struct bytes_view *view, bool upper,
                      const struct dgm_codec *codec, const struct dgm_format *format)
{
    for (size_t i = 0; i < view->length; i++) {
        uint8_t byte = view_byte(view, i);
        if (i > 0)
            put_separator(out, codec, format);
        json_put_hex(out, &byte, 1, upper);
    }
}

static void put_numbers(struct json_writer *out, const struct bytes_view *view,
                        const struct dgm_codec *codec, const struct dgm_format *format)
{
    for (size_t i = 0; i < view->length; i++) {
        if (i > 0 && format->separator != 0)
            put_separator(out, codec, format);
        else if (i > 0)
            json_put_char(out, '.');
        json_put_u64(out, view_byte(view, i));
    }
}

static void put_array(struct json_writer *out, const struct bytes_view *view)
{
    json_put_char(out, '[');
    for (size_t i = 0; i < view->length; i++) {
        if (i > 0)
            json_put_char(out, ',');
        json_put_u64(out, view_byte(view, i));
    }
    json_put_char(out, ']');
}

/* All but those that fill up; the caller has seen that they are digits. */
static void put_digits(struct json_writer *out, const struct bytes_view *view,
                       const struct dgm_format *format, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        json_put_char(out,
                      (char)('0' + digits_nibble(view->bytes, view->length, format, i)));
}

/* Three bytes at a time, which is four characters of Base64. */
static void put_backwards(struct json_writer *out, const struct bytes_view *view,
                          uint8_t show)
{
    for (size_t i = 0; i < view->length; i += 3) {
        uint8_t bytes[3] = {0};
        size_t count = 0;
        for (; count < 3 && i + count < view->length; count++)
            bytes[count] = view_byte(view, i + count);
        if (show == DGM_SHOW_BASE64)
            json_put_base64(out, bytes, count);
        else
            json_put_latin1(out, bytes, count);
    }
}

static void put_text(struct json_writer *out, const struct bytes_view *view, uint8_t show)
{
    if (HAS_FORMATS && view->reversed)
        put_backwards(out, view, show);
    else if (show == DGM_SHOW_BASE64)
        json_put_base64(out, view->bytes, view->length);
    else if (show == DGM_SHOW_UTF8)
        json_put_utf8(out, view->bytes, view->length);
    else
        json_put_latin1(out, view->bytes, view->length);
}

void view_put(struct json_writer *out, const struct bytes_view *view, uint8_t show,
              const struct dgm_codec *codec, const struct dgm_format *format)
{
    bool upper = show == DGM_SHOW_BYTES_HEX_UPPER;
    if (HAS_FORMATS && show == DGM_SHOW_BYTES_ARRAY) {
        put_array(out, view);
        return;
    }
    json_put_char(out, '"');
    if (HAS_FORMATS && show == DGM_SHOW_BYTES_DOTTED)
        put_numbers(out, view, codec, format);
    else if (show != DGM_SHOW_BYTES_HEX && !upper)
        put_text(out, view, show);
    else if (HAS_FORMATS && (view->reversed || format->separator != 0))
        put_pairs(out, view, upper, codec, format);
    else
        json_put_hex(out, view->bytes, view->length, upper);
    json_put_char(out, '"');
}

void view_put_digits(struct json_writer *out, const struct bytes_view *view,
                     const struct dgm_format *format, size_t first, size_t end)
{
    json_put_char(out, '"');
    put_digits(out, view, format, first, end);
    json_put_char(out, '"');
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* The number's text as JSON spells it: no plus, no zeros in front, digits on both sides
 * of a point. */
bool view_number(const struct bytes_view *view, struct number *ret)
{
    char text[NUMBER_CHARACTERS + 2];
    size_t used = 0, i = 0, digits = 0;
    bool point = false;
    if (view->length > NUMBER_CHARACTERS || view->length == 0)
        return false;
    char sign = (char)view_byte(view, 0);
    if (sign == '-')
        text[used++] = '-';
    if (sign == '-' || sign == '+')
        i++;
    size_t start = used;
    text[used++] = '0';
    for (; i < view->length; i++) {
        char character = (char)view_byte(view, i);
        if (character == '.' && !point) {
            point = true;
        } else if (is_digit(character)) {
            digits++;
            if (!point && used == start + 1 && text[start] == '0')
                used = start;
        } else {
            return false;
        }
        text[used++] = character;
    }
    if (point && text[used - 1] == '.')
        used--;
    return digits > 0 && number_parse(text, used, ret) == NUMBER_OK;
}
