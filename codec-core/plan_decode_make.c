/* SPDX-License-Identifier: MIT */
/*
 * Making the programs: each message's rows are walked once for each pass and shape, as
 * the decoder does, but with the text of the values left open.
 */
#include "plan_make.h"

#include <string.h>

/* What prints nothing at its place of a tag loop is walked in a pass that there is not.
 */
enum { NO_PASS = 255 };

static void print_row(struct plan_maker *maker, const struct dgm_row *row,
                      uint16_t *index)
{
    struct plan_ready ready;
    plan_begin_member(maker);
    if (!plan_row_is_ready(maker, row)) {
        /* A key that is longer than what fits is none. */
        plan_emit_once(maker, row);
        plan_put_key(maker, row);
        plan_emit_value(maker, row);
        plan_end_member(maker);
        return;
    }
    if (!plan_ready_rows(maker, row, &ready)) {
        maker->failed = true;
        return;
    }
    for (unsigned i = 0; i < ready.count; i++)
        plan_emit_once(maker, &row[i]);
    plan_emit_ready(maker, &ready);
    for (unsigned i = 1; i < ready.count; i++)
        maker->at += plan_row_bytes(&row[i]);
    *index = (uint16_t)(*index + ready.count - 1);
    plan_end_member(maker);
}

/* The decoder itself walks the row; whether it prints is its affair. */
static void walk_rows(struct plan_maker *maker, const struct dgm_row *row,
                      enum plan_code code)
{
    struct decoder *decoder = &maker->decoder;
    bool is_own = !maker->in_tags || decoder->tags.inside > 0;
    bool silent = maker->silent > 0 || (!is_own && (maker->collecting != DGM_NONE
                                                        ? !plan_is_at_level(maker, row)
                                                        : plan_is_collected(row)));
    plan_flush(maker);
    plan_close_block(maker);
    maker->walks = true;
    struct plan_op *op = plan_emit_alone(maker, code);
    bool first = decoder->first && !maker->unknown;
    if (op != NULL) {
        op->second = row - decoder->rows;
        op->digits = silent ? NO_PASS : decoder->pass;
        op->flags = maker->unknown ? PLAN_UNKNOWN : first ? PLAN_FIRST : 0;
    }
    bool prints = code == PLAN_ROWS || plan_is_at_level(maker, row);
    if (silent || !prints)
        return;
    maker->printed++;
    maker->unknown = maker->unknown || first;
}

