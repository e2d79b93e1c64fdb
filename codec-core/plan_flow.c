/* SPDX-License-Identifier: MIT */
/*
 * Decoding by a plan: repetitions, conditions, regions, and rows that have no operation
 * of their own, which the decoder walks. The decoder's state lies beside, and is told
 * where the frame and the text are.
 */
#include "plan_decode_run.h"

#include <string.h>
#include "decode.h"

/* The whole number of a slot, 0 to DGM_MAX_FRAME. */
static bool count_of_slot(const struct plan_walk *walk, uint16_t slot, uint32_t *ret)
{
    const struct value *value = &walk->slots[slot];
    int64_t count;
    if (value->kind != VALUE_NUMBER || value->number.digits != 0 ||
        !wide_to_i64(value->number.mantissa, &count) || count < 0 ||
        count > DGM_MAX_FRAME)
        return false;
    *ret = (uint32_t)count;
    return true;
}

static size_t offset_of(const struct plan_walk *walk, const uint8_t *place)
{
    return (size_t)(place - walk->frame);
}

void plan_place_decoder(struct plan_walk *walk)
{
    struct decoder *decoder = walk->decoder;
    decoder->position = offset_of(walk, walk->place);
    decoder->start = offset_of(walk, walk->start);
    decoder->end = offset_of(walk, walk->end);
    decoder->regions = walk->regions;
    decoder->machine.index = walk->depth > 0 ? walk->round->index : 0;
}

bool plan_count(struct plan_walk *walk, uint16_t expr, uint32_t *ret)
{
    struct quick_value quick;
    if (machine_quick(walk->codec, walk->slots, expr, &quick) && quick_is_count(&quick)) {
        *ret = (uint32_t)quick.number;
        return true;
    }
    if (walk->decoder == NULL)
        return false;
    plan_place_decoder(walk);
    return machine_count(&walk->decoder->machine, expr, ret) == DGM_OK;
}

void plan_forget_slots(const struct plan_walk *walk, const struct plan_op *op)
{
    const struct dgm_row *row = plan_row_of(walk, op);
    for (unsigned i = 1; i <= row->detail; i++)
        if (row[i].slot != DGM_NONE)
            walk->slots[row[i].slot] = value_missing();
}

void plan_end_rounds(struct plan_walk *walk, const struct plan_op *op)
{
    const struct dgm_row *row = plan_row_of(walk, op);
    if (row->slot != DGM_NONE)
        walk->slots[row->slot] = value_u64(walk->round->index + 1u);
    plan_pop_round(walk);
}

/* To the first round, or behind the last one. */
bool plan_begin_rounds(struct plan_walk *walk, const struct plan_op *op)
{
    const struct dgm_row *row = plan_row_of(walk, op);
    bool has_rest = (row->flags & DGM_ROW_REST) != 0;
    uint32_t count = 0;
    if (walk->depth == DGM_MAX_DEPTH ||
        (!has_rest && !plan_count(walk, row->expr, &count)))
        return false;
    struct plan_round *round = plan_push_round(walk);
    round->left = count;
    round->index = UINT32_MAX; /* the first round makes it 0 */
    round->began = NULL;
    walk->first |= (op->flags & PLAN_FIRST) != 0;
    if (plan_next_round(walk, op, has_rest, walk->place))
        return true;
    const struct plan_op *end = walk->program->ops + op->first.target;
    walk->first &= (end->flags & PLAN_FIRST) == 0;
    walk->next = end + 1;
    return true;
}

/* Into a part that is there if something is left, or behind it. */
bool plan_test_left(struct plan_walk *walk, const struct plan_op *op)
{
    walk->first |= (op->flags & PLAN_FIRST) != 0;
    if (!plan_has_left(walk, walk->place))
        walk->next = walk->program->ops + op->first.target;
    return true;
}

/* Is the expression true? False in `ret_fine`: it has no value, or none that is seen
 * here.
 */
static bool is_true(struct plan_walk *walk, uint16_t expr, bool *ret_fine)
{
    struct quick_value quick;
    bool truth = false;
    *ret_fine = true;
    if (machine_quick(walk->codec, walk->slots, expr, &quick))
        return quick_is_true(&quick);
    *ret_fine = walk->decoder != NULL;
    if (!*ret_fine)
        return false;
    plan_place_decoder(walk);
    *ret_fine = machine_test(&walk->decoder->machine, expr, &truth) == DGM_OK;
    return truth;
}

/* Into a part that may be absent, or behind it. */
bool plan_test(struct plan_walk *walk, const struct plan_op *op)
{
    bool fine, truth = is_true(walk, (uint16_t)op->second, &fine);
    walk->first |= (op->flags & PLAN_FIRST) != 0;
    if (!truth)
        walk->next = walk->program->ops + op->first.target;
    return fine;
}

/* As many bytes as a slot says. */
bool plan_skip(struct plan_walk *walk, const struct plan_op *op)
{
    uint32_t count;
    if (!count_of_slot(walk, (uint16_t)op->second, &count) ||
        (size_t)(walk->end - walk->place) < count)
        return false;
    walk->place += count;
    return true;
}

