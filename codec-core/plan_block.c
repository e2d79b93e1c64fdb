/* SPDX-License-Identifier: MIT */
/* Blocks: rows of fixed places, and what is checked and kept of them before they print.
 */
#include "plan_make.h"

#include <string.h>
#include "frame.h"
#include "scaling.h"

/* Does the row end the block before it? The row of a condition that was just entered does
 * not. */
static bool stands_alone(const struct plan_maker *maker, uint16_t row_index)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index];
    enum plan_class class = plan_class_of(maker, row);
    const struct plan_level *top =
        maker->depth > 0 ? &maker->levels[maker->depth - 1] : NULL;
    bool entered =
        top != NULL && top->nesting == PLAN_IN_CONDITION && top->row == row_index;
    return (class != PLAN_CLASS_FRAME && class != PLAN_CLASS_FIXED) ||
           row->region != DGM_NONE || (plan_is_optional(row) && !entered);
}

/* Row behind the last one that can belong to the block; its bytes. */
static uint16_t measure(const struct plan_maker *maker, uint16_t row_index,
                        size_t *ret_size)
{
    const struct dgm_row *rows = maker->decoder.rows;
    uint16_t end = maker->message->row_count;
    *ret_size = 0;
    for (unsigned i = maker->depth; i-- > 0;) {
        if (maker->levels[i].nesting != PLAN_IN_GROUP ||
            maker->decoder.rows[maker->levels[i].row].region != DGM_NONE) {
            end = maker->levels[i].end;
            break;
        }
    }
    while (row_index < end && !stands_alone(maker, row_index))
        *ret_size += plan_row_bytes(&rows[row_index++]);
    return row_index;
}

/* The word that a field is read from begins here. */
static size_t word_place(const struct plan_maker *maker, size_t at)
{
    if (maker->is_short || maker->block_size < PLAN_WORD)
        return 0;
    return at + PLAN_WORD <= maker->block_size ? at : maker->block_size - PLAN_WORD;
}

/* Bits `low` and up, `width` of them, of an integer of `bytes` bytes at the place. */
static struct plan_field field_at(const struct plan_maker *maker, size_t at,
                                  unsigned bytes, unsigned low, unsigned width,
                                  uint8_t order)
{
    struct plan_field field = {.block = maker->block};
    size_t word = word_place(maker, at);
    unsigned before = (unsigned)(at - word) * 8;
    bool little = order == DGM_ORDER_LE && bytes > 1;
    field.at = (uint16_t)word;
    field.flags = little ? PLAN_LITTLE : 0;
    field.left = (uint8_t)(little ? 64 - (before + low + width)
                                  : before + bytes * 8 - low - width);
    field.right = (uint8_t)(64 - width);
    return field;
}

struct plan_field plan_field_of(const struct plan_maker *maker, const struct dgm_row *row,
                                size_t at)
{
    struct plan_field field;
    if (row->op == DGM_OP_BIT) {
        const struct dgm_row *group = maker->bits.row;
        field = field_at(maker, maker->bits.at, group->width / 8u, row->shift, row->width,
                         group->order);
    } else if (row->op == DGM_OP_INT || row->op == DGM_OP_FLOAT) {
        field = field_at(maker, at, row->width / 8u, 0, row->width, row->order);
    } else if (row->op == DGM_OP_DIGITS) {
        field = field_at(maker, at, (unsigned)plan_row_bytes(row), 0,
                         (unsigned)plan_row_bytes(row) * 8, DGM_ORDER_BE);
    } else {
        memset(&field, 0, sizeof(field));
        field.block = maker->block;
        field.at = (uint16_t)at;
    }
    if (row->flags & DGM_ROW_SIGNED)
        field.flags |= PLAN_SIGNED;
    field.row = row;
    return field;
}

/* Bytes that a constant must have, and which of their bits. */
struct wanted {
    uint8_t value[PLAN_WORD], mask[PLAN_WORD];
    unsigned bytes;
    size_t at; /* of the first one in the block */
};

static void wanted_of(const struct plan_maker *maker, const struct dgm_row *row,
                      size_t at, struct wanted *ret)
{
    uint64_t number = maker->codec->numbers[row->expr] & width_mask(row->width);
    bool is_bit = row->op == DGM_OP_BIT;
    unsigned shift = is_bit ? row->shift : 0;
    uint8_t order = is_bit ? maker->bits.row->order : row->order;
    ret->bytes = (is_bit ? maker->bits.row->width : row->width) / 8u;
    ret->at = is_bit ? maker->bits.at : at;
    if (row->flags & (DGM_ROW_SIGN_MAGNITUDE | DGM_ROW_GRAY))
        number = raw_to_wire(row, number);
    frame_store(ret->value, ret->bytes, order, number << shift);
    frame_store(ret->mask, ret->bytes, order, width_mask(row->width) << shift);
}

