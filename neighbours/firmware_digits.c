/* SPDX-License-Identifier: MIT */
/* Numbers of decimal digits: half-bytes, with a sign or without, and characters. */
#include "firmware_emit.h"
#include "firmware_type.h"

#include "firmware_range.h"

static const char *word(bool holds)
{
    return holds ? "true" : "false";
}

static bool is_characters(const struct dgm_format *format)
{
    return (format->flags & DGM_FORMAT_CHARACTERS) != 0;
}

static unsigned bytes_of(const struct dgm_format *format)
{
    unsigned sign = format->sign == DGM_DIGIT_SIGN_LAST_NIBBLE ? 1 : 0;
    return is_characters(format) ? format->digits : (format->digits + sign + 1u) / 2u;
}

/* Digits and nothing else. */
static bool is_plain(const struct firmware_emit *emit, const struct dgm_row *row)
{
    return firmware_format(emit->plan, row)->sign == DGM_DIGIT_SIGN_NONE &&
           !firmware_has_patterns(emit->plan, row);
}

/* "struct digits_form": what the helpers have to know. */
static void put_form(const struct firmware_emit *emit, const struct dgm_row *row,
                     char text[FIRMWARE_PATH])
{
    const struct dgm_format *format = firmware_format(emit->plan, row);
    (void)snprintf(text, FIRMWARE_PATH,
                   "&(const struct digits_form){%uU, %uU, %uU, %s, %s, %s}",
                   bytes_of(format), (unsigned)format->digits, (unsigned)format->sign,
                   word(format->flags & DGM_FORMAT_LOW_FIRST),
                   word(format->flags & DGM_FORMAT_REVERSED),
                   word(firmware_has_patterns(emit->plan, row)));
}

/* A pattern as a literal: '#' stands for a digit, the rest for itself. */
static void put_pattern(const struct firmware_emit *emit, const struct dgm_format *format,
                        char text[FIRMWARE_PATH])
{
    const char *pattern = firmware_text(emit->plan, format->pattern);
    size_t used = 0;
    text[used++] = '"';
    for (size_t i = 0; pattern[i] != '\0' && used < FIRMWARE_PATH - 4; i++) {
        bool letter = (pattern[i] >= 'a' && pattern[i] <= 'z') ||
                      (pattern[i] >= 'A' && pattern[i] <= 'Z');
        bool marked = pattern[i] == '"' || pattern[i] == '\\' || pattern[i] == '?';
        if (marked && !letter) {
            text[used++] = '\\';
        }
        text[used++] = letter ? '#' : pattern[i];
    }
    text[used++] = '"';
    text[used] = '\0';
}

void firmware_get_digits(struct firmware_emit *emit, const struct dgm_row *row,
                         char *text, size_t size)
{
    const struct dgm_format *format = firmware_format(emit->plan, row);
    char form[FIRMWARE_PATH];
    if (is_characters(format)) {
        put_pattern(emit, format, form);
        (void)snprintf(text, size, "get_characters(&r, %s, %uU)", form, bytes_of(format));
    } else if (is_plain(emit, row)) {
        (void)snprintf(text, size, "get_digits(&r, %uU, %uU, %s, %s)",
                       (unsigned)format->digits, bytes_of(format),
                       word(format->flags & DGM_FORMAT_LOW_FIRST),
                       word(format->flags & DGM_FORMAT_REVERSED));
    } else {
        put_form(emit, row, form);
        (void)snprintf(text, size, "get_signed_digits(&r, %s)", form);
    }
}

void firmware_put_digits(struct firmware_emit *emit, const struct dgm_row *row,
                         const char *number)
{
    const struct dgm_format *format = firmware_format(emit->plan, row);
    char form[FIRMWARE_PATH];
    if (is_characters(format)) {
        put_pattern(emit, format, form);
        firmware_line(emit, "put_characters(&w, (uint64_t)%s, %s, %uU);", number, form,
                      bytes_of(format));
    } else if (is_plain(emit, row)) {
        firmware_line(emit, "put_digits(&w, (uint64_t)%s, %uU, %s, %s);", number,
                      bytes_of(format), word(format->flags & DGM_FORMAT_LOW_FIRST),
                      word(format->flags & DGM_FORMAT_REVERSED));
    } else {
        put_form(emit, row, form);
        firmware_line(emit, "put_signed_digits(&w, (uint64_t)%s, %s);", number, form);
    }
}
