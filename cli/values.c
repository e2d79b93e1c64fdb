/* SPDX-License-Identifier: MIT */
/*
 * Values that are worth trying in a field. A condition that asks for 0x1234 is not met
 * by chance: what expressions compare a slot with is tried in the fields that fill it.
 */
#include "values.h"

#include "floats.h"

#include <string.h>

static void add(struct values *values, uint64_t bits)
{
    if (values->count < VALUES_MAX) {
        values->bits[values->count++] = bits;
    }
}

static void add_raw(struct values *values, const struct dgm_row *row, uint64_t raw)
{
    add(values, field_wire(row, raw));
}

static void add_around(struct values *values, const struct dgm_row *row, uint64_t raw)
{
    add_raw(values, row, raw);
    add_raw(values, row, raw + 1);
    add_raw(values, row, raw - 1);
}

static void add_list(const struct lab *lab, const struct dgm_row *row, uint16_t list,
                     struct values *values)
{
    const struct dgm_enum *all = &lab->tables.enums[list];
    unsigned step = all->count > 40 ? all->count / 40 + 1 : 1;
    for (unsigned i = 0; i < all->count; i += step) {
        const struct dgm_choice *choice = &lab->tables.choices[all->first + i];
        bool is_bit = row->show == DGM_SHOW_FLAGS;
        uint64_t low = is_bit ? (uint64_t)1 << (choice->low & 63) : choice->low;
        add_raw(values, row, low);
        if (!is_bit && choice->high != choice->low) {
            add_raw(values, row, choice->high);
            add_raw(values, row, choice->high + 1);
        }
    }
}

/* The raw that gives about this value. */
static uint64_t invert(const struct dgm_scaling *scaling, double value)
{
    double raw = value;
    if (scaling != NULL) {
        for (unsigned i = 0; i < scaling->digits; i++) {
            raw *= 10;
        }
        raw = (raw * (double)scaling->div - (double)scaling->add) / (double)scaling->mul;
    }
    if (!(raw > -9e18 && raw < 9e18)) {
        return 0;
    }
    return (uint64_t)(int64_t)(raw < 0 ? raw - 0.5 : raw + 0.5);
}

/* The raws that give about this value, and those beside them. */
static void add_near(const struct lab *lab, const struct dgm_row *row, double value,
                     struct values *values)
{
    uint64_t raw = 0;
    if (!float_row(row)) {
        add_around(values, row, invert(tables_scaling(&lab->tables, row), value));
    } else if (float_near(&lab->tables, row, value, &raw)) {
        add_around(values, row, raw);
    }
}

static void add_limit(const struct lab *lab, const struct dgm_row *row,
                      struct values *values)
{
    if (row->limit == DGM_NONE || (row->flags & DGM_ROW_RECORD)) {
        return;
    }
    const struct dgm_limit *limit = &lab->tables.limits[row->limit];
    if (limit->flags & DGM_LIMIT_LOW) {
        add_near(lab, row, float_decimal(limit->low, limit->scale), values);
    }
    if (limit->flags & DGM_LIMIT_HIGH) {
        add_near(lab, row, float_decimal(limit->high, limit->scale), values);
    }
}

/* Numbers in an expression that reads the slot. */
static void add_compared(const struct lab *lab, const struct dgm_row *row, uint16_t expr,
                         struct values *values)
{
    struct tables_step step;
    uint32_t at = 0;
    while (tables_step(&lab->tables, expr, &at, &step)) {
        if (step.code == DGM_CODE_CONST) {
            add_near(lab, row, float_decimal(step.mantissa, step.digits), values);
            /* The number of a bit, or of bits to shift by. */
            if (step.mantissa >= 0 && step.mantissa < row->width) {
                add_raw(values, row, (uint64_t)1 << step.mantissa);
            }
        }
    }
}