static void walk_row(struct plan_maker *maker, const struct dgm_row *row)
{
    uint32_t number = plan_op_count(maker);
    walk_rows(maker, row, PLAN_ROW);
    if (row->role == DGM_ROLE_NONE)
        return;
    plan_give_role(maker, row);
    /* The text before it may have been an operation of its own. */
    struct plan_op *op = plan_op_at(maker, plan_op_count(maker) - 1);
    if (number < plan_op_count(maker) && op != NULL && maker->decoder.in_record)
        op->flags |= PLAN_IN_RECORD;
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

static void frame_row(struct plan_maker *maker, const struct dgm_row *row, uint16_t index)
{
    struct decoder *decoder = &maker->decoder;
    bool now = row->pass == decoder->pass;
    if (row->op == DGM_OP_GROUP) {
        plan_enter_group(maker, index);
    } else if (row->op == DGM_OP_BITS) {
        maker->bits.row = row;
        maker->bits.at = (uint16_t)maker->at;
    } else if (row->op == DGM_OP_SERVICE && now) {
        plan_open_service(maker, row);
    } else if (row->op == DGM_OP_SERVICE_END && now && decoder->service_open) {
        plan_close_service(maker);
    } else if (row->op == DGM_OP_OBJECT && now) {
        plan_open_object(maker, row);
    } else if (row->op == DGM_OP_OBJECT_END && now) {
        plan_close_object(maker);
    }
}

/* Rows are as the generator makes them: what prints does so in some pass, for only what
 * prints is checked, and in a tag loop is a member; what opens and closes services and
 * objects is always there. */
static bool is_usual(const struct plan_maker *maker, const struct dgm_row *row)
{
    bool frames = row->op == DGM_OP_SERVICE || row->op == DGM_OP_SERVICE_END ||
                  row->op == DGM_OP_OBJECT || row->op == DGM_OP_OBJECT_END;
    bool is_member = !maker->in_tags || maker->decoder.tags.inside > 0 ||
                     plan_member_of(row) != DGM_NONE;
    if (plan_row_prints(row) &&
        (row->pass == 0 || row->pass > maker->message->passes || !is_member))
        return false;
    /* Only its loop collects. */
    if ((row->flags & DGM_ROW_COLLECT) != 0 && !maker->in_tags)
        return false;
    return !frames || (!plan_is_optional(row) && maker->depth == 0);
}

static void fixed_row(struct plan_maker *maker, const struct dgm_row *row,
                      uint16_t *row_index)
{
    uint16_t last = *row_index;
    bool in_text =
        maker->depth > 0 && maker->levels[maker->depth - 1].nesting == PLAN_IN_TEXT;
    if (in_text)
        plan_print_part(maker, row);
    else if (row->role != DGM_ROLE_NONE)
        plan_give_role(maker, row);
    else if (plan_is_at_level(maker, row) && row->show != DGM_SHOW_NONE)
        print_row(maker, row, &last);
    *row_index = (uint16_t)(last + 1);
    maker->at += plan_row_bytes(row);
}

/* The row, which is there. */
static void take_row(struct plan_maker *maker, enum plan_class class, uint16_t *row_index)
{
    uint16_t index = *row_index;
    const struct dgm_row *row = &maker->decoder.rows[index];
    *row_index = (uint16_t)(index + 1);
    switch (class) {
    case PLAN_CLASS_FRAME:
        frame_row(maker, row, index);
        maker->at += plan_row_bytes(row);
        return;
    case PLAN_CLASS_FIXED:
        *row_index = index;
        fixed_row(maker, row, row_index);
        return;
    case PLAN_CLASS_LOOP:
        plan_enter_loop(maker, index);
        return;
    case PLAN_CLASS_TEXT:
        plan_enter_text(maker, index);
        return;
    case PLAN_CLASS_TAGS:
        plan_enter_tags(maker, index);
        return;
    case PLAN_CLASS_CHOOSE:
        plan_emit_choose(maker, index);
        return;
    case PLAN_CLASS_CASE:
        plan_enter_case(maker, index);
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

static void step(struct plan_maker *maker, uint16_t *row_index)
{
    uint16_t index = *row_index;
    const struct dgm_row *row = &maker->decoder.rows[index];
    const struct plan_level *top =
        maker->depth > 0 ? &maker->levels[maker->depth - 1] : NULL;
    bool entered = top != NULL && top->nesting == PLAN_IN_CONDITION && top->row == index;
    enum plan_class class = plan_class_of(maker, row);
    if (!is_usual(maker, row))
        maker->failed = true;
    if (class == PLAN_CLASS_ROWS) {
        walk_rows(maker, row, PLAN_ROWS);
        *row_index = (uint16_t)(index + 1 + dgm_row_span(row));
        return;
    }
    if (plan_is_optional(row) && !entered) {
        if (row->when != DGM_NONE && (row->flags & DGM_ROW_OPTIONAL))
            maker->failed = true;
        plan_enter_condition(maker, index);
        return;
    }
    if ((class == PLAN_CLASS_FRAME || class == PLAN_CLASS_FIXED) &&
        row->region == DGM_NONE && index >= maker->segment_end)
        plan_open_block(maker, index);
    take_row(maker, class, row_index);
}

static void walk_pass(struct plan_maker *maker)
{
    uint16_t index = 0, count = maker->message->row_count;
    maker->at = 0;
    maker->depth = 0;
    while (!maker->failed) {
        if (maker->depth > 0 && maker->levels[maker->depth - 1].end == index)
            plan_leave(maker, &index);
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
    maker->failed = maker->walks = maker->names = maker->unknown = false;
    maker->in_tags = false;
    maker->part = NULL;
    maker->collecting = DGM_NONE;
    maker->object_count = maker->silent = maker->printed = 0;
    maker->program_op = plan_op_count(maker);
    maker->block = 0;
    maker->depth = 0;
    plan_close_block(maker);
}

static bool takes_message(const struct dgm_message *message, enum dgm_shape shape)
{
    return message->kind != DGM_KIND_RAW && message->kind != DGM_KIND_REPLY &&
           (message->flags & DGM_MESSAGE_ENCODE_ONLY) == 0 && message->row_count > 0 &&
           message->passes < NO_PASS && envelope_has_kind(shape, message->kind);
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

/* The frame is read again, unless one block holds it all. */
static void begin_pass(struct plan_maker *maker, unsigned pass, unsigned first_pass)
{
    maker->decoder.pass = (uint8_t)pass;
    if (pass == first_pass || is_one_block(maker))
        return;
    plan_flush(maker);
    plan_close_block(maker);
    (void)plan_emit_alone(maker, PLAN_RESTART);
}

static void walk_message(struct plan_maker *maker, const struct dgm_message *message)
{
    unsigned first = (message->flags & DGM_MESSAGE_PREPASS) ? 0 : 1;
    for (unsigned pass = first; pass <= message->passes && !maker->failed; pass++) {
        begin_pass(maker, pass, first);
        walk_pass(maker);
    }
    if (!maker->failed)
        finish(maker);
    maker->failed = maker->failed || !fields_are_sound(maker);
}

/* How much of each area is used. */
struct mark {
    size_t used[PLAN_AREAS];
    unsigned memos;
};

static void put_mark(const struct plan_maker *maker, struct mark *ret)
{
    for (unsigned i = 0; i < PLAN_AREAS; i++)
        ret->used[i] = maker->areas[i].used;
    ret->memos = maker->memo_count;
}

/* Take back what was made since then. */
static void take_back(struct plan_maker *maker, const struct mark *mark)
{
    for (unsigned i = 0; i < PLAN_AREAS; i++)
        maker->areas[i].used = mark->used[i];
    maker->memo_count = mark->memos;
}

static bool is_counting(const struct plan_maker *maker)
{
    return maker->areas[PLAN_OPS].memory == NULL;
}

/* Something is larger than it was while counting, which no sound table leads to. */
static bool is_too_large(const struct plan_maker *maker)
{
    bool ret = false;
    for (unsigned i = 0; i < PLAN_AREAS; i++)
        ret = ret || maker->areas[i].used > maker->areas[i].size;
    return ret && !is_counting(maker);
}

/* Make the program of a message in a shape, if there is one: at first with an operation
 * for all that may have one; then with members of the envelope that the decoder walks,
 * and at last with tag loops that it walks. */
static void make_program(struct plan_maker *maker, const struct dgm_message *message,
                         enum dgm_shape shape, struct plan_program *ret)
{
    enum { TRIES = 3 };
    struct mark mark;
    if (!takes_message(message, shape))
        return;
    put_mark(maker, &mark);
    for (unsigned i = 0; i < TRIES; i++) {
        maker->walks_roles = i > 0;
        maker->walks_tags = i > 1;
        begin_program(maker, message, shape);
        walk_message(maker, message);
        if (!maker->failed && !is_too_large(maker))
            break;
        maker->failed = true;
        take_back(maker, &mark);
    }
    if (maker->failed || ret == NULL || is_counting(maker))
        return;
    ret->ops = plan_op_at(maker, maker->program_op);
    ret->walks = maker->walks;
    ret->named = maker->names ? (uint16_t)((maker->codec->members_max + 63) / 64) : 0;
    ret->is_plain = !maker->walks && !maker->names && message->slots == 0;
}

static void make_programs(struct plan_maker *maker, struct plan_candidate *messages)
{
    maker->memo_count = 0;
    for (unsigned i = 0; i < maker->codec->model->messages.count; i++) {
        struct plan_program *programs = messages != NULL ? messages[i].programs : NULL;
        for (unsigned shape = 0; shape < DGM_SHAPE_AUTO; shape++)
            make_program(maker, &maker->codec->messages[i], (enum dgm_shape)shape,
                         programs != NULL ? &programs[shape] : NULL);
        if (programs != NULL)
            programs[DGM_SHAPE_AUTO] = programs[DGM_SHAPE_PLAIN];
    }
}

static void reserve(struct plan_store *store, struct plan_area *area, size_t slack)
{
    area->size = area->used;
    area->used = 0;
    area->memory = plan_take_lines(store, area->size + slack);
}

void plan_decode_make(const struct dgm_codec *codec, struct plan_store *store,
                      struct dgm_plan *ret)
{
    struct plan_maker maker;
    size_t count = codec->model->messages.count;
    memset(&maker, 0, sizeof(maker));
    maker.codec = codec;
    make_programs(&maker, NULL);
    struct plan_candidate *candidates =
        plan_take_lines(store, count * sizeof(*candidates));
    for (unsigned i = 0; i < PLAN_AREAS; i++)
        reserve(store, &maker.areas[i],
                i == PLAN_TEXTS || i == PLAN_READIES ? PLAN_COPY : 0);
    for (unsigned i = 0; i < PLAN_DIRECTIONS; i++)
        plan_route_make(codec, store,
                        i == PLAN_UP ? DGM_DIRECTION_UP : DGM_DIRECTION_DOWN,
                        ret != NULL ? &ret->routes[i] : NULL);
    if (ret == NULL || candidates == NULL || store->full)
        return;
    make_programs(&maker, candidates);
    for (size_t i = 0; i < count; i++)
        plan_route_message(codec, &codec->messages[i], &candidates[i]);
    if (codec->framing == NULL)
        ret->messages = candidates;
    else
        ret->framed = candidates;
}
