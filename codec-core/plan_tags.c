/* SPDX-License-Identifier: MIT */
/*
 * Decoding by a plan: tag loops. The records are walked once, as they come, and each case
 * prints at once. That is what the rows print as long as no member comes twice, for then
 * each comes last where it comes at all; where one comes again, the plan gives up. What
 * is collected is printed by a walk of its own for each array, in which nothing else
 * prints.
 */
#include "plan_decode_run.h"

bool plan_begin_tags(struct plan_walk *walk, const struct plan_op *op)
{
    const struct dgm_row *row = plan_row_of(walk, op);
    const struct dgm_loop *loop = &walk->codec->loops[row->spec];
    size_t left = (size_t)(walk->end - walk->place), trailer = walk->message->trailer;
    if (walk->depth == DGM_MAX_DEPTH)
        return false;
    uint32_t outer = walk->depth > 0 ? walk->round->index : 0;
    struct plan_round *round = plan_push_round(walk);
    if (op->flags & PLAN_AGAIN)
        walk->place = round->loop;
    round->loop = walk->place;
    round->began = NULL;
    /* Without a tag records are rounds, and the first one makes it 0. */
    round->index = loop->tag_rows == 0 ? UINT32_MAX : outer;
    round->leaves_trailer = walk->regions == 0 && trailer > 0;
    if (round->leaves_trailer &&
        !plan_push_region(walk, left > trailer ? left - trailer : 0))
        return false;
    if (op->flags & PLAN_FORGETS)
        plan_forget_slots(walk, op);
    for (unsigned i = 0; i < PLAN_SEEN; i++)
        walk->seen[i] = 0;
    walk->first |= (op->flags & PLAN_FIRST) != 0;
    return true;
}

/* Pass over what fills a record up. */
static void align(struct plan_walk *walk, const struct plan_round *round, unsigned unit)
{
    size_t left = (size_t)(walk->end - walk->place);
    size_t over = (size_t)(walk->place - round->loop) % unit;
    size_t fill = over > 0 ? unit - over : 0;
    walk->place += fill < left ? fill : left;
}

/* To the next record, or behind the last one. Every record moves on. */
bool plan_next_record(struct plan_walk *walk, const struct plan_op *op)
{
    const struct dgm_loop *loop = &walk->codec->loops[plan_row_of(walk, op)->spec];
    struct plan_round *round = walk->round;
    if (loop->align != 1)
        align(walk, round, loop->align);
    size_t left = (size_t)(walk->end - walk->place);
    /* A part of a tag is no tag. */
    if (left < loop->tag_bytes && loop->unknown == DGM_LOOP_STOP &&
        (left == 0 || !(loop->flags & DGM_LOOP_CUT))) {
        walk->place += left;
        left = 0;
    }
    if (left == 0) {
        if (round->leaves_trailer)
            plan_pop_region(walk);
        plan_pop_round(walk);
        walk->next = walk->program->ops + op->first.target;
        return true;
    }
    if (round->began == walk->place)
        return false;
    round->began = walk->place;
    round->index += loop->tag_rows == 0;
    return true;
}

/* A record of a tag that no case has. */
static bool pass_record(struct plan_walk *walk, const struct dgm_loop *loop)
{
    const struct plan_round *round = walk->round;
    uint32_t size;
    if (loop->unknown == DGM_LOOP_SKIP_BYTE) {
        walk->place = round->began + 1;
        return true;
    }
    if (loop->unknown != DGM_LOOP_SKIP || !plan_count(walk, loop->size, &size) ||
        size > (size_t)(walk->end - walk->place))
        return false;
    walk->place += size;
    return true;
}

/* Where the case of a tag begins, from the program's start; 0: there is none. */
static uint32_t target_of(const struct plan_walk *walk, const struct plan_choice *choice,
                          int64_t tag)
{
    uint64_t place = (uint64_t)tag - (uint64_t)choice->low;
    if (place < choice->span)
        return choice->targets[place];
    uint16_t row =
        choice->span != 0 ? DGM_NONE : tag_case(walk->codec, choice->loop, tag);
    return row != DGM_NONE ? choice->targets[row] : 0;
}

bool plan_choose_case(struct plan_walk *walk, const struct plan_op *op)
{
    const struct plan_choice *choice = op->first.choice;
    int64_t tag = op->length != 0 ? plan_field_value(op, walk->block) : op->second;
    uint32_t size, target = target_of(walk, choice, tag);
    /* What is cut off ends the loop, with a warning. */
    if ((choice->loop->flags & DGM_LOOP_CUT) && choice->loop->size != DGM_NONE &&
        (!plan_count(walk, choice->loop->size, &size) ||
         size > (size_t)(walk->end - walk->place)))
        return false;
    if (target != 0) {
        walk->next = walk->program->ops + target;
        return true;
    }
    walk->next = walk->program->ops + choice->record;
    return pass_record(walk, choice->loop);
}

/* What an earlier record left is not what this one says. Where cases come once at most
 * their slots tell. */
bool plan_begin_case(struct plan_walk *walk, const struct plan_op *op)
{
    const struct dgm_row *row = plan_row_of(walk, op);
    if (op->flags & PLAN_COUNTS) {
        if (walk->slots[row->slot].kind != VALUE_MISSING)
            return false;
        walk->slots[row->slot] = value_u64(1);
    }
    plan_forget_slots(walk, op);
    return true;
}
