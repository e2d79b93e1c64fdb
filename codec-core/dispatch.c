/* SPDX-License-Identifier: MIT */
/*
 * Choosing among many messages. When a codec is prepared, one byte of the frame, its
 * length or the channel is chosen as what tells most messages apart; each value has a
 * short list of messages, and those that it does not tell apart have another. A frame is
 * compared with the messages of two lists, in the order of the profile, and no others.
 */
#include "dispatch.h"

#include "private.h"

/* Bytes of a frame, and guards of a message, that are looked at. */
enum { PLACES = 64, VALUES = 256, GUARDS = 8 };

static uint32_t bucket_count(uint32_t messages)
{
    uint32_t buckets = DISPATCH_FROM;
    while (buckets < messages)
        buckets *= 2;
    return buckets;
}

size_t dispatch_size(uint32_t messages)
{
    if (messages < DISPATCH_FROM || messages >= DGM_NONE)
        return 0;
    return (bucket_count(messages) + 1 + (size_t)messages) * sizeof(uint16_t);
}

uint8_t guard_byte_mask(const struct dgm_guard *guard, unsigned at, uint8_t *ret_value)
{
    if (guard->kind != DGM_GUARD_BYTES || at < guard->at || at >= guard->at + guard->size)
        return 0;
    unsigned shift = 8u * (guard->at + guard->size - 1u - at);
    *ret_value = (uint8_t)(guard->value >> shift);
    return (uint8_t)(guard->mask >> shift);
}

bool guard_is_alternative(const struct dgm_codec *codec,
                          const struct dgm_message *message, unsigned index)
{
    const struct dgm_guard *guard = codec->guards + message->first_guard + index;
    return (guard->flags & DGM_GUARD_OR_NEXT) != 0 ||
           (index > 0 && (guard[-1].flags & DGM_GUARD_OR_NEXT) != 0);
}

bool dispatch_key(const struct dgm_codec *codec, const struct dispatch *dispatch,
                  const struct dgm_message *message, uint32_t *ret)
{
    for (unsigned i = 0; i < message->guard_count && i < GUARDS; i++) {
        const struct dgm_guard *guard = codec->guards + message->first_guard + i;
        uint8_t value = 0;
        if (guard->kind != dispatch->kind || guard_is_alternative(codec, message, i))
            continue;
        if (guard->kind == DGM_GUARD_BYTES) {
            uint8_t mask = guard_byte_mask(guard, dispatch->at, &value);
            if ((mask & dispatch->mask) != dispatch->mask)
                continue;
            *ret = dispatch_key_of_byte(dispatch, value);
            return true;
        }
        if (guard->value == guard->mask) {
            *ret = (uint32_t)guard->value;
            return true;
        }
    }
    return false;
}

/* The bits of a byte that all guards want which want any of it. */
static void choose_mask(const struct dgm_codec *codec, struct dispatch *dispatch)
{
    uint8_t mask = 0xFF, value;
    bool is_wanted = false;
    for (unsigned i = 0; i < codec->model->guards.count && mask != 0; i++) {
        uint8_t wanted = guard_byte_mask(&codec->guards[i], dispatch->at, &value);
        is_wanted = is_wanted || wanted != 0;
        if (wanted != 0)
            mask &= wanted;
    }
    if (!is_wanted)
        mask = 0;
    dispatch->mask = mask;
    dispatch->shift = 0;
    while (mask != 0 && (mask & 1) == 0) {
        mask >>= 1;
        dispatch->shift++;
    }
}

/* Values that are told apart, less the messages that have none. */
static int worth(const struct dgm_codec *codec, const struct dispatch *dispatch)
{
    uint64_t seen[VALUES / 64] = {0};
    int result = 0;
    for (unsigned i = 0; i < codec->model->messages.count; i++) {
        uint32_t key;
        if (!dispatch_key(codec, dispatch, &codec->messages[i], &key)) {
            result--;
            continue;
        }
        uint64_t *word = &seen[key % VALUES / 64], bit = (uint64_t)1 << key % 64;
        result += (*word & bit) == 0;
        *word |= bit;
    }
    return result;
}

