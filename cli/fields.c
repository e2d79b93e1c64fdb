/* SPDX-License-Identifier: MIT */
/* The bits of a row in a frame. Every bit has a place: byte and weight in it. */
#include "fields.h"

#include <string.h>

/* Place of the byte with weight 256^(bytes - 1 - i) in an integer of `bytes` bytes. */
static unsigned order_place(uint8_t order, unsigned bytes, unsigned i)
{
    switch (order) {
    case DGM_ORDER_LE:
        return bytes - 1 - i;
    case DGM_ORDER_CDAB:
        return (bytes - 2 - (i & ~1u)) | (i & 1u);
    case DGM_ORDER_BADC:
        return i ^ 1u;
    default:
        return i;
    }
}

/* The bit group around a BIT row. */
static const struct dgm_row *group_of(const struct dgm_row *rows, uint16_t index)
{
    while (index > 0 && rows[index].op != DGM_OP_BITS) {
        index--;
    }
    return &rows[index];
}

/* Where the bit of weight 2^index stands. */
static size_t place_of(const struct dgm_row *rows, const struct dgm_visit *visit,
                       unsigned index, unsigned *ret_weight)
{
    const struct dgm_row *row = &rows[visit->row], *whole = row;
    if (row->op == DGM_OP_FIELD) {
        bool is_low_first = row->order == DGM_ORDER_LE;
        unsigned place =
            is_low_first ? row->spec + index : row->spec + row->width - 1u - index;
        *ret_weight = is_low_first ? place % 8 : 7 - place % 8;
        return visit->at + place / 8;
    }
    if (row->op == DGM_OP_BIT) {
        whole = group_of(rows, visit->row);
        index += row->shift;
    }
    unsigned bytes = whole->width / 8u;
    *ret_weight = index % 8;
    return visit->at + order_place(whole->order, bytes, bytes - 1 - index / 8);
}

bool specimen_same(const struct specimen *left, const struct specimen *right)
{
    return left->length == right->length &&
           memcmp(left->bytes, right->bytes, left->length) == 0 &&
           left->has_channel == right->has_channel && left->channel == right->channel &&
           strcmp(left->topic, right->topic) == 0;
}

bool field_is_integer(const struct dgm_row *row)
{
    return row->op == DGM_OP_INT || row->op == DGM_OP_BIT || row->op == DGM_OP_FIELD ||
           row->op == DGM_OP_FLOAT || (row->op == DGM_OP_CHECK && row->width <= 64);
}

bool field_bits(const struct dgm_row *rows, const struct dgm_visit *visit,
                const uint8_t *bytes, size_t length, uint64_t *ret)
{
    const struct dgm_row *row = &rows[visit->row];
    *ret = 0;
    if (!field_is_integer(row) || visit->flags != 0) {
        return false;
    }
    for (unsigned i = row->width; i-- > 0;) {
        unsigned weight;
        size_t at = place_of(rows, visit, i, &weight);
        if (at >= length) {
            return false;
        }
        *ret = *ret << 1 | (bytes[at] >> weight & 1u);
    }
    return true;
}

bool field_get(const struct dgm_row *rows, const struct dgm_visit *visit,
               const struct specimen *specimen, uint64_t *ret)
{
    return field_bits(rows, visit, specimen->bytes, specimen->length, ret);
}

bool field_set(const struct dgm_row *rows, const struct dgm_visit *visit,
               struct specimen *specimen, uint64_t bits)
{
    uint64_t before;
    if (!field_get(rows, visit, specimen, &before)) {
        return false;
    }
    for (unsigned i = 0; i < rows[visit->row].width; i++) {
        unsigned weight;
        size_t at = place_of(rows, visit, i, &weight);
        unsigned bit = 1u << weight;
        unsigned others = specimen->bytes[at] & ~bit;
        specimen->bytes[at] = (uint8_t)(others | (bits >> i & 1 ? bit : 0));
    }
    return true;
}

uint64_t field_mask(const struct dgm_row *row)
{
    return row->width >= 64 ? UINT64_MAX : ((uint64_t)1 << row->width) - 1;
}

uint64_t field_raw(const struct dgm_row *row, uint64_t bits)
{
    if (row->flags & DGM_ROW_SIGN_MAGNITUDE) {
        uint64_t magnitude = bits & field_mask(row) >> 1;
        return magnitude == bits ? bits : (0 - magnitude) & field_mask(row);
    }
    if (row->flags & DGM_ROW_GRAY) {
        for (unsigned shift = 1; shift < 64; shift *= 2) {
            bits ^= bits >> shift;
        }
    }
    return bits;
}

uint64_t field_wire(const struct dgm_row *row, uint64_t raw)
{
    uint64_t top = (field_mask(row) >> 1) + 1;
    raw &= field_mask(row);
    if ((row->flags & DGM_ROW_SIGN_MAGNITUDE) && (raw & top) != 0) {
        return top | ((0 - raw) & (top - 1));
    }
    return (row->flags & DGM_ROW_GRAY) ? raw ^ raw >> 1 : raw;
}

static int64_t sign_extend(uint64_t raw, const struct dgm_row *row)
{
    uint64_t top = (field_mask(row) >> 1) + 1;
    return (int64_t)((raw ^ top) - top);
}

bool field_within(const struct dgm_row *row, uint64_t raw, uint64_t low, uint64_t high)
{
    if ((row->flags & DGM_ROW_SIGNED) == 0) {
        return raw >= low && raw <= high;
    }
    int64_t value = sign_extend(raw & field_mask(row), row);
    return value >= (int64_t)low && value <= (int64_t)high;
}

bool field_covers(const struct dgm_row *rows, const struct dgm_visit *visit, size_t at,
                  unsigned bit)
{
    const struct dgm_row *row = &rows[visit->row];
    if (visit->flags != 0 || row->op == DGM_OP_BITS || row->op == DGM_OP_STREAM ||
        at < visit->at || at >= visit->end) {
        return false;
    }
    if (row->op != DGM_OP_BIT && row->op != DGM_OP_FIELD) {
        return true;
    }
    for (unsigned i = 0; i < row->width; i++) {
        unsigned weight;
        if (place_of(rows, visit, i, &weight) == at && weight == bit) {
            return true;
        }
    }
    return false;
}
