/* SPDX-License-Identifier: MIT */
/* What a frame decodes to, encodes to a frame that decodes to the same. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"

#define FIELDS "messages:\n  report:\n    fields:\n"

enum { ROUNDS = 4000, FRAME = 8, TEXT = 512 };

static struct fixture fixture;

/* The text of a frame; false if it is refused. */
static bool decode(const uint8_t *frame, char *text, struct dgm_outcome *ret)
{
    struct dgm_call call = fixture.call;
    return dgm_decode(fixture.codec, &call, frame, FRAME, text, TEXT - 1, ret, NULL) ==
           DGM_OK;
}

/* Frames that begin and end with many zeros or ones are as likely as any others. */
static void fill(uint8_t *frame, uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    uint64_t bits = *state ^ *state >> 29;
    unsigned shift = (unsigned)(*state >> 58);
    bits = (*state & 1 << 20) ? bits : (uint64_t)((int64_t)bits >> shift) ^ bits << shift;
    for (unsigned i = 0; i < FRAME; i++)
        frame[i] = (uint8_t)(bits >> (8 * i));
}

static void expect_values_stay(const char *fields)
{
    char first[TEXT], again[TEXT];
    uint8_t frame[FRAME];
    uint64_t state = 1;
    struct dgm_outcome decoded, encoded;
    fixture_open(&fixture, fields);
    for (unsigned i = 0; i < ROUNDS; i++) {
        fill(frame, &state);
        if (!decode(frame, first, &decoded) || decoded.notice_count > 0)
            continue;
        first[decoded.length] = '\0';
        struct dgm_call call = fixture.call;
        enum dgm_status status = dgm_encode(fixture.codec, &call, first, decoded.length,
                                            frame, FRAME, &encoded, &fixture.error);
        ck_assert_msg(status == DGM_OK, "%s cannot be written: %d at %u", first, status,
                      (unsigned)fixture.error.offset);
        ck_assert(decode(frame, again, &decoded));
        again[decoded.length] = '\0';
        ck_assert_str_eq(first, again);
    }
    fixture_close(&fixture);
}

START_TEST(the_raw_is_one_that_decodes_to_the_value)
{
    fixture_open(&fixture,
                 HEAD FIELDS "      - {name: a, type: f64, scale: 0.001, decimals: 3}\n");
    /* The nearest one to 496119944994107239027441664 / 0.001 is another one. */
    expect_both(&fixture, "46190C3333333333", "{\"a\":496119944994107239027441664}");
    fixture_close(&fixture);
}
END_TEST

START_TEST(a_rounded_value_is_that_of_its_raw)
{
    fixture_open(&fixture,
                 HEAD "curves:\n"
                      "  thirds: {points: [[0, 0], [300, 100]]}\n"
                      "  ends: {points: [[10, -0.5], [20, 99.5]]}\n" FIELDS
                      "      - {name: a, type: u8, curve: thirds, decimals: 1, "
                      "inexact: refuse}\n"
                      "      - {name: b, type: u8, scale: exp(0.1), decimals: 0}\n"
                      "      - {name: c, type: u8, curve: ends, decimals: 0}\n");
    /* 2 / 3; 255 * 1.10517... = 281.8, which 282 / 1.10517... = 255.2 stands for; 99.5 */
    expect_both(&fixture, "02 FF 14", "{\"a\":0.7,\"b\":282,\"c\":100}");
    expect_both(&fixture, "02 00 0A", "{\"a\":0.7,\"b\":0,\"c\":-1}");
    expect_encode_error(&fixture, "{\"a\":0.6,\"b\":0,\"c\":0}", DGM_INEXACT, "0.6", "a");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":283,\"c\":0}", DGM_RANGE, "283", "b");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":0,\"c\":99.9}", DGM_RANGE, "99.9", "c");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":0,\"c\":101}", DGM_RANGE, "101", "c");
    fixture_close(&fixture);
}
END_TEST

