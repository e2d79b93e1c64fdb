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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/planned.h"

enum { ROUNDS = 24, INPUT_SIZE = 1 << 16 };

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

static struct answer by_rows, by_plan;

static struct dgm_call call_of(const struct planned *pair, const struct dgm_test *test)
{
    struct dgm_call call = call_of_vector(test);
    call.scratch = pair->scratch;
    call.scratch_size = pair->scratch_size;
    return call;
}

static size_t spoil_by_chance(uint8_t *bytes, size_t length, bool is_json)
{
    uint64_t dice[2];
    dice[0] = next_random();
    dice[1] = next_random();
    return spoil(bytes, length, INPUT_SIZE, is_json, dice);
}

/* The input, too, ends at a page that nobody may touch. */
static void decode_both(const struct planned *pair, const struct dgm_call *call,
                        const uint8_t *bytes, size_t length, size_t room)
{
    struct guarded frame = guarded_new(bytes, length);
    answer_decode(pair->rows, *call, frame.bytes, length, room, &by_rows);
    answer_decode(pair->plan, *call, frame.bytes, length, room, &by_plan);
    answers_must_agree("decoding", &by_rows, &by_plan, bytes, length);
    guarded_free(&frame);
}

static void encode_both(const struct planned *pair, const struct dgm_call *call,
                        const uint8_t *bytes, size_t length, size_t room)
{
    struct guarded json = guarded_new(bytes, length);
    answer_encode(pair->rows, *call, (const char *)json.bytes, length, room, &by_rows);
    answer_encode(pair->plan, *call, (const char *)json.bytes, length, room, &by_plan);
    answers_must_agree("encoding", &by_rows, &by_plan, bytes, length);
    guarded_free(&json);
}

static void spoil_and_encode(const struct planned *pair, const struct dgm_call *call,
                             const uint8_t *json, size_t length, unsigned rounds)
{
    static uint8_t copy[INPUT_SIZE];
    if (length + 4 > sizeof(copy))
        return;
    encode_both(pair, call, json, length, ANSWER_SIZE);
    size_t exact = by_rows.status == DGM_OK ? by_rows.outcome.length : 0;
    encode_both(pair, call, json, length, exact);
    if (exact > 0)
        encode_both(pair, call, json, length, exact - 1);
    for (unsigned i = 0; i < rounds; i++) {
        memcpy(copy, json, length);
        size_t spoiled = spoil_by_chance(copy, length, true);
        if (i % 4 == 3)
            spoiled = spoil_by_chance(copy, spoiled, true);
        encode_both(pair, call, copy, spoiled, ANSWER_SIZE);
    }
}

/* A frame, what becomes of it, and the way back. */
static void try_frame(const struct planned *pair, const struct dgm_call *call,
                      const uint8_t *frame, size_t length, unsigned rounds)
{
    static uint8_t json[ANSWER_SIZE];
    decode_both(pair, call, frame, length, ANSWER_SIZE);
    if (by_rows.status != DGM_OK)
        return;
    size_t exact = by_rows.outcome.length;
    memcpy(json, by_rows.bytes, exact);
    decode_both(pair, call, frame, length, exact);
    decode_both(pair, call, frame, length, exact - 1);
    decode_both(pair, call, frame, length,
                (size_t)(next_random() % (2 * exact)) % ANSWER_SIZE);
    spoil_and_encode(pair, call, json, exact, rounds);
}

static void try_spoiled_frames(const struct planned *pair, const struct dgm_call *call,
                               const struct dgm_test *test, unsigned rounds)
{
    static uint8_t copy[INPUT_SIZE];
    if (test->frame_length + 4 > sizeof(copy))
        return;
    for (unsigned i = 0; i < rounds; i++) {
        memcpy(copy, test->frame, test->frame_length);
        size_t length = spoil_by_chance(copy, test->frame_length, false);
        if (i % 3 == 2)
            length = spoil_by_chance(copy, length, false);
        decode_both(pair, call, copy, length, ANSWER_SIZE);
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
    struct planned pair;
    const struct dgm_test *test;
    planned_open(&pair, profiles[_i]);
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
    planned_close(&pair);
}
END_TEST

START_TEST(says_how_much_memory_a_plan_needs)
{
    struct planned pair;
    struct dgm_error error;
    const struct dgm_codec *codec;
    uint64_t little[4];
    planned_open(&pair, profiles[_i]);
    ck_assert_int_eq(dgm_codec_plan(pair.rows, little, sizeof(little), &codec, &error),
                     DGM_NO_SPACE);
    ck_assert_uint_eq(error.needed, dgm_codec_plan_size(pair.rows));
    ck_assert_int_eq(dgm_codec_plan(pair.rows, (uint8_t *)little + 1, 8, &codec, NULL),
                     DGM_BAD_CALL);
    ck_assert_int_eq(dgm_codec_plan(NULL, little, 8, &codec, NULL), DGM_BAD_CALL);
    planned_close(&pair);
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
