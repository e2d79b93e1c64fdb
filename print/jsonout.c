/* SPDX-License-Identifier: MIT */
/* JSON for scripts. Numbers are exact: nothing passes through binary floating point. */
#include "jsonout.h"
#include "letters.h"

#include <inttypes.h>
#include <string.h>

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
    (void)fputc('"', file);
    for (size_t i = 0; i < length;) {
        size_t size = letters_length(text + i, length - i);
        if (size == 1) {
            put_ascii(file, (unsigned char)text[i]);
        } else if (size == 0) {
            (void)fputs("\\uFFFD", file);
        } else {
            (void)fwrite(text + i, 1, size, file);
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
