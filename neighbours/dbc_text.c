/* SPDX-License-Identifier: MIT */
#include "dbc_text.h"

#include "scalar_words.h"
#include "utf8.h"
#include "yamltext.h"

#include <stdint.h>
#include <string.h>

enum { WORD_SIZE = 256 };

static bool is_utf8(struct dbc_text text)
{
    uint32_t character;
    size_t at = 0, size = 1;
    while (at < text.length && size > 0) {
        size = utf8_decode(text.at + at, text.length - at, &character);
        at += size;
    }
    return size > 0;
}

/* Windows-1252 is Latin-1 but for these. */
static uint32_t of_windows(uint8_t byte)
{
    static const uint16_t special[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
        0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    return byte >= 0x80 && byte < 0xA0 ? special[byte - 0x80] : byte;
}

/* Profiles have none of what nobody would see: a blank stands for it. */
static bool is_blank(uint32_t character)
{
    return character == ' ' || utf8_is_hidden(character);
}

static void put_character(FILE *file, uint32_t character)
{
    static const uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    unsigned size = character < 0x80      ? 1
                    : character < 0x800   ? 2
                    : character < 0x10000 ? 3
                                          : 4;
    if (character == '"' || character == '\\') {
        (void)fputc('\\', file);
    }
    (void)fputc((int)(lead[size] | character >> 6 * (size - 1)), file);
    while (--size > 0) {
        (void)fputc((int)(0x80 | (character >> 6 * (size - 1) & 0x3F)), file);
    }
}

void dbc_text_put_inside(FILE *file, struct dbc_text text)
{
    bool plain = is_utf8(text), blank = false;
    for (size_t i = 0, size = 1; i < text.length; i += size) {
        uint32_t character = of_windows((uint8_t)text.at[i]);
        if (plain) {
            size = utf8_decode(text.at + i, text.length - i, &character);
        }
        bool was_blank = blank;
        blank = is_blank(character);
        bool is_escape =
            character == '\\' && i + 1 < text.length && text.at[i + 1] == '"';
        if (!is_escape && !(blank && was_blank)) {
            put_character(file, blank ? ' ' : character);
        }
    }
}

/* False for what is too long to be a word, and for none. */
static bool take_word(struct dbc_text text, char ret[WORD_SIZE])
{
    if (text.length == 0 || text.length >= WORD_SIZE ||
        memchr(text.at, '\0', text.length) != NULL) {
        return false;
    }
    memcpy(ret, text.at, text.length);
    ret[text.length] = '\0';
    return true;
}

bool dbc_text_is_guessed(struct dbc_text text)
{
    char word[WORD_SIZE];
    return take_word(text, word) && scalar_guess(word) != NULL;
}

void dbc_text_put(FILE *file, struct dbc_text text)
{
    char word[WORD_SIZE];
    const char *quote = take_word(text, word) && yamltext_is_plain(word) ? "" : "\"";
    (void)fputs(quote, file);
    dbc_text_put_inside(file, text);
    (void)fputs(quote, file);
}

bool dbc_text_says(struct dbc_text text)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((uint8_t)text.at[i] > 0x20) {
            return true;
        }
    }
    return false;
}
