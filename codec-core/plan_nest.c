/* SPDX-License-Identifier: MIT */
/* Making programs for decoding: groups, parts that may be absent, and repetitions. */
#include "plan_make.h"

#include <string.h>

struct plan_level *plan_push(struct plan_maker *maker, uint16_t row, enum plan_nesting in)
{
    if (maker->depth == DGM_MAX_DEPTH) {
        maker->failed = true;
        maker->depth--;
    }
    struct plan_level *level = &maker->levels[maker->depth++];
    memset(level, 0, sizeof(*level));
    level->row = row;
    level->end = (uint16_t)(row + 1 + dgm_row_span(&maker->decoder.rows[row]));
    level->nesting = in;
    level->was_unknown = maker->unknown;
    level->was_first = maker->decoder.first;
    level->printed = maker->printed;
    level->op = plan_op_count(maker);
    return level;
}

/* Nothing printed since the level began: what was known of the container still is. */
static bool is_unchanged(const struct plan_maker *maker, const struct plan_level *level)
{
    return maker->printed == level->printed;
}

static void restore(struct plan_maker *maker, const struct plan_level *level)
{
    maker->unknown = level->was_unknown;
    maker->decoder.first = level->was_first;
}

void plan_emit_enter(struct plan_maker *maker, const struct dgm_row *row)
{
    if (row->region == DGM_NONE)
        return;
    plan_flush(maker);
    plan_close_block(maker);
    maker->walks = maker->walks || !machine_is_quick(maker->codec, row->region);
    struct plan_op *op = plan_emit_alone(maker, PLAN_ENTER);
    if (op != NULL)
        op->second = row->region;
}

static void emit_leave(struct plan_maker *maker, const struct dgm_row *row)
{
    if (row->region == DGM_NONE)
        return;
    plan_flush(maker);
    plan_close_block(maker);
    struct plan_op *op = plan_emit_alone(maker, PLAN_LEAVE);
    if (op != NULL && (maker->message->flags & DGM_MESSAGE_IGNORE_TRAILING))
        op->flags = PLAN_OPEN;
}

/* What opens in a tag loop is a member as a whole, or nothing of it prints. */
static void enter_container(struct plan_maker *maker, struct plan_level *level,
                            bool prints)
{
    level->prints = prints;
    if (!maker->in_tags)
        return;
    if (prints) {
        plan_emit_forget(maker, level->row);
        maker->decoder.tags.inside++;
    } else {
        level->is_silent = true;
        maker->silent++;
    }
}

static void leave_container(struct plan_maker *maker, const struct plan_level *level)
{
    if (level->prints && maker->in_tags)
        maker->decoder.tags.inside--;
    if (level->is_silent)
        maker->silent--;
}

static void open_object(struct plan_maker *maker, struct plan_level *level)
{
    const struct dgm_row *row = &maker->decoder.rows[level->row];
    /* An element keeps its place. */
    if (!row_is_element(row) &&
        !plan_has_sure_member(maker, row + 1, row + 1 + row->detail))
        level->container = plan_push_container(maker);
    plan_begin_value(maker, row);
    maker->unknown = false;
    json_put_char(&maker->decoder.out, '{');
    maker->decoder.first = true;
}

void plan_enter_group(struct plan_maker *maker, uint16_t row_index)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index];
    bool prints = (row->flags & DGM_ROW_OBJECT) != 0 && plan_is_at_level(maker, row);
    plan_emit_enter(maker, row);
    struct plan_level *level = plan_push(maker, row_index, PLAN_IN_GROUP);
    if (prints)
        open_object(maker, level);
    if (row->flags & DGM_ROW_OBJECT)
        enter_container(maker, level, prints);
}

/* The brace of an element, which is one also if it is empty. */
static void close_element(struct plan_maker *maker)
{
    json_put_char(&maker->decoder.out, '}');
    if (!maker->unknown)
        return;
    plan_flush(maker);
    (void)plan_emit_alone(maker, PLAN_FULL);
}

