/* SPDX-License-Identifier: MIT */
/*
 * Making programs for decoding: services, objects whose members stand apart, and what
 * stands around each member. Whether a container has a member yet is known here, or seen
 * when a frame is decoded.
 */
#include "plan_make.h"

#include <string.h>
#include "text.h"

void plan_begin_member(struct plan_maker *maker)
{
    if (!maker->unknown)
        return;
    plan_flush(maker);
    plan_need_room(maker, 1);
    (void)plan_emit_alone(maker, PLAN_COMMA);
    maker->decoder.first = true;
}

size_t plan_longest_name(const struct plan_maker *maker, uint16_t member)
{
    const struct dgm_member *members =
        &maker->codec->members[maker->message->first_member];
    unsigned end = member + plan_family_of(maker, member);
    size_t longest = 0;
    for (unsigned i = member; i < end; i++) {
        size_t length = members[i].name_length;
        const char *name = maker->codec->pool + members[i].name;
        if (length == 0 || text_plain_prefix(name, length) != length)
            return 0;
        longest = length > longest ? length : longest;
    }
    return longest;
}

/* The name is one of a family, and comes once. */
static void emit_name(struct plan_maker *maker, const struct dgm_row *row)
{
    enum { QUOTES_AND_MORE = 4 };
    plan_flush(maker);
    plan_need_room(maker, plan_longest_name(maker, row->member) + QUOTES_AND_MORE);
    struct plan_op *op = plan_emit_alone(maker, PLAN_NAME);
    maker->names = true;
    if (op != NULL) {
        op->second = row->naming;
        op->at = row->member;
        op->flags = maker->decoder.first ? PLAN_FIRST : 0;
    }
    maker->decoder.first = false;
}

void plan_put_key(struct plan_maker *maker, const struct dgm_row *row)
{
    struct dgm_row alone = *row;
    if (plan_has_computed_name(row)) {
        emit_name(maker, row);
        return;
    }
    /* An operation of its own remembers it. */
    alone.flags &= ~(uint32_t)DGM_ROW_SHARED;
    (void)decode_begin_value(&maker->decoder, &alone);
}

void plan_begin_value(struct plan_maker *maker, const struct dgm_row *row)
{
    plan_begin_member(maker);
    plan_emit_once(maker, row);
    plan_put_key(maker, row);
}

void plan_end_member(struct plan_maker *maker)
{
    maker->decoder.first = false;
    maker->printed++;
    bool may_be_absent = false;
    for (unsigned i = maker->depth; i-- > 0 && !may_be_absent;) {
        enum plan_nesting nesting = maker->levels[i].nesting;
        may_be_absent = nesting == PLAN_IN_CONDITION || nesting == PLAN_IN_CASE;
        /* An object is a container of its own. */
        if (nesting != PLAN_IN_GROUP || maker->levels[i].prints)
            break;
    }
    /* In a part that may be absent, the run-time flag stays in use. */
    if (!may_be_absent)
        maker->unknown = false;
}

void plan_emit_once(struct plan_maker *maker, const struct dgm_row *row)
{
    bool is_element = maker->decoder.tags.inside == 0 && plan_is_collected(row);
    if (!(row->flags & DGM_ROW_SHARED) || is_element)
        return;
    struct plan_op *op = plan_emit_alone(maker, PLAN_ONCE);
    maker->names = true;
    if (op == NULL)
        return;
    op->at = row->member / 64;
    op->first.bits = (uint64_t)1 << row->member % 64;
}

/* The members of a row, word by word. */
static void forget_family(struct plan_maker *maker, const struct dgm_row *row)
{
    unsigned end = row->member + plan_family_of(maker, row->member);
    for (unsigned member = row->member; member < end; member = (member / 64 + 1) * 64) {
        unsigned count =
            end - member < 64 - member % 64 ? end - member : 64 - member % 64;
        struct plan_op *op = plan_emit_alone(maker, PLAN_FORGET);
        if (op == NULL)
            continue;
        op->at = (uint16_t)(member / 64);
        op->first.bits = (UINT64_MAX >> (64 - count)) << member % 64;
    }
}

void plan_emit_forget(struct plan_maker *maker, uint16_t row_index)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index];
    for (unsigned i = 1; i <= dgm_row_span(row); i++) {
        if (!row_is_noted(&row[i]) || row[i].member == DGM_NONE)
            continue;
        maker->names = true;
        forget_family(maker, &row[i]);
    }
}

