/* SPDX-License-Identifier: MIT */
/*
 * Hostile tables of every construct: the tables of all profiles, some bytes of each
 * changed. Each is refused, or works on the profile's own frames and texts, and on
 * spoiled ones, without touching memory that is not its own, and comes to an end; and its
 * plan gives what its rows give. Under the sanitizers this is the proof of the verifier.
 *
 * Built with DGM_SMALL and linked with the small core, the same for the tables that it
 * takes.
 *
 * usage: test_hostile PROFILE...
 * DRAGOMAN_MUTATIONS in the environment: tables in all, instead of some thousands.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/planned.h"

enum { TABLES = 20000, CALLS = 6, INPUT_SIZE = 1 << 16, LINE_SIZE = 512 };

#ifdef DGM_SMALL
enum { IS_SMALL = 1, FEWEST_TAKEN = 16 };
#else
enum { IS_SMALL = 0, FEWEST_TAKEN = 90 };
#endif

static char **profiles;
static int profile_count;
static uint64_t state;
static struct answer by_rows, by_plan;
/* What was changed, for who looks into a failure. */
static char changes[LINE_SIZE];

/* One profile at work. */
struct victim {
    struct dgm_profile *profile;
    const struct dgm_model *model;
    size_t size, test_count;
    struct guarded block; /* the table that is changed */
    struct guarded input;
    void *memory;
    size_t memory_size;
    uint64_t *scratch;
    size_t scratch_size;
};

/* xorshift64: the same tables in every run */
static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static unsigned tables_per_profile(void)
{
    const char *wanted = getenv("DRAGOMAN_MUTATIONS");
    unsigned long total = wanted != NULL ? strtoul(wanted, NULL, 10) : TABLES;
    return (unsigned)((total + (unsigned)profile_count - 1) / (unsigned)profile_count);
}

static void victim_open(struct victim *victim, const char *path)
{
    memset(victim, 0, sizeof(*victim));
    ck_assert_int_eq(dgm_profile_load(path, &victim->profile), DGM_OK);
    victim->model = dgm_profile_model(victim->profile, &victim->size);
    ck_assert_ptr_nonnull(victim->model);
    while (dgm_profile_test(victim->profile, victim->test_count) != NULL)
        victim->test_count++;
    victim->block = guarded_new(NULL, victim->size);
    victim->input = guarded_new(NULL, INPUT_SIZE);
    victim->memory_size = dgm_codec_size(victim->model, victim->size);
    victim->memory = malloc(victim->memory_size);
    victim->scratch_size = 1u << 19;
    victim->scratch = malloc(victim->scratch_size);
    ck_assert(victim->memory != NULL && victim->scratch != NULL);
}

static void victim_close(struct victim *victim)
{
    guarded_free(&victim->input);
    guarded_free(&victim->block);
    free(victim->scratch);
    free(victim->memory);
    dgm_profile_close(victim->profile);
}

/* One to four bytes of the table: a bit, another value, one more or less. */
static void mutate(uint8_t *block, size_t size)
{
    unsigned count = 1 + (unsigned)(next_random() % 4);
    size_t told = 0;
    for (unsigned i = 0; i < count; i++) {
        uint64_t dice = next_random();
        size_t at = (size_t)(next_random() % size);
        if (dice % 3 == 0)
            block[at] = (uint8_t)(block[at] ^ 1u << (dice >> 8) % 8);
        else if (dice % 3 == 1)
            block[at] = (uint8_t)(dice >> 16);
        else
            block[at] = (uint8_t)(block[at] + ((dice >> 24) % 2 ? 1 : 255));
        told += (size_t)snprintf(changes + told, sizeof(changes) - told,
                                 " byte %zu of the table is %u,", at, block[at]);
    }
}

static void check_error(const struct dgm_codec *codec, enum dgm_status status,
                        const struct dgm_error *error)
{
    char line[LINE_SIZE];
    if (status != DGM_OK && status != DGM_NOTHING)
        ck_assert_uint_gt(dgm_error_render(codec, error, line, sizeof(line)), 0);
}

static void decode_both(const struct dgm_codec *rows, const struct dgm_codec *plan,
                        struct dgm_call call, const uint8_t *frame, size_t length,
                        size_t room)
{
    call.shape = IS_SMALL ? DGM_SHAPE_PLAIN : (enum dgm_shape)(next_random() % 3);
    answer_decode(rows, call, frame, length, room, &by_rows);
    check_error(rows, by_rows.status, &by_rows.error);
    answer_decode(plan, call, frame, length, room, &by_plan);
    answers_must_agree(changes, &by_rows, &by_plan, frame, length);
}

static void encode_both(const struct dgm_codec *rows, const struct dgm_codec *plan,
                        struct dgm_call call, const char *json, size_t length,
                        size_t room)
{
    answer_encode(rows, call, json, length, room, &by_rows);
    check_error(rows, by_rows.status, &by_rows.error);
    answer_encode(plan, call, json, length, room, &by_plan);
    answers_must_agree(changes, &by_rows, &by_plan, json, length);
}

