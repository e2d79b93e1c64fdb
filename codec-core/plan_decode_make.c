/* SPDX-License-Identifier: MIT */
/*
 * Making the programs: each message's rows are walked once for each pass and shape, as
 * the decoder does, but with the text of the values left open.
 */
#include "plan_make.h"

#include <string.h>

static bool is_at_level(const struct plan_maker *maker, const struct dgm_row *row)
{
    const struct decoder *decoder = &maker->decoder;
    return row->pass == decoder->pass &&
           (row->flags & (DGM_ROW_NAMED | DGM_ROW_ELEMENT)) != 0;
}

/* A comma that is seen at run time; what follows is written as if it were first. */
static void begin_member(struct plan_maker *maker)
{
    if (!maker->unknown)
        return;
    plan_flush(maker);
    plan_need_room(maker, 1);
    (void)plan_emit_alone(maker, PLAN_COMMA);
    maker->decoder.first = true;
}

/* Something was printed for certain. */
static void end_member(struct plan_maker *maker)
{
    maker->decoder.first = false;
    bool in_condition = false;
    for (unsigned i = maker->depth; i-- > 0 && !in_condition;) {
        in_condition = maker->levels[i].is_if;
        if (!maker->levels[i].is_group)
            break;
    }
    /* In a part that may be absent, the run-time flag stays in use. */
    if (!in_condition)
        maker->unknown = false;
}

static struct plan_level *push(struct plan_maker *maker, uint16_t row, uint16_t end)
{
    if (maker->depth == DGM_MAX_DEPTH) {
        maker->failed = true;
        maker->depth--;
    }
    struct plan_level *level = &maker->levels[maker->depth++];
    memset(level, 0, sizeof(*level));
    level->row = row;
    level->end = end;
    level->was_unknown = maker->unknown;
    level->op = plan_op_count(maker);
    return level;
}

static uint16_t span_end(const struct plan_maker *maker, uint16_t row_index)
{
    return (uint16_t)(row_index + 1 + dgm_row_span(&maker->decoder.rows[row_index]));
}

static void enter_group(struct plan_maker *maker, uint16_t row_index)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index];
    struct plan_level *level = push(maker, row_index, span_end(maker, row_index));
    level->is_group = true;
    if (!(row->flags & DGM_ROW_OBJECT) || !is_at_level(maker, row))
        return;
    if (maker->unknown) {
        begin_member(maker);
        maker->unknown = false;
    }
    (void)decode_begin_value(&maker->decoder, row);
    json_put_char(&maker->decoder.out, '{');
    maker->decoder.first = true;
}

static void leave_group(struct plan_maker *maker, const struct plan_level *level)
{
    const struct dgm_row *row = &maker->decoder.rows[level->row];
    if (!(row->flags & DGM_ROW_OBJECT) || !is_at_level(maker, row))
        return;
    /* An object that may turn out empty would have to disappear. */
    if (maker->unknown || maker->decoder.first)
        maker->failed = true;
    json_put_char(&maker->decoder.out, '}');
    maker->unknown = level->was_unknown;
    end_member(maker);
}

/* What stands in it may be absent: whether the container has a member is seen later. */
static void enter_condition(struct plan_maker *maker, uint16_t row_index)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index];
    plan_flush(maker);
    plan_close_block(maker);
    push(maker, row_index, span_end(maker, row_index))->is_if = true;
    bool first = maker->decoder.first && !maker->unknown;
    struct plan_op *op =
        plan_emit_alone(maker, row->when != DGM_NONE ? PLAN_IF : PLAN_IF_LEFT);
    maker->walks = maker->walks || row->when != DGM_NONE;
    if (op != NULL) {
        op->second = row->when;
        op->flags = first ? PLAN_FIRST : 0;
    }
    maker->unknown = maker->unknown || first;
}

static void leave_condition(struct plan_maker *maker, const struct plan_level *level)
{
    plan_flush(maker);
    plan_close_block(maker);
    struct plan_op *op = plan_op_at(maker, level->op);
    if (op != NULL)
        op->first.target = plan_op_count(maker) - maker->program_op;
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
    begin_member(maker);
    maker->unknown = false;
    envelope_open_service(&maker->decoder, row->limit);
}

static void begin_round(struct plan_maker *maker, uint16_t row_index)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index];
    bool prints = row->pass == maker->decoder.pass;
    if (row->flags & DGM_ROW_RECORD) {
        open_record(maker, row_index);
    } else if (prints && (row->flags & DGM_ROW_OBJECT)) {
        begin_member(maker);
        maker->unknown = false;
        json_put_char(&maker->decoder.out, '{');
        maker->decoder.first = true;
    }
}