void plan_mark_container(struct plan_maker *maker, unsigned number)
{
    struct plan_container *container = &maker->containers[number];
    bool first = maker->decoder.first && !maker->unknown;
    plan_flush(maker);
    struct plan_op *op = plan_emit_alone(maker, PLAN_MARK);
    container->was_first = first;
    container->was_unknown = maker->unknown;
    if (op == NULL)
        return;
    op->at = (uint16_t)number;
    op->flags = maker->unknown ? PLAN_UNKNOWN : first ? PLAN_FIRST : 0;
}

void plan_close_container(struct plan_maker *maker, unsigned number)
{
    const struct plan_container *container = &maker->containers[number];
    struct plan_op *op = plan_emit(maker, PLAN_CLOSE, 0);
    if (op != NULL)
        op->at = (uint16_t)number;
    maker->unknown = container->was_unknown || container->was_first;
    maker->decoder.first = container->was_first;
    maker->printed++;
}

static bool is_bare(const struct plan_maker *maker)
{
    return maker->decoder.shape == DGM_SHAPE_PLAIN &&
           (maker->codec->model->flags & DGM_MODEL_BARE) != 0;
}

bool plan_has_sure_member(const struct plan_maker *maker, const struct dgm_row *row,
                          const struct dgm_row *end)
{
    while (row < end && row->op != DGM_OP_SERVICE_END) {
        enum plan_class class = plan_class_of(maker, row);
        bool walked = class == PLAN_CLASS_ROWS || class == PLAN_CLASS_WALK;
        bool is_object = row->op == DGM_OP_GROUP && (row->flags & DGM_ROW_OBJECT) != 0;
        bool sure =
            class == PLAN_CLASS_FIXED || (row->flags & DGM_ROW_ARRAY) != 0 ||
            (is_object && plan_has_sure_member(maker, row + 1, row + 1 + row->detail));
        if (!plan_is_optional(row) && sure && !walked && plan_is_at_level(maker, row))
            return true;
        bool enters = row->op == DGM_OP_BITS || (row->op == DGM_OP_GROUP && !is_object);
        row += 1 + (plan_is_optional(row) || !enters || walked ? dgm_row_span(row) : 0);
    }
    return false;
}

void plan_open_service(struct plan_maker *maker, const struct dgm_row *row)
{
    struct decoder *decoder = &maker->decoder;
    const struct dgm_row *end = maker->decoder.rows + maker->message->row_count;
    maker->marked = !is_bare(maker) && !plan_has_sure_member(maker, row + 1, end);
    if (maker->marked) {
        envelope_begin(decoder);
        plan_mark_container(maker, 0);
    }
    plan_begin_member(maker);
    maker->unknown = false;
    envelope_open_service(decoder, row->detail);
}

/* Is the container there also without members? Not that of a response. */
static bool stays(const struct plan_maker *maker)
{
    uint8_t kind = maker->message->kind;
    return maker->decoder.service == DGM_NONE && !maker->decoder.has_entry &&
           (kind == DGM_KIND_COMMAND || kind == DGM_KIND_EVENT || kind_has_content(kind));
}

/* A service that turns out empty disappears; where there are no services, the end sees
 * to that. */
void plan_close_service(struct plan_maker *maker)
{
    struct decoder *decoder = &maker->decoder;
    if (maker->unknown ? !is_bare(maker) && !maker->marked : decoder->first) {
        maker->failed = true;
        return;
    }
    if (maker->unknown && stays(maker)) {
        maker->unknown = decoder->first = false;
        envelope_close_service(decoder, NULL);
        return;
    }
    if (!maker->unknown || is_bare(maker)) {
        envelope_close_service(decoder, NULL);
        return;
    }
    plan_flush(maker);
    decoder->first = false;
    envelope_close_service(decoder, NULL);
    plan_close_container(maker, 0);
}

unsigned plan_push_container(struct plan_maker *maker)
{
    unsigned number = ++maker->object_count;
    if (number >= PLAN_MARKS - 1) {
        maker->failed = true;
        return 0;
    }
    plan_mark_container(maker, number);
    return number;
}

void plan_open_object(struct plan_maker *maker, const struct dgm_row *row)
{
    (void)plan_push_container(maker);
    plan_begin_member(maker);
    maker->unknown = false;
    decode_open_object(&maker->decoder, row);
}

void plan_close_object(struct plan_maker *maker)
{
    unsigned number = maker->object_count--;
    if (number == 0 || maker->decoder.object_count == 0 ||
        (maker->decoder.first && !maker->unknown)) {
        maker->failed = true;
        return;
    }
    bool unknown = maker->unknown;
    if (unknown)
        plan_flush(maker);
    maker->decoder.first = false;
    decode_close_object(&maker->decoder);
    if (unknown)
        plan_close_container(maker, number);
    else
        plan_end_member(maker);
}
