/* SPDX-License-Identifier: MIT */
/* Preparing a codec, choosing messages, dividing the caller's memory. */
#include <dragoman/codec.h>

#include "private.h"

#include <string.h>
#include "frame.h"
#include "framing.h"
#include "topic.h"

enum { ALIGNMENT = 8, REQUEST_SLACK = 1024, CALL_SIZE_MAX = 4096 };

static size_t aligned(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

enum dgm_status error_set(struct dgm_error *error, enum dgm_status status,
                          enum dgm_place place, size_t offset)
{
    if (error != NULL) {
        memset(error, 0, sizeof(*error));
        error->status = status;
        error->place = (uint8_t)place;
        error->offset = (uint32_t)offset;
    }
    return status;
}

size_t dgm_codec_size(const void *model, size_t model_size)
{
    struct dgm_model head;
    if (model == NULL || model_size < sizeof(head))
        return 0;
    memcpy(&head, model, sizeof(head));
    return aligned(sizeof(struct dgm_codec)) +
           (HAS_SPEED ? dispatch_size(head.messages.count) : 0);
}

/* Both the message at work and an answered message keep slots when there are replies. */
static size_t slot_bytes(const struct dgm_codec *codec)
{
    size_t sets = codec->request_max > 0 ? 2 : 1;
    return aligned(sets * codec->slots_max * sizeof(struct value));
}

/* Two numbers for each of many members. */
static size_t index_bytes(const struct dgm_codec *codec)
{
    if (!HAS_SPEED || codec->members_max < MEMBERS_INDEXED)
        return 0;
    return aligned(2 * codec->members_max * sizeof(uint16_t));
}

/* A request is decoded before the walk of the reply that answers it. */
static size_t walk_size(const struct dgm_codec *codec)
{
    size_t decode = decode_walk_size(codec);
    size_t encode = HAS_ENCODE ? encode_walk_size(codec) : 0;
    return decode > encode ? decode : encode;
}

/* Bytes for the largest of the codec's messages. */
static size_t scratch_size(const struct dgm_codec *codec)
{
    return codec->slots_at + slot_bytes(codec) +
           aligned(codec->members_max * sizeof(struct bound)) + index_bytes(codec) +
           aligned(codec->request_max) + aligned(codec->content_size) +
           aligned(codec->plain_size) + aligned(codec->packed_size);
}

static void measure(struct dgm_codec *codec)
{
    bool has_replies = false;
    for (unsigned i = 0; i < codec->model->messages.count; i++) {
        const struct dgm_message *message = &codec->messages[i];
        if (message->slots > codec->slots_max)
            codec->slots_max = message->slots;
        if (message->member_count > codec->members_max)
            codec->members_max = message->member_count;
        if (message->frame_max > codec->frame_max)
            codec->frame_max = message->frame_max;
        for (unsigned shape = 0; shape < 3; shape++)
            if (message->json_max[shape] > codec->json_max[shape])
                codec->json_max[shape] = message->json_max[shape];
        has_replies = has_replies || (HAS_REPLIES && message->kind == DGM_KIND_REPLY);
    }
    for (unsigned i = 0; HAS_TAGS && i < codec->model->rows.count; i++)
        codec->has_names = codec->has_names || row_is_noted(&codec->rows[i]);
    for (unsigned i = 0; HAS_HOOKS && i < codec->model->hooks.count; i++)
        if (codec->hooks[i].output_limit > codec->plain_size)
            codec->plain_size = codec->hooks[i].output_limit;
    if (codec->plain_size > 0)
        codec->packed_size = codec->frame_max;
    if (HAS_HOOKS && codec->framing != NULL) {
        codec->content_size = codec->framing->content_max;
        codec->frame_max = framing_most(codec->framing, codec->frame_max);
    }
    if (has_replies)
        codec->request_max = codec->frame_max + REQUEST_SLACK;
    if (has_replies && codec->request_max < codec->content_size)
        codec->request_max = codec->content_size;
    codec->slots_at = aligned(walk_size(codec));
    codec->scratch_size = scratch_size(codec);
}

/* Is there a table, and memory for its codec? */
static enum dgm_status check_memory(const void *model, size_t model_size, void *memory,
                                    size_t memory_size, struct dgm_error *reterr)
{
    size_t needed = dgm_codec_size(model, model_size);
    if (memory == NULL || model == NULL)
        return error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    if (needed == 0)
        return error_set(reterr, DGM_BAD_TABLE, DGM_PLACE_TABLE, model_size);
    if (memory_size < needed || (uintptr_t)memory % ALIGNMENT != 0) {
        error_set(reterr, DGM_NO_SPACE, DGM_PLACE_NONE, 0);
        if (reterr != NULL)
            reterr->needed = (uint32_t)needed;
        return DGM_NO_SPACE;
    }
    memset(memory, 0, needed);
    return DGM_OK;
}

enum dgm_status dgm_codec_open(const void *model, size_t model_size, void *memory,
                               size_t memory_size, const struct dgm_codec **ret_codec,
                               struct dgm_error *reterr)
{
    if (ret_codec == NULL || !HAS_VERIFY)
        return error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    enum dgm_status status = check_memory(model, model_size, memory, memory_size, reterr);
    struct dgm_codec *codec = memory;
    if (status == DGM_OK)
        status = table_verify(model, model_size, codec, reterr);
    if (status != DGM_OK)
        return status;
    measure(codec);
    if (HAS_SPEED)
        dispatch_prepare(codec, (uint8_t *)memory + aligned(sizeof(*codec)));
    *ret_codec = codec;
    return DGM_OK;
}

enum dgm_status dgm_codec_open_trusted(const void *model, size_t model_size, void *memory,
                                       size_t memory_size,
                                       const struct dgm_codec **ret_codec,
                                       struct dgm_error *reterr)
{
    if (ret_codec == NULL)
        return error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    enum dgm_status status = check_memory(model, model_size, memory, memory_size, reterr);
    struct dgm_codec *codec = memory;
    if (status == DGM_OK)
        status = table_trust(model, model_size, codec, reterr);
    if (status != DGM_OK)
        return status;
    measure(codec);
    if (HAS_SPEED)
        dispatch_prepare(codec, (uint8_t *)memory + aligned(sizeof(*codec)));
    *ret_codec = codec;
    return DGM_OK;
}

const struct dgm_model *dgm_codec_model(const struct dgm_codec *codec)
{
    return codec->model;
}

const char *dgm_codec_text(const struct dgm_codec *codec, uint32_t offset)
{
    return offset < codec->model->pool.count ? codec->pool + offset : "";
}

size_t dgm_codec_scratch_size(const struct dgm_codec *codec)
{
    return codec->scratch_size;
}

size_t dgm_codec_json_max(const struct dgm_codec *codec, int shape)
{
    return shape >= 0 && shape < 3 ? codec->json_max[shape]
                                   : codec->json_max[DGM_SHAPE_PLAIN];
}

size_t dgm_codec_frame_max(const struct dgm_codec *codec)
{
    return codec->frame_max;
}

enum dgm_status scratch_divide(const struct dgm_codec *codec, const struct dgm_call *call,
                               struct scratch *ret, struct dgm_error *reterr)
{
    bool misaligned = (uintptr_t)call->scratch % ALIGNMENT != 0;
    memset(ret, 0, sizeof(*ret));
    if (codec->scratch_size == 0)
        return DGM_OK;
    if (call->scratch == NULL || call->scratch_size < codec->scratch_size || misaligned) {
        error_set(reterr, DGM_NO_SCRATCH, DGM_PLACE_NONE, 0);
        if (reterr != NULL)
            reterr->needed = (uint32_t)codec->scratch_size;
        return DGM_NO_SCRATCH;
    }
    uint8_t *memory = call->scratch;
    ret->walk = memory;
    memory += codec->slots_at;
    ret->slots = (struct value *)(void *)memory;
    ret->request_slots = codec->request_max > 0 ? ret->slots + codec->slots_max : NULL;
    memory += slot_bytes(codec);
    ret->bound = (struct bound *)(void *)memory;
    memory += aligned(codec->members_max * sizeof(struct bound));
    ret->index = index_bytes(codec) > 0 ? (uint16_t *)(void *)memory : NULL;
    ret->request = memory + index_bytes(codec);
    ret->content = ret->request + aligned(codec->request_max);
    ret->plain = ret->content + aligned(codec->content_size);
    ret->packed = ret->plain + aligned(codec->plain_size);
    return DGM_OK;
}

struct value *scratch_slots(const struct dgm_codec *codec, const struct dgm_call *call)
{
    return (struct value *)(void *)((uint8_t *)call->scratch + codec->slots_at);
}

static bool call_is_sound(const struct dgm_call *call)
{
    bool has_shape = (HAS_OCEANCONNECT || call->shape != DGM_SHAPE_OCEANCONNECT) &&
                     (HAS_IOTDA || call->shape != DGM_SHAPE_IOTDA);
    bool known = has_shape && call->shape <= DGM_SHAPE_AUTO &&
                 call->direction <= DGM_DIRECTION_DOWN &&
                 call->request_format <= DGM_REQUEST_ARRAY &&
                 call->unknown_members <= DGM_UNKNOWN_MEMBERS_IGNORE;
    return known && (call->notices != NULL || call->notice_capacity == 0) &&
           (call->hooks != NULL || call->hook_count == 0) &&
           (call->visits != NULL || call->visit_capacity == 0);
}

/* A shorter struct, of an earlier caller, is filled up. */
static const struct dgm_call *filled_up(const struct dgm_call *call,
                                        struct dgm_call *copy)
{
    static const struct dgm_call defaults = DGM_CALL_INIT;
    if (call == NULL)
        return &defaults;
    if (!HAS_GROWTH || call->size >= sizeof(*call))
        return call;
    *copy = defaults;
    memcpy(copy, call, call->size);
    return copy;
}

enum dgm_status call_known(const struct dgm_call *call, struct dgm_call *copy,
                           const struct dgm_call **ret)
{
    const size_t least = HAS_GROWTH ? sizeof(call->size) : sizeof(*call);
    if (call != NULL && (call->size < least || call->size > CALL_SIZE_MAX))
        return DGM_BAD_CALL;
    /* A newer caller's struct is longer; what we do not know of it must be unset. */
    const uint8_t *bytes = (const uint8_t *)call;
    for (size_t i = sizeof(*call); call != NULL && i < call->size; i++)
        if (bytes[i] != 0)
            return DGM_BAD_CALL;
    *ret = filled_up(call, copy);
    return call_is_sound(*ret) ? DGM_OK : DGM_BAD_CALL;
}

uint16_t message_by_name(const struct dgm_codec *codec, const char *name)
{
    size_t length = strlen(name) + 1;
    for (unsigned i = 0; i < codec->model->messages.count; i++) {
        uint32_t at = codec->messages[i].name;
        if (length <= codec->model->pool.count - at &&
            memcmp(codec->pool + at, name, length) == 0)
            return (uint16_t)i;
    }
    return DGM_NONE;
}

bool guard_holds(const struct dgm_codec *codec, const struct dgm_guard *guard,
                 const struct dgm_call *call, const uint8_t *frame, size_t length)
{
    if (HAS_TOPICS && guard->kind == DGM_GUARD_TOPIC) {
        const char *filter = codec->pool + guard->value;
        return call == NULL ||
               (call->topic != NULL &&
                topic_fits(filter, strlen(filter), call->topic, call->topic_length));
    }
    if (guard->kind == DGM_GUARD_LENGTH)
        return length >= guard->value && length <= guard->mask;
    if (guard->kind == DGM_GUARD_CHANNEL)
        return call == NULL || (call->has_channel && call->channel >= guard->value &&
                                call->channel <= guard->mask);
    if ((size_t)guard->at + guard->size > length)
        return false;
    uint64_t value = frame_load(frame + guard->at, guard->size, DGM_ORDER_BE);
    return (value & guard->mask) == guard->value;
}

bool message_fits(const struct dgm_codec *codec, const struct dgm_message *message,
                  const struct dgm_call *call, const uint8_t *frame, size_t length)
{
    const struct dgm_guard *guard = codec->guards + message->first_guard;
    bool holds = false;
    for (unsigned i = 0; i < message->guard_count; i++, guard++) {
        /* Guards joined by DGM_GUARD_OR_NEXT hold together if one of them does. */
        holds = holds || guard_holds(codec, guard, call, frame, length);
        if (guard->flags & DGM_GUARD_OR_NEXT)
            continue;
        if (!holds)
            return false;
        holds = false;
    }
    return true;
}

/* Is the message of that direction, and do its guards hold? */
static bool is_fitting(const struct dgm_codec *codec, unsigned index,
                       const struct dgm_call *call, bool up, const uint8_t *frame,
                       size_t length)
{
    const struct dgm_message *message = &codec->messages[index];
    return (message->kind == DGM_KIND_RAW || kind_is_up(message->kind) == up) &&
           message_fits(codec, message, call, frame, length);
}

static uint16_t message_of_many(const struct dgm_codec *codec,
                                const struct dgm_call *call, bool up,
                                const uint8_t *frame, size_t length)
{
    struct dispatch_walk walk;
    uint16_t index;
    dispatch_begin(codec, call, frame, length, &walk);
    do
        index = dispatch_next(codec, &walk);
    while (index != DGM_NONE && !is_fitting(codec, index, call, up, frame, length));
    return index;
}

uint16_t message_by_guards(const struct dgm_codec *codec, const struct dgm_call *call,
                           enum dgm_direction direction, const uint8_t *frame,
                           size_t length)
{
    bool up = direction != DGM_DIRECTION_DOWN;
    uint16_t fallback = DGM_NONE;
    if (HAS_SPEED && codec->dispatch.first != NULL)
        return message_of_many(codec, call, up, frame, length);
    for (unsigned i = 0; i < codec->model->messages.count; i++) {
        bool is_fallback = (codec->messages[i].flags & DGM_MESSAGE_FALLBACK) != 0;
        if ((is_fallback && fallback != DGM_NONE) ||
            !is_fitting(codec, i, call, up, frame, length))
            continue;
        if (!is_fallback)
            return (uint16_t)i;
        fallback = (uint16_t)i;
    }
    return fallback;
}

uint16_t dgm_identify(const struct dgm_codec *codec, const struct dgm_call *call,
                      const uint8_t *frame, size_t frame_length)
{
    struct dgm_call copy;
    const struct dgm_call *known;
    struct scratch scratch;
    struct content content;
    struct framing_fault fault;
    if (codec == NULL || (frame == NULL && frame_length > 0) ||
        call_known(call, HAS_GROWTH ? &copy : NULL, &known) != DGM_OK)
        return DGM_NONE;
    /* Only escapes need memory. */
    bool needs = codec->framing != NULL && codec->framing->escape != DGM_FRAMING_PLAIN;
    memset(&scratch, 0, sizeof(scratch));
    if (needs && scratch_divide(codec, known, &scratch, NULL) != DGM_OK)
        return DGM_NONE;
    if (framing_remove(codec->framing, frame, frame_length, scratch.content,
                       codec->content_size, &content, &fault) != DGM_OK)
        return DGM_NONE;
    return message_by_guards(codec, known, known->direction, content.bytes,
                             content.length);
}
