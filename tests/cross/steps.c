/* SPDX-License-Identifier: MIT */
/* The calls that are made with a vector, and how their outcome is told. */
#include "steps.h"

#include <dragoman/json.h>

#include <stdalign.h>
#include <string.h>

enum {
    NOTICES = 8,
    PLACES = 64, /* places of one input that are damaged, one at a time */
    SHAPE_AS_IS = CROSS_SHAPES
};

/* A machine without a heap: all memory is here. The first text holds what was decoded. */
static alignas(max_align_t) unsigned char codec_memory[CROSS_CODEC_MAX];
static alignas(max_align_t) unsigned char plan_memory[CROSS_PLAN_MAX];
static alignas(max_align_t) unsigned char scratch[CROSS_SCRATCH_MAX];
static char texts[2][CROSS_TEXT_MAX];
static uint8_t frames[2][CROSS_FRAME_MAX];
static struct cross_answer answer;
static struct dgm_error notices[NOTICES];

static const char *const decode_steps[] = {"decode oceanconnect", "decode iotda",
                                           "decode plain"};
static const char *const encode_steps[] = {"encode oceanconnect", "encode iotda",
                                           "encode plain", "encode"};

const struct dgm_codec *cross_open(const struct dgm_model *model, size_t size)
{
    const struct dgm_codec *codec = NULL;
    size_t needed = dgm_codec_size(model, size);
    if (needed == 0 || needed > sizeof(codec_memory) ||
        dgm_codec_open(model, size, codec_memory, needed, &codec, NULL) != DGM_OK ||
        dgm_codec_scratch_size(codec) > sizeof(scratch)) {
        return NULL;
    }
    return codec;
}

const struct dgm_codec *cross_plan(const struct dgm_codec *codec)
{
    const struct dgm_codec *plan = NULL;
    if (dgm_codec_plan(codec, plan_memory, sizeof(plan_memory), &plan, NULL) != DGM_OK) {
        return NULL;
    }
    return plan;
}

static struct dgm_call call_of(const struct cross_vector *vector)
{
    struct dgm_call call = DGM_CALL_INIT;
    call.shape = (enum dgm_shape)vector->shape;
    call.message = vector->message;
    call.has_channel = vector->has_channel;
    call.channel = vector->channel;
    call.has_received = vector->has_received;
    call.received_ms = vector->received_ms;
    call.request = vector->request;
    call.request_length = vector->request_length;
    call.scratch = scratch;
    call.scratch_size = sizeof(scratch);
    call.notices = notices;
    call.notice_capacity = NOTICES;
    return call;
}

static void put_error(const struct dgm_codec *codec, const struct dgm_error *error)
{
    char line[512];
    size_t length = dgm_error_render(codec, error, line, sizeof(line));
    cross_put(&answer, line, length < sizeof(line) ? length : sizeof(line) - 1);
    cross_put_text(&answer, "; ");
    cross_put_number(&answer, error->needed);
    cross_put_text(&answer, "\n");
}

static void put_outcome(const struct dgm_codec *codec, enum dgm_status status,
                        const struct dgm_outcome *outcome, const struct dgm_error *error)
{
    answer.length = 0;
    answer.cut = false;
    cross_put_text(&answer, dgm_status_id(status));
    cross_put_text(&answer, " ");
    cross_put_number(&answer, outcome->message);
    cross_put_text(&answer, " ");
    cross_put_number(&answer, outcome->kind);
    cross_put_text(&answer, " ");
    cross_put_number(&answer, outcome->has_channel ? outcome->channel + 1u : 0);
    cross_put_text(&answer, " ");
    cross_put_text(&answer, outcome->topic != NULL ? outcome->topic : "-");
    cross_put_text(&answer, " ");
    cross_put_number(&answer, outcome->notice_count);
    cross_put_text(&answer, "\n");
    for (size_t i = 0; i < outcome->notice_count && i < NOTICES; i++) {
        put_error(codec, &notices[i]);
    }
    if (status != DGM_OK && status != DGM_NOTHING) {
        put_error(codec, error);
    }
}

static void put_hex(const uint8_t *bytes, size_t length)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < length; i++) {
        char pair[2] = {digits[bytes[i] >> 4], digits[bytes[i] & 0x0F]};
        cross_put(&answer, pair, sizeof(pair));
    }
}

static void before(const struct cross_run *run, enum cross_kind kind)
{
    if (run->before != NULL) {
        run->before(run->user, kind);
    }
}

static void after(const struct cross_run *run, enum cross_kind kind)
{
    if (run->after != NULL) {
        run->after(run->user, kind);
    }
}

static void take(const struct cross_run *run, const char *step, bool mutated)
{
    run->take(run->user, step, mutated, &answer);
}

/* The room in which a step works, and what it is called if its answer is wrong. */
struct step {
    const char *name;
    bool mutated;
    size_t room;
};

/* Returns the length of the JSON in texts[0]; 0 if there is none. */
static size_t decode(const struct cross_run *run, const struct cross_vector *vector,
                     enum dgm_shape shape, struct step step, const uint8_t *frame,
                     size_t length)
{
    struct dgm_call call = call_of(vector);
    struct dgm_outcome outcome = {0};
    struct dgm_error error = {0};
    call.direction = vector->down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    call.shape = shape;
    before(run, CROSS_DECODE);
    enum dgm_status status = dgm_decode(run->codec, &call, frame, length, texts[0],
                                        step.room, &outcome, &error);
    after(run, CROSS_DECODE);
    put_outcome(run->codec, status, &outcome, &error);
    if (status == DGM_OK) {
        cross_put(&answer, texts[0], outcome.length);
    }
    take(run, step.name, step.mutated);
    return status == DGM_OK ? outcome.length : 0;
}

