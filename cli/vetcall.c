/* SPDX-License-Identifier: MIT */
/* Calls between guard pages, made twice and compared. */
#include "vetcall.h"

#include <dragoman/json.h>
#include <dragoman/transform.h>

#include <stdio.h>
#include <string.h>

enum { OUTPUT_MAX = 64 << 20, CANARY = 64, CANARY_BYTE = 0xA5, ERROR_TEXT = 512 };

/* One call, whichever way it goes. */
struct going {
    struct vet_caller *caller;
    const struct dgm_call *call;
    const uint8_t *input;
    size_t length;
    struct vet_rooms rooms;
    bool decodes;
};

static size_t longest(const struct vet_model *model)
{
    size_t most = dgm_codec_frame_max(model->rows);
    for (int shape = DGM_SHAPE_OCEANCONNECT; shape <= DGM_SHAPE_PLAIN; shape++) {
        size_t json = dgm_codec_json_max(model->rows, shape);
        most = json > most ? json : most;
    }
    return most < OUTPUT_MAX ? most : OUTPUT_MAX;
}

static void add_hooks(struct vet_caller *caller, const struct dgm_hook *const *hooks,
                      size_t count)
{
    for (size_t i = 0; i < count && caller->hook_count < WORKER_HOOKS; i++) {
        caller->hooks[caller->hook_count++] = hooks[i];
    }
}

/* Those of the plug-in's code are asked first. */
static bool open_hooks(struct vet_caller *caller)
{
    size_t count = 0;
    const struct dgm_hook *const *hooks = vet_code_hooks(caller->model->code, &count);
    add_hooks(caller, hooks, count);
    if (dgm_codec_model(caller->model->rows)->hooks.count == 0) {
        return true;
    }
    if (!guard_open(&caller->transforms, DGM_TRANSFORM_SIZE)) {
        return false;
    }
    hooks = dgm_transforms(guard_end(&caller->transforms, DGM_TRANSFORM_SIZE), &count);
    add_hooks(caller, hooks, count);
    return true;
}

bool vet_caller_open(struct vet_caller *caller, const struct vet_task *task,
                     struct vet_result *result, const struct vet_model *model)
{
    memset(caller, 0, sizeof(*caller));
    caller->task = task;
    caller->result = result;
    caller->model = model;
    caller->output_most = longest(model);
    caller->scratch_size = dgm_codec_scratch_size(model->rows);
    bool good = guard_open(&caller->input, VET_INPUT_MAX) &&
                guard_open(&caller->output[0], caller->output_most + CANARY) &&
                guard_open(&caller->output[1], caller->output_most + CANARY) &&
                guard_open(&caller->scratch, caller->scratch_size + CANARY) &&
                guard_open(&caller->notices, VET_NOTICES * sizeof(struct dgm_error)) &&
                open_hooks(caller);
    if (!good) {
        vet_caller_close(caller);
    }
    return good;
}

void vet_caller_close(struct vet_caller *caller)
{
    struct guard *guards[] = {&caller->input,   &caller->output[0], &caller->output[1],
                              &caller->scratch, &caller->notices,   &caller->transforms};
    for (size_t i = 0; i < sizeof(guards) / sizeof(guards[0]); i++) {
        guard_close(guards[i]);
    }
}

bool vet_is_fine(const struct vet_answer *answer)
{
    return answer->status == DGM_OK || answer->status == DGM_NOTHING;
}

const char *vet_error_text(const struct vet_caller *caller,
                           const struct vet_answer *answer)
{
    static char text[ERROR_TEXT];
    (void)dgm_error_render(caller->model->rows, &answer->error, text, sizeof(text));
    return text;
}

/* The call as the tool completes it, with its buffers at ends or starts. */
static struct dgm_call furnish(const struct going *going, size_t way)
{
    const struct vet_caller *caller = going->caller;
    struct dgm_call call = *going->call;
    size_t count =
        going->rooms.notices < VET_NOTICES ? going->rooms.notices : VET_NOTICES;
    size_t scratch = going->rooms.scratch < caller->scratch_size ? going->rooms.scratch
                                                                 : caller->scratch_size;
    size_t aligned = (scratch + 7) / 8 * 8;
    call.scratch =
        way == 0 ? guard_end(&caller->scratch, aligned) : caller->scratch.first;
    call.scratch_size = scratch;
    call.hooks = caller->hooks;
    call.hook_count = caller->hook_count;
    call.notices = (struct dgm_error *)(void *)(guard_end(
        &caller->notices, count * sizeof(struct dgm_error)));
    call.notice_capacity = count;
    return call;
}

static size_t output_room(const struct going *going)
{
    const struct vet_caller *caller = going->caller;
    return going->rooms.output < caller->output_most ? going->rooms.output
                                                     : caller->output_most;
}