void dispatch_choose(const struct dgm_codec *codec, struct dispatch *ret)
{
    struct dispatch tried = {NULL, NULL, 0, 0, DGM_GUARD_CHANNEL, 0, 0};
    *ret = tried;
    int most = worth(codec, &tried);
    tried.kind = DGM_GUARD_LENGTH;
    int found = worth(codec, &tried);
    if (found > most) {
        most = found;
        *ret = tried;
    }
    tried.kind = DGM_GUARD_BYTES;
    for (; tried.at < PLACES; tried.at++) {
        choose_mask(codec, &tried);
        found = tried.mask != 0 ? worth(codec, &tried) : most;
        if (found > most) {
            most = found;
            *ret = tried;
        }
    }
}

static bool is_fallback(const struct dgm_codec *codec, unsigned index)
{
    return (codec->messages[index].flags & DGM_MESSAGE_FALLBACK) != 0;
}

static uint32_t bucket_of(const struct dispatch *dispatch, uint32_t key)
{
    return (key ^ key >> 8) & (dispatch->buckets - 1u);
}

void dispatch_prepare(struct dgm_codec *codec, void *memory)
{
    struct dispatch *dispatch = &codec->dispatch;
    uint32_t count = codec->model->messages.count, key;
    uint16_t *first = memory;
    if (dispatch_size(count) == 0)
        return;
    dispatch_choose(codec, dispatch);
    dispatch->buckets = bucket_count(count);
    uint16_t *next = first + dispatch->buckets + 1;
    for (unsigned i = 0; i <= dispatch->buckets; i++)
        first[i] = DGM_NONE;
    /* Each goes in front of its list: the last one to be tried comes first. */
    for (unsigned fallback = 2; fallback-- > 0;) {
        for (unsigned i = count; i-- > 0;) {
            if (is_fallback(codec, i) != (fallback != 0))
                continue;
            bool has = dispatch_key(codec, dispatch, &codec->messages[i], &key);
            uint32_t bucket = has ? bucket_of(dispatch, key) : dispatch->buckets;
            next[i] = first[bucket];
            first[bucket] = (uint16_t)i;
        }
    }
    dispatch->first = first;
    dispatch->next = next;
}

void dispatch_begin(const struct dgm_codec *codec, const struct dgm_call *call,
                    const uint8_t *frame, size_t length, struct dispatch_walk *ret)
{
    const struct dispatch *dispatch = &codec->dispatch;
    uint32_t key = (uint32_t)length;
    bool has = true;
    if (dispatch->kind == DGM_GUARD_CHANNEL) {
        has = call->has_channel;
        key = call->channel;
    } else if (dispatch->kind == DGM_GUARD_BYTES) {
        has = dispatch->at < length;
        key = has ? dispatch_key_of_byte(dispatch, frame[dispatch->at]) : 0;
    }
    ret->keyed = has ? dispatch->first[bucket_of(dispatch, key)] : DGM_NONE;
    ret->other = dispatch->first[dispatch->buckets];
}

/* Is the left one tried before the right one? */
static bool is_earlier(const struct dgm_codec *codec, uint16_t left, uint16_t right)
{
    bool late = is_fallback(codec, left);
    return late == is_fallback(codec, right) ? left < right : !late;
}

uint16_t dispatch_next(const struct dgm_codec *codec, struct dispatch_walk *walk)
{
    bool keyed = walk->keyed != DGM_NONE &&
                 (walk->other == DGM_NONE || is_earlier(codec, walk->keyed, walk->other));
    uint16_t *from = keyed ? &walk->keyed : &walk->other, found = *from;
    if (found != DGM_NONE)
        *from = codec->dispatch.next[found];
    return found;
}