static void encode(const struct cross_run *run, const struct cross_vector *vector,
                   enum dgm_shape shape, struct step step, const char *json,
                   size_t length)
{
    struct dgm_call call = call_of(vector);
    struct dgm_outcome outcome = {0};
    struct dgm_error error = {0};
    call.shape = shape;
    before(run, CROSS_ENCODE);
    enum dgm_status status = dgm_encode(run->codec, &call, json, length, frames[1],
                                        step.room, &outcome, &error);
    after(run, CROSS_ENCODE);
    put_outcome(run->codec, status, &outcome, &error);
    if (status == DGM_OK) {
        put_hex(frames[1], outcome.length);
    }
    take(run, step.name, step.mutated);
}

/* The functions for JSON: is it well formed, does it mean the same, how is it laid out?
 */
static void look_at_json(const struct cross_run *run, const struct cross_vector *vector,
                         size_t length)
{
    size_t place = 0;
    size_t written = 0;
    before(run, CROSS_OTHER);
    enum dgm_status status = dgm_json_check(texts[0], length, &place);
    bool same = status == DGM_OK && vector->json != NULL &&
                dgm_json_equal(texts[0], length, vector->json, vector->json_length, 1e-9);
    enum dgm_status indent =
        dgm_json_indent(texts[0], length, 2, texts[1], sizeof(texts[1]), &written);
    after(run, CROSS_OTHER);
    answer.length = 0;
    answer.cut = false;
    cross_put_text(&answer, dgm_status_id(status));
    cross_put_text(&answer, same ? " same " : " other ");
    cross_put_text(&answer, dgm_status_id(indent));
    cross_put_text(&answer, "\n");
    cross_put(&answer, texts[1], indent == DGM_OK ? written : 0);
    take(run, "json", true);
}

static void identify(const struct cross_run *run, const struct cross_vector *vector)
{
    struct dgm_call call = call_of(vector);
    call.direction = vector->down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    answer.length = 0;
    answer.cut = false;
    cross_put_number(
        &answer, dgm_identify(run->codec, &call, vector->frame, vector->frame_length));
    take(run, "identify", false);
}

static size_t stride(size_t length)
{
    return length / PLACES + 1;
}

/* Short frames, and frames with one wrong byte. */
static void damage_frame(const struct cross_run *run, const struct cross_vector *vector)
{
    static const uint8_t masks[] = {0x01, 0x80, 0xFF};
    struct step step = {"decode a damaged frame", true, sizeof(texts[0])};
    size_t length = vector->frame_length;
    for (size_t at = 0; at < length; at += stride(length)) {
        (void)decode(run, vector, DGM_SHAPE_PLAIN, step, vector->frame, at);
        for (size_t i = 0; i < sizeof(masks); i++) {
            memcpy(frames[0], vector->frame, length);
            frames[0][at] ^= masks[i];
            (void)decode(run, vector, DGM_SHAPE_PLAIN, step, frames[0], length);
        }
    }
}

/* Replace `old` bytes of the vector's JSON by another text, and encode that. */
static void encode_with(const struct cross_run *run, const struct cross_vector *vector,
                        size_t at, size_t old, const char *text)
{
    struct step step = {"encode damaged JSON", true, sizeof(frames[1])};
    size_t length = strlen(text);
    memcpy(texts[0], vector->json, at);
    memcpy(texts[0] + at, text, length);
    memcpy(texts[0] + at + length, vector->json + at + old,
           vector->json_length - at - old);
    encode(run, vector, (enum dgm_shape)vector->shape, step, texts[0],
           vector->json_length - old + length);
}

static void damage_json(const struct cross_run *run, const struct cross_vector *vector)
{
    size_t count = stride(vector->json_length);
    for (size_t at = 0; at < vector->json_length; at++) {
        bool digit = vector->json[at] >= '0' && vector->json[at] <= '9';
        if (digit) {
            char other[2] = {(char)('0' + '9' - vector->json[at]), '\0'};
            encode_with(run, vector, at, 1, other);
            encode_with(run, vector, at, 0, "9");
            encode_with(run, vector, at + 1, 0, ".5");
            encode_with(run, vector, at + 1, 0, "e9");
        } else if (at % count == 0) {
            encode_with(run, vector, at, 1, "");
        }
    }
}

static void frame_steps(const struct cross_run *run, const struct cross_vector *vector)
{
    identify(run, vector);
    for (unsigned shape = 0; shape < CROSS_SHAPES; shape++) {
        struct step step = {decode_steps[shape], false, sizeof(texts[0])};
        size_t length = decode(run, vector, (enum dgm_shape)shape, step, vector->frame,
                               vector->frame_length);
        if (length == 0) {
            continue;
        }
        look_at_json(run, vector, length);
        step = (struct step){encode_steps[shape], false, sizeof(frames[1])};
        encode(run, vector, (enum dgm_shape)shape, step, texts[0], length);
        step = (struct step){"decode into little room", true, length / 2};
        (void)decode(run, vector, (enum dgm_shape)shape, step, vector->frame,
                     vector->frame_length);
    }
    damage_frame(run, vector);
}

void cross_steps(const struct cross_run *run, const struct cross_vector *vector)
{
    struct step step = {encode_steps[SHAPE_AS_IS], false, sizeof(frames[1])};
    if (vector->has_frame) {
        frame_steps(run, vector);
    }
    if (vector->json != NULL) {
        encode(run, vector, (enum dgm_shape)vector->shape, step, vector->json,
               vector->json_length);
        damage_json(run, vector);
    }
}
