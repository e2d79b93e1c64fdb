/* SPDX-License-Identifier: MIT */
/* A ruler as SVG inside HTML. Sizes are in CSS pixels and the same everywhere. */
#include "markup.h"
#include "ruler.h"

#include <string.h>

/* A character of the 12 pixel font is taken for wider than in the fonts there are. */
enum {
    CHARACTER_TENTHS = 78,
    UNIT = 64,    /* width of a bit or byte */
    EDGE = 1,     /* for the lines of the outermost cells */
    INSIDE = 6,   /* between texts and lines, both sides together */
    NUMBERS = 14, /* height of the numbers above */
    CELL = 62,
    ROW_GAP = 8,
    LINE = 14,
    BOUND = 64 /* bytes of a line of text in a cell */
};

struct drawing {
    FILE *file;
    const struct ruler *ruler;
    struct ruler_scale scale;
};

static unsigned row_top(uint32_t row)
{
    return row * (NUMBERS + CELL + ROW_GAP);
}

static void put_line(const struct drawing *drawing, unsigned x, unsigned y,
                     const char *kind, const struct ruler_line *line)
{
    char text[BOUND * 4];
    size_t length = line->length < sizeof(text) ? line->length : sizeof(text) - 1;
    memcpy(text, line->start, length);
    text[length] = '\0';
    (void)fprintf(drawing->file, "<text class=\"%s\" x=\"%u\" y=\"%u\">", kind, x, y);
    markup_put(drawing->file, text);
    (void)fputs("</text>", drawing->file);
}

static void put_legend_number(const struct drawing *drawing, unsigned x, unsigned y,
                              unsigned number)
{
    (void)fprintf(drawing->file, "<text class=\"key\" x=\"%u\" y=\"%u\">%u</text>", x, y,
                  number);
}

/* The name in the middle, the value at the bottom. */
static void put_texts(const struct drawing *drawing, const struct ruler_cell *cell,
                      const struct ruler_piece *piece, unsigned x, unsigned top)
{
    struct ruler_text name, value;
    unsigned columns = ruler_room(&drawing->scale, piece->count);
    if (cell->legend > 0) {
        put_legend_number(drawing, x, top + CELL / 2 + 4, cell->legend);
        return;
    }
    if (!ruler_break(cell->name, columns, RULER_LINES, &name) ||
        !ruler_break(cell->value, columns, 1, &value)) {
        return;
    }
    unsigned lines = name.count + value.count;
    unsigned y = top + (CELL - lines * LINE) / 2 + LINE - 3;
    for (unsigned i = 0; i < name.count; i++, y += LINE) {
        put_line(drawing, x, y, "name", &name.lines[i]);
    }
    if (value.count > 0) {
        put_line(drawing, x, y, "value", &value.lines[0]);
    }
}

static void put_cell(const struct drawing *drawing, const struct ruler_cell *cell)
{
    struct ruler_piece piece;
    for (uint32_t i = 0; ruler_piece(drawing->ruler, cell, i, &piece); i++) {
        unsigned left = EDGE + piece.left * UNIT;
        unsigned width = piece.count * UNIT;
        unsigned top = row_top(piece.row) + NUMBERS;
        bool is_const = cell->value[0] != '\0';
        (void)fprintf(drawing->file,
                      "<g><rect%s x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\"/>",
                      is_const ? " class=\"const\"" : "", left, top, width, CELL);
        if (piece.is_widest) {
            put_texts(drawing, cell, &piece, left + width / 2, top);
        } else {
            (void)fprintf(drawing->file,
                          "<text class=\"name\" x=\"%u\" y=\"%u\">&#8230;</text>",
                          left + width / 2, top + CELL / 2 + 4);
        }
        (void)fputs("</g>\n", drawing->file);
    }
}

static void put_numbers(const struct drawing *drawing)
{
    const struct ruler *ruler = drawing->ruler;
    for (uint32_t unit = 0; unit < ruler->units; unit++) {
        unsigned x = EDGE + unit % ruler->per_row * UNIT + UNIT / 2;
        (void)fprintf(drawing->file, "<text class=\"at\" x=\"%u\" y=\"%u\">%u</text>", x,
                      row_top(unit / ruler->per_row) + NUMBERS - 4,
                      (unsigned)ruler_number(ruler, unit));
    }
    (void)fputc('\n', drawing->file);
}

static void put_legend(const struct drawing *drawing)
{
    const struct ruler *ruler = drawing->ruler;
    bool any = false;
    for (size_t i = 0; i < ruler->count; i++) {
        const struct ruler_cell *cell = &ruler->cells[i];
        if (cell->legend == 0) {
            continue;
        }
        (void)fputs(any ? "" : "<ol class=\"legend\">\n", drawing->file);
        any = true;
        (void)fputs("<li>", drawing->file);
        markup_put(drawing->file, cell->name);
        (void)fputs(cell->value[0] != '\0' ? " = " : "", drawing->file);
        markup_put(drawing->file, cell->value);
        (void)fputs("</li>\n", drawing->file);
    }
    (void)fputs(any ? "</ol>\n" : "", drawing->file);
}

void ruler_svg(FILE *file, struct ruler *ruler)
{
    struct drawing drawing = {file, ruler, {UNIT, INSIDE, CHARACTER_TENTHS, RULER_LINES}};
    uint32_t rows = (ruler->units + ruler->per_row - 1) / ruler->per_row;
    unsigned width = ruler->per_row * UNIT + 2 * EDGE;
    unsigned height = row_top(rows) - ROW_GAP + EDGE;
    ruler_fit(ruler, &drawing.scale);
    (void)fprintf(file,
                  "<div class=\"wide\"><svg role=\"img\" width=\"%u\" height=\"%u\" "
                  "viewBox=\"0 0 %u %u\">\n",
                  width, height, width, height);
    put_numbers(&drawing);
    for (size_t i = 0; i < ruler->count; i++) {
        put_cell(&drawing, &ruler->cells[i]);
    }
    (void)fputs("</svg></div>\n", file);
    put_legend(&drawing);
}
