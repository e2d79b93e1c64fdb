/* SPDX-License-Identifier: MIT */
/*
 * Ready texts: what fields of up to eight bits print, made beforehand by the decoder
 * itself for each of their values, keys included. A value that it would refuse, or warn
 * of, has none. Fields of one byte that follow each other share a table as long as it
 * stays small.
 */
#include "plan_make.h"

#include <string.h>
#include "scaling.h"

enum { SPAN_MAX = 8, TABLE_TEXT_MAX = 12288 };

/* The bits of a row's field, counted from the top of the block's first byte. */
static unsigned first_bit(const struct plan_field *field)
{
    return field->at * 8u + field->left;
}

static unsigned width_of(const struct plan_field *field)
{
    return 64u - field->right;
}

/* Print the rows for one value of their common bits. False: nothing may be ready. */
static bool render(struct plan_maker *maker, const struct dgm_row *row, unsigned count,
                   const struct plan_field *fields, const struct plan_field *all,
                   uint64_t bits, size_t *ret_length)
{
    struct decoder *decoder = &maker->decoder;
    bool first = decoder->first;
    size_t notices = decoder->notice_count;
    bool fine = true;
    decoder->out.length = 0;
    decoder->reporting = true;
    for (unsigned i = 0; i < count && fine; i++) {
        unsigned below =
            first_bit(all) + width_of(all) - first_bit(&fields[i]) - width_of(&fields[i]);
        uint64_t raw = bits >> below & width_mask(row[i].width);
        struct dgm_row alone = row[i];
        alone.slot = DGM_NONE;                    /* an operation of its own keeps it, */
        alone.flags &= ~(uint32_t)DGM_ROW_SHARED; /* or remembers the member */
        if (maker->part != NULL)
            decode_start_part(decoder, maker->part);
        fine = decode_integer(decoder, &alone, raw_of_wire(&alone, raw), 0) == DGM_OK;
        if (maker->part != NULL)
            fine = decode_end_part(decoder) && fine;
    }
    fine = fine && decoder->notice_count == notices && json_writer_fits(&decoder->out) &&
           decoder->out.length > 0;
    bool printed = decoder->out.length > 0 && !decoder->first;
    decoder->notice_count = notices;
    decoder->first = first;
    *ret_length = decoder->out.length;
    decoder->out.length = 0;
    return fine && printed;
}

/* The rows' fields one behind the other, and one field for all. */
static unsigned fields_of(struct plan_maker *maker, const struct dgm_row *row,
                          struct plan_field *fields, struct plan_field *ret)
{
    unsigned count = 0;
    uint16_t index = (uint16_t)(row - maker->decoder.rows);
    if (maker->part != NULL) {
        fields[0] = *ret = plan_field_of(maker, row, maker->at);
        ret->flags &= (uint8_t)~PLAN_SIGNED;
        return 1;
    }
    while (count < SPAN_MAX && index + count < maker->segment_end) {
        const struct dgm_row *next = &row[count];
        if (!plan_row_is_ready(maker, next) || !plan_is_at_level(maker, next) ||
            next->role != DGM_ROLE_NONE ||
            (count > 0 && (next->flags & (DGM_ROW_ELEMENT | DGM_ROW_COLLECT)) != 0))
            break;
        struct plan_field field = plan_field_of(maker, next, maker->at);
        if (count > 0 &&
            (next->op != DGM_OP_BIT || (field.flags & PLAN_LITTLE) != 0 ||
             field.at != ret->at || first_bit(&field) < first_bit(ret) + width_of(ret) ||
             first_bit(&field) + width_of(&field) - first_bit(ret) > SPAN_MAX))
            break;
        fields[count] = field;
        if (count == 0) {
            *ret = field;
            ret->flags &= (uint8_t)~PLAN_SIGNED;
        } else {
            unsigned width = first_bit(&field) + width_of(&field) - first_bit(ret);
            ret->right = (uint8_t)(64 - width);
        }
        count++;
        if (next->op != DGM_OP_BIT)
            break;
    }
    return count;
}

/* Bytes of text that a table of the rows takes; SIZE_MAX: too many for one text. */
static size_t table_text(struct plan_maker *maker, const struct dgm_row *row,
                         unsigned count, const struct plan_field *fields,
                         const struct plan_field *all)
{
    size_t total = 0, length;
    for (uint64_t bits = 0; bits >> width_of(all) == 0; bits++) {
        if (!render(maker, row, count, fields, all, bits, &length))
            continue;
        if (length > PLAN_READY_MAX)
            return SIZE_MAX;
        total += length;
    }
    return total;
}

