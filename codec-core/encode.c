/* SPDX-License-Identifier: MIT */
/*
 * The encoder: read the envelope, choose the message, bind its members, then walk the
 * rows in wire order and write. Nothing is sent of a message that fails: the caller sees
 * bytes only with DGM_OK.
 */
#include "encode.h"

#include <string.h>
#include "framing.h"
#include "plan.h"

static void add_indices(const struct encoder *encoder, struct dgm_error *error)
{
    for (unsigned i = 0; i < encoder->depth; i++) {
        const struct encode_level *level = &encoder->levels[i];
        bool repeats = encoder->rows[level->row].op == DGM_OP_REPEAT;
        if (repeats && level->index != UINT32_MAX &&
            error->index_count < DGM_ERROR_INDICES)
            error->index[error->index_count++] = (uint16_t)level->index;
    }
}

enum dgm_status encode_fail(struct encoder *encoder, enum dgm_status status,
                            uint32_t path, size_t json_at)
{
    error_set(encoder->error, status, DGM_PLACE_JSON, json_at);
    if (encoder->error != NULL) {
        encoder->error->path = path;
        add_indices(encoder, encoder->error);
    }
    return status;
}

enum dgm_status encode_fail_row(struct encoder *encoder, enum dgm_status status,
                                const struct dgm_row *row, size_t json_at)
{
    return encode_fail(encoder, status, row->path, json_at);
}

enum dgm_status(encode_fail_text)(struct encoder *encoder, enum dgm_status status,
                                  uint32_t path, size_t json_at, const char *detail)
{
    encode_fail(encoder, status, path, json_at);
    if (encoder->error != NULL)
        encoder->error->detail = detail;
    return status;
}

void encode_reader(const struct encoder *encoder, size_t at, struct json_reader *ret)
{
    json_reader_init(ret, encoder->json, encoder->json_length);
    ret->position = at;
}

static enum dgm_status check_direction(struct encoder *encoder)
{
    enum dgm_direction direction = encoder->call->direction;
    if (direction == DGM_DIRECTION_AUTO || encoder->message->kind == DGM_KIND_RAW ||
        kind_is_up(encoder->message->kind) == (direction == DGM_DIRECTION_UP))
        return DGM_OK;
    return encode_fail(encoder, DGM_WRONG_DIRECTION, encoder->message->name, 0);
}

static enum dgm_status check_space(struct encoder *encoder, size_t length, size_t size)
{
    if (length <= size)
        return DGM_OK;
    encode_fail(encoder, DGM_NO_SPACE, 0, 0);
    if (encoder->error != NULL) {
        encoder->error->place = DGM_PLACE_NONE;
        encoder->error->needed = (uint32_t)length;
    }
    return DGM_NO_SPACE;
}

/* The frame was written to the scratch memory; it goes out with its framing. */
static enum dgm_status put_on_line(struct encoder *encoder, uint8_t *frame, size_t size)
{
    const struct dgm_framing *framing = encoder->codec->framing;
    size_t length = framing_add(framing, encoder->frame, encoder->length, frame, size);
    enum dgm_status status = check_space(encoder, length, size);
    encoder->length = length;
    if (status == DGM_OK && !framing_length_holds(framing, frame, length))
        return encode_fail_text(encoder, DGM_FRAMING, encoder->message->name, 0,
                                "the frame does not have the length that it tells");
    return status;
}

static ONE_COPY enum dgm_status finish_frame(struct encoder *encoder, uint8_t *frame,
                                             size_t size, struct dgm_outcome *ret)
{
    enum dgm_status status;
    if (encoder->length > encoder->message->frame_max)
        return encode_fail(encoder, DGM_LIMIT, encoder->message->name, 0);
    if (HAS_HOOKS && encoder->codec->framing != NULL && encoder->length > 0)
        status = put_on_line(encoder, frame, size);
    else
        status = check_space(encoder, encoder->length, size);
    if (status != DGM_OK)
        return status;
    if (encoder->call->frame_limit != 0 && encoder->length > encoder->call->frame_limit)
        return encode_fail(encoder, DGM_LIMIT, encoder->message->name, 0);
    struct dgm_outcome outcome = {0};
    outcome.length = encoder->length;
    outcome.message = encoder->message_index;
    outcome.kind = encoder->message->kind;
    outcome.has_channel = (encoder->message->flags & DGM_MESSAGE_CHANNEL) != 0;
    outcome.channel = encoder->message->channel;
    if (encoder->message->topic != 0)
        outcome.topic = encoder->codec->pool + encoder->message->topic;
    *ret = outcome;
    return encoder->length > 0 ? DGM_OK : DGM_NOTHING;
}

/* Would decode take the frame for this message? Constants see to it; a length that the
 * message is known by is seen only now. */
static enum dgm_status check_recognised(struct encoder *encoder)
{
    const struct dgm_message *message = encoder->message;
    if (encoder->length > encoder->frame_size ||
        (message->flags & DGM_MESSAGE_ENCODE_ONLY) || message->kind == DGM_KIND_REPLY ||
        message_fits(encoder->codec, message, NULL, encoder->frame, encoder->length))
        return DGM_OK;
    encode_fail_text(encoder, DGM_LENGTH, message->name, 0,
                     "the message is known by another length or content");
    if (HAS_DETAILS && encoder->error != NULL) {
        encoder->error->has |= DGM_ERROR_HAS_RAW;
        encoder->error->raw = encoder->length;
    }
    return DGM_LENGTH;
}

