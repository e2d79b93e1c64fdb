/* SPDX-License-Identifier: MIT */
#include "firmware_fill.h"

#include <ctype.h>
#include <string.h>

enum { ROWS = 4096, PARTS = 8 };

struct filling {
    const struct lab *lab;
    const struct map *map;
    const struct specimen *specimen;
    struct specimen plain; /* what is masked, from its first byte on */
    uint8_t *in;
    size_t rounds[ROWS]; /* by row of an array: rounds so far */
    /* What came last that may be a part of the tag of the record that comes next. */
    const struct dgm_visit *parts[PARTS];
    size_t part_count;
    bool full;
};

/* The row's place; in the tag of `record`, if that is not 0. */
static const struct map_row *find_in(const struct filling *filling, uint16_t row,
                                     uint16_t record)
{
    for (size_t i = 0; i < filling->map->row_count; i++) {
        const struct map_row *found = &filling->map->rows[i];
        if (found->message == filling->lab->message && found->row == row &&
            found->record == record) {
            return found;
        }
    }
    return NULL;
}

static const struct map_row *find(const struct filling *filling, uint16_t row)
{
    return find_in(filling, row, 0);
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

static unsigned half_byte(const struct dgm_format *format, const uint8_t *bytes,
                          size_t length, size_t i)
{
    size_t byte = format->flags & DGM_FORMAT_REVERSED ? length - 1 - i / 2 : i / 2;
    bool upper = (i % 2 == 0) != ((format->flags & DGM_FORMAT_LOW_FIRST) != 0);
    return upper ? bytes[byte] >> 4 : bytes[byte] & 15u;
}

/* Characters that are digits where the pattern has letters. */
static uint64_t characters(const char *pattern, const uint8_t *bytes, size_t length)
{
    uint64_t number = 0;
    for (size_t i = 0; i < length; i++) {
        number =
            isalpha((unsigned char)pattern[i]) ? number * 10 + bytes[i] - '0' : number;
    }
    return number;
}

/* Digits one by one, from the first; half-bytes that are none as the core names them. */
static uint64_t digits(const struct dgm_format *format, const uint8_t *bytes,
                       size_t length)
{
    bool last = format->sign == DGM_DIGIT_SIGN_LAST_NIBBLE, good = true, minus = false;
    uint64_t number = 0, pattern = 0;
    size_t end = length * 2 - last, first = end - format->digits;
    for (size_t i = 0; i < length * 2; i++) {
        unsigned half = half_byte(format, bytes, length, i);
        pattern = pattern << 4 | half;
        if (i == first && format->sign == DGM_DIGIT_SIGN_TOP_BIT) {
            minus = half > 7;
            half &= 7;
        } else if (i == first && half == 15 && format->sign == DGM_DIGIT_SIGN_F_DIGIT) {
            minus = true;
            half = 0;
        } else if (i == first && half == 15 && format->sign == DGM_DIGIT_SIGN_FF_BYTE &&
                   half_byte(format, bytes, length, i + 1) == 15) {
            minus = true;
            half = 0;
        } else if (i == first + 1 && minus && format->sign == DGM_DIGIT_SIGN_FF_BYTE) {
            half = 0;
        } else if (i == end) {
            good = good && half > 9;
            minus = half == 13 || half == 11;
            break;
        }
        good = good && half <= 9;
        number = number * 10 + half;
    }
    if (good) {
        return minus ? 0 - number : number;
    }
    return (length <= 7 ? pattern : 0) | (uint64_t)1 << 63;
}

/* What the visit is about: the frame, or what is under a mask. */
static const struct specimen *specimen_of(const struct filling *filling,
                                          const struct dgm_visit *visit)
{
    return visit->flags & DGM_VISIT_PLAIN ? &filling->plain : filling->specimen;
}

static void unmask(struct filling *filling, const struct dgm_visit *visit)
{
    const struct dgm_row *row = &filling->lab->rows[visit->row];
    const struct tables *tables = &filling->lab->tables;
    if (!(row->flags & DGM_ROW_HOOK) || row->op != DGM_OP_GROUP) {
        return;
    }
    const struct dgm_hook_name *mask = &tables->hooks[row->expr];
    const uint8_t *key =
        (const uint8_t *)tables->model + tables->model->pool.offset + mask->key;
    filling->plain.length = filling->specimen->length - visit->at;
    for (size_t i = 0; i < filling->plain.length; i++) {
        uint8_t byte = filling->specimen->bytes[visit->at + i];
        uint8_t with = key[i % mask->key_length];
        filling->plain.bytes[i] =
            (uint8_t)(mask->process == DGM_PROCESS_XOR ? byte ^ with : byte - with);
    }
}

static void fill_number(const struct filling *filling, const struct map_row *map_row,
                        const struct dgm_visit *visit)
{
    const struct dgm_row *rows = filling->lab->rows, *row = &rows[visit->row];
    uint8_t *place = filling->in + map_row->offset + shift_of(filling, map_row);
    struct dgm_visit bare = *visit; /* of the specimen that it is about */
    uint64_t bits = 0;
    bare.flags &= (uint16_t)~DGM_VISIT_PLAIN;
    if (row->op == DGM_OP_DIGITS) {
        const struct dgm_format *format = format_of(filling, row);
        const uint8_t *bytes = specimen_of(filling, visit)->bytes + visit->at;
        const char *pool = (const char *)filling->lab->tables.model +
                           filling->lab->tables.model->pool.offset;
        size_t length = visit->end - visit->at;
        bits = format->flags & DGM_FORMAT_CHARACTERS
                   ? characters(pool + format->pattern, bytes, length)
                   : digits(format, bytes, length);
    } else if (!field_get(rows, &bare, specimen_of(filling, visit), &bits)) {
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
    const uint8_t *bytes = specimen_of(filling, visit)->bytes + visit->at;
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

/* A record begins: the records in it are counted anew. */
static void forget_inner(struct filling *filling, uint16_t record)
{
    const struct dgm_row *rows = filling->lab->rows;
    for (uint16_t i = 1; i <= dgm_row_span(&rows[record]); i++) {
        filling->rounds[record + i] = 0;
    }
}

/* A visit of an array's first row begins a round; of the array itself, the first. */
static void count_round(struct filling *filling, const struct dgm_visit *visit)
{
    const struct dgm_row *rows = filling->lab->rows;
    uint16_t index = visit->row;
    const struct map_row *own = find(filling, index);
    bool absent = (visit->flags & DGM_VISIT_ABSENT) != 0;
    bool single = own == NULL || own->size == 0;
    if (rows[index].op == DGM_OP_CASE) {
        forget_inner(filling, index);
    }
    if (rows[index].op == DGM_OP_CASE && single && !absent) {
        /* One record of each tag is encoded; of several the last one is decoded. */
        bool down = filling->map->messages[filling->lab->message].down;
        bool again = filling->rounds[index]++ > 0;
        filling->full = (again && !down) || filling->full;
        if (own != NULL) {
            set_flag(filling, own);
        }
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

static size_t bytes_of(const struct dgm_row *row)
{
    bool whole =
        row->op == DGM_OP_INT || row->op == DGM_OP_BITS || row->op == DGM_OP_FLOAT;
    return whole ? row->width / 8u : 0;
}

/* Numbers of a group that is no reading as a whole: the core passes it over, the struct
 * has what stands there. The visit is behind the group. */
static void fill_silent(const struct filling *filling, const struct dgm_visit *visit)
{
    const struct dgm_row *rows = filling->lab->rows;
    uint16_t end = (uint16_t)(visit->row + 1 + dgm_row_span(&rows[visit->row]));
    size_t at = visit->at;
    for (uint16_t i = visit->row; i < end; i++) {
        at -= bytes_of(&rows[i]);
    }
    for (uint16_t i = visit->row; i < end; i++) {
        size_t size = bytes_of(&rows[i]);
        struct dgm_visit inner = {
            .row = i, .at = (uint32_t)at, .end = (uint32_t)(at + size)};
        const struct map_row *row = find(filling, i);
        if (row != NULL && size > 0) {
            fill_number(filling, row, &inner);
        }
        at += size;
    }
}

/* Parts of a tag stand in front of what they are a part of. */
static void keep_part(struct filling *filling, const struct dgm_visit *visit)
{
    if (filling->part_count == PARTS) {
        memmove(filling->parts, filling->parts + 1,
                (PARTS - 1) * sizeof(filling->parts[0]));
        filling->part_count--;
    }
    filling->parts[filling->part_count++] = visit;
}

static void fill_parts(struct filling *filling, uint16_t record)
{
    for (size_t i = 0; i < filling->part_count; i++) {
        const struct dgm_visit *visit = filling->parts[i];
        const struct map_row *row = find_in(filling, visit->row, record);
        if (row != NULL) {
            fill_number(filling, row, visit);
        }
    }
    filling->part_count = 0;
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
        unmask(&filling, visit);
        const struct map_row *row = find(&filling, visit->row);
        if (lab->rows[visit->row].op == DGM_OP_CASE) {
            fill_parts(&filling, visit->row);
            continue;
        }
        bool silent = (lab->rows[visit->row].flags & DGM_ROW_SILENT) &&
                      lab->rows[visit->row].when == DGM_NONE;
        if (silent && (visit->flags & DGM_VISIT_ABSENT)) {
            fill_silent(&filling, visit);
            continue;
        }
        keep_part(&filling, visit);
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