bool plan_push_region(struct plan_walk *walk, size_t size)
{
    if (walk->regions == DGM_MAX_DEPTH || (size_t)(walk->end - walk->place) < size)
        return false;
    struct plan_region *outer = &walk->outer[walk->regions++];
    outer->start = walk->start;
    outer->end = walk->end;
    walk->end = walk->place + size;
    return true;
}

void plan_pop_region(struct plan_walk *walk)
{
    const struct plan_region *outer = &walk->outer[--walk->regions];
    walk->start = outer->start;
    walk->end = outer->end;
}

bool plan_enter_region(struct plan_walk *walk, const struct plan_op *op)
{
    uint32_t size;
    if (!plan_count(walk, (uint16_t)op->second, &size) || !plan_push_region(walk, size))
        return false;
    walk->start = walk->place;
    return true;
}

/* Nothing may be left of it, unless the message lets that pass. */
bool plan_leave_region(struct plan_walk *walk, const struct plan_op *op)
{
    if (walk->place != walk->end && (op->flags & PLAN_OPEN) == 0)
        return false;
    walk->place = walk->end;
    plan_pop_region(walk);
    return true;
}

/* The frame from its beginning, for another pass. */
bool plan_restart(struct plan_walk *walk, const struct plan_op *op)
{
    (void)op;
    walk->place = walk->block = walk->frame;
    for (unsigned i = 0; i < walk->message->slots; i++)
        walk->slots[i] = value_missing();
    for (unsigned i = 0; i < walk->program->named; i++)
        walk->named[i] = 0;
    return true;
}

static void tell_decoder(struct plan_walk *walk, const struct plan_op *op)
{
    struct decoder *decoder = walk->decoder;
    plan_place_decoder(walk);
    decoder->pass = op->digits;
    decoder->out.length = (size_t)(walk->at - walk->text);
    decoder->first =
        (op->flags & PLAN_UNKNOWN) ? walk->first != 0 : (op->flags & PLAN_FIRST) != 0;
}

/* False: it had something to say. */
static bool hear_decoder(struct plan_walk *walk)
{
    const struct decoder *decoder = walk->decoder;
    if (decoder->notice_count > 0 || decoder->twice != DGM_OK ||
        !json_writer_fits(&decoder->out))
        return false;
    walk->place = walk->frame + decoder->position;
    walk->at = walk->text + decoder->out.length;
    walk->first = decoder->first;
    return true;
}

/* A row as the decoder walks it. */
bool plan_walk_row(struct plan_walk *walk, const struct plan_op *op)
{
    struct decoder *decoder = walk->decoder;
    tell_decoder(walk, op);
    /* Each record has a time of its own. */
    decoder->in_record = (op->flags & PLAN_IN_RECORD) != 0;
    if (decoder->in_record)
        decoder->record_time = value_missing();
    return decode_row(decoder, plan_row_of(walk, op)) == DGM_OK && hear_decoder(walk);
}

/* A row and those in it, if it is there. */
bool plan_walk_rows(struct plan_walk *walk, const struct plan_op *op)
{
    uint16_t row = (uint16_t)op->second;
    tell_decoder(walk, op);
    uint16_t end = (uint16_t)(row + 1 + dgm_row_span(&walk->decoder->rows[row]));
    return decode_rows(walk->decoder, row, end) == DGM_OK && hear_decoder(walk);
}

/* The key of a member that is told by its number in a family, and comes for the first
 * time. */
bool plan_put_name(struct plan_walk *walk, const struct plan_op *op)
{
    const struct dgm_member *member =
        &walk->codec->members[walk->message->first_member + op->at];
    struct quick_value place;
    if (!machine_quick(walk->codec, walk->slots, (uint16_t)op->second, &place) ||
        !quick_is_count(&place) || place.number >= member_family(member))
        return false;
    unsigned number = op->at + (unsigned)place.number;
    uint64_t bit = (uint64_t)1 << number % 64;
    if ((walk->named[number / 64] & bit) != 0)
        return false;
    walk->named[number / 64] |= bit;
    member += place.number;
    char *text = walk->at;
    *text = ',';
    text += (op->flags & PLAN_FIRST) == 0;
    *text++ = '"';
    memcpy(text, walk->codec->pool + member->name, member->name_length);
    text += member->name_length;
    *text++ = '"';
    *text++ = ':';
    walk->at = text;
    return true;
}

/* A member of the envelope that a walked row has read. */
bool plan_put_role(struct plan_walk *walk, const struct plan_op *op)
{
    struct decoder *decoder = walk->decoder;
    const struct value *value = (op->flags & PLAN_IN_RECORD)
                                    ? &decoder->record_time
                                    : &decoder->roles[op->second];
    /* A message id of 0 stands for none. */
    if (value->kind == VALUE_MISSING ||
        (op->second == DGM_ROLE_MID && wide_is_zero(value->number.mantissa)))
        return false;
    tell_decoder(walk, op);
    if (op->second == DGM_ROLE_EVENT_TIME &&
        !decode_put_time(decoder, value->number, &decoder->role_details[op->second]))
        return false;
    if (op->second != DGM_ROLE_EVENT_TIME)
        envelope_put_role(decoder, (enum dgm_role)op->second);
    unsigned first = walk->first;
    bool fine = hear_decoder(walk);
    walk->first = first;
    return fine;
}
