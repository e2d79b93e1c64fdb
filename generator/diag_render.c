/* SPDX-License-Identifier: MIT */
/*
 * A finding as text, as compilers print it:
 *
 *     acme.yaml:26:33: error: unknown key 'sclae' in an item [unknown-key]
 *        26 |       - {name: flow, type: u32, sclae: 0.001}
 *           |                                 ^~~~~
 *
 * The caret stands right under wide characters and tabs, and lines that are too long for
 * a screen are shown in part.
 */
#include <dragoman/profile.h>

#include <stdio.h>
#include <string.h>

#include "utf8.h"

enum {
    LINE_CHARACTERS = 160, /* of a line that are shown */
    LINE_BEFORE = 60       /* of them before the caret, if the line is cut */
};

/* Counts on when the buffer is full, as snprintf does. */
struct sink {
    char *buf;
    size_t size, length;
};

static void put(struct sink *sink, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (sink->length + 1 < sink->size)
            sink->buf[sink->length] = bytes[i];
        sink->length++;
    }
}

static void put_text(struct sink *sink, const char *text)
{
    put(sink, text, strlen(text));
}

static void put_many(struct sink *sink, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_text(sink, text);
}

static void put_number(struct sink *sink, const char *format, unsigned number)
{
    char text[32];
    snprintf(text, sizeof(text), format, number);
    put_text(sink, text);
}

/* The part of a line that is shown: characters first..last (exclusive), counted from 1.
 */
struct window {
    unsigned first, last;
    bool more_before, more_behind;
};

static struct window choose_window(unsigned characters, unsigned column)
{
    unsigned first = 1;

    if (characters <= LINE_CHARACTERS)
        return (struct window){1, characters + 1, false, false};
    if (column > LINE_BEFORE)
        first = column - LINE_BEFORE;
    if (first > characters - LINE_CHARACTERS + 1)
        first = characters - LINE_CHARACTERS + 1;
    return (struct window){first, first + LINE_CHARACTERS, first > 1,
                           first + LINE_CHARACTERS <= characters};
}

static unsigned count_characters(const char *line, size_t length)
{
    unsigned count = 0;
    for (size_t i = 0; i < length; count++) {
        uint32_t character;
        size_t size = utf8_decode(line + i, length - i, &character);
        i += size == 0 ? 1 : size;
    }
    return count;
}

/* Show one character; a tab stays, anything a terminal would obey becomes '?'. */
static void put_character(struct sink *sink, const char *bytes, size_t size,
                          uint32_t character)
{
    if (size == 0 || (utf8_is_hidden(character) && character != '\t'))
        put_text(sink, "?");
    else
        put(sink, bytes, size);
}

/* What stands under a character: blanks before the place, then '^' and '~'. */
static void put_mark(struct sink *sink, const struct dgm_diagnostic *diagnostic,
                     unsigned column, uint32_t character)
{
    unsigned cells = utf8_is_hidden(character) ? 1 : utf8_cells(character);

    if (column < diagnostic->column) {
        if (character == '\t')
            put_text(sink, "\t");
        else
            put_many(sink, " ", cells);
        return;
    }
    if (column - diagnostic->column >= diagnostic->width)
        return;
    if (column == diagnostic->column) {
        put_text(sink, "^");
        cells = cells == 0 ? 0 : cells - 1;
    }
    put_many(sink, "~", cells);
}

/* The shown part of the source line, or, with `marks`, what stands beneath it. */
static void put_part(struct sink *sink, const struct dgm_diagnostic *diagnostic,
                     struct window window, bool marks)
{
    const char *line = diagnostic->source_line;
    size_t length = strlen(line);
    unsigned column = 1;

    for (size_t i = 0; i < length && column < window.last; column++) {
        uint32_t character;
        size_t size = utf8_decode(line + i, length - i, &character);
        if (column >= window.first && marks)
            put_mark(sink, diagnostic, column, size == 0 ? '?' : character);
        else if (column >= window.first)
            put_character(sink, line + i, size, character);
        i += size == 0 ? 1 : size;
    }
}

static void put_caret(struct sink *sink, const struct dgm_diagnostic *diagnostic)
{
    const char *line = diagnostic->source_line;
    unsigned characters = count_characters(line, strlen(line));
    struct window window = choose_window(characters, diagnostic->column);

    put_number(sink, "%5u | ", diagnostic->line);
    put_text(sink, window.more_before ? "..." : "");
    put_part(sink, diagnostic, window, false);
    put_text(sink, window.more_behind ? "..." : "");
    put_text(sink, "\n      | ");
    put_text(sink, window.more_before ? "   " : "");
    put_part(sink, diagnostic, window, true);
    /* The place may be behind the end of the line: something is missing there. */
    if (diagnostic->column > characters)
        put_text(sink, "^");
    put_text(sink, "\n");
}

size_t dgm_diagnostic_render(const struct dgm_diagnostic *diagnostic, bool caret,
                             char *buf, size_t size)
{
    static const char *const words[] = {"error", "warning", "note"};
    struct sink sink = {buf, size, 0};

    put_text(&sink, diagnostic->file);
    if (diagnostic->line != 0) {
        put_number(&sink, ":%u", diagnostic->line);
        put_number(&sink, ":%u", diagnostic->column);
    }
    put_text(&sink, ": ");
    put_text(&sink, words[diagnostic->severity]);
    put_text(&sink, ": ");
    put_text(&sink, diagnostic->text);
    put_text(&sink, " [");
    put_text(&sink, diagnostic->rule);
    put_text(&sink, "]\n");
    if (caret && diagnostic->line != 0 && diagnostic->source_line[0] != '\0')
        put_caret(&sink, diagnostic);
    if (size != 0)
        buf[sink.length < size ? sink.length : size - 1] = '\0';
    return sink.length;
}