unsigned plan_ready_rows(struct plan_maker *maker, const struct dgm_row *row,
                         struct plan_field *ret)
{
    struct plan_field fields[SPAN_MAX];
    size_t length = maker->decoder.out.length;
    char kept[PLAN_LITERAL];
    unsigned count = fields_of(maker, row, fields, ret);
    unsigned top = first_bit(ret);
    memcpy(kept, maker->literal, length < sizeof(kept) ? length : sizeof(kept));
    while (count > 1 && table_text(maker, row, count, fields, ret) > TABLE_TEXT_MAX) {
        count--;
        ret->right = (uint8_t)(64 - (first_bit(&fields[count - 1]) +
                                     width_of(&fields[count - 1]) - top));
    }
    if (count == 1) {
        *ret = fields[0];
        ret->flags &= (uint8_t)~PLAN_SIGNED;
        if (table_text(maker, row, 1, fields, ret) == SIZE_MAX)
            count = 0;
    }
    memcpy(maker->literal, kept, length < sizeof(kept) ? length : sizeof(kept));
    maker->decoder.out.length = length;
    return count;
}

static struct plan_memo *find_memo(struct plan_maker *maker, const struct dgm_row *row,
                                   unsigned count, bool first)
{
    for (unsigned i = 0; i < maker->memo_count; i++) {
        struct plan_memo *memo = &maker->memos[i];
        if (memo->row == row && memo->count == count && memo->first == first)
            return memo;
    }
    return NULL;
}

/* Index of the table, and its longest text. */
static uint32_t make_table(struct plan_maker *maker, const struct dgm_row *row,
                           unsigned count, const struct plan_field *all,
                           uint8_t *ret_longest)
{
    struct plan_field fields[SPAN_MAX], same;
    uint32_t index = (uint32_t)(maker->tables.used / sizeof(uint32_t));
    uint32_t *table = NULL;
    size_t entries = (size_t)1 << width_of(all), length;
    (void)fields_of(maker, row, fields, &same);
    if (maker->tables.memory != NULL &&
        maker->tables.used + entries * sizeof(uint32_t) <= maker->tables.size)
        table = (uint32_t *)(void *)(maker->tables.memory + maker->tables.used);
    maker->tables.used += entries * sizeof(uint32_t);
    *ret_longest = 0;
    for (uint64_t bits = 0; bits < entries; bits++) {
        if (table != NULL)
            table[bits] = 0;
        if (!render(maker, row, count, fields, all, bits, &length))
            continue;
        size_t at = maker->text.used;
        maker->text.used += length;
        if (length > *ret_longest)
            *ret_longest = (uint8_t)length;
        if (table == NULL || maker->text.memory == NULL ||
            maker->text.used > maker->text.size || at >> 24 != 0)
            continue;
        memcpy(maker->text.memory + at, maker->literal, length);
        table[bits] = (uint32_t)at << 8 | (uint32_t)length;
    }
    return index;
}

/* Which byte, and its bits from which one up, are the field? False: it is not in one. */
static bool bits_in_byte(const struct plan_field *field, uint16_t *ret_at,
                         uint8_t *ret_shift)
{
    unsigned width = width_of(field), left = field->left;
    bool little = (field->flags & PLAN_LITTLE) != 0;
    if (left + width > 64)
        return false;
    /* Bits before it, in a word whose first byte is the lowest one, or the highest. */
    unsigned before = little ? 64 - left - width : left;
    if (before % 8 + width > 8)
        return false;
    *ret_at = (uint16_t)(field->at + before / 8);
    *ret_shift = (uint8_t)(little ? before % 8 : 8 - before % 8 - width);
    return true;
}

/* The operation that chooses by a field from texts up to that length. */
static struct plan_op *emit_choice(struct plan_maker *maker,
                                   const struct plan_field *field, unsigned longest)
{
    uint16_t at;
    uint8_t shift;
    struct plan_op *op;
    if (longest > 2 * PLAN_COPY || !bits_in_byte(field, &at, &shift)) {
        op = plan_emit_alone(maker, PLAN_READY_LONG);
        plan_set_field(op, field);
        return op;
    }
    bool two = longest > PLAN_COPY, whole = width_of(field) == 8;
    op = plan_emit_alone(maker, two     ? PLAN_READY_TWO
                                : whole ? PLAN_READY
                                        : PLAN_READY_BITS);
    if (op == NULL)
        return NULL;
    op->at = at;
    op->right = shift;
    op->second = (int64_t)width_mask(width_of(field));
    return op;
}

void plan_emit_ready(struct plan_maker *maker, const struct dgm_row *row, unsigned count,
                     const struct plan_field *field)
{
    bool first = maker->decoder.first;
    plan_flush(maker);
    struct plan_memo *memo = find_memo(maker, row, count, first);
    struct plan_memo made = {row, count, first, 0, 0};
    if (memo == NULL) {
        made.table = make_table(maker, row, count, field, &made.longest);
        if (maker->memo_count < PLAN_MEMOS)
            maker->memos[maker->memo_count++] = made;
        memo = &made;
    }
    plan_need_room(maker, memo->longest);
    struct plan_op *op = emit_choice(maker, field, memo->longest);
    maker->decoder.first = false;
    if (op != NULL && maker->tables.memory != NULL)
        op->first.table =
            (const uint32_t *)(const void *)maker->tables.memory + memo->table;
}
