/* SPDX-License-Identifier: MIT */
/* A ruler in ASCII, for documents that have no pictures. */
#include "ruler.h"

#include <string.h>

enum { UNIT = 8, LINE_MOST = 8 * UNIT + 2, KEY = 8 };

/* A row of the picture: lines of characters that cells write into. */
struct canvas {
    char numbers[LINE_MOST], edge[LINE_MOST], name[LINE_MOST], value[LINE_MOST];
};

static void put_centred(char *line, size_t left, size_t width, const char *text,
                        size_t length)
{
    if (length <= width) {
        memcpy(line + left + (width - length) / 2, text, length);
    }
}

/* What fonts may draw wider than one column, or what ends a block of code, has no place
 * in the picture. */
static bool is_plain(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text < 0x20 || *text > 0x7E || *text == '`' || *text == '~') {
            return false;
        }
    }
    return true;
}

static void clear(struct canvas *canvas)
{
    memset(canvas, ' ', sizeof(*canvas));
}

static void put_line(FILE *file, char *line)
{
    size_t length = LINE_MOST;
    while (length > 0 && line[length - 1] == ' ') {
        length--;
    }
    (void)fprintf(file, "%.*s\n", (int)length, line);
}

static void draw_cell(struct canvas *canvas, const struct ruler_cell *cell,
                      const struct ruler_piece *piece)
{
    size_t left = (size_t)piece->left * UNIT, width = (size_t)piece->count * UNIT;
    char key[KEY];
    memset(canvas->edge + left, '-', width + 1);
    canvas->edge[left] = canvas->edge[left + width] = '+';
    canvas->name[left] = canvas->value[left] = piece->is_first ? '|' : ':';
    canvas->name[left + width] = canvas->value[left + width] = piece->is_last ? '|' : ':';
    if (!piece->is_widest) {
        return;
    }
    if (cell->legend > 0) {
        int length = snprintf(key, sizeof(key), "%u", cell->legend);
        put_centred(canvas->name, left + 1, width - 1, key, (size_t)length);
        return;
    }
    put_centred(canvas->name, left + 1, width - 1, cell->name, strlen(cell->name));
    put_centred(canvas->value, left + 1, width - 1, cell->value, strlen(cell->value));
}

static void draw_numbers(struct canvas *canvas, const struct ruler *ruler, uint32_t row)
{
    char number[KEY * 2];
    for (uint32_t i = 0; i < ruler->per_row; i++) {
        uint32_t at = row * ruler->per_row + i;
        if (at < ruler->units) {
            int length =
                snprintf(number, sizeof(number), "%u", (unsigned)ruler_number(ruler, at));
            put_centred(canvas->numbers, (size_t)i * UNIT + 1, UNIT - 1, number,
                        (size_t)length);
        }
    }
}

static bool has_values(const struct ruler *ruler)
{
    for (size_t i = 0; i < ruler->count; i++) {
        if (ruler->cells[i].value[0] != '\0' && ruler->cells[i].legend == 0) {
            return true;
        }
    }
    return false;
}

static void put_row(FILE *file, const struct ruler *ruler, uint32_t row)
{
    struct canvas canvas;
    struct ruler_piece piece;
    clear(&canvas);
    draw_numbers(&canvas, ruler, row);
    for (size_t i = 0; i < ruler->count; i++) {
        const struct ruler_cell *cell = &ruler->cells[i];
        uint32_t first = cell->first / ruler->per_row;
        if (first <= row && ruler_piece(ruler, cell, row - first, &piece)) {
            draw_cell(&canvas, cell, &piece);
        }
    }
    put_line(file, canvas.numbers);
    put_line(file, canvas.edge);
    put_line(file, canvas.name);
    if (has_values(ruler)) {
        put_line(file, canvas.value);
    }
    put_line(file, canvas.edge);
}

/* Texts that are no ASCII come into the legend, which is escaped as the document is. */
static void add_to_legend(struct ruler *ruler)
{
    unsigned legend = 0;
    for (size_t i = 0; i < ruler->count; i++) {
        struct ruler_cell *cell = &ruler->cells[i];
        bool fits = cell->legend == 0 && is_plain(cell->name) && is_plain(cell->value);
        cell->legend = fits ? 0 : ++legend;
    }
}

void ruler_ascii(FILE *file, struct ruler *ruler)
{
    struct ruler_scale scale = {UNIT, 1, 10, 1};
    uint32_t rows = (ruler->units + ruler->per_row - 1) / ruler->per_row;
    ruler_fit(ruler, &scale);
    add_to_legend(ruler);
    for (uint32_t row = 0; row < rows; row++) {
        put_row(file, ruler, row);
    }
}