static void run(const struct going *going, size_t way)
{
    struct vet_caller *caller = going->caller;
    struct vet_answer *answer = &caller->answers[way];
    const struct guard *out = &caller->output[way];
    const struct dgm_codec *codec = way == 0 ? caller->model->rows : caller->model->plan;
    struct dgm_call call = furnish(going, way);
    size_t room = output_room(going);
    uint8_t *input =
        way == 0 ? guard_end(&caller->input, going->length) : caller->input.first;
    uint8_t *output = way == 0 ? guard_end(out, room) : out->first;
    if (going->length > 0) {
        memcpy(input, going->input, going->length);
    }
    if (way == 1) {
        memset(output + room, CANARY_BYTE, CANARY);
    }
    memset(answer, 0, sizeof(*answer));
    answer->outcome.message = DGM_NONE;
    answer->error.status = DGM_OK;
    answer->bytes = output;
    answer->status = going->decodes
                         ? caller->task->calls->decode(codec, &call, input, going->length,
                                                       (char *)output, room,
                                                       &answer->outcome, &answer->error)
                         : caller->task->calls->encode(codec, &call, (const char *)input,
                                                       going->length, output, room,
                                                       &answer->outcome, &answer->error);
    size_t told = answer->outcome.notice_count < call.notice_capacity
                      ? answer->outcome.notice_count
                      : call.notice_capacity;
    memcpy(answer->notices, call.notices, told * sizeof(answer->notices[0]));
}

/* Member by member: between them there is padding. */
static bool same_error(const struct dgm_error *left, const struct dgm_error *right)
{
    return left->status == right->status && left->place == right->place &&
           left->offset == right->offset && left->path == right->path &&
           left->raw == right->raw && left->expected == right->expected &&
           left->low == right->low && left->high == right->high &&
           left->has == right->has && left->needed == right->needed &&
           left->detail == right->detail;
}

static bool same_outcome(const struct dgm_outcome *left, const struct dgm_outcome *right)
{
    return left->length == right->length && left->notice_count == right->notice_count &&
           left->message == right->message && left->kind == right->kind &&
           left->has_channel == right->has_channel && left->channel == right->channel &&
           left->topic == right->topic;
}

static void compare(const struct going *going)
{
    struct vet_caller *caller = going->caller;
    const struct vet_answer *rows = &caller->answers[0], *plan = &caller->answers[1];
    if (rows->status != plan->status) {
        vet_fail(caller->result, "the rows say %s, the plan says %s",
                 dgm_status_id(rows->status), dgm_status_id(plan->status));
        return;
    }
    if (!same_outcome(&rows->outcome, &plan->outcome) ||
        (!vet_is_fine(rows) && !same_error(&rows->error, &plan->error))) {
        vet_fail(caller->result, "rows and plan both say %s, and differ in the details",
                 dgm_status_id(rows->status));
        return;
    }
    for (size_t i = 0; i < rows->outcome.notice_count && i < VET_NOTICES; i++) {
        if (!same_error(&rows->notices[i], &plan->notices[i])) {
            vet_fail(caller->result, "rows and plan differ in warning %zu", i + 1);
            return;
        }
    }
    if (rows->status == DGM_OK && rows->outcome.length <= output_room(going) &&
        memcmp(rows->bytes, plan->bytes, rows->outcome.length) != 0) {
        vet_fail(caller->result, "rows and plan give different bytes");
    }
}

static void check_canary(const struct going *going)
{
    const uint8_t *behind = going->caller->output[1].first + output_room(going);
    for (size_t i = 0; i < CANARY; i++) {
        if (behind[i] != CANARY_BYTE) {
            vet_fail(going->caller->result,
                     "byte %zu behind the output buffer was written to", i);
            return;
        }
    }
}

/* What came out: inside the buffer, as long as it may be, and JSON. */
static void check_output(const struct going *going, const struct vet_answer *answer)
{
    struct vet_result *result = going->caller->result;
    const struct dgm_codec *codec = going->caller->model->rows;
    size_t length = answer->outcome.length, offset = 0;
    enum dgm_shape shape = going->call->shape;
    shape = shape == DGM_SHAPE_AUTO ? DGM_SHAPE_PLAIN : shape;
    size_t most = going->decodes ? dgm_codec_json_max(codec, (int)shape)
                                 : dgm_codec_frame_max(codec);
    if (answer->outcome.message >= dgm_codec_model(codec)->messages.count) {
        vet_fail(result, "message %u: the table has no such one",
                 (unsigned)answer->outcome.message);
    } else if (length > output_room(going) || length > most) {
        vet_fail(result, "%zu bytes came out, expected at most %zu", length,
                 length > most ? most : output_room(going));
    } else if (going->decodes &&
               dgm_json_check((const char *)answer->bytes, length, &offset) != DGM_OK) {
        vet_fail(result, "what came out is no JSON, at its byte %zu", offset);
    }
}