static enum dgm_status encode_checked(struct encoder *encoder, uint8_t *frame,
                                      size_t size, struct dgm_outcome *ret)
{
    enum dgm_status status = envelope_read(encoder);
    if (status == DGM_OK)
        status = encode_choose(encoder);
    if (status == DGM_NOTHING) {
        memset(ret, 0, sizeof(*ret));
        ret->message = DGM_NONE;
        return status;
    }
    if (status == DGM_OK)
        status = check_direction(encoder);
    if (status == DGM_OK)
        status = encode_walk(encoder);
    if (status == DGM_OK)
        status = encode_fixups(encoder);
    if (status == DGM_OK)
        status = check_recognised(encoder);
    return status == DGM_OK ? finish_frame(encoder, frame, size, ret) : status;
}

size_t encode_walk_size(const struct dgm_codec *codec)
{
    bool has_texts = HAS_TEXTS && codec->model->parts.count > 0;
    return codec->depth_max * sizeof(struct encode_level) +
           (has_texts ? DGM_MAX_PARTS * sizeof(struct json_string) : 0);
}

static enum dgm_status check_json_length(const struct dgm_call *call, size_t length,
                                         struct dgm_error *reterr)
{
    size_t most = call->json_limit != 0 && call->json_limit < UINT32_MAX
                      ? call->json_limit
                      : UINT32_MAX;
    return length <= most ? DGM_OK : error_set(reterr, DGM_LIMIT, DGM_PLACE_JSON, most);
}

static ONE_COPY enum dgm_status check_json(const char *json, size_t length,
                                           struct dgm_error *reterr)
{
    size_t fault;
    enum dgm_status status = dgm_json_check(json, length, &fault);
    return status == DGM_OK ? DGM_OK : error_set(reterr, status, DGM_PLACE_JSON, fault);
}

/* All of the encoder but the JSON and the buffer of the caller. */
static ONE_COPY enum dgm_status prepare(struct encoder *encoder,
                                        const struct dgm_codec *codec,
                                        const struct dgm_call *call,
                                        struct dgm_error *reterr)
{
    struct scratch scratch;
    memset(encoder, 0, sizeof(*encoder));
    enum dgm_status status = scratch_divide(codec, call, &scratch, reterr);
    if (status != DGM_OK)
        return status;
    encoder->codec = codec;
    encoder->call = call;
    encoder->error = reterr;
    encoder->bound = scratch.bound;
    encoder->index = scratch.index;
    encoder->slots = scratch.slots;
    encoder->request = scratch.request;
    encoder->request_slots = scratch.request_slots;
    encoder->levels = scratch.walk;
    if (scratch.walk != NULL)
        encoder->pieces =
            (struct json_string *)(void *)(encoder->levels + codec->depth_max);
    encoder->frame = scratch.content;
    encoder->frame_size = codec->content_size;
    encoder->plain = scratch.plain;
    encoder->packed = scratch.packed;
    encoder->machine.codec = codec;
    encoder->machine.call = call;
    encoder->machine.slots = scratch.slots;
    encoder->machine.roles = encoder->envelope.roles;
    encoder->machine.member = encode_member_value;
    encoder->machine.user = encoder;
    return DGM_OK;
}

/* The call by the rows of the table. */
enum dgm_status encode_by_rows(const struct dgm_codec *codec, const struct dgm_call *call,
                               const char *json, size_t json_length, uint8_t *frame,
                               size_t frame_size, struct dgm_outcome *ret,
                               struct dgm_error *reterr)
{
    struct dgm_call copy;
    const struct dgm_call *known;
    struct encoder encoder;
    if (call_known(call, HAS_GROWTH ? &copy : NULL, &known) != DGM_OK)
        return error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    enum dgm_status status = check_json_length(known, json_length, reterr);
    if (status == DGM_OK)
        status = prepare(&encoder, codec, known, reterr);
    if (status == DGM_OK)
        status = check_json(json, json_length, reterr);
    if (status != DGM_OK)
        return status;
    encoder.json = json;
    encoder.json_length = json_length;
    /* Where escapes follow, the frame is written aside first. */
    if (!HAS_HOOKS || codec->framing == NULL) {
        encoder.frame = frame;
        encoder.frame_size = frame_size;
    }
    encoder.wire_frame = encoder.frame;
    encoder.wire_size = encoder.frame_size;
    return encode_checked(&encoder, frame, frame_size, ret);
}

enum dgm_status dgm_encode(const struct dgm_codec *codec, const struct dgm_call *call,
                           const char *json, size_t json_length, uint8_t *frame,
                           size_t frame_size, struct dgm_outcome *ret,
                           struct dgm_error *reterr)
{
    if (codec == NULL || ret == NULL || json == NULL || (frame == NULL && frame_size > 0))
        return error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    if (plan_takes_json(codec, call) &&
        plan_encode_run(codec, call, json, json_length, frame, frame_size, ret))
        return DGM_OK;
    return encode_by_rows(codec, call, json, json_length, frame, frame_size, ret, reterr);
}
