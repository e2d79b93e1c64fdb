/* SPDX-License-Identifier: MIT */
/*
 * Decoding by a plan: where the walk over the operations is. The place in the text, the
 * block and the flag for the first member are the loop's own, so that they stay in
 * registers.
 */
#ifndef DGM_PLAN_DECODE_RUN_H
#define DGM_PLAN_DECODE_RUN_H

#include "machine.h"
#include "plan_decode.h"
#include "plan_text.h"
#include "plan_word.h"

/* A repetition or tag loop that is under way. */
struct plan_round {
    uint32_t left, index; /* what has the rest needs no count of what is left */
    const uint8_t *began; /* the round, or record; NULL: none has begun */
    const uint8_t *loop;  /* tag loops: the first record */
    bool leaves_trailer;  /* tag loops: it ends before the trailer */
};

/* A part of the frame with a size of its own: what stands around it. */
struct plan_region {
    const uint8_t *start, *end;
};

/* A container that disappears if it stays empty: the text before it, and whether it was
 * the first member of its own one. */
struct plan_mark {
    char *text;
    unsigned first;
};

struct plan_walk {
    const struct dgm_codec *codec;
    const struct dgm_message *message;
    const struct plan_program *program;
    const struct dgm_call *call;
    const uint8_t *frame, *end; /* the innermost region ends there */
    char *text, *text_end;
    struct value *slots;
    uint64_t *named;          /* members that other rows have as well, and were printed */
    uint64_t seen[PLAN_SEEN]; /* members that came in the tag loop */
    struct decoder *decoder;  /* NULL unless the program needs it */
    unsigned depth, regions;
    const uint8_t *start; /* of the innermost region; kept with a decoder */
    /* Of the loop over the operations, where one of those below is at work. */
    const struct plan_op *next;
    const uint8_t *place, *block;
    char *at;
    unsigned first;
    struct plan_round *round; /* the innermost one, if there is any */
    struct plan_mark marks[PLAN_MARKS];
    struct plan_round rounds[DGM_MAX_DEPTH];
    struct plan_region outer[DGM_MAX_DEPTH];
    struct plan_day day;
};

/* The bits of an operation's field; sign and order as its flags say. */
static inline int64_t plan_field_value(const struct plan_op *op, const uint8_t *block)
{
    uint64_t word = plan_load(block + op->at);
    uint64_t swapped = plan_swap(word);
    word = ((op->flags & PLAN_LITTLE) ? word : swapped) << op->left;
    int64_t extended = (int64_t)word >> op->right;
    return (op->flags & PLAN_SIGNED) ? extended : (int64_t)(word >> op->right);
}

/* Always without sign. */
static inline uint64_t plan_field_bits(const struct plan_op *op, const uint8_t *block)
{
    uint64_t word = plan_load(block + op->at);
    uint64_t swapped = plan_swap(word);
    return ((op->flags & PLAN_LITTLE) ? word : swapped) << op->left >> op->right;
}

/* Neither signed nor little-endian. */
static inline uint64_t plan_field_natural(const struct plan_op *op, const uint8_t *block)
{
    return plan_swap(plan_load(block + op->at)) << op->left >> op->right;
}

/* What takes the rest leaves the trailer, which no region has. */
static inline bool plan_has_left(const struct plan_walk *walk, const uint8_t *place)
{
    return (size_t)(walk->end - place) >
           (walk->regions > 0 ? 0u : (size_t)walk->message->trailer);
}

static inline const struct dgm_row *plan_row_of(const struct plan_walk *walk,
                                                const struct plan_op *op)
{
    return &walk->codec->rows[walk->message->first_row + op->second];
}

/* An earlier round's values are none of this one. */
void plan_forget_slots(const struct plan_walk *walk, const struct plan_op *op);
/* The repetition is over: how often it was is kept. */
void plan_end_rounds(struct plan_walk *walk, const struct plan_op *op);

static inline struct plan_round *plan_push_round(struct plan_walk *walk)
{
    walk->round = &walk->rounds[walk->depth++];
    return walk->round;
}

