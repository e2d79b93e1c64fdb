/* SPDX-License-Identifier: MIT */
/*
 * Which message has a frame? The dispatch of the codec knows; of its lists only the first
 * message for each value of a byte is looked at here, as two words of eight bytes. Where
 * that one does not fit, or cannot be told from words, the guards are asked.
 */
#include "plan_decode_run.h"

#include <string.h>

enum { BYTES = 256 };

static bool goes(const struct dgm_message *message, enum dgm_direction direction)
{
    bool up = direction != DGM_DIRECTION_DOWN;
    return message->kind == DGM_KIND_RAW || kind_is_up(message->kind) == up;
}

/* What tells messages apart, if it is a byte; else it wants none of its bits. */
static struct dispatch telling_byte(const struct dgm_codec *codec)
{
    struct dispatch dispatch = codec->dispatch;
    if (dispatch.first == NULL)
        dispatch_choose(codec, &dispatch);
    if (dispatch.kind != DGM_GUARD_BYTES)
        dispatch.at = DGM_NONE;
    return dispatch;
}

/* The message is the first one for the bytes that its guards want, or for all of them. */
static void put_first(const struct dgm_codec *codec, const struct dispatch *dispatch,
                      uint16_t index, uint16_t *first)
{
    uint32_t wanted;
    bool any = !dispatch_key(codec, dispatch, &codec->messages[index], &wanted);
    for (unsigned byte = 0; byte < BYTES; byte++)
        if (any || wanted == dispatch_key_of_byte(dispatch, (uint8_t)byte))
            first[byte] = index;
}

void plan_route_make(const struct dgm_codec *codec, struct plan_store *store,
                     enum dgm_direction direction, struct plan_route *ret)
{
    const struct dispatch dispatch = telling_byte(codec);
    const size_t size = BYTES * sizeof(uint16_t);
    uint16_t *first = dispatch.at != DGM_NONE ? plan_take(store, size) : NULL;
    if (ret == NULL || store->full)
        return;
    ret->any = DGM_NONE;
    ret->at = dispatch.at;
    ret->first = first;
    if (first != NULL)
        memset(first, 0xFF, size);
    for (unsigned i = codec->model->messages.count; i-- > 0;) {
        const struct dgm_message *message = &codec->messages[i];
        if (!goes(message, direction) || (message->flags & DGM_MESSAGE_FALLBACK))
            continue;
        ret->any = (uint16_t)i;
        if (first != NULL)
            put_first(codec, &dispatch, (uint16_t)i, first);
    }
}

/* A guard about bytes, into a word that holds them. Frames of the message have the word,
 * or are too short for it. */
static bool add_bytes(const struct dgm_message *message, const struct dgm_guard *guard,
                      struct plan_candidate *ret)
{
    unsigned end = (unsigned)guard->at + guard->size;
    unsigned at = guard->at;
    if (at + PLAN_WORD > message->frame_min)
        at = message->frame_min > PLAN_WORD ? message->frame_min - PLAN_WORD : 0;
    unsigned word = end <= PLAN_WORD ? 0 : 1;
    if (word == 1 && ret->mask[1] == 0)
        ret->at[1] = (uint16_t)at;
    uint64_t bits = guard->mask & UINT64_MAX >> (64 - 8u * guard->size);
    if (end > ret->at[word] + (unsigned)PLAN_WORD || guard->at < ret->at[word] ||
        end > message->frame_min || (guard->value & ~bits) != 0)
        return false;
    unsigned shift = 8u * (ret->at[word] + (unsigned)PLAN_WORD - end);
    uint64_t mask = bits << shift, value = guard->value << shift;
    if (((ret->value[word] ^ value) & ret->mask[word] & mask) != 0)
        return false;
    ret->mask[word] |= mask;
    ret->value[word] |= value;
    unsigned least = word == 1 ? ret->at[1] + (unsigned)PLAN_WORD : end;
    if (least > ret->least)
        ret->least = (uint16_t)least;
    return true;
}

static void add_length(const struct dgm_guard *guard, struct plan_candidate *ret)
{
    uint64_t least = guard->value < UINT16_MAX ? guard->value : UINT16_MAX;
    if (least > ret->least)
        ret->least = (uint16_t)least;
    if (guard->mask < ret->most)
        ret->most = (uint16_t)guard->mask;
}

void plan_route_message(const struct dgm_codec *codec, const struct dgm_message *message,
                        struct plan_candidate *ret)
{
    ret->message = message;
    ret->kind = message->kind;
    ret->index = (uint16_t)(message - codec->messages);
    ret->slots = message->slots;
    ret->frame_max = message->frame_max;
    ret->most = UINT16_MAX;
    bool exact = (message->flags & DGM_MESSAGE_FALLBACK) == 0;
    for (unsigned i = 0; i < message->guard_count && exact; i++) {
        const struct dgm_guard *guard = &codec->guards[message->first_guard + i];
        bool alone = !guard_is_alternative(codec, message, i);
        if (alone && guard->kind == DGM_GUARD_LENGTH)
            add_length(guard, ret);
        else
            exact =
                alone && guard->kind == DGM_GUARD_BYTES && add_bytes(message, guard, ret);
    }
    ret->quick[PLAN_UP] = exact && goes(message, DGM_DIRECTION_UP);
    ret->quick[PLAN_DOWN] = exact && goes(message, DGM_DIRECTION_DOWN);
    if (message->frame_max < ret->most)
        ret->most = (uint16_t)message->frame_max;
    ret->quick_least = ret->least > PLAN_WORD ? ret->least : PLAN_WORD;
}

/* The first bytes of a frame, the first one highest; what is not there is zero. */
static uint64_t first_word(const uint8_t *frame, size_t length)
{
    if (length >= PLAN_WORD)
        return plan_swap(plan_load(frame));
    uint64_t word = 0;
    for (size_t i = 0; i < length; i++)
        word |= (uint64_t)frame[i] << (56 - 8 * i);
    return word;
}

/* That one, if the frame is only shorter than a word; else as the guards tell. */
const struct plan_candidate *plan_route_other(const struct plan_walk *walk,
                                              const struct plan_candidate *messages,
                                              size_t length, unsigned direction,
                                              unsigned index)
{
    const struct plan_candidate *message = &messages[index];
    if (index != DGM_NONE && message->quick[direction] && length < PLAN_WORD &&
        length >= message->least && length <= message->most &&
        plan_words_fit(message, first_word(walk->frame, length), walk->frame))
        return message;
    index = message_by_guards(walk->codec, walk->call, walk->call->direction, walk->frame,
                              length);
    if (index == DGM_NONE || length > messages[index].frame_max)
        return NULL;
    return &messages[index];
}
