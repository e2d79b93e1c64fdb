/* SPDX-License-Identifier: MIT */
/* The checks of the vectors as they are: they pass, and what is decoded encodes to the
 * frame that it came from. */
#include "vetchecks.h"

#include <dragoman/json.h>

#include "vector.h"

#include <stdlib.h>
#include <string.h>

/* The answers between guard pages; what they are is judged with the tool's own worker. */
static void call_once(struct vet_caller *caller, const struct dgm_test *test)
{
    const struct vet_rooms rooms = VET_ROOMS_INIT;
    if (test->has_frame && test->direction != DGM_TEST_ENCODE) {
        struct dgm_call call = vet_decode_call(test);
        (void)vet_decode(caller, &call, test->frame, test->frame_length, rooms);
    }
    if (test->json != NULL && test->direction != DGM_TEST_DECODE) {
        struct dgm_call call = vet_encode_call(test);
        (void)vet_encode(caller, &call, test->json, strlen(test->json), rooms);
    }
}

static void run_vector(struct vetting *vetting, struct vet_caller *caller,
                       const struct dgm_test *test)
{
    struct worker worker;
    struct vector_result vector;
    size_t count = 0;
    const struct dgm_hook *const *hooks = vet_code_hooks(caller->model->code, &count);
    call_once(caller, test);
    vet_place_at(vetting, caller->model, test);
    vet_tried(vetting->result);
    if (!worker_open(&worker, caller->model->plan)) {
        vet_skip(vetting->result, VET_SKIPPED, "no memory");
        return;
    }
    worker_add_hooks(&worker, hooks, count);
    if (!vector_run(&worker, test, &vector)) {
        vet_skip(vetting->result, VET_SKIPPED, "no memory");
    } else if (!vector.passed) {
        vet_fail(vetting->result, "%s: expected %.400s, found %.400s", vector.step,
                 vector.expected, vector.found);
    }
    vector_free(&vector);
    worker_close(&worker);
}

void vet_vectors(struct vetting *vetting)
{
    vet_each_vector(vetting, run_vector);
}

/* What was decoded, out of the way of the next call. */
struct kept {
    char *json;
    size_t length;
    const char *message;
    uint16_t flags;
    bool warned;
};

static bool keep(struct kept *kept, const struct vet_caller *caller,
                 const struct vet_answer *answer)
{
    const struct dgm_codec *codec = caller->model->rows;
    const struct dgm_model *model = dgm_codec_model(codec);
    const void *messages = (const uint8_t *)model + model->messages.offset;
    const struct dgm_message *message =
        (const struct dgm_message *)messages + answer->outcome.message;
    kept->length = answer->outcome.length;
    kept->json = malloc(kept->length + 1);
    kept->message = dgm_codec_text(codec, message->name);
    kept->flags = message->flags;
    kept->warned = answer->outcome.notice_count > 0;
    if (kept->json != NULL) {
        memcpy(kept->json, answer->bytes, kept->length);
    }
    return kept->json != NULL;
}

/* How much of a text is told. */
static int shown(size_t length)
{
    return length < 300 ? (int)length : 300;
}

/* Other bytes came back: they must say the same. */
static void compare_again(struct vetting *vetting, struct vet_caller *caller,
                          const struct dgm_test *test, const struct kept *kept,
                          const uint8_t *frame, size_t length)
{
    const struct vet_rooms rooms = VET_ROOMS_INIT;
    struct dgm_call call = vet_decode_call(test);
    const struct vet_answer *again = vet_decode(caller, &call, frame, length, rooms);
    if (again->status != DGM_OK) {
        vet_fail(vetting->result, "what comes back is refused: %s",
                 vet_error_text(caller, again));
    } else if (!dgm_json_equal((const char *)again->bytes, again->outcome.length,
                               kept->json, kept->length, 0)) {
        vet_fail(vetting->result, "what comes back says %.*s, expected %.*s",
                 shown(again->outcome.length), (const char *)again->bytes,
                 shown(kept->length), kept->json);
    }
}

static void encode_again(struct vetting *vetting, struct vet_caller *caller,
                         const struct dgm_test *test, const struct kept *kept)
{
    const struct vet_rooms rooms = VET_ROOMS_INIT;
    struct dgm_call call = vet_encode_call(test);
    /* The profile says of a vector that its frame is not the one that comes back. */
    bool is_exact = test->canonical && test->direction == DGM_TEST_BOTH && !kept->warned;
    call.message = kept->message;
    call.direction = test->down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    const struct vet_answer *answer =
        vet_encode(caller, &call, kept->json, kept->length, rooms);
    bool is_same = answer->status == DGM_OK &&
                   answer->outcome.length == test->frame_length &&
                   memcmp(answer->bytes, test->frame, test->frame_length) == 0;
    if (is_same) {
        return;
    }
    if (answer->status != DGM_OK) {
        /* A refusal loses nothing silently. */
        if (is_exact) {
            vet_fail(vetting->result, "what was decoded cannot be encoded: %s",
                     vet_error_text(caller, answer));
        }
        return;
    }
    if (is_exact) {
        vet_fail(vetting->result, "what was decoded encodes to other bytes");
        return;
    }
    size_t length = answer->outcome.length;
    uint8_t *frame = malloc(length + 1);
    if (frame == NULL) {
        vet_skip(vetting->result, VET_SKIPPED, "no memory");
        return;
    }
    memcpy(frame, answer->bytes, length);
    compare_again(vetting, caller, test, kept, frame, length);
    free(frame);
}

static void go_there_and_back(struct vetting *vetting, struct vet_caller *caller,
                              const struct dgm_test *test)
{
    const struct vet_rooms rooms = VET_ROOMS_INIT;
    struct kept kept;
    if (!test->has_frame || test->frame == NULL || test->error != NULL ||
        test->direction == DGM_TEST_ENCODE) {
        return;
    }
    struct dgm_call call = vet_decode_call(test);
    const struct vet_answer *answer =
        vet_decode(caller, &call, test->frame, test->frame_length, rooms);
    if (answer->status != DGM_OK) {
        return; /* that is for the check before */
    }
    if (!keep(&kept, caller, answer)) {
        vet_skip(vetting->result, VET_SKIPPED, "no memory");
        return;
    }
    if ((kept.flags & DGM_MESSAGE_DECODE_ONLY) == 0) {
        encode_again(vetting, caller, test, &kept);
    }
    free(kept.json);
}

void vet_identity(struct vetting *vetting)
{
    vet_each_vector(vetting, go_there_and_back);
}
