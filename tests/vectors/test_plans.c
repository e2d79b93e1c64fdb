/* SPDX-License-Identifier: MIT */
/*
 * A codec with a plan and one without give the same: frames of all profiles, and spoiled
 * ones, in all shapes and into buffers of all sizes; and the JSON that comes out of them,
 * and spoiled texts, on the way back. Compared are the status, the text or frame, what
 * came out, the whole error, and every warning.
 *
 * usage: test_plans PROFILE...
 * DRAGOMAN_MUTATIONS in the environment: calls in all, instead of some hundred thousand.
 */
#include <check.h>
#include <dragoman/codec.h>
#include <dragoman/profile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/guard.h"

enum { ROUNDS = 24, NOTICES = 8, INPUT_SIZE = 1 << 16, OUTPUT_SIZE = 1 << 18 };

static char **profiles;
static int profile_count;
static uint64_t state;

/* xorshift64: the same calls in every run */
static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

struct pair {
    struct dgm_profile *profile;
    const struct dgm_codec *rows, *plan;
    void *rows_memory, *plan_memory;
    void *scratch;
    size_t scratch_size;
};

/* What one call gave. */
struct answer {
    enum dgm_status status;
    struct dgm_outcome outcome;
    struct dgm_error error, notices[NOTICES];
    uint8_t bytes[OUTPUT_SIZE];
};

static struct answer by_rows, by_plan;
static unsigned last_shape;

static void pair_open(struct pair *pair, const char *path)
{
    size_t size;
    memset(pair, 0, sizeof(*pair));
    ck_assert_int_eq(dgm_profile_load(path, &pair->profile), DGM_OK);
    const struct dgm_model *model = dgm_profile_model(pair->profile, &size);
    size_t rows_size = dgm_codec_size(model, size);
    pair->rows_memory = malloc(rows_size);
    ck_assert_int_eq(
        dgm_codec_open(model, size, pair->rows_memory, rows_size, &pair->rows, NULL),
        DGM_OK);
    size_t plan_size = dgm_codec_plan_size(pair->rows);
    pair->plan_memory = malloc(plan_size);
    ck_assert_int_eq(
        dgm_codec_plan(pair->rows, pair->plan_memory, plan_size, &pair->plan, NULL),
        DGM_OK);
    pair->scratch_size = dgm_codec_scratch_size(pair->rows);
    pair->scratch = malloc(pair->scratch_size + 1);
    ck_assert_ptr_nonnull(pair->scratch);
}

static void pair_close(struct pair *pair)
{
    free(pair->scratch);
    free(pair->plan_memory);
    free(pair->rows_memory);
    dgm_profile_close(pair->profile);
}

static struct dgm_call call_of(const struct pair *pair, const struct dgm_test *test)
{
    struct dgm_call call = DGM_CALL_INIT;
    call.has_channel = test->has_channel;
    call.channel = test->channel;
    call.topic = test->topic;
    call.topic_length = test->topic != NULL ? strlen(test->topic) : 0;
    call.has_received = test->has_received;
    call.received_ms = test->received_ms;
    call.scratch = pair->scratch;
    call.scratch_size = pair->scratch_size;
    call.direction = test->down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    return call;
}

/* One call; the input ends at a page that nobody may touch, and so does the output. */
static void decode(const struct dgm_codec *codec, struct dgm_call call,
                   const struct guarded *frame, size_t room, struct answer *ret)
{
    struct guarded text = guarded_new(NULL, room);
    last_shape = call.shape;
    memset(&ret->outcome, 0, sizeof(ret->outcome));
    memset(&ret->error, 0, sizeof(ret->error));
    memset(ret->notices, 0, sizeof(ret->notices));
    call.notices = ret->notices;
    call.notice_capacity = NOTICES;
    ret->status = dgm_decode(codec, &call, frame->bytes, frame->size, (char *)text.bytes,
                             room, &ret->outcome, &ret->error);
    if (ret->status == DGM_OK)
        memcpy(ret->bytes, text.bytes, ret->outcome.length);
    guarded_free(&text);
}

static void encode(const struct dgm_codec *codec, struct dgm_call call,
                   const struct guarded *json, size_t room, struct answer *ret)
{
    struct guarded frame = guarded_new(NULL, room);
    memset(&ret->outcome, 0, sizeof(ret->outcome));
    memset(&ret->error, 0, sizeof(ret->error));
    call.direction = DGM_DIRECTION_AUTO;
    ret->status = dgm_encode(codec, &call, (const char *)json->bytes, json->size,
                             frame.bytes, room, &ret->outcome, &ret->error);
    if (ret->status == DGM_OK)
        memcpy(ret->bytes, frame.bytes, ret->outcome.length);
    guarded_free(&frame);
}

