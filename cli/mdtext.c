/* SPDX-License-Identifier: MIT */
#include "mdtext.h"

#include <stdbool.h>
#include <string.h>

/* A link needs no brackets where an address stands as it is. */
static bool begins_address(const char *text, size_t at)
{
    char here = text[at], next = text[at + 1];
    return (here == ':' && next == '/') || here == '@' ||
           (here == '.' && at > 0 && (text[at - 1] == 'w' || text[at - 1] == 'W'));
}

void md_put(FILE *file, const char *text)
{
    for (size_t at = 0; text[at] != '\0'; at++) {
        unsigned char letter = (unsigned char)text[at];
        if (letter < 0x20 || letter == 0x7F) {
            (void)fputc(' ', file);
            continue;
        }
        if (strchr("\\`*_[]<>|~&$#{}!^", letter) != NULL || begins_address(text, at)) {
            (void)fputc('\\', file);
        }
        (void)fputc(letter, file);
    }
}

/* A number and a point begin a list, as signs do. */
void md_paragraph(FILE *file, const char *text)
{
    if (text[0] == '\0') {
        return;
    }
    size_t digits = strspn(text, "0123456789");
    bool is_list = digits > 0 && (text[digits] == '.' || text[digits] == ')');
    if (is_list) {
        (void)fprintf(file, "%.*s\\", (int)digits, text);
        text += digits;
    } else if (strchr("-+=:", text[0]) != NULL) {
        (void)fputc('\\', file);
    }
    md_put(file, text);
    (void)fputs("\n\n", file);
}

/* A fence is longer than any in the text. */
static size_t fence_length(const char *text, size_t length)
{
    size_t longest = 2, run = 0;
    for (size_t i = 0; i < length; i++) {
        run = text[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

static void put_fence(FILE *file, size_t length)
{
    while (length-- > 0) {
        (void)fputc('`', file);
    }
}

void md_code(FILE *file, const char *language, const char *text, size_t length)
{
    size_t fence = fence_length(text, length);
    put_fence(file, fence);
    (void)fprintf(file, "%s\n", language);
    for (size_t i = 0; i < length; i++) {
        unsigned char letter = (unsigned char)text[i];
        (void)fputc(letter < 0x20 ? ' ' : letter, file);
    }
    (void)fputc('\n', file);
    put_fence(file, fence);
    (void)fputs("\n\n", file);
}
