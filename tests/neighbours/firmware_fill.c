/* SPDX-License-Identifier: MIT */
#include "firmware_fill.h"

#include <string.h>

enum { ROWS = 4096 };

struct filling {
    const struct lab *lab;
    const struct map *map;
    const struct specimen *specimen;
    uint8_t *in;
    size_t rounds[ROWS]; /* by row of an array: rounds so far */
    bool full;
};

static const struct map_row *find(const struct filling *filling, uint16_t row)
{
    for (size_t i = 0; i < filling->map->row_count; i++) {
        const struct map_row *found = &filling->map->rows[i];
        if (found->message == filling->lab->message && found->row == row) {
            return found;
        }
    }
    return NULL;
}

/* Where it lies in the elements at work. */
static size_t shift_of(const struct filling *filling, const struct map_row *row)
{
    size_t shift = 0;
    for (unsigned i = 0; i < row->depth; i++) {
        size_t round = filling->rounds[row->arrays[i]];
        shift += row->strides[i] * (round > 0 ? round - 1 : 0);
    }
    return shift;
}

static void store(uint8_t *place, size_t size, uint64_t value)
{
    uint8_t byte = (uint8_t)value;
    uint16_t half = (uint16_t)value;
    uint32_t word = (uint32_t)value;
    switch (size) {
    case 1:
        memcpy(place, &byte, 1);
        break;
    case 2:
        memcpy(place, &half, 2);
        break;
    case 4:
        memcpy(place, &word, 4);
        break;
    default:
        memcpy(place, &value, 8);
        break;
    }
}

static void set_flag(const struct filling *filling, const struct map_row *row)
{
    if (row->flag != 0) {
        filling->in[row->flag - 1 + shift_of(filling, row)] = 1;
    }
}

static const struct dgm_format *format_of(const struct filling *filling,
                                          const struct dgm_row *row)
{
    uint16_t format = tables_format(row);
    return format != DGM_NONE ? &filling->lab->tables.formats[format] : NULL;
}

/* Digits one by one, from the first. */
static uint64_t digits(const struct dgm_format *format, const uint8_t *bytes,
                       size_t length)
{
    uint64_t number = 0;
    for (size_t i = 0; i < length * 2; i++) {
        size_t byte = format->flags & DGM_FORMAT_REVERSED ? length - 1 - i / 2 : i / 2;
        bool upper = (i % 2 == 0) != ((format->flags & DGM_FORMAT_LOW_FIRST) != 0);
        number = number * 10 + (upper ? bytes[byte] >> 4 : bytes[byte] & 15);
    }
    return number;
}

static void fill_number(const struct filling *filling, const struct map_row *map_row,
                        const struct dgm_visit *visit)
{
    const struct dgm_row *rows = filling->lab->rows, *row = &rows[visit->row];
    uint8_t *place = filling->in + map_row->offset + shift_of(filling, map_row);
    uint64_t bits = 0;
    if (row->op == DGM_OP_DIGITS) {
        bits = digits(format_of(filling, row), filling->specimen->bytes + visit->at,
                      visit->end - visit->at);
    } else if (!field_get(rows, visit, filling->specimen, &bits)) {
        return;
    } else if (!map_row->is_float) {
        bits = field_raw(row, bits);
    }
    bool is_signed = (row->flags & (DGM_ROW_SIGNED | DGM_ROW_SIGN_MAGNITUDE)) != 0;
    uint64_t top = (uint64_t)1 << (row->width - 1);
    bits = is_signed && !map_row->is_float ? (bits ^ top) - top : bits;
    store(place, map_row->size, bits);
    set_flag(filling, map_row);
}

/* The text without what ends it and fills it up. */
static size_t text_length(const struct filling *filling, const struct dgm_row *row,
                          const uint8_t *bytes, size_t length)
{
    const struct dgm_format *format = format_of(filling, row);
    if (format != NULL && (format->flags & DGM_FORMAT_ENDED)) {
        const uint8_t *end = memchr(bytes, format->end, length);
        length = end != NULL ? (size_t)(end - bytes) : length;
    }
    while ((row->flags & DGM_ROW_PADDED) && length > 0 &&
           bytes[length - 1] == row->shift) {
        length--;
    }
    return length;
}

static void fill_bytes(struct filling *filling, const struct map_row *map_row,
                       const struct dgm_visit *visit)
{
    const struct dgm_row *row = &filling->lab->rows[visit->row];
    const struct dgm_format *format = format_of(filling, row);
    const uint8_t *bytes = filling->specimen->bytes + visit->at;
    size_t shift = shift_of(filling, map_row);
    uint8_t *place = filling->in + map_row->offset + shift;
    size_t length = text_length(filling, row, bytes, visit->end - visit->at);
    if (length > map_row->size) {
        filling->full = true;
        return;
    }
    bool reversed = format != NULL && (format->flags & DGM_FORMAT_REVERSED) &&
                    row->show != DGM_SHOW_DIGITS;
    for (size_t i = 0; i < length; i++) {
        place[i] = bytes[reversed ? length - 1 - i : i];
    }
    if (map_row->count != 0) {
        store(filling->in + map_row->count + shift, 2, length);
    }
    set_flag(filling, map_row);
}

/* A visit of an array's first row begins a round; of the array itself, the first. */
static void count_round(struct filling *filling, const struct dgm_visit *visit)
{
    const struct dgm_row *rows = filling->lab->rows;
    uint16_t index = visit->row;
    const struct map_row *own = find(filling, index);
    bool absent = (visit->flags & DGM_VISIT_ABSENT) != 0;
    if (rows[index].op == DGM_OP_CASE && own == NULL && !absent) {
        filling->full =
            filling->rounds[index]++ > 0 || filling->full; /* one record of each tag */
        return;
    }
    if (rows[index].op == DGM_OP_REPEAT) {
        filling->rounds[index] = 0;
        if (own != NULL && !absent) {
            set_flag(filling, own);
        }
        return;
    }
    bool record = rows[index].op == DGM_OP_CASE;
    uint16_t array = record ? index : (uint16_t)(index - 1);
    const struct map_row *row = record || (index > 0 && rows[array].op == DGM_OP_REPEAT)
                                    ? find(filling, array)
                                    : NULL;
    if (row == NULL || (record && absent)) {
        return;
    }
    filling->rounds[array]++;
    if (filling->rounds[array] > row->most) {
        filling->full = true;
        filling->rounds[array] = row->most;
    } else if (row->count != 0) {
        store(filling->in + row->count + shift_of(filling, row), 2,
              filling->rounds[array]);
    }
}

bool firmware_fill(const struct lab *lab, const struct map *map,
                   const struct specimen *specimen, void *in)
{
    static struct filling filling;
    memset(&filling, 0, sizeof(filling));
    filling.lab = lab;
    filling.map = map;
    filling.specimen = specimen;
    filling.in = in;
    memset(in, 0, map->messages[lab->message].size);
    for (size_t i = 0; i < lab->visit_count; i++) {
        const struct dgm_visit *visit = &lab->visits[i];
        count_round(&filling, visit);
        const struct map_row *row = find(&filling, visit->row);
        if (row == NULL || (visit->flags & DGM_VISIT_ABSENT)) {
            continue;
        }
        if (lab->rows[visit->row].op == DGM_OP_BYTES) {
            fill_bytes(&filling, row, visit);
        } else if (lab->rows[visit->row].op != DGM_OP_REPEAT) {
            fill_number(&filling, row, visit);
        }
    }
    return !filling.full;
}