static void check_same(const char *what, const uint8_t *input, size_t length)
{
    bool same = by_rows.status == by_plan.status &&
                memcmp(&by_rows.error, &by_plan.error, sizeof(by_rows.error)) == 0 &&
                memcmp(by_rows.notices, by_plan.notices, sizeof(by_rows.notices)) == 0 &&
                by_rows.outcome.length == by_plan.outcome.length &&
                by_rows.outcome.message == by_plan.outcome.message &&
                by_rows.outcome.kind == by_plan.outcome.kind &&
                by_rows.outcome.notice_count == by_plan.outcome.notice_count &&
                by_rows.outcome.has_channel == by_plan.outcome.has_channel &&
                by_rows.outcome.channel == by_plan.outcome.channel &&
                by_rows.outcome.topic == by_plan.outcome.topic &&
                (by_rows.status != DGM_OK ||
                 memcmp(by_rows.bytes, by_plan.bytes, by_rows.outcome.length) == 0);
    if (same)
        return;
    (void)printf("# %s, shape %u, notices %zu and %zu, of ", what, last_shape,
                 by_rows.outcome.notice_count, by_plan.outcome.notice_count);
    for (size_t i = 0; i < length && i < 200; i++)
        (void)printf("%02X", input[i]);
    (void)printf("\n# rows %d: %.*s\n# plan %d: %.*s\n", by_rows.status,
                 (int)by_rows.outcome.length, (const char *)by_rows.bytes, by_plan.status,
                 (int)by_plan.outcome.length, (const char *)by_plan.bytes);
    ck_abort_msg("%s: the plan differs from the rows", what);
}

static void decode_both(const struct pair *pair, const struct dgm_call *call,
                        const uint8_t *bytes, size_t length, size_t room)
{
    struct guarded frame = guarded_new(bytes, length);
    decode(pair->rows, *call, &frame, room, &by_rows);
    decode(pair->plan, *call, &frame, room, &by_plan);
    check_same("decoding", bytes, length);
    guarded_free(&frame);
}

static void encode_both(const struct pair *pair, const struct dgm_call *call,
                        const uint8_t *bytes, size_t length, size_t room)
{
    struct guarded json = guarded_new(bytes, length);
    encode(pair->rows, *call, &json, room, &by_rows);
    encode(pair->plan, *call, &json, room, &by_plan);
    check_same("encoding", bytes, length);
    guarded_free(&json);
}

/* Another length, other bits or bytes; some of the bytes that mean something in JSON. */
static size_t spoil(uint8_t *bytes, size_t length, size_t size, bool is_json)
{
    static const char signs[] = "0123456789-+.eE\"\\{}[]:, \ntfn\x80\xC3";
    uint64_t dice = next_random();
    size_t at = length > 0 ? (size_t)(next_random() % length) : 0;
    switch (dice % 5) {
    case 0:
        return at; /* cut short */
    case 1:
        if (length + 1 > size)
            return length;
        memmove(bytes + at + 1, bytes + at, length - at);
        bytes[at] = is_json ? (uint8_t)signs[dice / 5 % (sizeof(signs) - 1)]
                            : (uint8_t)(dice >> 8);
        return length + 1;
    case 2:
        if (length == 0)
            return 0;
        memmove(bytes + at, bytes + at + 1, length - at - 1);
        return length - 1;
    default:
        if (length > 0 && dice % 5 == 3)
            bytes[at] ^= (uint8_t)(1u << (dice >> 16) % 8);
        else if (length > 0)
            bytes[at] = is_json ? (uint8_t)signs[dice / 5 % (sizeof(signs) - 1)]
                                : (uint8_t)(dice >> 24);
        return length;
    }
}

static void spoil_and_encode(const struct pair *pair, const struct dgm_call *call,
                             const uint8_t *json, size_t length, unsigned rounds)
{
    static uint8_t copy[INPUT_SIZE];
    if (length + 4 > sizeof(copy))
        return;
    encode_both(pair, call, json, length, OUTPUT_SIZE);
    size_t exact = by_rows.status == DGM_OK ? by_rows.outcome.length : 0;
    encode_both(pair, call, json, length, exact);
    if (exact > 0)
        encode_both(pair, call, json, length, exact - 1);
    for (unsigned i = 0; i < rounds; i++) {
        memcpy(copy, json, length);
        size_t spoiled = spoil(copy, length, sizeof(copy), true);
        if (i % 4 == 3)
            spoiled = spoil(copy, spoiled, sizeof(copy), true);
        encode_both(pair, call, copy, spoiled, OUTPUT_SIZE);
    }
}

