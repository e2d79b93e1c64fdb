/* SPDX-License-Identifier: MIT */
/* Putting operations and what they refer to where they belong. */
#include "plan_make.h"

#include <string.h>

void *plan_area_take(struct plan_area *area, size_t size)
{
    size_t at = area->used;
    area->used += size;
    if (area->memory == NULL || area->used > area->size)
        return NULL;
    return area->memory + at;
}

uint32_t plan_op_count(const struct plan_maker *maker)
{
    return (uint32_t)(maker->areas[PLAN_OPS].used / sizeof(struct plan_op));
}

struct plan_op *plan_op_at(struct plan_maker *maker, uint32_t index)
{
    size_t at = (size_t)index * sizeof(struct plan_op);
    if (maker->areas[PLAN_OPS].memory == NULL ||
        at + sizeof(struct plan_op) > maker->areas[PLAN_OPS].size)
        return NULL;
    return (struct plan_op *)(void *)(maker->areas[PLAN_OPS].memory + at);
}

struct plan_op *plan_emit_alone(struct plan_maker *maker, enum plan_code code)
{
    struct plan_op *op = plan_area_take(&maker->areas[PLAN_OPS], sizeof(*op));
    if (op == NULL)
        return NULL;
    memset(op, 0, sizeof(*op));
    op->code = (uint8_t)code;
    return op;
}

void plan_need_room(struct plan_maker *maker, size_t room)
{
    if (maker->block_op == PLAN_NO_BLOCK) {
        maker->block_op = plan_op_count(maker);
        maker->block++;
        maker->block_size = 0;
        maker->is_short = false;
        (void)plan_emit_alone(maker, PLAN_BLOCK);
        room += PLAN_SLACK;
    }
    struct plan_op *block = plan_op_at(maker, maker->block_op);
    if (block != NULL)
        block->first.room += room;
}

void plan_emit_room(struct plan_maker *maker)
{
    if (maker->block_op == PLAN_NO_BLOCK)
        return;
    maker->block_op = plan_op_count(maker);
    struct plan_op *op = plan_emit_alone(maker, PLAN_ROOM);
    if (op != NULL)
        op->first.room = PLAN_SLACK;
}

/* Text whose copy may be read a little beyond its end. */
static const char *put_text(struct plan_maker *maker, const char *text, size_t length)
{
    char *copy = plan_area_take(&maker->areas[PLAN_TEXTS], length);
    if (copy != NULL && length > 0)
        memcpy(copy, text, length);
    return copy;
}

/* Of a text behind a comma the comma takes the first piece. Its length; 0: it was none.
 * While counting there is none. */
static size_t add_to_comma(struct plan_maker *maker, const char *text, size_t length)
{
    uint32_t count = plan_op_count(maker);
    struct plan_op *op = count > maker->program_op ? plan_op_at(maker, count - 1) : NULL;
    if (op == NULL || op->code != PLAN_COMMA)
        return 0;
    size_t piece = length < PLAN_COPY ? length : PLAN_COPY;
    op->code = PLAN_COMMA_TEXT;
    op->text = put_text(maker, text, piece);
    op->length = (uint8_t)piece;
    return piece;
}

/* Text alone, of any length. */
static void emit_text(struct plan_maker *maker, const char *text, size_t length)
{
    plan_need_room(maker, length);
    size_t piece = add_to_comma(maker, text, length);
    if (piece == length)
        return;
    length -= piece;
    struct plan_op *op =
        plan_emit_alone(maker, length == PLAN_COPY ? PLAN_PIECE : PLAN_TEXT);
    const char *copy = put_text(maker, text + piece, length);
    if (op == NULL)
        return;
    op->text = copy;
    op->second = (int64_t)length;
}

/* The text since the last operation. */
static size_t take_literal(struct plan_maker *maker)
{
    size_t length = maker->decoder.out.length;
    if (!json_writer_fits(&maker->decoder.out)) {
        maker->failed = true;
        length = 0;
    }
    maker->decoder.out.length = 0;
    return length;
}

void plan_flush(struct plan_maker *maker)
{
    size_t length = take_literal(maker);
    if (length > 0)
        emit_text(maker, maker->literal, length);
}

struct plan_op *plan_emit(struct plan_maker *maker, enum plan_code code, size_t room)
{
    size_t length = take_literal(maker), alone = 0;
    if (length > PLAN_COPY) {
        alone = (length - 1) / PLAN_COPY * PLAN_COPY;
        emit_text(maker, maker->literal, alone);
    }
    plan_need_room(maker, length - alone + room);
    struct plan_op *op = plan_emit_alone(maker, code);
    const char *copy = put_text(maker, maker->literal + alone, length - alone);
    if (op == NULL)
        return NULL;
    op->text = copy;
    op->length = (uint8_t)(length - alone);
    return op;
}

void plan_set_field(struct plan_op *op, const struct plan_field *field)
{
    if (op == NULL)
        return;
    op->flags |= field->flags;
    op->left = field->left;
    op->right = field->right;
    op->at = field->at;
}

const struct plan_scale *plan_emit_scale(struct plan_maker *maker, int64_t mul,
                                         int64_t add)
{
    struct plan_scale *scale = plan_area_take(&maker->areas[PLAN_SCALES], sizeof(*scale));
    if (scale == NULL)
        return NULL;
    scale->mul = mul;
    scale->add = add;
    return scale;
}

struct plan_choice *plan_emit_choice(struct plan_maker *maker, size_t count,
                                     uint16_t **ret_targets)
{
    const size_t unit = sizeof(uint64_t);
    size_t size = (count * sizeof(uint16_t) + unit - 1) / unit * unit;
    struct plan_choice *choice =
        plan_area_take(&maker->areas[PLAN_CHOICES], sizeof(*choice));
    *ret_targets = plan_area_take(&maker->areas[PLAN_CHOICES], size);
    if (*ret_targets == NULL)
        return NULL;
    memset(choice, 0, sizeof(*choice));
    memset(*ret_targets, 0, size);
    return choice;
}

void plan_emit_range(struct plan_maker *maker, enum plan_code code,
                     const struct plan_field *field, int64_t low, int64_t high)
{
    struct plan_op *op = plan_emit_alone(maker, code);
    plan_set_field(op, field);
    if (op == NULL)
        return;
    op->first.low = low;
    op->second = high;
}
