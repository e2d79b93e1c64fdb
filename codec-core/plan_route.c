/* SPDX-License-Identifier: MIT */
/*
 * Which message has a frame? As message_by_guards() finds it, but from the first message
 * on that the frame's most telling byte allows.
 */
#include "plan_decode.h"

#include <string.h>

/* The value that the guards of a message want at a byte of the frame, or -1. Guards that
 * are joined by "or" tell nothing. */
static int wanted_byte(const struct dgm_codec *codec, const struct dgm_message *message,
                       uint16_t at)
{
    bool joined = false;
    for (unsigned i = 0; i < message->guard_count; i++) {
        const struct dgm_guard *guard = &codec->guards[message->first_guard + i];
        bool alone = !joined && !(guard->flags & DGM_GUARD_OR_NEXT);
        joined = (guard->flags & DGM_GUARD_OR_NEXT) != 0;
        if (!alone || guard->kind != DGM_GUARD_BYTES || at < guard->at ||
            at >= guard->at + guard->size)
            continue;
        unsigned shift = 8u * (unsigned)(guard->at + guard->size - 1 - at);
        if ((guard->mask >> shift & 255) == 255)
            return (int)(guard->value >> shift & 255);
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

uint16_t plan_route(const struct dgm_codec *codec, const struct plan_route *route,
                    const struct dgm_call *call, const uint8_t *frame, size_t length)
{
    bool up = call->direction != DGM_DIRECTION_DOWN;
    unsigned count = codec->model->messages.count;
    unsigned index = route->at < length ? route->first[frame[route->at]] : route->any;
    for (; index < count; index++) {
        const struct dgm_message *message = &codec->messages[index];
        if ((message->kind == DGM_KIND_RAW || kind_is_up(message->kind) == up) &&
            !(message->flags & DGM_MESSAGE_FALLBACK) &&
            message_fits(codec, message, call, frame, length))
            return (uint16_t)index;
    }
    return message_by_guards(codec, call, call->direction, frame, length);
}
