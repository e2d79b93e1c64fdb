/* SPDX-License-Identifier: MIT */
/*
 * The vectors inside the profiles, through the profile and through the plug-in, and the
 * exact text of each frame in all three shapes, pinned by golden files.
 *
 * usage: test_profiles GOLDEN_FOLDER PROFILE...
 * A plug-in, "*.so", stands for the profile that it keeps.
 * With DRAGOMAN_GOLDEN=update in the environment the golden files are written instead.
 */
#include "pair.h"

#include <dragoman/json.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *golden_folder;
static char **profiles;
static int profile_count;

/* A vector as the loop over all of them counts. */
struct place {
    int profile;
    size_t position;
};

enum { PLACES_MAX = 4096 };

static struct place places[PLACES_MAX];
static int place_count;

static struct dgm_call call_of(const struct dgm_test *test)
{
    struct dgm_call call = DGM_CALL_INIT;
    call.shape = (enum dgm_shape)test->shape;
    call.message = test->message;
    call.has_channel = test->has_channel;
    call.channel = test->channel;
    call.topic = test->topic;
    call.topic_length = test->topic != NULL ? strlen(test->topic) : 0;
    call.has_received = test->has_received;
    call.received_ms = test->received_ms;
    call.request = test->request;
    call.request_length = test->request_length;
    return call;
}

static enum dgm_direction direction_of(const struct dgm_test *test)
{
    return test->down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
}

static void check_warnings(const struct dgm_test *test, const struct answer *answer)
{
    size_t expected = 0;
    while (test->warnings != NULL && test->warnings[expected] != NULL) {
        ck_assert_msg(expected < answer->outcome.notice_count, "line %u: no warning '%s'",
                      test->line, test->warnings[expected]);
        const struct dgm_error *notice = &answer->notices[expected];
        bool own = notice->status == DGM_WARNING &&
                   strcmp(test->warnings[expected], dgm_status_id(DGM_WARNING)) != 0;
        ck_assert_str_eq(own ? notice->detail : dgm_status_id(notice->status),
                         test->warnings[expected]);
        expected++;
    }
    ck_assert_msg(answer->outcome.notice_count == expected,
                  "line %u: warning '%s' is not in the vector", test->line,
                  dgm_status_id(answer->notices[expected].status));
}

static void check_status(const struct pair *pair, const struct dgm_test *test,
                         const struct answer *answer)
{
    const char *wanted = test->error != NULL ? test->error : "ok";
    if (test->error == NULL && (!test->has_json || test->json == NULL)) {
        wanted = "nothing";
    }
    ck_assert_msg(strcmp(dgm_status_id(answer->status), wanted) == 0,
                  "line %u: must be '%s', but: %s", test->line, wanted,
                  pair_explain(pair, answer));
}

static void check_json(const struct dgm_test *test, const struct answer *answer)
{
    ck_assert_msg(dgm_json_equal(answer->data, answer->outcome.length, test->json,
                                 strlen(test->json), 0),
                  "line %u: %.*s instead of %s", test->line, (int)answer->outcome.length,
                  answer->data, test->json);
}

static void decode_vector(const struct pair *pair, const struct dgm_test *test)
{
    struct dgm_call call = call_of(test);
    call.direction = direction_of(test);
    struct answer *answer = pair_decode(pair, &call, test->frame, test->frame_length);
    check_status(pair, test, answer);
    if (answer->status == DGM_OK) {
        check_json(test, answer);
        check_warnings(test, answer);
    }
    free(answer);
}

/* A frame that is not the canonical one: what we write must mean the same. */
static void decode_again(const struct pair *pair, const struct dgm_test *test,
                         const struct answer *encoded)
{
    struct dgm_call call = call_of(test);
    call.direction = direction_of(test);
    struct answer *answer =
        pair_decode(pair, &call, (const uint8_t *)encoded->data, encoded->outcome.length);
    ck_assert_msg(answer->status == DGM_OK, "line %u: %s", test->line,
                  pair_explain(pair, answer));
    check_json(test, answer);
    free(answer);
}

static void encode_vector(const struct pair *pair, const struct dgm_test *test)
{
    struct dgm_call call = call_of(test);
    struct answer *answer = pair_encode(pair, &call, test->json, strlen(test->json));
    if (test->error == NULL && !test->has_frame) {
        ck_assert_msg(answer->status == DGM_NOTHING,
                      "line %u: must give nothing, but: %s", test->line,
                      pair_explain(pair, answer));
        free(answer);
        return;
    }
    check_status(pair, test, answer);
    if (answer->status == DGM_OK && !test->canonical) {
        decode_again(pair, test, answer);
    } else if (answer->status == DGM_OK) {
        ck_assert_msg(answer->outcome.length == test->frame_length,
                      "line %u: %zu bytes instead of %zu", test->line,
                      answer->outcome.length, test->frame_length);
        ck_assert_mem_eq(answer->data, test->frame, test->frame_length);
    }
    free(answer);
}

START_TEST(vector_holds_by_profile_and_by_plugin)
{
    struct pair pair;
    const struct place *place = &places[_i];

    pair_open(&pair, profiles[place->profile]);
    const struct dgm_test *test = dgm_profile_test(pair.profile, place->position);
    ck_assert_ptr_nonnull(test);
    if (test->model != NULL) {
        pair_choose(&pair, test->model);
    }
    if (test->has_frame && test->direction != DGM_TEST_ENCODE) {
        decode_vector(&pair, test);
    }
    if (test->json != NULL && test->direction != DGM_TEST_DECODE) {
        encode_vector(&pair, test);
    }
    pair_close(&pair);
}
END_TEST

