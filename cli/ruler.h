/* SPDX-License-Identifier: MIT */
/*
 * Diagrams of bits and bytes as datasheets have them: cells in rows, numbers above, names
 * inside. What does not fit into its cell by the count of its characters is a number
 * there, and stands in a legend below.
 */
#ifndef DGM_CLI_RULER_H
#define DGM_CLI_RULER_H

#include <dragoman/describe.h>

#include <stdio.h>

enum {
    RULER_LINES = 3,       /* of a name inside a cell */
    RULER_FRAME_MOST = 32, /* bytes of a frame that is drawn */
    RULER_GROUPS_MOST = 64 /* bit groups of a message that are */
};

struct ruler_cell {
    uint32_t first, count; /* in bits or bytes from the left */
    const char *name, *value;
    unsigned legend; /* number that stands for both; 0: they fit */
};

struct ruler {
    struct ruler_cell *cells; /* memory */
    size_t count;
    uint32_t units, per_row;
    bool is_falling; /* numbers go down to 0 */
};

/* Part of a cell that is in one row. */
struct ruler_piece {
    uint32_t row, left, count; /* in units */
    bool is_first, is_last, is_widest;
};

/* A text broken into lines for a cell. */
struct ruler_text {
    struct ruler_line {
        const char *start;
        size_t length;    /* bytes */
        unsigned columns; /* of a font with characters of one width */
    } lines[RULER_LINES];
    unsigned count;
};

/* Is it a group of bits? */
bool ruler_is_group(const struct dgm_doc_item *item);

/* The bits of the group at `index`; the bytes of a short frame whose places are fixed.
 * False if memory is out; without cells there is nothing to draw. Close it in any case.
 */
bool ruler_of_bits(struct ruler *ruler, const struct dgm_doc_message *message,
                   size_t index);
bool ruler_of_frame(struct ruler *ruler, const struct dgm_doc_message *message);
void ruler_close(struct ruler *ruler);

/* How a ruler is drawn: sizes in pixels or in characters. */
struct ruler_scale {
    unsigned unit;      /* of a bit or byte */
    unsigned inside;    /* between texts and lines, both sides together */
    unsigned character; /* of a character, in tenths */
    unsigned lines;     /* of a name */
};

/* Columns for texts in a cell of so many units. */
unsigned ruler_room(const struct ruler_scale *scale, uint32_t units);
/* Number the cells whose texts do not fit. */
void ruler_fit(struct ruler *ruler, const struct ruler_scale *scale);

/* Break a text into lines of at most so many columns. False if it does not fit, or has
 * characters whose width is not sure. */
bool ruler_break(const char *text, unsigned columns, unsigned lines,
                 struct ruler_text *ret);

/* Pieces of a cell, one after another: `position` from 0; false behind the last one. */
bool ruler_piece(const struct ruler *ruler, const struct ruler_cell *cell,
                 uint32_t position, struct ruler_piece *ret);
/* The number above a unit. */
uint32_t ruler_number(const struct ruler *ruler, uint32_t unit);

/* An inline SVG picture, with its legend as an HTML list. */
void ruler_svg(FILE *file, struct ruler *ruler);
/* Lines of ASCII, without what could end a block of code. The legend is the caller's:
 * the cells have its numbers then. */
void ruler_ascii(FILE *file, struct ruler *ruler);

#endif