/* Expressions that read the slot, and those that read what they compute from it. */
static void add_dictionary(const struct lab *lab, const struct dgm_row *row,
                           uint16_t slot, unsigned depth, struct values *values)
{
    const struct dgm_message *message = lab_message(lab);
    for (unsigned i = 0; i < message->row_count && values->count < VALUES_MAX; i++) {
        const struct dgm_row *user = &lab->rows[i];
        for (unsigned k = 0; k < TABLES_ROW_EXPRS; k++) {
            uint16_t expr = tables_row_expr(user, k);
            if (!tables_reads(&lab->tables, expr, slot)) {
                continue;
            }
            add_compared(lab, row, expr, values);
            if (user->op == DGM_OP_VALUE && user->slot != DGM_NONE && depth > 0) {
                add_dictionary(lab, row, user->slot, depth - 1, values);
            }
        }
    }
}

static void add_edges(struct values *values, const struct dgm_row *row)
{
    uint64_t mask = field_mask(row);
    const uint64_t edges[] = {
        0, 1, mask, mask - 1, mask >> 1, mask >> 2, (mask >> 1) + 1, 2, 10, mask / 3};
    for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
        add(values, edges[i] & mask);
    }
}

static void add_constants(const struct lab *lab, const struct dgm_row *row,
                          struct values *values)
{
    const uint64_t *numbers = lab->tables.numbers + row->expr;
    uint64_t count = (row->flags & DGM_ROW_CONST_LIST) ? *numbers++ : 1;
    for (uint64_t i = 0; i < count; i++) {
        add_raw(values, row, numbers[i]);
    }
}

void values_of(const struct lab *lab, uint16_t index, struct values *ret)
{
    const struct dgm_row *row = &lab->rows[index];
    ret->count = 0;
    if (row->source == DGM_SOURCE_CONST) {
        add_constants(lab, row, ret);
        return;
    }
    bool by_list = row->show == DGM_SHOW_ENUM || row->show == DGM_SHOW_FLAGS;
    uint16_t invalid = tables_invalid(&lab->tables, row);
    if (by_list && row->detail != DGM_NONE) {
        add_list(lab, row, row->detail, ret);
    }
    if (invalid != DGM_NONE) {
        add_list(lab, row, invalid, ret);
    }
    if (row->role == DGM_ROLE_ERRCODE || row->role == DGM_ROLE_HAS_MORE) {
        add(ret, 0);
        add(ret, 1);
        return;
    }
    add_limit(lab, row, ret);
    if (row->slot != DGM_NONE) {
        add_dictionary(lab, row, row->slot, 2, ret);
    }
    add_edges(ret, row);
}

uint64_t values_pick(struct lab *lab, uint16_t index)
{
    const struct dgm_row *row = &lab->rows[index];
    struct values values;
    uint64_t mask = field_mask(row);
    /* One after the other: compilers choose which side of an operator comes first. */
    uint64_t any = dice_next(&lab->dice);
    any >>= dice_below(&lab->dice, 8) * 8;
    if (row->op == DGM_OP_CHECK ||
        (row->source != DGM_SOURCE_CONST && dice_once(&lab->dice, 3))) {
        return any & mask;
    }
    values_of(lab, index, &values);
    if (values.count == 0) {
        return any & mask;
    }
    return values.bits[dice_below(&lab->dice, values.count)] & mask;
}

/* A raw between those that give the limits; both counted. */
static uint64_t within_limits(struct lab *lab, const struct dgm_row *row,
                              const struct dgm_limit *limit)
{
    const struct dgm_scaling *scaling = tables_scaling(&lab->tables, row);
    int64_t low = (int64_t)invert(scaling, float_decimal(limit->low, limit->scale));
    int64_t high = (int64_t)invert(scaling, float_decimal(limit->high, limit->scale));
    if ((limit->flags & DGM_LIMIT_LOW) == 0) {
        low = (row->flags & DGM_ROW_SIGNED) ? high - 255 : 0;
    }
    if ((limit->flags & DGM_LIMIT_HIGH) == 0) {
        high = low + 255;
    }
    int64_t least = low < high ? low : high;
    uint64_t span =
        low < high ? (uint64_t)high - (uint64_t)low : (uint64_t)low - (uint64_t)high;
    uint64_t more = span < UINT64_MAX ? dice_below(&lab->dice, span + 1) : 0;
    return (uint64_t)least + more;
}