/* A frame, what becomes of it, and the way back. */
static void try_frame(const struct pair *pair, const struct dgm_call *call,
                      const uint8_t *frame, size_t length, unsigned rounds)
{
    static uint8_t json[OUTPUT_SIZE];
    decode_both(pair, call, frame, length, OUTPUT_SIZE);
    if (by_rows.status != DGM_OK)
        return;
    size_t exact = by_rows.outcome.length;
    memcpy(json, by_rows.bytes, exact);
    decode_both(pair, call, frame, length, exact);
    decode_both(pair, call, frame, length, exact - 1);
    decode_both(pair, call, frame, length, (size_t)(next_random() % (2 * exact)));
    spoil_and_encode(pair, call, json, exact, rounds);
}

static void try_spoiled_frames(const struct pair *pair, const struct dgm_call *call,
                               const struct dgm_test *test, unsigned rounds)
{
    static uint8_t copy[INPUT_SIZE];
    if (test->frame_length + 4 > sizeof(copy))
        return;
    for (unsigned i = 0; i < rounds; i++) {
        memcpy(copy, test->frame, test->frame_length);
        size_t length = spoil(copy, test->frame_length, sizeof(copy), false);
        if (i % 3 == 2)
            length = spoil(copy, length, sizeof(copy), false);
        decode_both(pair, call, copy, length, OUTPUT_SIZE);
    }
}

static unsigned rounds_wanted(void)
{
    const char *wanted = getenv("DRAGOMAN_MUTATIONS");
    unsigned long total = wanted != NULL ? strtoul(wanted, NULL, 10) : 0;
    return total >= 1000000 ? 20 * ROUNDS : ROUNDS;
}

START_TEST(gives_what_the_rows_give_for_a_profile)
{
    struct pair pair;
    const struct dgm_test *test;
    pair_open(&pair, profiles[_i]);
    state = 88172645463325252u + (uint64_t)_i;
    unsigned rounds = rounds_wanted();
    for (size_t i = 0; (test = dgm_profile_test(pair.profile, i)) != NULL; i++) {
        for (unsigned shape = 0; shape < 3; shape++) {
            struct dgm_call call = call_of(&pair, test);
            call.shape = (enum dgm_shape)shape;
            if (test->frame != NULL) {
                try_frame(&pair, &call, test->frame, test->frame_length, rounds / 2);
                try_spoiled_frames(&pair, &call, test, rounds);
            }
        }
        struct dgm_call call = call_of(&pair, test);
        call.shape = (enum dgm_shape)test->shape;
        if (test->json != NULL)
            spoil_and_encode(&pair, &call, (const uint8_t *)test->json,
                             strlen(test->json), rounds);
    }
    pair_close(&pair);
}
END_TEST

START_TEST(says_how_much_memory_a_plan_needs)
{
    struct pair pair;
    struct dgm_error error;
    const struct dgm_codec *codec;
    uint64_t little[4];
    pair_open(&pair, profiles[_i]);
    ck_assert_int_eq(dgm_codec_plan(pair.rows, little, sizeof(little), &codec, &error),
                     DGM_NO_SPACE);
    ck_assert_uint_eq(error.needed, dgm_codec_plan_size(pair.rows));
    ck_assert_int_eq(dgm_codec_plan(pair.rows, (uint8_t *)little + 1, 8, &codec, NULL),
                     DGM_BAD_CALL);
    ck_assert_int_eq(dgm_codec_plan(NULL, little, 8, &codec, NULL), DGM_BAD_CALL);
    pair_close(&pair);
}
END_TEST

int main(int argc, char **argv)
{
    profiles = argv + 1;
    profile_count = argc - 1;
    Suite *suite = suite_create("plans");
    TCase *tcase = tcase_create("same");
    tcase_set_timeout(tcase, 3600);
    tcase_add_loop_test(tcase, gives_what_the_rows_give_for_a_profile, 0, profile_count);
    tcase_add_loop_test(tcase, says_how_much_memory_a_plan_needs, 0, profile_count);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