static void leave_group(struct plan_maker *maker, const struct plan_level *level)
{
    const struct dgm_row *row = &maker->decoder.rows[level->row];
    leave_container(maker, level);
    emit_leave(maker, row);
    if (!level->prints)
        return;
    if (level->container > 0)
        maker->object_count--;
    if (level->container > 0 && maker->unknown) {
        plan_flush(maker);
        json_put_char(&maker->decoder.out, '}');
        plan_close_container(maker, level->container);
        return;
    }
    if (!row_is_element(row) && (maker->unknown || maker->decoder.first))
        maker->failed = true;
    close_element(maker);
    maker->unknown = level->was_unknown;
    plan_end_member(maker);
}

/* What stands in it may be absent: whether the container has a member is seen later. */
void plan_enter_condition(struct plan_maker *maker, uint16_t row_index)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index];
    plan_flush(maker);
    plan_close_block(maker);
    (void)plan_push(maker, row_index, PLAN_IN_CONDITION);
    bool first = maker->decoder.first && !maker->unknown;
    struct plan_op *op =
        plan_emit_alone(maker, row->when != DGM_NONE ? PLAN_IF : PLAN_IF_LEFT);
    maker->walks = maker->walks ||
                   (row->when != DGM_NONE && !machine_is_quick(maker->codec, row->when));
    if (op != NULL) {
        op->second = row->when;
        op->flags = first ? PLAN_FIRST : 0;
    }
    maker->unknown = maker->unknown || first;
    plan_emit_new(maker, row_index, (uint16_t)(row_index + 1 + dgm_row_span(row)));
}

static void leave_condition(struct plan_maker *maker, const struct plan_level *level)
{
    plan_flush(maker);
    plan_close_block(maker);
    struct plan_op *op = plan_op_at(maker, level->op);
    if (op != NULL)
        op->first.target = plan_op_count(maker) - maker->program_op;
    if (is_unchanged(maker, level))
        restore(maker, level);
}

static void open_record(struct plan_maker *maker, uint16_t row_index)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index];
    maker->decoder.in_record = true;
    maker->decoder.record_time = value_missing();
    /* Its time is read before its members print. */
    plan_open_block(maker, (uint16_t)(row_index + 1));
    if (row->pass != maker->decoder.pass)
        return;
    plan_begin_member(maker);
    maker->unknown = false;
    envelope_open_service(&maker->decoder, row->limit);
}

static void begin_round(struct plan_maker *maker, uint16_t row_index, bool prints)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index];
    plan_emit_enter(maker, row);
    if (row->flags & (DGM_ROW_RECORD | DGM_ROW_OBJECT))
        plan_emit_forget(maker, row_index);
    if (row->flags & DGM_ROW_RECORD) {
        open_record(maker, row_index);
    } else if (prints && (row->flags & DGM_ROW_OBJECT)) {
        plan_begin_member(maker);
        maker->unknown = false;
        json_put_char(&maker->decoder.out, '{');
        maker->decoder.first = true;
    }
}

/* Is it as the generator makes it? Records are services, and no part of others. */
static bool is_usual_loop(const struct plan_maker *maker, const struct dgm_row *row)
{
    const struct decoder *decoder = &maker->decoder;
    bool array = (row->flags & DGM_ROW_ARRAY) != 0;
    if (row->flags & DGM_ROW_RECORD)
        return decoder->shape != DGM_SHAPE_PLAIN && !array && maker->depth == 0 &&
               !decoder->service_open;
    /* Objects that are no elements have nothing around them. */
    return array || (!(row->flags & DGM_ROW_OBJECT) && !maker->in_tags);
}