/* All the room, just what the answer before needed, or less. */
static size_t room_like(const struct answer *answer)
{
    size_t exact = answer->status == DGM_OK ? answer->outcome.length : ANSWER_SIZE;
    uint64_t dice = next_random() % 4;
    return dice < 2 ? ANSWER_SIZE : dice == 2 || exact == 0 ? exact : exact - 1;
}

/* A copy of the input at the end of memory; every other time a spoiled one. */
static const uint8_t *prepare(struct victim *victim, const void *bytes, size_t *length,
                              bool is_json)
{
    static uint8_t copy[INPUT_SIZE];
    uint64_t dice[2];
    dice[0] = next_random();
    dice[1] = next_random();
    if (*length + 1 > INPUT_SIZE)
        *length = INPUT_SIZE - 1;
    memcpy(copy, bytes, *length);
    if (dice[1] >> 63 != 0)
        *length = spoil(copy, *length, INPUT_SIZE, is_json, dice);
    uint8_t *placed = victim->input.bytes + INPUT_SIZE - *length;
    memcpy(placed, copy, *length);
    return placed;
}

static void call_vector(struct victim *victim, const struct dgm_codec *rows,
                        const struct dgm_codec *plan, const struct dgm_test *test)
{
    struct dgm_call call = call_of_vector(test);
    call.scratch = victim->scratch;
    call.scratch_size = victim->scratch_size;
    if (next_random() % 4 == 0) {
        call.request = test->request;
        call.request_length = test->request_length;
    }
    if (test->frame != NULL) {
        size_t length = test->frame_length;
        const uint8_t *frame = prepare(victim, test->frame, &length, false);
        decode_both(rows, plan, call, frame, length, ANSWER_SIZE);
        decode_both(rows, plan, call, frame, length, room_like(&by_rows));
    }
    call.shape = (enum dgm_shape)test->shape;
    if (test->json != NULL) {
        size_t length = strlen(test->json);
        const char *json = (const char *)prepare(victim, test->json, &length, true);
        encode_both(rows, plan, call, json, length, ANSWER_SIZE);
        encode_both(rows, plan, call, json, length, room_like(&by_rows));
    }
}

static void exercise(struct victim *victim, const struct dgm_codec *rows)
{
    void *memory;
    if (dgm_codec_scratch_size(rows) > victim->scratch_size || victim->test_count == 0)
        return;
    const struct dgm_codec *plan = plan_of(rows, &memory);
    for (unsigned i = 0; i < CALLS; i++) {
        size_t position = (size_t)(next_random() % victim->test_count);
        call_vector(victim, rows, plan, dgm_profile_test(victim->profile, position));
    }
    free(memory);
}

/* Does the core take the table as it is? */
static bool is_taken(struct victim *victim)
{
    const struct dgm_codec *codec;
    memcpy(victim->block.bytes, victim->model, victim->size);
    return dgm_codec_open(victim->block.bytes, victim->size, victim->memory,
                          victim->memory_size, &codec, NULL) == DGM_OK;
}

/* Or the other test proves nothing of the small core. */
START_TEST(takes_enough_tables)
{
    int taken = 0;
    for (int i = 0; i < profile_count; i++) {
        struct victim victim;
        victim_open(&victim, profiles[i]);
        taken += is_taken(&victim);
        victim_close(&victim);
    }
    ck_assert_int_ge(taken, FEWEST_TAKEN);
}
END_TEST

START_TEST(refuses_or_survives_mutated_tables_of_a_profile)
{
    struct victim victim;
    unsigned tables = tables_per_profile(), accepted = 0;
    victim_open(&victim, profiles[_i]);
    if (IS_SMALL && !is_taken(&victim)) {
        victim_close(&victim);
        return;
    }
    state = 88172645463325252u + (uint64_t)_i;
    for (unsigned i = 0; i < tables; i++) {
        const struct dgm_codec *codec;
        memcpy(victim.block.bytes, victim.model, victim.size);
        mutate(victim.block.bytes, victim.size);
        if (dgm_codec_open(victim.block.bytes, victim.size, victim.memory,
                           victim.memory_size, &codec, NULL) != DGM_OK)
            continue;
        accepted++;
        exercise(&victim, codec);
    }
    /* Both outcomes must occur, or the test proves nothing. */
    ck_assert_uint_gt(accepted, tables / 50);
    ck_assert_uint_lt(accepted, tables);
    victim_close(&victim);
}
END_TEST

int main(int argc, char **argv)
{
    profiles = argv + 1;
    profile_count = argc - 1;
    Suite *suite = suite_create("hostile tables");
    TCase *tcase = tcase_create("mutated");
    tcase_set_timeout(tcase, 3600);
    tcase_add_test(tcase, takes_enough_tables);
    tcase_add_loop_test(tcase, refuses_or_survives_mutated_tables_of_a_profile, 0,
                        profile_count);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