uint64_t values_allowed(struct lab *lab, uint16_t index)
{
    const struct dgm_row *row = &lab->rows[index];
    bool has_limit = row->limit != DGM_NONE && (row->flags & DGM_ROW_RECORD) == 0;
    if (row->show == DGM_SHOW_ENUM && row->detail != DGM_NONE) {
        const struct dgm_enum *list = &lab->tables.enums[row->detail];
        uint64_t place = dice_below(&lab->dice, list->count);
        const struct dgm_choice *choice = &lab->tables.choices[list->first + place];
        uint64_t span = choice->high - choice->low;
        uint64_t more = span < UINT64_MAX ? dice_below(&lab->dice, span + 1) : 0;
        return field_wire(row, choice->low + more);
    }
    if (row->show == DGM_SHOW_BOOL) {
        return dice_below(&lab->dice, 2);
    }
    if (has_limit && row->source != DGM_SOURCE_CONST) {
        return field_wire(row, within_limits(lab, row, &lab->tables.limits[row->limit]));
    }
    return values_pick(lab, index);
}

bool values_select(const struct lab *lab, uint16_t index)
{
    uint16_t slot = lab->rows[index].slot;
    if (slot == DGM_NONE) {
        return false;
    }
    for (unsigned i = 0; i < lab_message(lab)->row_count; i++) {
        const struct dgm_row *user = &lab->rows[i];
        for (unsigned k = 0; k < TABLES_ROW_EXPRS; k++) {
            if (tables_reads(&lab->tables, tables_row_expr(user, k), slot)) {
                return true;
            }
        }
    }
    return false;
}

/* Two decimal digits of a number that a pattern can hold. */
static unsigned pattern_number(struct lab *lab, char letter)
{
    switch (letter) {
    case 'M':
        return 1 + (unsigned)dice_below(&lab->dice, 12);
    case 'D':
        return 1 + (unsigned)dice_below(&lab->dice, 28);
    case 'h':
        return (unsigned)dice_below(&lab->dice, 24);
    case 'Y':
        return 20 + (unsigned)dice_below(&lab->dice, 10);
    default:
        return (unsigned)dice_below(&lab->dice, 60);
    }
}

/* Digits of an instant, by its pattern. Years of four digits begin with 20. */
static size_t pattern_text(struct lab *lab, const char *pattern, char *text, size_t size)
{
    size_t length = 0;
    while (*pattern != '\0' && length + 4 < size) {
        if (strchr("YMDhms", *pattern) == NULL || pattern[1] != pattern[0]) {
            text[length++] = *pattern == 'f' ? '0' : *pattern;
            pattern++;
            continue;
        }
        unsigned number = pattern_number(lab, *pattern);
        if (strncmp(pattern, "YYYY", 4) == 0) {
            number = 20;
            text[length++] = (char)('0' + number / 10);
            text[length++] = (char)('0' + number % 10);
            number = pattern_number(lab, 'Y');
            pattern += 2;
        }
        text[length++] = (char)('0' + number / 10);
        text[length++] = (char)('0' + number % 10);
        pattern += 2;
    }
    return length;
}

static void put_nibble(uint8_t *bytes, size_t count, const struct dgm_format *format,
                       size_t place, unsigned digit)
{
    size_t byte = place / 2;
    bool is_high = (place % 2 == 0) != ((format->flags & DGM_FORMAT_LOW_FIRST) != 0);
    if (format->flags & DGM_FORMAT_REVERSED) {
        byte = count - 1 - byte;
    }
    bytes[byte] = (uint8_t)(is_high ? (bytes[byte] & 0x0F) | digit << 4
                                    : (bytes[byte] & 0xF0u) | digit);
}