/* Do the guards of the message want the same of those bits of that byte of the frame? */
static bool is_guarded(const struct plan_maker *maker, size_t at, uint8_t mask,
                       uint8_t wanted)
{
    const struct dgm_codec *codec = maker->codec;
    for (unsigned i = 0; i < maker->message->guard_count; i++) {
        uint8_t value = 0;
        const struct dgm_guard *guard = &codec->guards[maker->message->first_guard + i];
        if ((guard_byte_mask(guard, (unsigned)at, &value) & mask) == mask &&
            ((value ^ wanted) & mask) == 0 &&
            !guard_is_alternative(codec, maker->message, i))
            return true;
    }
    return false;
}

static bool all_guarded(const struct plan_maker *maker, const struct wanted *wanted)
{
    if (maker->block != 1 || maker->at != 0)
        return false;
    for (unsigned i = 0; i < wanted->bytes; i++)
        if (wanted->mask[i] != 0 &&
            !is_guarded(maker, wanted->at + i, wanted->mask[i], wanted->value[i]))
            return false;
    return true;
}

/* The check of a word that the constant lies in: constants near each other are one. While
 * counting they are several, and there is none. */
static struct plan_op *check_at(struct plan_maker *maker, const struct wanted *wanted)
{
    uint32_t count = plan_op_count(maker);
    struct plan_op *op = count > 0 ? plan_op_at(maker, count - 1) : NULL;
    if (op != NULL && op->code == PLAN_CHECK && op->at <= wanted->at &&
        wanted->at + wanted->bytes <= op->at + (size_t)PLAN_WORD)
        return op;
    op = plan_emit_alone(maker, PLAN_CHECK);
    if (op != NULL)
        op->at = (uint16_t)word_place(maker, wanted->at);
    return op;
}

static void emit_check(struct plan_maker *maker, const struct dgm_row *row, size_t at)
{
    struct wanted wanted;
    uint8_t value[PLAN_WORD] = {0}, mask[PLAN_WORD] = {0};
    wanted_of(maker, row, at, &wanted);
    if (all_guarded(maker, &wanted))
        return;
    struct plan_op *op = check_at(maker, &wanted);
    if (op == NULL)
        return;
    size_t before = wanted.at - op->at;
    memcpy(value + before, wanted.value, wanted.bytes);
    memcpy(mask + before, wanted.mask, wanted.bytes);
    uint64_t bits = frame_load(mask, PLAN_WORD, DGM_ORDER_BE);
    uint64_t expected = frame_load(value, PLAN_WORD, DGM_ORDER_BE);
    op->first.bits |= bits;
    op->second = (int64_t)((uint64_t)op->second | expected);
}

/* Limits and raws that are no reading of a row without ready text. */
static void emit_ranges(struct plan_maker *maker, const struct dgm_row *row,
                        const struct plan_field *field)
{
    const struct dgm_codec *codec = maker->codec;
    uint16_t invalid = invalid_list(codec, row);
    for (unsigned i = 0; invalid != DGM_NONE && i < codec->enums[invalid].count; i++) {
        const struct dgm_choice *choice =
            &codec->choices[codec->enums[invalid].first + i];
        bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
        if (!is_signed && choice->low > INT64_MAX)
            continue;
        bool is_beyond = !is_signed && choice->high > INT64_MAX;
        plan_emit_range(maker, PLAN_OUTSIDE, field, (int64_t)choice->low,
                        is_beyond ? INT64_MAX : (int64_t)choice->high);
    }
    if (!plan_limit_counts(codec, row))
        return;
    const struct dgm_limit *limit = &codec->limits[row->limit];
    int64_t add = row_has_scaling(row) ? codec->scalings[row->detail].add : 0;
    plan_emit_range(maker, PLAN_RANGE, field,
                    (limit->flags & DGM_LIMIT_LOW) ? limit->low - add : INT64_MIN,
                    (limit->flags & DGM_LIMIT_HIGH) ? limit->high - add : INT64_MAX);
}