/* The one around it, if there is one, is under way again. */
static inline void plan_pop_round(struct plan_walk *walk)
{
    walk->depth--;
    walk->round = &walk->rounds[walk->depth > 0 ? walk->depth - 1 : 0];
}

/* Begin the next round of a repetition, which goes as far as something is left if it has
 * the rest. False: it is over. */
static inline bool plan_next_round(struct plan_walk *walk, const struct plan_op *op,
                                   bool has_rest, const uint8_t *place)
{
    struct plan_round *round = walk->round;
    if (has_rest ? !plan_has_left(walk, place) : round->left == 0) {
        plan_end_rounds(walk, op);
        return false;
    }
    round->left--;
    round->index++;
    round->began = place;
    if (op->flags & PLAN_FORGETS)
        plan_forget_slots(walk, op);
    return true;
}

/*
 * plan_flow.c, plan_tags.c: operations that go elsewhere, or leave the work to the
 * decoder. False: the plan cannot go on.
 */
bool plan_skip(struct plan_walk *walk, const struct plan_op *op);
bool plan_test(struct plan_walk *walk, const struct plan_op *op);
bool plan_test_left(struct plan_walk *walk, const struct plan_op *op);
bool plan_begin_rounds(struct plan_walk *walk, const struct plan_op *op);
bool plan_enter_region(struct plan_walk *walk, const struct plan_op *op);
bool plan_leave_region(struct plan_walk *walk, const struct plan_op *op);
bool plan_walk_row(struct plan_walk *walk, const struct plan_op *op);
bool plan_walk_rows(struct plan_walk *walk, const struct plan_op *op);
bool plan_put_name(struct plan_walk *walk, const struct plan_op *op);
bool plan_put_role(struct plan_walk *walk, const struct plan_op *op);
bool plan_restart(struct plan_walk *walk, const struct plan_op *op);
bool plan_begin_tags(struct plan_walk *walk, const struct plan_op *op);
bool plan_next_record(struct plan_walk *walk, const struct plan_op *op);
bool plan_choose_case(struct plan_walk *walk, const struct plan_op *op);
bool plan_begin_case(struct plan_walk *walk, const struct plan_op *op);

/* Bytes or rounds that an expression tells; quick if it is a slot. */
bool plan_count(struct plan_walk *walk, uint16_t expr, uint32_t *ret);
/* The machine and the decoder look at the frame where the operation does. */
void plan_place_decoder(struct plan_walk *walk);
/* A part of the frame begins or ends; false: too many, or not that many bytes. */
bool plan_push_region(struct plan_walk *walk, size_t size);
void plan_pop_region(struct plan_walk *walk);

/* plan_route.c: the message of a frame that the first look did not find. */
const struct plan_candidate *plan_route_other(const struct plan_walk *walk,
                                              const struct plan_candidate *messages,
                                              size_t length, unsigned direction,
                                              unsigned index);

/* Do the words of the frame, which has them, hold what the guards want? */
static inline bool plan_words_fit(const struct plan_candidate *message, uint64_t word,
                                  const uint8_t *frame)
{
    return (word & message->mask[0]) == message->value[0] &&
           (message->mask[1] == 0 || (plan_swap(plan_load(frame + message->at[1])) &
                                      message->mask[1]) == message->value[1]);
}

/* The one of the messages that has a frame; mostly it is the first that its telling byte
 * allows. NULL: there is none. */
static inline const struct plan_candidate *
plan_route(const struct plan_walk *walk, const struct plan_candidate *messages,
           size_t length)
{
    unsigned direction =
        walk->call->direction != DGM_DIRECTION_DOWN ? PLAN_UP : PLAN_DOWN;
    const struct plan_route *route = &walk->codec->plan->routes[direction];
    unsigned index =
        route->at < length ? route->first[walk->frame[route->at]] : route->any;
    const struct plan_candidate *message = &messages[index];
    if (index != DGM_NONE && message->quick[direction] &&
        length >= message->quick_least && length <= message->most &&
        plan_words_fit(message, plan_swap(plan_load(walk->frame)), walk->frame))
        return message;
    return plan_route_other(walk, messages, length, direction, index);
}

#endif
