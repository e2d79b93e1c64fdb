/* SPDX-License-Identifier: MIT */
/* Text that grows in an arena, and the spellings that C needs: comments, string literals,
 * aligned rows of initialisers. */
#include "out.h"

#include <stdbool.h>
#include <string.h>

void out_init(struct out *out, struct arena *arena)
{
    out->arena = arena;
    out->capacity = 4096;
    out->text = arena_alloc(arena, out->capacity);
    out->length = 0;
}

void out_bytes(struct out *out, const char *text, size_t length)
{
    size_t need = out->length + length + 1;
    if (need > out->capacity) {
        size_t capacity = need * 2;
        char *grown = arena_alloc(out->arena, capacity);
        memcpy(grown, out->text, out->length);
        out->text = grown;
        out->capacity = capacity;
    }
    memcpy(out->text + out->length, text, length);
    out->length += length;
    out->text[out->length] = '\0';
}

void out_text(struct out *out, const char *text)
{
    out_bytes(out, text, strlen(text));
}

void out_format(struct out *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_vformat(out->arena, format, arguments);
    va_end(arguments);
    out_text(out, text);
}

/* Length of a mark at `text` that changes the direction of reading, or 0: U+200E, U+200F,
 * U+202A to U+202E, U+2066 to U+2069. */
static size_t direction_mark(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] != 0xE2 || (at[1] != 0x80 && at[1] != 0x81)) {
        return 0;
    }
    unsigned last = at[2];
    bool mark = at[1] == 0x80
                    ? (last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE))
                    : (last >= 0xA6 && last <= 0xA9);
    return mark ? 3 : 0;
}

void out_comment(struct out *out, const char *text)
{
    char before = '\0';
    while (*text != '\0') {
        size_t mark = direction_mark(text);
        char character = *text;
        if (mark > 0) {
            character = '?';
        } else if ((unsigned char)character < 0x20 || character == 0x7F ||
                   character == '\\') {
            character = ' ';
        }
        if ((before == '*' && character == '/') || (before == '/' && character == '*') ||
            (before == '?' && character == '?')) {
            out_text(out, " ");
        }
        out_bytes(out, &character, 1);
        before = character;
        text += mark > 0 ? mark : 1;
    }
}

void out_literal(struct out *out, const char *bytes, size_t length)
{
    char before = '\0';
    out_text(out, "\"");
    for (size_t i = 0; i < length; i++) {
        char character = bytes[i];
        if (character == '"' || character == '\\' ||
            (character == '?' && before == '?')) {
            out_format(out, "\\%c", character);
        } else if ((unsigned char)character < 0x20 || (unsigned char)character > 0x7E) {
            out_format(out, "\\%03o", (unsigned)(unsigned char)character);
        } else {
            out_bytes(out, &character, 1);
        }
        before = character;
    }
    out_text(out, "\"");
}

struct out_grid out_grid_new(struct arena *arena, const char *before, const char *after,
                             size_t columns, size_t rows)
{
    struct out_grid grid = {before, after, columns, rows, NULL, NULL};
    grid.cells = arena_array(arena, columns * rows, sizeof(*grid.cells));
    grid.widths = arena_array(arena, columns, sizeof(*grid.widths));
    return grid;
}

void out_grid_cell(struct out_grid *grid, struct arena *arena, size_t row, size_t *column,
                   const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *cell = arena_vformat(arena, format, arguments);
    va_end(arguments);
    size_t width = strlen(cell);
    if (width > grid->widths[*column]) {
        grid->widths[*column] = width;
    }
    grid->cells[row * grid->columns + *column] = cell;
    *column += 1;
}

void out_grid_row(struct out *out, const struct out_grid *grid, size_t row)
{
    out_text(out, grid->before);
    for (size_t column = 0; column < grid->columns; column++) {
        const char *cell = grid->cells[row * grid->columns + column];
        out_format(out, "%s%*s", column == 0 ? "" : ", ", (int)grid->widths[column],
                   cell);
    }
    out_text(out, grid->after);
}
