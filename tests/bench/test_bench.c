/* SPDX-License-Identifier: MIT */
/*
 * The benchmark itself: inputs that are the same in each run, outputs that are really
 * looked at, medians that are medians.
 */
#include "agree.h"
#include "peers/straight.h"
#include "report.h"
#include "results.h"
#include "text.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool agrees(enum bench_job job, const char *expected, const char *output)
{
    struct bench_bytes bytes = {(const uint8_t *)expected, strlen(expected)};
    return output_agrees(job, false, bytes, (const uint8_t *)output, strlen(output));
}

START_TEST(inputs_are_the_same_in_each_run)
{
    static const char first[] =
        "{\"msgType\":\"cloudReq\",\"serviceId\":\"WaterMeter\",\"cmd\":\"SET_VALVE\","
        "\"mid\":";
    const struct bench_frames *one = bench_frames_make(BENCH_VALVE, 1);
    const struct bench_frames *again = bench_frames_make(BENCH_VALVE, 20);
    ck_assert_uint_eq(one->input[0].length, again->input[0].length);
    ck_assert_mem_eq(one->input[0].at, again->input[0].at, one->input[0].length);
    ck_assert_mem_eq(one->input[0].at, first, sizeof(first) - 1);
}
END_TEST

START_TEST(inputs_differ_from_one_to_the_next)
{
    for (int job = 0; job < BENCH_JOBS; job++) {
        const struct bench_frames *frames = bench_frames_make((enum bench_job)job, 200);
        for (size_t i = 1; i < frames->count; i++)
            ck_assert(frames->input[i].length != frames->input[i - 1].length ||
                      memcmp(frames->input[i].at, frames->input[i - 1].at,
                             frames->input[i].length) != 0);
    }
}
END_TEST

START_TEST(some_commands_are_shuffled_and_some_of_them_have_blanks)
{
    const struct bench_frames *frames = bench_frames_make(BENCH_VALVE, 4000);
    unsigned shuffled = 0, blanks = 0;
    for (size_t i = 0; i < frames->count; i++) {
        const char *text = (const char *)frames->input[i].at;
        blanks += strstr(text, "\": ") != NULL;
        shuffled += strncmp(text, "{\"msgType\":\"cloudReq\",\"serviceId\":", 34) != 0;
    }
    ck_assert_uint_gt(shuffled, 300); /* nearly an eighth of 4000 */
    ck_assert_uint_lt(shuffled, 600);
    ck_assert_uint_gt(blanks, 150);
    ck_assert_uint_lt(blanks, 350);
}
END_TEST

START_TEST(other_spellings_of_the_same_meaning_agree)
{
    ck_assert(agrees(BENCH_METER, "{\"a\":1.5,\"b\":[true,\"x\"]}",
                     "{ \"b\": [true, \"\\u0078\"], \"a\": 15e-1 }"));
}
END_TEST

static const char *const others[] = {
    "",
    "{\"a\":1.5}",
    "{\"a\":1.5,\"b\":[1,\"x\"]",
    "{\"a\":1.5,\"b\":[1,\"y\"]}",
    "{\"a\":1.5,\"b\":[true,\"x\"]}",
    "{\"a\":1.5,\"b\":[1]}",
    "{\"a\":1.5,\"b\":[\"x\",1]}",
    "{\"a\":1.5000000000000002,\"b\":[1,\"x\"]}",
    "{\"a\":\"1.5\",\"b\":[1,\"x\"]}",
    "{\"a\":1.5,\"c\":[1,\"x\"]}",
    "{\"a\":1.5,\"b\":[1,\"x\"],\"c\":0}",
};

START_TEST(other_meanings_do_not_agree)
{
    ck_assert_msg(!agrees(BENCH_METER, "{\"a\":1.5,\"b\":[1,\"x\"]}", others[_i]), "%s",
                  others[_i]);
}
END_TEST

START_TEST(only_singles_are_compared_as_singles)
{
    ck_assert(agrees(BENCH_TELEMATICS, "{\"fuelRate\":12.3}",
                     "{\"fuelRate\":12.300000190734863}"));
    ck_assert(
        !agrees(BENCH_TELEMATICS, "{\"fuelRate\":12.3}", "{\"fuelRate\":12.300001}"));
    ck_assert(
        !agrees(BENCH_TELEMATICS, "{\"speed\":12.3}", "{\"speed\":12.300000190734863}"));
    ck_assert(!agrees(BENCH_METER, "{\"batteryVoltage\":12.3}",
                      "{\"batteryVoltage\":12.300000190734863}"));
}
END_TEST

START_TEST(exact_peers_and_frames_are_compared_by_bytes)
{
    struct bench_bytes expected = {(const uint8_t *)"[1]", 3};
    const uint8_t *spaced = (const uint8_t *)"[ 1]";
    ck_assert(output_agrees(BENCH_METER, true, expected, expected.at, 3));
    ck_assert(!output_agrees(BENCH_METER, true, expected, spaced, 4));
    ck_assert(output_agrees(BENCH_METER, false, expected, spaced, 4));
    ck_assert(!output_agrees(BENCH_VALVE, false, expected, spaced, 4));
}
END_TEST