/* Do rows of its rounds keep something? */
static bool has_slots(const struct dgm_row *loop)
{
    for (unsigned i = 1; i <= loop->detail; i++)
        if (loop[i].slot != DGM_NONE)
            return true;
    return false;
}

static void enter_loop(struct plan_maker *maker, uint16_t row_index)
{
    struct decoder *decoder = &maker->decoder;
    const struct dgm_row *row = &decoder->rows[row_index];
    uint16_t slot;
    bool was_unknown = maker->unknown;
    bool array = (row->flags & DGM_ROW_ARRAY) != 0, prints = is_at_level(maker, row);
    bool records = (row->flags & DGM_ROW_RECORD) != 0;
    if ((records && decoder->shape == DGM_SHAPE_PLAIN) || (array && !prints))
        maker->failed = true;
    if (records && row->pass == decoder->pass)
        envelope_begin(decoder);
    if (array) {
        begin_member(maker);
        (void)decode_begin_value(decoder, row);
        json_put_char(&decoder->out, '[');
        decoder->first = true;
        maker->unknown = false;
    }
    plan_flush(maker);
    plan_close_block(maker);
    struct plan_level *level = push(maker, row_index, span_end(maker, row_index));
    level->was_unknown = was_unknown;
    level->was_first = decoder->first;
    bool simple =
        (row->flags & DGM_ROW_REST) || plan_is_slot(maker->codec, row->expr, &slot);
    maker->walks = maker->walks || !simple;
    struct plan_op *op = plan_emit_alone(maker, PLAN_LOOP);
    if (op != NULL) {
        op->second = row_index;
        op->flags = (uint8_t)((decoder->first && !maker->unknown ? PLAN_FIRST : 0) |
                              (has_slots(row) ? PLAN_FORGETS : 0));
    }
    /* From the second round on it is another member. */
    maker->unknown = maker->unknown || decoder->first;
    begin_round(maker, row_index);
}

/* The round's text is complete; where the next one begins is known. */
static void leave_loop(struct plan_maker *maker, const struct plan_level *level)
{
    struct decoder *decoder = &maker->decoder;
    const struct dgm_row *row = &decoder->rows[level->row];
    bool array = (row->flags & DGM_ROW_ARRAY) != 0, prints = row->pass == decoder->pass;
    if (row->flags & DGM_ROW_RECORD) {
        decoder->in_record = false;
        maker->failed = maker->failed || maker->unknown || decoder->first;
        if (prints)
            envelope_close_service(decoder, &decoder->record_time);
    } else if (prints && (row->flags & DGM_ROW_OBJECT)) {
        maker->failed = maker->failed || maker->unknown || decoder->first;
        json_put_char(&decoder->out, '}');
    }
    struct plan_op *loop = plan_op_at(maker, level->op);
    struct plan_op *op = plan_emit(maker, PLAN_NEXT, 0);
    plan_close_block(maker);
    if (op != NULL && loop != NULL) {
        op->first.target = level->op + 1 - maker->program_op;
        op->second = level->row;
        op->flags = (uint8_t)((array ? PLAN_FIRST : 0) | (loop->flags & PLAN_FORGETS));
        loop->first.target = plan_op_count(maker) - 1 - maker->program_op;
    }
    if (array) {
        json_put_char(&decoder->out, ']');
        maker->unknown = level->was_unknown;
        end_member(maker);
    } else {
        maker->unknown = level->was_unknown || level->was_first;
    }
}

static void print_row(struct plan_maker *maker, const struct dgm_row *row,
                      uint16_t *index)
{
    struct plan_field field;
    begin_member(maker);
    unsigned count =
        plan_row_is_ready(maker, row) ? plan_ready_rows(maker, row, &field) : 0;
    if (count > 0) {
        plan_emit_ready(maker, row, count, &field);
        for (unsigned i = 1; i < count; i++)
            maker->at += plan_row_bytes(&row[i]);
        *index = (uint16_t)(*index + count - 1);
    } else if (plan_row_is_ready(maker, row)) {
        maker->failed = true;
    } else {
        /* A key that is longer than what fits is none. */
        (void)decode_begin_value(&maker->decoder, row);
        plan_emit_value(maker, row);
    }
    end_member(maker);
}

