/* SPDX-License-Identifier: MIT */
/*
 * The checks of bent vectors: cut at every length, with every bit turned, and into every
 * smaller buffer. Frames that become others by that are no fault; what is no JSON any
 * more must not be taken, and a frame shorter than its message ever is neither.
 */
#include "vetchecks.h"

#include <dragoman/json.h>

#include <stdlib.h>
#include <string.h>

static const struct vet_rooms full = VET_ROOMS_INIT;

static const struct dgm_message *message_of(const struct vet_caller *caller,
                                            const struct vet_answer *answer)
{
    const struct dgm_model *model = dgm_codec_model(caller->model->rows);
    const void *messages = (const uint8_t *)model + model->messages.offset;
    return answer->outcome.message < model->messages.count
               ? (const struct dgm_message *)messages + answer->outcome.message
               : NULL;
}

/* What of a vector goes which way. */
static bool decodes(const struct dgm_test *test)
{
    return test->has_frame && test->frame != NULL && test->direction != DGM_TEST_ENCODE;
}

static bool encodes(const struct dgm_test *test)
{
    return test->json != NULL && test->direction != DGM_TEST_DECODE;
}

static void cut_frame(struct vetting *vetting, struct vet_caller *caller,
                      const struct dgm_test *test)
{
    struct dgm_call call = vet_decode_call(test);
    for (size_t length = 0; length < test->frame_length; length++) {
        const struct vet_answer *answer =
            vet_decode(caller, &call, test->frame, length, full);
        const struct dgm_message *message = message_of(caller, answer);
        if (answer->status == DGM_OK && message != NULL && length < message->frame_min) {
            vet_fail(vetting->result,
                     "the frame was taken, although the message has at least %u bytes",
                     (unsigned)message->frame_min);
        }
    }
}

/* A text that is no JSON must be refused. */
static void expect_json(struct vetting *vetting, const struct vet_answer *answer,
                        const char *text, size_t length)
{
    if (vet_is_fine(answer) && dgm_json_check(text, length, NULL) != DGM_OK) {
        vet_fail(vetting->result, "a text that is no JSON was taken");
    }
}

static void cut_json(struct vetting *vetting, struct vet_caller *caller,
                     const struct dgm_test *test)
{
    struct dgm_call call = vet_encode_call(test);
    size_t whole = strlen(test->json);
    for (size_t length = 0; length < whole; length++) {
        const struct vet_answer *answer =
            vet_encode(caller, &call, test->json, length, full);
        expect_json(vetting, answer, test->json, length);
    }
}

static void cut(struct vetting *vetting, struct vet_caller *caller,
                const struct dgm_test *test)
{
    if (decodes(test)) {
        cut_frame(vetting, caller, test);
    }
    if (encodes(test)) {
        cut_json(vetting, caller, test);
    }
}

void vet_cuts(struct vetting *vetting)
{
    vet_each_vector(vetting, cut);
}

/* Decode or encode `bytes` once with each of their bits turned. */
static void flip_all(struct vetting *vetting, struct vet_caller *caller,
                     const struct dgm_call *call, uint8_t *bytes, size_t length,
                     bool decodes)
{
    struct vet_place *place = &vetting->result->place;
    for (size_t i = 0; i < 8 * length; i++) {
        uint8_t mask = (uint8_t)(1u << i % 8);
        place->has |= VET_HAS_BYTE | VET_HAS_BIT;
        place->byte = (uint32_t)(i / 8);
        place->bit = (uint32_t)(i % 8);
        bytes[i / 8] ^= mask;
        const struct vet_answer *answer =
            decodes ? vet_decode(caller, call, bytes, length, full)
                    : vet_encode(caller, call, (const char *)bytes, length, full);
        if (!decodes) {
            expect_json(vetting, answer, (const char *)bytes, length);
        }
        bytes[i / 8] ^= mask;
    }
}

static void flip(struct vetting *vetting, struct vet_caller *caller,
                 const struct dgm_test *test)
{
    size_t text = test->json != NULL ? strlen(test->json) : 0;
    size_t most = text > test->frame_length ? text : test->frame_length;
    uint8_t *copy = malloc(most + 1);
    if (copy == NULL) {
        vet_skip(vetting->result, VET_SKIPPED, "no memory");
        return;
    }
    if (decodes(test)) {
        struct dgm_call call = vet_decode_call(test);
        memcpy(copy, test->frame, test->frame_length);
        flip_all(vetting, caller, &call, copy, test->frame_length, true);
    }
    if (encodes(test)) {
        struct dgm_call call = vet_encode_call(test);
        memcpy(copy, test->json, text);
        flip_all(vetting, caller, &call, copy, text, false);
    }
    free(copy);
}