static bool is_inside(const struct going *going, const struct dgm_error *error)
{
    switch ((enum dgm_place)error->place) {
    case DGM_PLACE_FRAME:
        return !going->decodes || error->offset <= going->length;
    case DGM_PLACE_JSON:
        return going->decodes || error->offset <= going->length;
    case DGM_PLACE_NONE:
        return true;
    case DGM_PLACE_TABLE:
        break;
    }
    return false;
}

/* Statuses that the call itself cannot be blamed for. */
static bool may_be(const struct going *going, enum dgm_status status)
{
    switch (dgm_status_family(status)) {
    case DGM_FAMILY_DATA:
        return true;
    case DGM_FAMILY_SPACE:
        return status == DGM_NO_SPACE
                   ? going->rooms.output < going->caller->output_most
                   : going->rooms.scratch < going->caller->scratch_size;
    case DGM_FAMILY_USAGE:
        /* The input may contradict the message or the shape that the call names. */
        return status == DGM_WRONG_DIRECTION || status == DGM_NO_REQUEST ||
               (status == DGM_BAD_CALL &&
                (going->call->message != NULL || going->call->shape <= DGM_SHAPE_IOTDA));
    default:
        return false;
    }
}

static void check_refusal(const struct going *going, const struct vet_answer *answer)
{
    struct vet_result *result = going->caller->result;
    if (!may_be(going, answer->status)) {
        vet_fail(result, "found status %s: %s", dgm_status_id(answer->status),
                 vet_error_text(going->caller, answer));
    } else if (answer->error.status != answer->status) {
        vet_fail(result, "the call says %s, its error %s", dgm_status_id(answer->status),
                 dgm_status_id(answer->error.status));
    } else if (!is_inside(going, &answer->error)) {
        vet_fail(result, "the place of the error is byte %u, behind the end of %zu bytes",
                 (unsigned)answer->error.offset, going->length);
    } else if (vet_error_text(going->caller, answer)[0] == '\0') {
        vet_fail(result, "the error %s has no text", dgm_status_id(answer->status));
    }
}

static void check_notices(const struct going *going, const struct vet_answer *answer)
{
    for (size_t i = 0;
         i < answer->outcome.notice_count && i < VET_NOTICES && i < going->rooms.notices;
         i++) {
        const struct dgm_error *notice = &answer->notices[i];
        if (strcmp(dgm_status_id(notice->status), "?") == 0 ||
            !is_inside(going, notice)) {
            vet_fail(going->caller->result, "warning %zu has no status or no place",
                     i + 1);
            return;
        }
    }
}

static const struct vet_answer *go(const struct going *going)
{
    struct vet_caller *caller = going->caller;
    const struct vet_answer *answer = &caller->answers[0];
    struct vet_place *place = &caller->result->place;
    (void)snprintf(place->doing, sizeof(place->doing), "%s",
                   going->decodes ? "decode" : "encode");
    place->has |= VET_HAS_LENGTH;
    place->length = (uint32_t)going->length;
    vet_code_keep(caller->model->code);
    run(going, 0);
    run(going, 1);
    vet_code_forget(caller->model->code);
    compare(going);
    check_canary(going);
    if (answer->status == DGM_OK) {
        check_output(going, answer);
    } else if (answer->status != DGM_NOTHING) {
        check_refusal(going, answer);
    }
    check_notices(going, answer);
    vet_tried(caller->result);
    return answer;
}

static const struct vet_answer *too_long(struct vet_caller *caller, size_t length)
{
    memset(&caller->answers[0], 0, sizeof(caller->answers[0]));
    caller->answers[0].status = DGM_LIMIT;
    vet_fail(caller->result, "an input of %zu bytes is longer than what is tried here",
             length);
    return &caller->answers[0];
}

const struct vet_answer *vet_decode(struct vet_caller *caller,
                                    const struct dgm_call *call, const uint8_t *frame,
                                    size_t length, struct vet_rooms rooms)
{
    struct going going = {caller, call, frame, length, rooms, true};
    return length <= VET_INPUT_MAX ? go(&going) : too_long(caller, length);
}

const struct vet_answer *vet_encode(struct vet_caller *caller,
                                    const struct dgm_call *call, const char *json,
                                    size_t length, struct vet_rooms rooms)
{
    struct going going = {caller, call, (const uint8_t *)json, length, rooms, false};
    return length <= VET_INPUT_MAX ? go(&going) : too_long(caller, length);
}