/* The decoder itself walks the row; whether it prints is its affair. */
static void walk_row(struct plan_maker *maker, const struct dgm_row *row)
{
    struct decoder *decoder = &maker->decoder;
    uint16_t index = (uint16_t)(row - decoder->rows);
    plan_flush(maker);
    plan_close_block(maker);
    maker->walks = true;
    struct plan_op *op = plan_emit_alone(maker, PLAN_ROW);
    bool first = decoder->first && !maker->unknown;
    if (op != NULL) {
        op->second = index;
        op->digits = decoder->pass;
        op->flags = maker->unknown ? PLAN_UNKNOWN : first ? PLAN_FIRST : 0;
    }
    if (is_at_level(maker, row))
        maker->unknown = maker->unknown || first;
}

static void skip_row(struct plan_maker *maker, const struct dgm_row *row)
{
    plan_flush(maker);
    plan_close_block(maker);
    struct plan_op *op = plan_emit_alone(maker, PLAN_SKIP);
    uint16_t slot = DGM_NONE;
    (void)plan_is_slot(maker->codec, row->expr, &slot);
    if (op != NULL)
        op->second = slot;
}

static bool is_bare(const struct plan_maker *maker)
{
    return maker->decoder.shape == DGM_SHAPE_PLAIN &&
           (maker->codec->model->flags & DGM_MODEL_BARE) != 0;
}

/* Has the service that begins with the row a member in every frame? */
static bool has_sure_member(const struct plan_maker *maker, const struct dgm_row *service)
{
    const struct dgm_row *row = service + 1;
    const struct dgm_row *end = maker->decoder.rows + maker->message->row_count;
    while (row < end && row->op != DGM_OP_SERVICE_END) {
        bool optional = row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL) != 0;
        bool sure = plan_class_of(maker, row) == PLAN_CLASS_FIXED ||
                    (row->flags & (DGM_ROW_ARRAY | DGM_ROW_OBJECT)) != 0;
        if (!optional && sure && is_at_level(maker, row))
            return true;
        bool enters = row->op == DGM_OP_BITS || row->op == DGM_OP_GROUP;
        row += 1 + (optional || !enters ? dgm_row_span(row) : 0);
    }
    return false;
}

static void open_service(struct plan_maker *maker, const struct dgm_row *row)
{
    struct decoder *decoder = &maker->decoder;
    maker->marked = !is_bare(maker) && !has_sure_member(maker, row);
    if (maker->marked) {
        envelope_begin(decoder);
        plan_flush(maker);
        maker->outer_first = decoder->first && !maker->unknown;
        maker->outer_unknown = maker->unknown;
        struct plan_op *op = plan_emit_alone(maker, PLAN_MARK);
        if (op != NULL)
            op->flags = maker->outer_first ? PLAN_FIRST : 0;
    }
    begin_member(maker);
    maker->unknown = false;
    envelope_open_service(decoder, row->detail);
}

/* A service that turns out empty disappears; where there are no services, the end sees
 * to that. */
static void close_service(struct plan_maker *maker)
{
    struct decoder *decoder = &maker->decoder;
    if (maker->unknown ? !is_bare(maker) && !maker->marked : decoder->first) {
        maker->failed = true;
        return;
    }
    if (!maker->unknown || is_bare(maker)) {
        envelope_close_service(decoder, NULL);
        return;
    }
    plan_flush(maker);
    decoder->first = false;
    envelope_close_service(decoder, NULL);
    (void)plan_emit(maker, PLAN_CLOSE, 0);
    maker->unknown = maker->outer_unknown || maker->outer_first;
}

static void frame_row(struct plan_maker *maker, const struct dgm_row *row, uint16_t index)
{
    struct decoder *decoder = &maker->decoder;
    bool now = row->pass == decoder->pass;
    if (row->op == DGM_OP_GROUP) {
        enter_group(maker, index);
    } else if (row->op == DGM_OP_BITS) {
        maker->bits.row = row;
        maker->bits.at = (uint16_t)maker->at;
    } else if (row->op == DGM_OP_SERVICE && now) {
        open_service(maker, row);
    } else if (row->op == DGM_OP_SERVICE_END && now && decoder->service_open) {
        close_service(maker);
    }
}

static bool is_in_loop(const struct plan_maker *maker)
{
    for (unsigned i = 0; i < maker->depth; i++)
        if (!maker->levels[i].is_group && !maker->levels[i].is_if)
            return true;
    return false;
}

/* Rows are as the generator makes them: what prints does so in some pass, for only what
 * prints is checked, and what opens and closes services is always there. */
static bool is_usual(const struct plan_maker *maker, const struct dgm_row *row)
{
    bool prints = (row->flags & (DGM_ROW_NAMED | DGM_ROW_ELEMENT)) != 0;
    bool frames = row->op == DGM_OP_SERVICE || row->op == DGM_OP_SERVICE_END;
    bool optional = row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL) != 0;
    return !(prints && (row->pass == 0 || row->pass > maker->message->passes)) &&
           !(frames && (optional || maker->depth > 0));
}