void vet_flips(struct vetting *vetting)
{
    vet_each_vector(vetting, flip);
}

/* A call whose buffers become smaller. */
struct squeeze {
    struct vetting *vetting;
    struct vet_caller *caller;
    struct dgm_call call;
    const void *input;
    size_t length;
    bool decodes;
};

static const struct vet_answer *call_with(const struct squeeze *squeeze,
                                          struct vet_rooms rooms)
{
    return squeeze->decodes ? vet_decode(squeeze->caller, &squeeze->call, squeeze->input,
                                         squeeze->length, rooms)
                            : vet_encode(squeeze->caller, &squeeze->call, squeeze->input,
                                         squeeze->length, rooms);
}

/* Every smaller output: refused, with the size that would do. */
static void squeeze_output(const struct squeeze *squeeze, size_t length)
{
    struct vet_result *result = squeeze->vetting->result;
    struct vet_rooms rooms = full;
    result->place.has |= VET_HAS_ROOM;
    for (rooms.output = 0; rooms.output <= length; rooms.output++) {
        result->place.room = (uint32_t)rooms.output;
        const struct vet_answer *answer = call_with(squeeze, rooms);
        enum dgm_status expected = rooms.output < length ? DGM_NO_SPACE : DGM_OK;
        if (answer->status != expected) {
            vet_fail(result, "expected %s, found %s", dgm_status_id(expected),
                     dgm_status_id(answer->status));
        } else if (expected == DGM_NO_SPACE && answer->error.needed != length) {
            vet_fail(result, "%u bytes are said to be needed, expected %zu",
                     (unsigned)answer->error.needed, length);
        }
    }
    result->place.has &= ~(unsigned)VET_HAS_ROOM;
}

/* The next smaller size to try: all of the small ones, and some of the large. */
static size_t next_smaller(size_t size)
{
    return size <= 256 ? size - 1 : size - 1 - size / 16;
}

static void squeeze_scratch(const struct squeeze *squeeze, enum dgm_status status)
{
    struct vet_result *result = squeeze->vetting->result;
    struct vet_rooms rooms = full;
    size_t size = squeeze->caller->scratch_size;
    result->place.has |= VET_HAS_SCRATCH;
    while (size > 0) {
        size = next_smaller(size);
        rooms.scratch = size;
        result->place.scratch = (uint32_t)size;
        const struct vet_answer *answer = call_with(squeeze, rooms);
        bool told = answer->status == DGM_NO_SCRATCH && answer->error.needed > size &&
                    answer->error.needed <= squeeze->caller->scratch_size;
        if (!told && answer->status != status) {
            vet_fail(result, "expected no-scratch with what is needed, found %s",
                     dgm_status_id(answer->status));
        }
    }
    result->place.has &= ~(unsigned)VET_HAS_SCRATCH;
}

static void squeeze_notices(const struct squeeze *squeeze, size_t count)
{
    struct vet_rooms rooms = full;
    for (rooms.notices = 0; rooms.notices < count && rooms.notices < VET_NOTICES;
         rooms.notices++) {
        const struct vet_answer *answer = call_with(squeeze, rooms);
        if (answer->outcome.notice_count != count) {
            vet_fail(squeeze->vetting->result, "%zu warnings, expected %zu",
                     answer->outcome.notice_count, count);
        }
    }
}

static void squeeze_all(const struct squeeze *squeeze)
{
    const struct vet_answer *answer = call_with(squeeze, full);
    enum dgm_status status = answer->status;
    size_t length = answer->outcome.length, notices = answer->outcome.notice_count;
    if (status == DGM_OK) {
        squeeze_output(squeeze, length);
    }
    squeeze_scratch(squeeze, status);
    squeeze_notices(squeeze, notices);
}

static void shrink(struct vetting *vetting, struct vet_caller *caller,
                   const struct dgm_test *test)
{
    if (decodes(test)) {
        struct squeeze squeeze = {
            vetting, caller, vet_decode_call(test), test->frame, test->frame_length,
            true};
        squeeze_all(&squeeze);
    }
    if (encodes(test)) {
        struct squeeze squeeze = {
            vetting, caller, vet_encode_call(test), test->json, strlen(test->json),
            false};
        squeeze_all(&squeeze);
    }
}

void vet_buffers(struct vetting *vetting)
{
    vet_each_vector(vetting, shrink);
}
