/* SPDX-License-Identifier: MIT */
#include "planned.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct dgm_codec *plan_of(const struct dgm_codec *codec, void **ret_memory)
{
    const struct dgm_codec *plan;
    size_t size = dgm_codec_plan_size(codec);
    *ret_memory = malloc(size);
    ck_assert_ptr_nonnull(*ret_memory);
    ck_assert_int_eq(dgm_codec_plan(codec, *ret_memory, size, &plan, NULL), DGM_OK);
    return plan;
}

void planned_open(struct planned *planned, const char *path)
{
    size_t size;
    memset(planned, 0, sizeof(*planned));
    ck_assert_int_eq(dgm_profile_load(path, &planned->profile), DGM_OK);
    const struct dgm_model *model = dgm_profile_model(planned->profile, &size);
    size_t needed = dgm_codec_size(model, size);
    planned->rows_memory = malloc(needed);
    ck_assert_int_eq(
        dgm_codec_open(model, size, planned->rows_memory, needed, &planned->rows, NULL),
        DGM_OK);
    planned->plan = plan_of(planned->rows, &planned->plan_memory);
    planned->scratch_size = dgm_codec_scratch_size(planned->rows);
    planned->scratch = malloc(planned->scratch_size + 8);
    ck_assert_ptr_nonnull(planned->scratch);
}

void planned_close(struct planned *planned)
{
    free(planned->scratch);
    free(planned->plan_memory);
    free(planned->rows_memory);
    dgm_profile_close(planned->profile);
}

struct dgm_call call_of_vector(const struct dgm_test *test)
{
    struct dgm_call call = DGM_CALL_INIT;
    call.has_channel = test->has_channel;
    call.channel = test->channel;
    call.topic = test->topic;
    call.topic_length = test->topic != NULL ? strlen(test->topic) : 0;
    call.has_received = test->has_received;
    call.received_ms = test->received_ms;
    call.direction = test->down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    return call;
}

/* Where the output of so many bytes begins, in one block for all calls. */
static uint8_t *output(size_t room)
{
    static struct guarded block;
    if (block.bytes == NULL)
        block = guarded_new(NULL, ANSWER_SIZE);
    return block.bytes + ANSWER_SIZE - room;
}

static void clear(struct answer *answer)
{
    memset(&answer->outcome, 0, sizeof(answer->outcome));
    memset(&answer->error, 0, sizeof(answer->error));
    memset(answer->notices, 0, sizeof(answer->notices));
}

void answer_decode(const struct dgm_codec *codec, struct dgm_call call,
                   const uint8_t *frame, size_t length, size_t room, struct answer *ret)
{
    uint8_t *text = output(room);
    clear(ret);
    call.notices = ret->notices;
    call.notice_capacity = ANSWER_NOTICES;
    ret->status = dgm_decode(codec, &call, frame, length, (char *)text, room,
                             &ret->outcome, &ret->error);
    if (ret->status == DGM_OK)
        memcpy(ret->bytes, text, ret->outcome.length);
}

void answer_encode(const struct dgm_codec *codec, struct dgm_call call, const char *json,
                   size_t length, size_t room, struct answer *ret)
{
    uint8_t *frame = output(room);
    clear(ret);
    call.direction = DGM_DIRECTION_AUTO;
    ret->status =
        dgm_encode(codec, &call, json, length, frame, room, &ret->outcome, &ret->error);
    if (ret->status == DGM_OK)
        memcpy(ret->bytes, frame, ret->outcome.length);
}

static bool same_outcome(const struct dgm_outcome *left, const struct dgm_outcome *right)
{
    return left->length == right->length && left->message == right->message &&
           left->kind == right->kind && left->notice_count == right->notice_count &&
           left->visit_count == right->visit_count &&
           left->has_channel == right->has_channel && left->channel == right->channel &&
           left->topic == right->topic;
}

void answers_must_agree(const char *what, const struct answer *by_rows,
                        const struct answer *by_plan, const void *input, size_t length)
{
    bool same =
        by_rows->status == by_plan->status &&
        memcmp(&by_rows->error, &by_plan->error, sizeof(by_rows->error)) == 0 &&
        memcmp(by_rows->notices, by_plan->notices, sizeof(by_rows->notices)) == 0 &&
        same_outcome(&by_rows->outcome, &by_plan->outcome) &&
        (by_rows->status != DGM_OK ||
         memcmp(by_rows->bytes, by_plan->bytes, by_rows->outcome.length) == 0);
    if (same)
        return;
    const uint8_t *bytes = input;
    (void)printf("# %s, %zu and %zu notices, of ", what, by_rows->outcome.notice_count,
                 by_plan->outcome.notice_count);
    for (size_t i = 0; i < length && i < 200; i++)
        (void)printf("%02X", bytes[i]);
    (void)printf("\n# rows %d: %.*s\n# plan %d: %.*s\n", by_rows->status,
                 (int)by_rows->outcome.length, (const char *)by_rows->bytes,
                 by_plan->status, (int)by_plan->outcome.length,
                 (const char *)by_plan->bytes);
    (void)fflush(stdout);
    ck_abort_msg("%s: the plan differs from the rows", what);
}

size_t spoil(uint8_t *bytes, size_t length, size_t size, bool is_json,
             const uint64_t dice[2])
{
    static const char signs[] = "0123456789-+.eE\"\\{}[]:, \ntfn\x80\xC3";
    size_t at = length > 0 ? (size_t)(dice[1] % length) : 0;
    size_t count = length > at ? 1 + (size_t)((dice[0] >> 32) % (length - at)) : 0;
    uint8_t sign = (uint8_t)signs[dice[0] / 5 % (sizeof(signs) - 1)];
    /* A part that comes twice, as a record may. */
    if (dice[0] >> 60 == 0 && count > 0 && length + count <= size) {
        memmove(bytes + at + count, bytes + at, length - at);
        return length + count;
    }
    switch (dice[0] % 5) {
    case 0:
        return at; /* cut short */
    case 1:
        if (length + 1 > size)
            return length;
        memmove(bytes + at + 1, bytes + at, length - at);
        bytes[at] = is_json ? sign : (uint8_t)(dice[0] >> 8);
        return length + 1;
    case 2:
        if (length == 0)
            return 0;
        memmove(bytes + at, bytes + at + 1, length - at - 1);
        return length - 1;
    default:
        if (length > 0 && dice[0] % 5 == 3)
            bytes[at] ^= (uint8_t)(1u << (dice[0] >> 16) % 8);
        else if (length > 0)
            bytes[at] = is_json ? sign : (uint8_t)(dice[0] >> 24);
        return length;
    }
}
