/* SPDX-License-Identifier: MIT */
/* The bytes in front of the records of a tag. */
#include "values.h"

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