void plan_enter_loop(struct plan_maker *maker, uint16_t row_index)
{
    struct decoder *decoder = &maker->decoder;
    const struct dgm_row *row = &decoder->rows[row_index];
    bool was_unknown = maker->unknown, array = (row->flags & DGM_ROW_ARRAY) != 0;
    bool prints = array && plan_is_at_level(maker, row);
    if (!is_usual_loop(maker, row))
        maker->failed = true;
    if ((row->flags & DGM_ROW_RECORD) && row->pass == decoder->pass)
        envelope_begin(decoder);
    if (prints) {
        plan_begin_value(maker, row);
        json_put_char(&decoder->out, '[');
        decoder->first = true;
        maker->unknown = false;
    }
    plan_flush(maker);
    plan_close_block(maker);
    struct plan_level *level = plan_push(maker, row_index, PLAN_IN_ROUNDS);
    level->was_unknown = was_unknown;
    if (array)
        enter_container(maker, level, prints);
    level->op = plan_op_count(maker);
    maker->walks = maker->walks || ((row->flags & DGM_ROW_REST) == 0 &&
                                    !machine_is_quick(maker->codec, row->expr));
    struct plan_op *op = plan_emit_alone(maker, PLAN_LOOP);
    if (op != NULL) {
        op->second = row_index;
        op->flags = (uint8_t)((decoder->first && !maker->unknown ? PLAN_FIRST : 0) |
                              (plan_has_slots(row) ? PLAN_FORGETS : 0));
    }
    /* From the second round on it is another member. */
    maker->unknown = maker->unknown || decoder->first;
    begin_round(maker, row_index, prints);
}

/* The round's text ends. */
static void end_round(struct plan_maker *maker, const struct plan_level *level)
{
    struct decoder *decoder = &maker->decoder;
    const struct dgm_row *row = &decoder->rows[level->row];
    if (row->flags & DGM_ROW_RECORD) {
        bool prints = row->pass == decoder->pass;
        decoder->in_record = false;
        maker->failed = maker->failed || (prints && (maker->unknown || decoder->first));
        if (prints)
            envelope_close_service(decoder, &decoder->record_time);
        decoder->record_time = value_missing();
        maker->printed += prints;
    } else if (level->prints && (row->flags & DGM_ROW_OBJECT)) {
        close_element(maker);
    }
    emit_leave(maker, row);
}

static void leave_loop(struct plan_maker *maker, const struct plan_level *level)
{
    end_round(maker, level);
    struct plan_op *loop = plan_op_at(maker, level->op);
    bool has_rest = (maker->decoder.rows[level->row].flags & DGM_ROW_REST) != 0;
    struct plan_op *op = plan_emit(maker, has_rest ? PLAN_NEXT_REST : PLAN_NEXT, 0);
    plan_close_block(maker);
    leave_container(maker, level);
    if (op != NULL && loop != NULL) {
        op->first.target = plan_op_count(maker) - 1 - (level->op + 1);
        op->second = level->row;
        op->flags =
            (uint8_t)((level->prints ? PLAN_FIRST : 0) | (loop->flags & PLAN_FORGETS));
        loop->first.target = plan_op_count(maker) - 1 - maker->program_op;
    }
    if (level->prints) {
        json_put_char(&maker->decoder.out, ']');
        maker->unknown = level->was_unknown;
        plan_end_member(maker);
    } else if (is_unchanged(maker, level)) {
        restore(maker, level);
    } else {
        maker->unknown = level->was_unknown || level->was_first;
    }
}

void plan_leave(struct plan_maker *maker, uint16_t *index)
{
    const struct plan_level level = maker->levels[--maker->depth];
    switch (level.nesting) {
    case PLAN_IN_GROUP:
        leave_group(maker, &level);
        return;
    case PLAN_IN_CONDITION:
        leave_condition(maker, &level);
        return;
    case PLAN_IN_ROUNDS:
        leave_loop(maker, &level);
        return;
    case PLAN_IN_TEXT:
        plan_leave_text(maker, &level);
        return;
    case PLAN_IN_CASE:
        emit_leave(maker, &maker->decoder.rows[level.row]);
        plan_leave_case(maker, &maker->levels[maker->depth - 1]);
        return;
    default:
        plan_leave_tags(maker, &level, index);
        return;
    }
}
