/* SPDX-License-Identifier: MIT */
/* Which cells a diagram has, and what fits into them. */
#include "ruler.h"

#include <stdlib.h>
#include <string.h>

enum { ROW = 8 }; /* units in a row: names fit, and so does the row on paper */

/*
 * Columns of a character in a font whose letters have one width, rather too many; 0 for
 * those that fonts draw as wide or as high as they like.
 */
static unsigned columns_of(uint32_t character)
{
    static const struct {
        uint32_t first, last;
        unsigned columns;
    } ranges[] = {{0x20, 0x7E, 1},     {0xA1, 0xAC, 2},     {0xAE, 0x24F, 2},
                  {0x391, 0x3C9, 2},   {0x410, 0x44F, 2},   {0x3041, 0x3096, 2},
                  {0x30A1, 0x30FA, 2}, {0x4E00, 0x9FFF, 2}, {0xAC00, 0xD7A3, 2}};
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (character >= ranges[i].first && character <= ranges[i].last) {
            return ranges[i].columns;
        }
    }
    return 0;
}

/* The character at the start of UTF-8 text, and its bytes. */
static uint32_t next_character(const char *text, size_t *ret_size)
{
    unsigned char lead = (unsigned char)text[0];
    size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t character = size == 1 ? lead : lead & (0x7Fu >> size);
    *ret_size = 1;
    for (size_t i = 1; i < size; i++) {
        if (((unsigned char)text[i] & 0xC0) != 0x80) {
            return 0;
        }
        character = character << 6 | ((unsigned char)text[i] & 0x3F);
    }
    *ret_size = size;
    return character;
}

/* May a line end behind the character? */
static bool ends_word(const char *text, size_t at)
{
    char here = text[at], next = text[at + 1];
    bool is_small = here >= 'a' && here <= 'z', is_capital = next >= 'A' && next <= 'Z';
    return here == '_' || here == '-' || here == '.' || here == ' ' || here == '/' ||
           (is_small && is_capital);
}

/* The longest line that fits, ended behind a word if there is one. False: no character of
 * it fits. */
static bool take_line(const char *text, unsigned columns, struct ruler_line *ret)
{
    unsigned used = 0, word_columns = 0;
    size_t at = 0, word = 0, size = 0;
    while (text[at] != '\0') {
        unsigned more = columns_of(next_character(text + at, &size));
        if (more == 0) {
            return false;
        }
        if (used + more > columns) {
            break;
        }
        used += more;
        at += size;
        if (text[at] == '\0' || (size == 1 && ends_word(text, at - 1))) {
            word = at;
            word_columns = used;
        }
    }
    *ret = (struct ruler_line){text, word, word_columns};
    return word > 0;
}

bool ruler_break(const char *text, unsigned columns, unsigned lines,
                 struct ruler_text *ret)
{
    memset(ret, 0, sizeof(*ret));
    while (*text != '\0') {
        if (ret->count == lines || ret->count == RULER_LINES ||
            !take_line(text, columns, &ret->lines[ret->count])) {
            return false;
        }
        text += ret->lines[ret->count++].length;
    }
    return true;
}

bool ruler_piece(const struct ruler *ruler, const struct ruler_cell *cell,
                 uint32_t position, struct ruler_piece *ret)
{
    uint32_t row = cell->first / ruler->per_row + position;
    uint32_t start = row * ruler->per_row, end = start + ruler->per_row;
    uint32_t behind = cell->first + cell->count;
    if (start >= behind) {
        return false;
    }
    uint32_t left = cell->first > start ? cell->first : start;
    uint32_t right = behind < end ? behind : end;
    uint32_t first_part = end - cell->first % ruler->per_row - start;
    uint32_t head = first_part < cell->count ? first_part : cell->count;
    bool goes_on = cell->count > head;
    uint32_t second = cell->count - head;
    bool second_wins = goes_on && second > head;
    ret->row = row;
    ret->left = left - start;
    ret->count = right - left;
    ret->is_first = position == 0;
    ret->is_last = right == behind;
    ret->is_widest = position == (second_wins ? 1u : 0u);
    return true;
}

