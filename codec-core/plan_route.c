/* SPDX-License-Identifier: MIT */
/*
 * Which message has a frame? As message_by_guards() finds it, but from the first message
 * on that the frame's most telling byte allows.
 */
#include "plan_decode.h"

#include <string.h>

/* The value that the guards of a message want of a byte of the frame, or -1. */
static int wanted_byte(const struct dgm_codec *codec, const struct dgm_message *message,
                       uint16_t at)
{
    for (unsigned i = 0; i < message->guard_count; i++) {
        uint8_t value = 0;
        const struct dgm_guard *guard = &codec->guards[message->first_guard + i];
        if (guard_byte_mask(guard, at, &value) == 0xFF &&
            !guard_is_alternative(codec, message, i))
            return value;
    }
    return -1;
}

static bool goes(const struct dgm_message *message, enum dgm_direction direction)
{
    bool up = direction != DGM_DIRECTION_DOWN;
    return message->kind == DGM_KIND_RAW || kind_is_up(message->kind) == up;
}

/* Messages of the direction that want a certain value of the byte. */
static unsigned told_by(const struct dgm_codec *codec, enum dgm_direction direction,
                        uint16_t at)
{
    unsigned count = 0;
    for (unsigned i = 0; i < codec->model->messages.count; i++)
        if (goes(&codec->messages[i], direction) &&
            wanted_byte(codec, &codec->messages[i], at) >= 0)
            count++;
    return count;
}

/* The byte of the frame that most messages want a certain value of, among the first few.
 */
static uint16_t telling_byte(const struct dgm_codec *codec, enum dgm_direction direction)
{
    enum { LOOKED_AT = 16 };
    uint16_t best = DGM_NONE;
    unsigned most = 0;
    for (uint16_t at = 0; at < LOOKED_AT; at++) {
        unsigned count = told_by(codec, direction, at);
        if (count > most) {
            most = count;
            best = at;
        }
    }
    return best;
}

void plan_route_make(const struct dgm_codec *codec, enum dgm_direction direction,
                     struct plan_route *ret)
{
    ret->any = DGM_NONE;
    ret->at = telling_byte(codec, direction);
    memset(ret->first, 0xFF, sizeof(ret->first));
    for (unsigned i = codec->model->messages.count; i-- > 0;) {
        const struct dgm_message *message = &codec->messages[i];
        if (!goes(message, direction) || (message->flags & DGM_MESSAGE_FALLBACK))
            continue;
        ret->any = (uint16_t)i;
        int wanted = ret->at != DGM_NONE ? wanted_byte(codec, message, ret->at) : -1;
        for (int byte = 0; byte < 256; byte++)
            if (wanted < 0 || wanted == byte)
                ret->first[byte] = (uint16_t)i;
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
    if (end > ret->at[word] + (unsigned)PLAN_WORD || guard->at < ret->at[word] ||
        end > message->frame_min || (guard->value & ~guard->mask) != 0)
        return false;
    unsigned shift = 8u * (ret->at[word] + (unsigned)PLAN_WORD - end);
    uint64_t mask = guard->mask << shift, value = guard->value << shift;
    if (((ret->value[word] ^ value) & ret->mask[word] & mask) != 0)
        return false;
    ret->mask[word] |= mask;
    ret->value[word] |= value;
    if (word == 1)
        ret->needed = (uint16_t)(ret->at[1] + PLAN_WORD);
    if (end > ret->least)
        ret->least = (uint16_t)end;
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
    bool fallback = (message->flags & DGM_MESSAGE_FALLBACK) != 0;
    ret->goes[PLAN_UP] = !fallback && goes(message, DGM_DIRECTION_UP);
    ret->goes[PLAN_DOWN] = !fallback && goes(message, DGM_DIRECTION_DOWN);
    ret->message = message;
    ret->kind = message->kind;
    ret->index = (uint16_t)(message - codec->messages);
    ret->slots = message->slots;
    ret->frame_max = message->frame_max;
    ret->most = UINT16_MAX;
    ret->exact = true;
    for (unsigned i = 0; i < message->guard_count && ret->exact; i++) {
        const struct dgm_guard *guard = &codec->guards[message->first_guard + i];
        bool alone = !guard_is_alternative(codec, message, i);
        if (alone && guard->kind == DGM_GUARD_LENGTH)
            add_length(guard, ret);
        else
            ret->exact =
                alone && guard->kind == DGM_GUARD_BYTES && add_bytes(message, guard, ret);
    }
    for (unsigned direction = 0; direction < PLAN_DIRECTIONS; direction++)
        ret->quick[direction] = ret->goes[direction] && ret->exact;
    ret->quick_least = ret->needed > PLAN_WORD ? ret->needed : PLAN_WORD;
    if (ret->least > ret->quick_least)
        ret->quick_least = ret->least;
    ret->quick_most =
        message->frame_max < ret->most ? (uint16_t)message->frame_max : ret->most;
}
