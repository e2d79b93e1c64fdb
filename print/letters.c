/* SPDX-License-Identifier: MIT */
/* Characters of texts from outside. */
#include "letters.h"

#include <stdint.h>
#include <string.h>

size_t letters_length(const char *letters, size_t left)
{
    const unsigned char *text = (const unsigned char *)letters;
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

/* Of a valid character. */
static uint32_t decode(const char *text, size_t size)
{
    static const uint8_t masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t character = (uint8_t)text[0] & masks[size];
    for (size_t i = 1; i < size; i++) {
        character = character << 6 | ((uint8_t)text[i] & 0x3F);
    }
    return character;
}

bool letters_is_hidden(const char *text, size_t size)
{
    static const struct {
        uint32_t first, last;
    } hidden[] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0x200E, 0x200F},
                  {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF},
                  {0xFFF9, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE007F}};
    uint32_t character = decode(text, size);
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        if (character >= hidden[i].first && character <= hidden[i].last) {
            return true;
        }
    }
    return false;
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
