/* SPDX-License-Identifier: MIT */
/* JSON for scripts. Numbers are exact: nothing passes through binary floating point. */
#include "jsonout.h"

#include <inttypes.h>
#include <string.h>

/* Bytes of the UTF-8 character at `text`, or 0 if there is none. */
static size_t utf8_length(const unsigned char *text, size_t left)
{
    size_t size = text[0] < 0x80   ? 1
                  : text[0] < 0xC2 ? 0
                  : text[0] < 0xE0 ? 2
                  : text[0] < 0xF0 ? 3
                  : text[0] < 0xF5 ? 4
                                   : 0;
    if (size == 0 || size > left) {
        return 0;
    }
    for (size_t i = 1; i < size; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    /* Overlong forms, surrogates, and what lies behind the last character. */
    if ((text[0] == 0xE0 && text[1] < 0xA0) || (text[0] == 0xED && text[1] > 0x9F) ||
        (text[0] == 0xF0 && text[1] < 0x90) || (text[0] == 0xF4 && text[1] > 0x8F)) {
        return 0;
    }
    return size;
}

static void put_ascii(FILE *file, unsigned char letter)
{
    if (letter == '"' || letter == '\\') {
        (void)fputc('\\', file);
        (void)fputc(letter, file);
    } else if (letter == '\n') {
        (void)fputs("\\n", file);
    } else if (letter < 0x20 || letter == 0x7F) {
        (void)fprintf(file, "\\u%04X", (unsigned)letter);
    } else {
        (void)fputc(letter, file);
    }
}

void jsonout_quoted(FILE *file, const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    (void)fputc('"', file);
    for (size_t i = 0; i < length;) {
        size_t size = utf8_length(bytes + i, length - i);
        if (size == 1) {
            put_ascii(file, bytes[i]);
        } else if (size == 0) {
            (void)fputs("\\uFFFD", file);
        } else {
            (void)fwrite(bytes + i, 1, size, file);
        }
        i += size == 0 ? 1 : size;
    }
    (void)fputc('"', file);
}

void jsonout_open(struct jsonout *json, FILE *file)
{
    json->file = file;
    json->any = false;
    (void)fputc('{', file);
}

void jsonout_close(struct jsonout *json)
{
    (void)fputs("}\n", json->file);
}

void jsonout_name(struct jsonout *json, const char *name)
{
    (void)fprintf(json->file, "%s\"%s\":", json->any ? "," : "", name);
    json->any = true;
}

void jsonout_text(struct jsonout *json, const char *name, const char *text)
{
    jsonout_name(json, name);
    jsonout_quoted(json->file, text, strlen(text));
}

void jsonout_number(struct jsonout *json, const char *name, uint64_t number)
{
    jsonout_name(json, name);
    (void)fprintf(json->file, "%" PRIu64, number);
}

void jsonout_bool(struct jsonout *json, const char *name, bool value)
{
    jsonout_name(json, name);
    (void)fputs(value ? "true" : "false", json->file);
}

void jsonout_raw(struct jsonout *json, const char *name, const char *text, size_t length)
{
    jsonout_name(json, name);
    (void)fwrite(text, 1, length, json->file);
}

void jsonout_decimal(bool negative, uint64_t magnitude, unsigned scale, char *ret_text)
{
    char digits[24];
    while (scale > 0 && magnitude % 10 == 0) {
        magnitude /= 10;
        scale--;
    }
    /* At least one digit in front of the point. */
    int length = snprintf(digits, sizeof(digits), "%" PRIu64, magnitude);
    int whole = length - (int)scale;
    const char *sign = negative && magnitude != 0 ? "-" : "";
    if (scale == 0) {
        (void)snprintf(ret_text, JSONOUT_DECIMAL, "%s%s", sign, digits);
    } else if (whole > 0) {
        (void)snprintf(ret_text, JSONOUT_DECIMAL, "%s%.*s.%s", sign, whole, digits,
                       digits + whole);
    } else {
        (void)snprintf(ret_text, JSONOUT_DECIMAL, "%s0.%.*s%s", sign, -whole,
                       "00000000000000000000", digits);
    }
}