static void emit_keep(struct plan_maker *maker, const struct dgm_row *row,
                      const struct plan_field *field)
{
    bool scaled = row_has_scaling(row);
    const struct dgm_scaling *scaling =
        scaled ? &maker->codec->scalings[row->detail] : NULL;
    struct plan_op *op = plan_emit_alone(maker, PLAN_KEEP);
    const struct plan_scale *scale =
        plan_emit_scale(maker, scaled ? scaling->mul : 1, scaled ? scaling->add : 0);
    plan_set_field(op, field);
    if (op == NULL)
        return;
    op->first.scale = scale;
    op->second = row->slot;
    op->digits = scaled ? scaling->digits : 0;
    op->length = row->show == DGM_SHOW_BOOL;
}

/* The role's values are looked at here, or where they print. */
static void emit_role(struct plan_maker *maker, const struct dgm_row *row,
                      const struct plan_field *field)
{
    const struct dgm_row *other = maker->roles[row->role].row;
    if (other != NULL && other != row)
        maker->failed = true;
    if (row->role == DGM_ROLE_ERRCODE || row->role == DGM_ROLE_HAS_MORE)
        plan_set_field(plan_emit_alone(maker, PLAN_FLAG), field);
    maker->roles[row->role] = *field;
}

void plan_give_role(struct plan_maker *maker, const struct dgm_row *row)
{
    struct decoder *decoder = &maker->decoder;
    bool in_record = false, may_be_absent = false;
    for (unsigned i = 0; i < maker->depth; i++) {
        in_record = in_record ||
                    (decoder->rows[maker->levels[i].row].flags & DGM_ROW_RECORD) != 0;
        may_be_absent = may_be_absent || maker->levels[i].nesting != PLAN_IN_GROUP;
    }
    bool walked = plan_class_of(maker, row) == PLAN_CLASS_WALK;
    if (may_be_absent && !(in_record && maker->depth == 1))
        maker->failed = true;
    if (in_record && row->role != DGM_ROLE_EVENT_TIME)
        maker->failed = true;
    if (walked)
        maker->roles[row->role].row = row;
    if (in_record && row->role == DGM_ROLE_EVENT_TIME)
        decoder->record_time = value_u64(1);
    else
        decoder->roles[row->role] = value_u64(1);
    struct role role = {.show = show_is_time(row->show) ? row->show : 0,
                        .format = row_format(row)};
    decoder->role_details[row->role] = role;
    /* Mostly the operation that prints it looks at it. */
    if (row->role == DGM_ROLE_MID && decoder->head_done && !walked)
        plan_emit_range(maker, PLAN_RANGE, &maker->roles[row->role], 1, UINT16_MAX);
}

/* What is checked and kept of a row of the block. */
static void prepare(struct plan_maker *maker, const struct dgm_row *row, size_t at)
{
    if (row->op == DGM_OP_BITS) {
        maker->bits.row = row;
        maker->bits.at = (uint16_t)at;
        maker->bits.block = maker->block;
        return;
    }
    if (row->op != DGM_OP_INT && row->op != DGM_OP_BIT && row->op != DGM_OP_DIGITS)
        return;
    struct plan_field field = plan_field_of(maker, row, at);
    if (row->source == DGM_SOURCE_CONST && row->op != DGM_OP_DIGITS)
        emit_check(maker, row, at);
    if (row->role != DGM_ROLE_NONE) {
        emit_role(maker, row, &field);
        return;
    }
    if (!plan_row_is_ready(maker, row))
        emit_ranges(maker, row, &field);
    if (row->slot != DGM_NONE)
        emit_keep(maker, row, &field);
}

void plan_open_block(struct plan_maker *maker, uint16_t row_index)
{
    size_t size, at = 0;
    uint16_t end = measure(maker, row_index, &size);
    plan_close_block(maker);
    maker->segment_end = end;
    if (size > 0 || maker->block == 0) {
        maker->block++;
        maker->block_op = plan_op_count(maker);
        maker->block_size = size;
        maker->is_short = size < PLAN_WORD;
        struct plan_op *op =
            plan_emit_alone(maker, maker->is_short ? PLAN_BLOCK_SHORT : PLAN_BLOCK);
        if (op != NULL) {
            op->first.room = PLAN_SLACK;
            op->second = (int64_t)size;
        }
    }
    maker->at = 0;
    for (uint16_t i = row_index; i < end; i++) {
        const struct dgm_row *row = &maker->decoder.rows[i];
        prepare(maker, row, at);
        at += plan_row_bytes(row);
    }
}

void plan_close_block(struct plan_maker *maker)
{
    maker->block_op = PLAN_NO_BLOCK;
    maker->segment_end = 0;
}