/* Digits in the half-bytes, with a zero in front of an odd number of them. */
static void fill_digits(struct lab *lab, const struct dgm_format *format, uint8_t *bytes,
                        size_t count)
{
    char text[64];
    size_t length = 0, places = count * 2;
    if (format->pattern != 0) {
        const char *pattern = dgm_codec_text(lab->codec, format->pattern);
        length = pattern_text(lab, pattern, text, sizeof(text));
    }
    bool small = dice_once(&lab->dice, 3);
    for (size_t i = 0; i < places; i++) {
        unsigned digit =
            (unsigned)dice_below(&lab->dice, small && i + 3 < places ? 1 : 10);
        size_t first = places > length ? places - length : 0;
        if (length > 0) {
            digit = i >= first ? (unsigned)(text[i - first] - '0') & 15u : 0;
        }
        put_nibble(bytes, count, format, i, i == 0 && length == 0 ? 0 : digit);
    }
    if (format->sign == DGM_DIGIT_SIGN_LAST_NIBBLE && places > 0) {
        unsigned sign = 12 + (unsigned)dice_below(&lab->dice, 2);
        put_nibble(bytes, count, format, places - 1, sign);
    }
    if (format->sign == DGM_DIGIT_SIGN_F_DIGIT && dice_once(&lab->dice, 2)) {
        put_nibble(bytes, count, format, 0, 15);
    }
    if (format->sign == DGM_DIGIT_SIGN_TOP_BIT && dice_once(&lab->dice, 2)) {
        put_nibble(bytes, count, format, 0, 8);
    }
    if (format->sign == DGM_DIGIT_SIGN_FF_BYTE && dice_once(&lab->dice, 2)) {
        put_nibble(bytes, count, format, 0, 15);
        put_nibble(bytes, count, format, 1, 15);
    }
    for (size_t i = dice_below(&lab->dice, places + 1);
         (format->flags & DGM_FORMAT_PADDED) && i < places; i++) {
        put_nibble(bytes, count, format, i, format->pad);
    }
}

/* Characters of a number, or of an instant. */
static void fill_characters(struct lab *lab, const struct dgm_format *format,
                            uint8_t *bytes, size_t count)
{
    char text[64];
    size_t length = 0;
    if (format != NULL && format->pattern != 0) {
        const char *pattern = dgm_codec_text(lab->codec, format->pattern);
        length = pattern_text(lab, pattern, text, sizeof(text));
    }
    for (size_t i = 0; i < count; i++) {
        bytes[i] =
            i < length ? (uint8_t)text[i] : (uint8_t)('0' + dice_below(&lab->dice, 10));
    }
    if (length == 0 && count > 3 && dice_once(&lab->dice, 2)) {
        bytes[dice_below(&lab->dice, count - 2) + 1] = '.';
    }
    if (length == 0 && count > 1 && dice_once(&lab->dice, 4)) {
        bytes[0] = '-';
    }
}

static void fill_text(struct lab *lab, const struct dgm_row *row,
                      const struct dgm_format *format, uint8_t *bytes, size_t count)
{
    size_t length = dice_once(&lab->dice, 2) ? count : dice_below(&lab->dice, count + 1);
    bool is_wild = row->show < DGM_SHOW_ASCII && dice_once(&lab->dice, 2);
    for (size_t i = 0; i < length; i++) {
        bytes[i] = is_wild ? (uint8_t)dice_next(&lab->dice)
                           : (uint8_t)(0x20 + dice_below(&lab->dice, 0x5F));
    }
    if (length == count) {
        return;
    }
    bool has_end = format != NULL && (format->flags & DGM_FORMAT_ENDED) != 0;
    uint8_t pad = row->flags & DGM_ROW_PADDED ? row->shift : has_end ? format->end : 0;
    memset(bytes + length, pad, count - length);
    if (has_end) {
        bytes[length] = format->end;
    }
}