/* Reads a file with these lines. */
static bool read_lines(struct results *results, const char *lines)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    fputs(lines, file);
    rewind(file);
    bool good = results_read(results, file);
    fclose(file);
    return good;
}

START_TEST(medians_and_ratios_are_those_of_the_same_turn)
{
    static struct results results;
    ck_assert(read_lines(&results, "note\tmachine\ta test\n"
                                   "size\tmeter\t100\t12.0\t200.0\n"
                                   "time\tmeter\tstraight-line C\t1\t0\t10\n"
                                   "time\tmeter\tother\t1\t0\t20\n"
                                   "time\tmeter\tstraight-line C\t1\t1\t30\n"
                                   "time\tmeter\tother\t1\t1\t90\n"
                                   "time\tmeter\tstraight-line C\t2\t0\t20\n"
                                   "time\tmeter\tother\t2\t0\t80\n"
                                   "allocations\tmeter\tother\t3.00\n"
                                   "counted\tmeter\tother\t1234.5\n"));
    const struct result *other = &results.jobs[BENCH_METER].peers[1];
    ck_assert_str_eq(results.peers[1], "other");
    ck_assert_double_eq(other->median, 80);
    ck_assert_double_eq(other->low, 20);
    ck_assert_double_eq(other->high, 90);
    ck_assert_double_eq(other->ratio, 3); /* of 2, 3 and 4 */
    ck_assert_double_eq(other->allocations, 3);
    ck_assert_double_eq(other->instructions, 1234.5);
    ck_assert_double_eq(result_speed(&results, BENCH_METER, other), 2500);
    ck_assert(!result_is_there(&results.jobs[BENCH_BATCH].peers[1]));
}
END_TEST

static const char *const wrong_lines[] = {
    "\n",
    "time\tmeter\tother\t1\t0\n",
    "time\tmeter\tother\t0\t0\t10\n",
    "time\tmeter\tother\t1\t101\t10\n",
    "time\tmeter\tother\t1\t0\t-10\n",
    "time\tclock\tother\t1\t0\t10\n",
    "guess\tmeter\tother\t10\n",
};

START_TEST(lines_that_make_no_sense_are_refused)
{
    static struct results results;
    ck_assert_msg(!read_lines(&results, wrong_lines[_i]), "%s", wrong_lines[_i]);
}
END_TEST

/* Digits of the shortest text of a single, by trying. */
static int count_needed(float value)
{
    char text[32];
    int digits = 1;
    for (; digits < 9; digits++) {
        snprintf(text, sizeof(text), "%.*e", digits - 1, (double)value);
        if (fabsf(strtof(text, NULL) - value) == 0)
            break;
    }
    return digits;
}

static int count_digits_of(const char *text)
{
    int count = 0, zeros = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (count == 0 && *text == '0'))
            continue;
        count++;
        zeros = *text == '0' ? zeros + 1 : 0;
    }
    return count - zeros;
}

START_TEST(straight_line_singles_are_the_shortest_that_read_back)
{
    uint32_t bits = 1;
    straight_prepare_singles();
    for (unsigned i = 0; i < 20000; i++) {
        char text[64] = "";
        float value;
        bits = bits * 1664525u + 1013904223u;
        memcpy(&value, &bits, sizeof(value));
        uint8_t *end = straight_single((uint8_t *)text, bits);
        if (!isfinite(value)) {
            ck_assert_ptr_null(end);
            continue;
        }
        *end = '\0';
        ck_assert_msg(fabsf(strtof(text, NULL) - value) == 0, "%08x: %s", bits, text);
        ck_assert_msg(count_digits_of(text) == count_needed(value), "%08x: %s", bits,
                      text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bench");
    TCase *inputs = tcase_create("inputs"), *outputs = tcase_create("outputs"),
          *figures = tcase_create("figures");
    tcase_add_test(inputs, inputs_are_the_same_in_each_run);
    tcase_add_test(inputs, inputs_differ_from_one_to_the_next);
    tcase_add_test(inputs, some_commands_are_shuffled_and_some_of_them_have_blanks);
    suite_add_tcase(suite, inputs);
    tcase_add_test(outputs, other_spellings_of_the_same_meaning_agree);
    tcase_add_loop_test(outputs, other_meanings_do_not_agree, 0,
                        (int)(sizeof(others) / sizeof(others[0])));
    tcase_add_test(outputs, only_singles_are_compared_as_singles);
    tcase_add_test(outputs, exact_peers_and_frames_are_compared_by_bytes);
    tcase_add_test(outputs, straight_line_singles_are_the_shortest_that_read_back);
    suite_add_tcase(suite, outputs);
    tcase_add_test(figures, medians_and_ratios_are_those_of_the_same_turn);
    tcase_add_loop_test(figures, lines_that_make_no_sense_are_refused, 0,
                        (int)(sizeof(wrong_lines) / sizeof(wrong_lines[0])));
    suite_add_tcase(suite, figures);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
