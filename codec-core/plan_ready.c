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

/* What the texts of the rows are. Bytes of all of them. */
static size_t measure(struct plan_maker *maker, const struct plan_field *fields,
                      struct plan_ready *ready)
{
    size_t total = 0, length;
    ready->longest = ready->last = 0;
    for (uint64_t bits = 0; bits >> width_of(&ready->field) == 0; bits++) {
        if (!render(maker, ready->row, ready->count, fields, &ready->field, bits,
                    &length))
            continue;
        if (length > ready->longest)
            ready->longest = (unsigned)length;
        ready->last = (unsigned)bits;
        total += length;
    }
    return total;
}

static bool is_too_long(size_t total, const struct plan_ready *ready)
{
    return ready->longest > PLAN_READY_MAX ||
           (ready->longest > PLAN_LONG && total > TABLE_TEXT_MAX);
}

bool plan_ready_rows(struct plan_maker *maker, const struct dgm_row *row,
                     struct plan_ready *ret)
{
    struct plan_field fields[SPAN_MAX];
    size_t length = maker->decoder.out.length, total;
    char kept[PLAN_LITERAL];
    ret->row = row;
    ret->count = fields_of(maker, row, fields, &ret->field);
    unsigned top = first_bit(&ret->field);
    memcpy(kept, maker->literal, length < sizeof(kept) ? length : sizeof(kept));
    total = measure(maker, fields, ret);
    while (ret->count > 1 && is_too_long(total, ret)) {
        const struct plan_field *last = &fields[--ret->count - 1];
        ret->field.right = (uint8_t)(64 - (first_bit(last) + width_of(last) - top));
        if (ret->count == 1) {
            ret->field = fields[0];
            ret->field.flags &= (uint8_t)~PLAN_SIGNED;
        }
        total = measure(maker, fields, ret);
    }
    memcpy(maker->literal, kept, length < sizeof(kept) ? length : sizeof(kept));
    maker->decoder.out.length = length;
    return ret->longest <= PLAN_READY_MAX;
}

static const struct plan_memo *find_memo(const struct plan_maker *maker,
                                         const struct plan_ready *ready)
{
    for (unsigned i = 0; i < maker->memo_count; i++) {
        const struct plan_memo *memo = &maker->memos[i];
        if (memo->row == ready->row && memo->count == ready->count &&
            memo->first == maker->decoder.first)
            return memo;
    }
    return NULL;
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

/* The operation that chooses among the texts. */
static enum plan_code code_of(const struct plan_ready *ready)
{
    uint16_t at;
    uint8_t shift;
    if (ready->longest > PLAN_LONG || !bits_in_byte(&ready->field, &at, &shift))
        return PLAN_READY_LONG;
    if (ready->longest >= PLAN_SHORT)
        return PLAN_READY_TWO;
    return width_of(&ready->field) == 8 ? PLAN_READY : PLAN_READY_BITS;
}

/* A table, and texts of any length behind each other. */
static void make_table(struct plan_maker *maker, const struct plan_ready *ready,
                       const struct plan_field *fields)
{
    struct plan_area *area = &maker->areas[PLAN_READIES];
    size_t entries = (size_t)1 << width_of(&ready->field), begin = area->used, length;
    uint32_t *table =
        plan_area_take(&maker->areas[PLAN_TABLES], entries * sizeof(*table));
    for (uint64_t bits = 0; bits < entries; bits++) {
        if (table != NULL)
            table[bits] = 0;
        if (!render(maker, ready->row, ready->count, fields, &ready->field, bits,
                    &length))
            continue;
        size_t at = area->used - begin;
        char *copy = plan_area_take(area, length);
        if (table == NULL || copy == NULL || at >> 24 != 0)
            continue;
        memcpy(copy, maker->literal, length);
        table[bits] = (uint32_t)at << 8 | (uint32_t)length;
    }
}

/* The text of each value takes as many bytes, where it is found without a table. */
static void make_texts(struct plan_maker *maker, const struct plan_ready *ready,
                       const struct plan_field *fields, enum plan_code code)
{
    bool is_short = code != PLAN_READY_TWO;
    size_t size = is_short ? PLAN_SHORT : PLAN_LONG, length;
    size_t entries = (size_t)1 << width_of(&ready->field);
    size_t count = code == PLAN_READY_BITS ? entries : (size_t)ready->last + 1;
    char *texts = plan_area_take(&maker->areas[PLAN_READIES], count * size);
    uint8_t *lengths =
        is_short ? NULL : plan_area_take(&maker->areas[PLAN_TABLES], entries);
    if (texts == NULL || (lengths == NULL && !is_short))
        return;
    /* What a program that failed left there was taken back, not cleared. */
    memset(texts, 0, count * size);
    if (lengths != NULL)
        memset(lengths, 0, entries);
    for (uint64_t bits = 0; bits < count; bits++) {
        if (!render(maker, ready->row, ready->count, fields, &ready->field, bits,
                    &length) ||
            length > size - is_short)
            continue;
        memcpy(texts + bits * size, maker->literal, length);
        if (is_short)
            texts[bits * size + PLAN_SHORT - 1] = (char)length;
        else
            lengths[bits] = (uint8_t)length;
    }
}

/* The texts of the operation, and where they are. */
static struct plan_memo make_ready(struct plan_maker *maker,
                                   const struct plan_ready *ready, enum plan_code code)
{
    struct plan_field fields[SPAN_MAX], same;
    struct plan_area *texts = &maker->areas[PLAN_READIES];
    struct plan_area *tables = &maker->areas[PLAN_TABLES];
    (void)fields_of(maker, ready->row, fields, &same);
    texts->used =
        plan_round_up(texts->used, code == PLAN_READY_TWO ? PLAN_LONG : PLAN_SHORT);
    tables->used = plan_round_up(tables->used, sizeof(uint32_t));
    struct plan_memo made = {ready->row, ready->count, maker->decoder.first, tables->used,
                             texts->used};
    if (code == PLAN_READY_LONG)
        make_table(maker, ready, fields);
    else
        make_texts(maker, ready, fields, code);
    return made;
}

/* What an operation among ready texts chooses by, and where those are. */
static void set_choice(const struct plan_maker *maker, const struct plan_ready *ready,
                       const struct plan_memo *memo, struct plan_op *op)
{
    uint8_t *table = maker->areas[PLAN_TABLES].memory + memo->table;
    op->text = (const char *)maker->areas[PLAN_READIES].memory + memo->texts;
    if (op->code == PLAN_READY_LONG) {
        plan_set_field(op, &ready->field);
        op->first.table = (const uint32_t *)(const void *)table;
        return;
    }
    (void)bits_in_byte(&ready->field, &op->at, &op->right);
    op->second = (int64_t)width_mask(width_of(&ready->field));
    if (op->code == PLAN_READY_TWO)
        op->first.lengths = table;
    else
        op->first.bits = ready->last;
}

void plan_emit_ready(struct plan_maker *maker, const struct plan_ready *ready)
{
    plan_flush(maker);
    enum plan_code code = code_of(ready);
    const struct plan_memo *memo = find_memo(maker, ready);
    struct plan_memo made;
    if (memo == NULL) {
        memo = &made;
        made = make_ready(maker, ready, code);
        if (maker->memo_count < PLAN_MEMOS)
            maker->memos[maker->memo_count++] = made;
    }
    plan_need_room(maker, ready->longest);
    struct plan_op *op = plan_emit_alone(maker, code);
    maker->decoder.first = false;
    if (op != NULL)
        set_choice(maker, ready, memo, op);
}