START_TEST(values_of_floats_stay)
{
    expect_values_stay(HEAD FIELDS
                       "      - {name: a, type: f64, scale: 0.001, decimals: 3}\n");
    expect_values_stay(HEAD FIELDS "      - {name: a, type: f64, scale: 0.001}\n");
    expect_values_stay(HEAD FIELDS
                       "      - {name: a, type: f64, scale: -3, offset: 0.1}\n");
    expect_values_stay(HEAD FIELDS "      - {name: a, type: f64, offset: 273.15}\n");
    expect_values_stay(HEAD FIELDS "      - {name: a, type: f32, scale: 0.1, offset: 3}\n"
                                   "      - {name: b, type: f32, scale: 7}\n");
    expect_values_stay(HEAD FIELDS
                       "      - {name: a, type: f16, scale: 0.3, decimals: 4}\n"
                       "      - {name: b, type: bf16, scale: 1e3}\n"
                       "      - {name: c, type: f32, scale: 5/9, offset: -160/9, "
                       "decimals: 2}\n");
}
END_TEST

START_TEST(values_of_other_floats_stay)
{
    expect_values_stay(
        HEAD "floats:\n"
             "  plain: {sign: 1, exponent: 4, fraction: 11, bias: 15, hidden: false}\n"
             "  small: {sign: 0, exponent: 6, fraction: 10, subnormal: false}\n" FIELDS
             "      - {name: a, type: plain, scale: 0.7}\n"
             "      - {name: b, type: small, scale: 1.1, offset: 40}\n"
             "      - {name: c, type: plain, scale: 65536, decimals: 1}\n"
             "      - {name: d, type: u16}\n");
}
END_TEST

START_TEST(values_of_curves_stay)
{
    static const char head[] =
        HEAD "curves:\n"
             "  bent: {points: [[-1000, 7], [10, 9.5], [20, 300], [1e4, 300.1]], "
             "outside: extend}\n";
    static const char *const fields[] = {
        FIELDS "      - {name: a, type: f64, curve: bent}\n",
        FIELDS "      - {name: a, type: f32, curve: bent, scale: -0.01, decimals: 3}\n"
               "      - {name: b, type: i32, curve: bent, decimals: 9}\n",
        FIELDS "      - {name: a, type: i16, curve: bent, scale: 0.7, decimals: 3}\n"
               "      - {name: b, type: u16, curve: bent, scale: 3, decimals: 1}\n"
               "      - {name: c, type: f32, curve: bent, offset: 1e3}\n",
    };
    for (unsigned i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        char text[TEXT * 2];
        size_t length = strlen(head);
        memcpy(text, head, length);
        memcpy(text + length, fields[i], strlen(fields[i]) + 1);
        expect_values_stay(text);
    }
}
END_TEST

START_TEST(values_of_integers_behind_floats_stay)
{
    expect_values_stay(HEAD FIELDS "      - {name: e, type: i8}\n"
                                   "      - {name: a, type: u56, scale: exp(e)}\n");
    expect_values_stay(HEAD FIELDS
                       "      - {name: e, type: u8}\n"
                       "      - {name: a, type: i56, scale: pow10(-e), offset: 0.1}\n");
    expect_values_stay(HEAD FIELDS "      - {name: a, type: u64, scale: sqrt(2)}\n");
    expect_values_stay(HEAD FIELDS
                       "      - {name: a, type: i64, scale: ln(2) , decimals: 2}\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pipe");
    TCase *tests = tcase_create("pipe");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, the_raw_is_one_that_decodes_to_the_value);
    tcase_add_test(tests, a_rounded_value_is_that_of_its_raw);
    tcase_add_test(tests, values_of_floats_stay);
    tcase_add_test(tests, values_of_other_floats_stay);
    tcase_add_test(tests, values_of_curves_stay);
    tcase_add_test(tests, values_of_integers_behind_floats_stay);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