static void step(struct plan_maker *maker, uint16_t *row_index)
{
    uint16_t index = *row_index;
    const struct dgm_row *row = &maker->decoder.rows[index];
    const struct plan_level *top =
        maker->depth > 0 ? &maker->levels[maker->depth - 1] : NULL;
    bool entered = top != NULL && top->is_if && top->row == index;
    bool optional = row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL) != 0;
    if (optional && !entered) {
        if (row->when != DGM_NONE && (row->flags & DGM_ROW_OPTIONAL))
            maker->failed = true;
        enter_condition(maker, index);
        return;
    }
    enum plan_class class = plan_class_of(maker, row);
    if (!is_usual(maker, row))
        maker->failed = true;
    /* What other rows print as well is counted anew in each round. */
    if ((row->flags & DGM_ROW_SHARED) && is_in_loop(maker))
        maker->failed = true;
    if ((class == PLAN_CLASS_FRAME || class == PLAN_CLASS_FIXED) &&
        index >= maker->segment_end)
        plan_open_block(maker, index);
    *row_index = (uint16_t)(index + 1);
    switch (class) {
    case PLAN_CLASS_FRAME:
        frame_row(maker, row, index);
        maker->at += plan_row_bytes(row);
        return;
    case PLAN_CLASS_FIXED:
        if (row->role != DGM_ROLE_NONE)
            plan_give_role(maker, row);
        if (is_at_level(maker, row) && row->role == DGM_ROLE_NONE &&
            row->show != DGM_SHOW_NONE) {
            uint16_t last = index;
            print_row(maker, row, &last);
            *row_index = (uint16_t)(last + 1);
        }
        maker->at += plan_row_bytes(row);
        return;
    case PLAN_CLASS_LOOP:
        enter_loop(maker, index);
        return;
    case PLAN_CLASS_WALK:
        walk_row(maker, row);
        return;
    case PLAN_CLASS_SKIP:
        skip_row(maker, row);
        return;
    default:
        maker->failed = true;
        return;
    }
}

static void leave(struct plan_maker *maker)
{
    const struct plan_level level = maker->levels[--maker->depth];
    if (level.is_group)
        leave_group(maker, &level);
    else if (level.is_if)
        leave_condition(maker, &level);
    else
        leave_loop(maker, &level);
}

static void walk_pass(struct plan_maker *maker)
{
    uint16_t index = 0, count = maker->message->row_count;
    maker->at = 0;
    maker->depth = 0;
    while (!maker->failed) {
        if (maker->depth > 0 && maker->levels[maker->depth - 1].end == index)
            leave(maker);
        else if (index == count)
            return;
        else
            step(maker, &index);
    }
}

/* Does one block hold the whole frame? Only then are rows looked at in any order. */
static bool is_one_block(const struct plan_maker *maker)
{
    return maker->block == 1 && maker->segment_end == maker->message->row_count &&
           maker->block_op != PLAN_NO_BLOCK;
}

static void finish(struct plan_maker *maker)
{
    struct decoder *decoder = &maker->decoder;
    bool report = maker->message->kind == DGM_KIND_REPORT;
    bool open = maker->unknown;
    decoder->has_entry = decoder->has_entry || open;
    /* What is not closed prints no end. */
    if (decoder->service_open)
        maker->failed = true;
    /* A report that is empty after all is nothing, and left to the rows. */
    if (open)
        decoder->first = false;
    if (envelope_finish(decoder) != DGM_OK || (open && !report))
        maker->failed = true;
    uint8_t flags =
        (uint8_t)(((maker->message->flags & DGM_MESSAGE_IGNORE_TRAILING) ? PLAN_OPEN
                                                                         : 0) |
                  (open ? PLAN_UNKNOWN : 0));
    struct plan_op *op = plan_emit(maker, flags == 0 ? PLAN_END : PLAN_END_OPEN, 0);
    if (op != NULL)
        op->flags = flags;
}

