/* SPDX-License-Identifier: MIT */
/* No message fits a frame: which one nearly does, and what keeps it from it. */
#include "private.h"

/* How a message meets a frame. */
struct nearness {
    unsigned held;                  /* conditions that hold; bytes tell twice as much */
    const struct dgm_guard *missed; /* the first of the one that does not, or NULL */
    bool is_choice;                 /* that one allows several values */
};

/* False if more than one condition fails. */
static bool examine(const struct dgm_codec *codec, const struct dgm_message *message,
                    const struct dgm_call *call, const uint8_t *frame, size_t length,
                    struct nearness *ret)
{
    const struct dgm_guard *guard = codec->guards + message->first_guard;
    const struct dgm_guard *end = guard + message->guard_count;
    *ret = (struct nearness){0, NULL, false};
    while (guard < end) {
        const struct dgm_guard *first = guard;
        bool holds = guard_holds(codec, guard, call, frame, length);
        for (; (guard->flags & DGM_GUARD_OR_NEXT) && guard + 1 < end; guard++)
            holds = guard_holds(codec, guard + 1, call, frame, length) || holds;
        if (!holds && ret->missed != NULL)
            return false;
        if (!holds) {
            ret->missed = first;
            ret->is_choice = guard != first;
        }
        if (holds)
            ret->held += first->kind == DGM_GUARD_BYTES ? 2 : 1;
        guard++;
    }
    return true;
}

/* Other bytes are another message; but a port or topic is soon forgotten, and a length
 * tells something when the rest is right. */
static bool is_near(const struct dgm_message *message, const struct nearness *near,
                    size_t length)
{
    bool fits = length >= message->frame_min && length <= message->frame_max;
    if (near->missed == NULL || near->missed->kind == DGM_GUARD_BYTES)
        return false;
    return near->held > 0 || (fits && near->missed->kind != DGM_GUARD_LENGTH);
}

static bool goes(const struct dgm_message *message, enum dgm_direction direction)
{
    bool up = direction != DGM_DIRECTION_DOWN;
    return message->kind == DGM_KIND_RAW || kind_is_up(message->kind) == up;
}

/* Index of the nearest one, the first of several; or DGM_NONE. */
static uint16_t find_nearest(const struct dgm_codec *codec, const struct dgm_call *call,
                             const uint8_t *frame, size_t length, struct nearness *ret)
{
    uint16_t found = DGM_NONE;
    for (unsigned i = 0; i < codec->model->messages.count; i++) {
        const struct dgm_message *message = &codec->messages[i];
        struct nearness near;
        if (!goes(message, call->direction) ||
            !examine(codec, message, call, frame, length, &near) ||
            !is_near(message, &near, length) ||
            (found != DGM_NONE && near.held <= ret->held))
            continue;
        found = (uint16_t)i;
        *ret = near;
    }
    return found;
}

static void tell_range(const struct dgm_guard *missed, struct dgm_error *reterr)
{
    uint64_t most = missed->kind == DGM_GUARD_LENGTH ? DGM_MAX_FRAME : UINT32_MAX;
    if (missed->value > most)
        return;
    reterr->has |= DGM_ERROR_HAS_LOW;
    reterr->low = (int64_t)missed->value;
    if (missed->mask >= most)
        return;
    reterr->has |= DGM_ERROR_HAS_HIGH;
    reterr->high = (int64_t)missed->mask;
}

static void tell(const struct dgm_message *message, const struct nearness *near,
                 const struct dgm_call *call, size_t length, struct dgm_error *reterr)
{
    uint8_t kind = near->missed->kind;
    bool of_length = kind == DGM_GUARD_LENGTH, of_topic = kind == DGM_GUARD_TOPIC;
    bool given = of_length || (of_topic ? call->topic != NULL : call->has_channel);
    reterr->path = message->name;
    reterr->detail = of_length ? "length" : of_topic ? "topic" : "port";
    if (!given && (of_topic || near->is_choice))
        reterr->detail = of_topic ? "topic (none given)" : "port (none given)";
    if (of_topic)
        return;
    if (given) {
        reterr->has |= DGM_ERROR_HAS_RAW;
        reterr->raw = of_length ? length : call->channel;
    }
    if (!near->is_choice)
        tell_range(near->missed, reterr);
}

/* A frame that goes the other way is a usual reason, if it is as near at least. */
static bool goes_other_way(const struct dgm_codec *codec, const struct dgm_call *call,
                           const uint8_t *frame, size_t length, bool has_near,
                           unsigned held)
{
    struct nearness other;
    bool down = call->direction == DGM_DIRECTION_DOWN;
    uint16_t index = message_by_guards(
        codec, call, down ? DGM_DIRECTION_UP : DGM_DIRECTION_DOWN, frame, length);
    return index != DGM_NONE &&
           examine(codec, &codec->messages[index], call, frame, length, &other) &&
           (!has_near || other.held > held);
}

enum dgm_status no_message(const struct dgm_codec *codec, const struct dgm_call *call,
                           const uint8_t *frame, size_t length, struct dgm_error *reterr)
{
    struct nearness near = {0, NULL, false};
    enum dgm_status status = error_set(reterr, DGM_NO_MESSAGE, DGM_PLACE_FRAME, 0);
    if (reterr == NULL)
        return status;
    uint16_t nearest = find_nearest(codec, call, frame, length, &near);
    if (goes_other_way(codec, call, frame, length, nearest != DGM_NONE, near.held))
        reterr->detail = call->direction == DGM_DIRECTION_DOWN
                             ? "one that goes up, to the platform, does"
                             : "one that goes down, to the device, does";
    else if (nearest != DGM_NONE)
        tell(&codec->messages[nearest], &near, call, length, reterr);
    return status;
}
