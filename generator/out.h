/* SPDX-License-Identifier: MIT */
/* Growing text for the emitters. */
#ifndef DGM_OUT_H
#define DGM_OUT_H

#include "arena.h"

struct out {
    struct arena *arena;
    char *text; /* always zero-terminated after the first call */
    size_t length, capacity;
};

void out_init(struct out *out, struct arena *arena);
void out_bytes(struct out *out, const char *text, size_t length);
void out_text(struct out *out, const char *text);
void out_format(struct out *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Text of a profile inside a C comment: what could end the comment, start another, break
 * the line or turn the direction of reading is replaced.
 */
void out_comment(struct out *out, const char *text);

/* Bytes as a quoted C string literal without line breaks, safe against trigraphs. */
void out_literal(struct out *out, const char *bytes, size_t length);

/*
 * Rows of cells as C initialisers, columns padded to the widest: "{ 1, 20}, ". `before`
 * and `after` enclose a row, such as "{" and "}".
 */
struct out_grid {
    const char *before, *after;
    size_t columns, rows;
    const char **cells; /* rows * columns */
    size_t *widths;     /* of each column, in bytes */
};

/* Cells of the whole grid are filled before its first row is printed. */
struct out_grid out_grid_new(struct arena *arena, const char *before, const char *after,
                             size_t columns, size_t rows);
/* Fill the next cell of a row; `column` counts on. */
void out_grid_cell(struct out_grid *grid, struct arena *arena, size_t row, size_t *column,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Print one row, indented, without comma and newline. */
void out_grid_row(struct out *out, const struct out_grid *grid, size_t row);

#endif