uint32_t ruler_number(const struct ruler *ruler, uint32_t unit)
{
    return ruler->is_falling ? ruler->units - 1 - unit : unit;
}

unsigned ruler_room(const struct ruler_scale *scale, uint32_t units)
{
    return (units * scale->unit - scale->inside) * 10 / scale->character;
}

static bool cell_fits(const struct ruler *ruler, const struct ruler_cell *cell,
                      const struct ruler_scale *scale)
{
    struct ruler_piece piece;
    struct ruler_text text;
    uint32_t widest = 0;
    for (uint32_t i = 0; ruler_piece(ruler, cell, i, &piece); i++) {
        widest = piece.is_widest ? piece.count : widest;
    }
    unsigned room = ruler_room(scale, widest);
    return ruler_break(cell->name, room, scale->lines, &text) &&
           ruler_break(cell->value, room, 1, &text);
}

void ruler_fit(struct ruler *ruler, const struct ruler_scale *scale)
{
    unsigned legend = 0;
    for (size_t i = 0; i < ruler->count; i++) {
        struct ruler_cell *cell = &ruler->cells[i];
        cell->legend = cell_fits(ruler, cell, scale) ? 0 : ++legend;
    }
}

static bool begin(struct ruler *ruler, size_t capacity, uint32_t units, bool is_falling)
{
    *ruler = (struct ruler){.units = units, .is_falling = is_falling};
    ruler->per_row = units > ROW ? ROW : units;
    ruler->cells = calloc(capacity + 1, sizeof(*ruler->cells));
    return ruler->cells != NULL;
}

static void add_cell(struct ruler *ruler, const struct dgm_doc_item *item, uint32_t first,
                     uint32_t count)
{
    ruler->cells[ruler->count++] =
        (struct ruler_cell){first, count, item->name, item->value, 0};
}

bool ruler_is_group(const struct dgm_doc_item *item)
{
    return item->kind == DGM_DOC_BITS || item->kind == DGM_DOC_BIT_STREAM;
}

bool ruler_of_bits(struct ruler *ruler, const struct dgm_doc_message *message,
                   size_t index)
{
    const struct dgm_doc_item *group = &message->items[index];
    size_t end = index + 1;
    while (end < message->item_count && message->items[end].depth > group->depth) {
        end++;
    }
    if (!begin(ruler, end - index, group->bits, group->kind == DGM_DOC_BITS)) {
        return false;
    }
    for (size_t i = index + 1; i < end; i++) {
        const struct dgm_doc_item *item = &message->items[i];
        if (item->kind == DGM_DOC_BIT_FIELD && item->depth == group->depth + 1) {
            add_cell(ruler, item, item->bit, item->bits);
        }
    }
    return true;
}

/* Does something inside it have bytes of its own? */
static bool holds_bytes(const struct dgm_doc_message *message, size_t index)
{
    unsigned depth = message->items[index].depth;
    for (size_t i = index + 1; i < message->item_count && message->items[i].depth > depth;
         i++) {
        if (message->items[i].bytes > 0) {
            return true;
        }
    }
    return false;
}

bool ruler_of_frame(struct ruler *ruler, const struct dgm_doc_message *message)
{
    bool is_short = message->bytes > 1 && message->bytes <= RULER_FRAME_MOST &&
                    message->items_left_out == 0;
    if (!begin(ruler, is_short ? message->item_count : 0, message->bytes, false)) {
        return false;
    }
    for (size_t i = 0; i < message->item_count && is_short; i++) {
        const struct dgm_doc_item *item = &message->items[i];
        if (item->bytes > 0 && item->byte + item->bytes <= message->bytes &&
            !holds_bytes(message, i)) {
            add_cell(ruler, item, item->byte, item->bytes);
        }
    }
    return true;
}

void ruler_close(struct ruler *ruler)
{
    free(ruler->cells);
    ruler->cells = NULL;
}
