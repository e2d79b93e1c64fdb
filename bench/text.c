/* SPDX-License-Identifier: MIT */
/*
 * A text that grows by pieces. Numbers are written by integers and the C library, by no
 * code that a peer measures.
 */
#include "text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void check_room(const struct text *text, size_t more)
{
    if (more < sizeof(text->at) - text->length)
        return;
    fprintf(stderr, "bench: an input is longer than its buffer\n");
    exit(EXIT_FAILURE);
}

void text_add(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text->at + text->length, sizeof(text->at) - text->length,
                           format, arguments);
    va_end(arguments);
    check_room(text, length < 0 ? sizeof(text->at) : (size_t)length);
    text->length += (size_t)length;
}

void text_add_decimal(struct text *text, int64_t value, unsigned places)
{
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value, divisor = 1;
    for (unsigned i = 0; i < places; i++)
        divisor *= 10;
    text_add(text, "%s%llu", value < 0 ? "-" : "", (unsigned long long)(size / divisor));
    uint64_t fraction = size % divisor;
    if (fraction == 0)
        return;
    while (fraction % 10 == 0) {
        fraction /= 10;
        places--;
    }
    text_add(text, ".%0*llu", (int)places, (unsigned long long)fraction);
}

void text_add_single(struct text *text, float value)
{
    char digits[64];
    for (int decimals = 0; decimals < 20; decimals++) {
        snprintf(digits, sizeof(digits), "%.*f", decimals, (double)value);
        float back = strtof(digits, NULL);
        if (!(back < value) && !(back > value))
            break;
    }
    text_add(text, "%s", digits);
}

void text_add_moment(struct text *text, int64_t seconds)
{
    time_t moment = (time_t)seconds;
    struct tm parts;
    char written[32];
    if (gmtime_r(&moment, &parts) == NULL ||
        strftime(written, sizeof(written), "%Y%m%dT%H%M%SZ", &parts) == 0)
        exit(EXIT_FAILURE);
    text_add(text, "%s", written);
}

void text_add_integer(struct text *text, uint64_t value, unsigned bytes)
{
    check_room(text, bytes);
    for (unsigned i = bytes; i > 0; i--)
        text->at[text->length++] = (char)(uint8_t)(value >> 8 * (i - 1));
}

void text_add_blanks(struct text *text)
{
    struct text plain = *text;
    bool in_string = false;
    text->length = 0;
    for (size_t i = 0; i < plain.length; i++) {
        char byte = plain.at[i];
        text_add(text, "%c", byte);
        if (in_string && byte == '\\')
            text_add(text, "%c", plain.at[++i]);
        else if (byte == '"')
            in_string = !in_string;
        else if (!in_string && (byte == ':' || byte == ','))
            text_add(text, " ");
    }
}
