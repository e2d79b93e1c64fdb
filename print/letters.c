/* SPDX-License-Identifier: MIT */
/* Characters of texts from outside. */
#include "letters.h"

#include "utf8.h"

#include <string.h>

size_t letters_length(const char *text, size_t left)
{
    uint32_t character;
    return utf8_decode(text, left, &character);
}

bool letters_is_hidden(const char *text, size_t size)
{
    uint32_t character;
    (void)utf8_decode(text, size, &character);
    return utf8_is_hidden(character);
}

static bool is_inside(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

size_t letters_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += !is_inside(text[i]);
    }
    return count;
}

size_t letters_cut(const char *text, size_t most)
{
    while (most > 0 && is_inside(text[most])) {
        most--;
    }
    return most;
}

void letters_put(FILE *file, const char *text)
{
    letters_pad(file, text, 0);
}

void letters_pad(FILE *file, const char *text, size_t width)
{
    size_t left = strlen(text), size = 0, used = 0;
    for (; left > 0; text += size, left -= size) {
        size = letters_length(text, left);
        bool shown = size > 0 && !letters_is_hidden(text, size);
        size = size == 0 ? 1 : size;
        for (size_t i = 0; i < size; i++) {
            int count = fprintf(file, shown ? "%c" : "\\x%02X", (unsigned char)text[i]);
            used += count > 0 ? (size_t)count : 0;
        }
    }
    (void)fprintf(file, "%*s", used < width ? (int)(width - used) : 0, "");
}