bool values_fill(struct lab *lab, const struct dgm_visit *visit,
                 struct specimen *specimen)
{
    const struct dgm_row *row = &lab->rows[visit->row];
    uint64_t ignored;
    if (field_get(lab->rows, visit, specimen, &ignored)) {
        return field_set(lab->rows, visit, specimen, values_pick(lab, visit->row));
    }
    size_t end = visit->end < specimen->length ? visit->end : specimen->length;
    bool has_bytes = row->op == DGM_OP_DIGITS || row->op == DGM_OP_BYTES;
    if (!has_bytes || visit->flags != 0 || end <= visit->at) {
        return false;
    }
    uint8_t *bytes = specimen->bytes + visit->at;
    uint16_t index = tables_format(row);
    const struct dgm_format *format =
        index != DGM_NONE ? &lab->tables.formats[index] : NULL;
    bool as_characters = row->show == DGM_SHOW_TEXT_NUMBER ||
                         (format != NULL && (format->flags & DGM_FORMAT_CHARACTERS) != 0);
    if (as_characters) {
        fill_characters(lab, format, bytes, end - visit->at);
    } else if (format != NULL &&
               (row->op == DGM_OP_DIGITS || row->show == DGM_SHOW_DIGITS)) {
        fill_digits(lab, format, bytes, end - visit->at);
    } else {
        fill_text(lab, row, format, bytes, end - visit->at);
    }
    return true;
}

static size_t put_integer(const struct dgm_row *row, uint64_t raw, uint8_t *bytes)
{
    unsigned count = row->width / 8u;
    uint64_t bits = field_wire(row, raw);
    for (unsigned i = 0; i < count; i++) {
        unsigned at = row->order == DGM_ORDER_LE ? i : count - 1 - i;
        bytes[at] = (uint8_t)(bits >> 8 * i);
    }
    return count;
}

/* The bits of a group among the rows of a tag. */
static uint64_t tag_bits(const struct lab *lab, const struct dgm_row *group, int64_t tag)
{
    uint64_t bits = 0;
    for (unsigned i = 1; i <= group->detail; i++) {
        const struct dgm_row *row = &group[i];
        uint64_t raw = row->source == DGM_SOURCE_TAG ? (uint64_t)tag : 0;
        if (row->source == DGM_SOURCE_CONST) {
            raw = lab->tables.numbers[row->expr];
        }
        bits |= field_wire(row, raw) << row->shift;
    }
    return bits;
}

/* A select that is computed is most often the bytes of the tag, one after another. */
static size_t spread(const struct dgm_loop *loop, int64_t tag, uint8_t *bytes)
{
    size_t count = loop->tag_bytes < 8 ? loop->tag_bytes : 8;
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)((uint64_t)tag >> 8 * (count - 1 - i));
    }
    return count;
}

static bool has_tag_row(const struct dgm_loop *loop, const struct dgm_row *loop_row)
{
    for (unsigned i = 1; i <= loop->tag_rows; i++) {
        if (loop_row[i].source == DGM_SOURCE_TAG) {
            return true;
        }
    }
    return false;
}

bool values_tag(const struct lab *lab, const struct dgm_loop *loop,
                const struct dgm_row *loop_row, int64_t tag, uint8_t *bytes,
                size_t *ret_length)
{
    size_t length = 0;
    if (!has_tag_row(loop, loop_row)) {
        *ret_length = spread(loop, tag, bytes);
        return *ret_length > 0;
    }
    for (unsigned i = 1; i <= loop->tag_rows && length + 8 <= 16; i++) {
        const struct dgm_row *row = &loop_row[i];
        if (row->op == DGM_OP_BITS) {
            length += put_integer(row, tag_bits(lab, row, tag), bytes + length);
            i += row->detail;
        } else if (row->op == DGM_OP_INT && row->source == DGM_SOURCE_CONST) {
            length += put_integer(row, lab->tables.numbers[row->expr], bytes + length);
        } else if (row->op == DGM_OP_INT) {
            bool is_tag = row->source == DGM_SOURCE_TAG;
            length += put_integer(row, is_tag ? (uint64_t)tag : 0, bytes + length);
        }
    }
    *ret_length = length;
    return length > 0;
}