static void begin_program(struct plan_maker *maker, const struct dgm_message *message,
                          enum dgm_shape shape)
{
    static const struct dgm_call defaults = DGM_CALL_INIT;
    maker->message = message;
    maker->call = defaults;
    maker->call.shape = shape;
    decoder_init(&maker->decoder, maker->codec, &maker->call, NULL, 0);
    maker->decoder.message = message;
    maker->decoder.rows = maker->codec->rows + message->first_row;
    maker->decoder.maker = maker;
    maker->decoder.tags.loop = NULL;
    maker->decoder.tags.inside = maker->decoder.tags.muted = 0;
    json_writer_init(&maker->decoder.out, maker->literal, sizeof(maker->literal));
    memset(maker->roles, 0, sizeof(maker->roles));
    maker->failed = maker->walks = maker->unknown = false;
    maker->program_op = plan_op_count(maker);
    maker->block = 0;
    maker->depth = 0;
    plan_close_block(maker);
}

static bool takes_message(const struct dgm_message *message, enum dgm_shape shape)
{
    return message->kind != DGM_KIND_RAW && message->kind != DGM_KIND_REPLY &&
           (message->flags & (DGM_MESSAGE_ENCODE_ONLY | DGM_MESSAGE_ZERO_FILL)) == 0 &&
           message->row_count > 0 && envelope_has_kind(shape, message->kind);
}

/* Does each field lie in its word? No table that makes sense has others. */
static bool fields_are_sound(struct plan_maker *maker)
{
    for (uint32_t i = maker->program_op; i < plan_op_count(maker); i++) {
        const struct plan_op *op = plan_op_at(maker, i);
        if (op != NULL && (op->left > 63 || op->right > 63))
            return false;
    }
    return true;
}

/* Make the program of a message in a shape, or take back what was made of it. */
static void make_program(struct plan_maker *maker, const struct dgm_message *message,
                         enum dgm_shape shape, struct plan_program *ret)
{
    size_t ops = maker->ops.used, text = maker->text.used, tables = maker->tables.used,
           scales = maker->scales.used;
    unsigned memos = maker->memo_count;
    if (!takes_message(message, shape))
        return;
    begin_program(maker, message, shape);
    bool many = message->passes > 1 || (message->flags & DGM_MESSAGE_PREPASS) != 0;
    unsigned pass = (message->flags & DGM_MESSAGE_PREPASS) ? 0 : 1;
    for (; pass <= message->passes && !maker->failed; pass++) {
        maker->decoder.pass = (uint8_t)pass;
        walk_pass(maker);
        if (many && !is_one_block(maker))
            maker->failed = true;
    }
    if (!maker->failed)
        finish(maker);
    maker->failed = maker->failed || !fields_are_sound(maker);
    if (maker->failed) {
        maker->ops.used = ops;
        maker->text.used = text;
        maker->tables.used = tables;
        maker->scales.used = scales;
        maker->memo_count = memos;
    } else if (ret != NULL && maker->ops.memory != NULL) {
        ret->ops = plan_op_at(maker, (uint32_t)(ops / sizeof(struct plan_op)));
        ret->pool = (const char *)maker->text.memory;
        ret->walks = maker->walks;
    }
}

static void make_programs(struct plan_maker *maker, struct plan_candidate *messages)
{
    maker->memo_count = 0;
    for (unsigned i = 0; i < maker->codec->model->messages.count; i++)
        for (unsigned shape = 0; shape < 3; shape++)
            make_program(maker, &maker->codec->messages[i], (enum dgm_shape)shape,
                         messages != NULL ? &messages[i].programs[shape] : NULL);
}

static void reserve(struct plan_store *store, struct plan_area *area, size_t slack)
{
    area->size = area->used;
    area->used = 0;
    area->memory = plan_take(store, area->size + slack);
}

const struct plan_decode *plan_decode_make(const struct dgm_codec *codec,
                                           struct plan_store *store)
{
    struct plan_maker maker;
    size_t count = codec->model->messages.count;
    memset(&maker, 0, sizeof(maker));
    maker.codec = codec;
    if (codec->framing != NULL)
        return NULL;
    make_programs(&maker, NULL);
    struct plan_decode *plan = plan_take(store, sizeof(*plan));
    struct plan_candidate *messages = plan_take(store, count * sizeof(*messages));
    reserve(store, &maker.ops, 0);
    reserve(store, &maker.text, PLAN_READY_MAX + PLAN_COPY);
    reserve(store, &maker.tables, 0);
    reserve(store, &maker.scales, 0);
    if (plan == NULL || messages == NULL || store->full)
        return NULL;
    make_programs(&maker, messages);
    plan->messages = messages;
    for (size_t i = 0; i < count; i++)
        plan_route_message(codec, &codec->messages[i], &messages[i]);
    plan_route_make(codec, DGM_DIRECTION_UP, &plan->routes[PLAN_UP]);
    plan_route_make(codec, DGM_DIRECTION_DOWN, &plan->routes[PLAN_DOWN]);
    return plan;
}