static void print_notices(FILE *out, const struct pair *pair, const struct answer *answer)
{
    char text[512];
    for (size_t i = 0; i < answer->outcome.notice_count && i < PAIR_NOTICES; i++) {
        dgm_error_render(pair->codec, &answer->notices[i], text, sizeof(text));
        fprintf(out, "  %-12s  %s\n", "warning", text);
    }
}

/* A frame, and its text in each shape, or why it is refused. */
static void print_shapes(FILE *out, const struct pair *pair, const struct dgm_test *test)
{
    static const char *const names[] = {"oceanconnect", "iotda", "plain"};
    bool refused = false;

    for (size_t i = 0; i < test->frame_length; i++) {
        fprintf(out, "%02X", (unsigned)test->frame[i]);
    }
    fprintf(out, "%s\n", test->down ? " down" : "");
    for (int shape = 0; shape < 3 && !refused; shape++) {
        struct dgm_call call = call_of(test);
        call.direction = direction_of(test);
        call.shape = (enum dgm_shape)shape;
        struct answer *answer = pair_decode(pair, &call, test->frame, test->frame_length);
        refused = answer->status != DGM_OK;
        fprintf(out, "  %-12s  ", refused ? "refused" : names[shape]);
        if (refused) {
            fputs(pair_explain(pair, answer), out);
        } else {
            fwrite(answer->data, 1, answer->outcome.length, out);
        }
        fputc('\n', out);
        if (shape == 2 && !refused) {
            print_notices(out, pair, answer);
        }
        free(answer);
    }
}

/* Does an earlier vector have the same frame? */
static bool is_repeated(const struct pair *pair, size_t position)
{
    const struct dgm_test *test = dgm_profile_test(pair->profile, position);
    for (size_t i = 0; i < position; i++) {
        const struct dgm_test *other = dgm_profile_test(pair->profile, i);
        if (other->has_frame && other->direction != DGM_TEST_ENCODE &&
            other->down == test->down && other->frame_length == test->frame_length &&
            (test->frame_length == 0 ||
             memcmp(other->frame, test->frame, test->frame_length) == 0)) {
            return true;
        }
    }
    return false;
}

/* What all frames of a profile decode to. The caller frees it. */
static char *print_golden(const struct pair *pair, size_t *ret_length)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, ret_length);
    ck_assert_ptr_nonnull(out);
    const struct dgm_test *test = NULL;
    for (size_t i = 0; (test = dgm_profile_test(pair->profile, i)) != NULL; i++) {
        if (test->has_frame && test->direction != DGM_TEST_ENCODE &&
            !is_repeated(pair, i)) {
            print_shapes(out, pair, test);
        }
    }
    ck_assert_int_eq(fclose(out), 0);
    return text;
}

static void write_golden(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "%s cannot be written", path);
    ck_assert_uint_eq(fwrite(text, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static void compare_golden(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s is missing; run with DRAGOMAN_GOLDEN=update", path);
    char *expected = malloc(length + 2);
    ck_assert_ptr_nonnull(expected);
    size_t expected_length = fread(expected, 1, length + 1, file);
    fclose(file);

    size_t same = 0, line = 1;
    while (same < length && same < expected_length && text[same] == expected[same]) {
        line += text[same] == '\n';
        same++;
    }
    ck_assert_msg(same == length && same == expected_length,
                  "%s:%zu: the text has changed", path, line);
    free(expected);
}

START_TEST(text_is_the_golden_one)
{
    struct pair pair;
    char path[4096];
    size_t length = 0;

    pair_open(&pair, profiles[_i]);
    snprintf(path, sizeof(path), "%s/%s.txt", golden_folder,
             dgm_profile_stem(pair.profile));
    char *text = print_golden(&pair, &length);
    const char *mode = getenv("DRAGOMAN_GOLDEN");
    if (mode != NULL && strcmp(mode, "update") == 0) {
        write_golden(path, text, length);
    } else {
        compare_golden(path, text, length);
    }
    free(text);
    pair_close(&pair);
}
END_TEST

/* List the vectors of all profiles, so that each is a test of its own. */
static void list_vectors(void)
{
    for (int i = 0; i < profile_count; i++) {
        struct dgm_profile *profile = NULL;
        if (pair_profile(profiles[i], &profile) == DGM_OK) {
            for (size_t at = 0; dgm_profile_test(profile, at) != NULL; at++) {
                if (place_count < PLACES_MAX) {
                    places[place_count++] = (struct place){i, at};
                }
            }
        }
        dgm_profile_close(profile);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: test_profiles GOLDEN_FOLDER PROFILE...\n");
        return 2;
    }
    golden_folder = argv[1];
    profiles = argv + 2;
    profile_count = argc - 2;
    list_vectors();

    Suite *suite = suite_create("profiles");
    TCase *tcase = tcase_create("vectors");
    tcase_add_loop_test(tcase, vector_holds_by_profile_and_by_plugin, 0, place_count);
    tcase_add_loop_test(tcase, text_is_the_golden_one, 0, profile_count);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
