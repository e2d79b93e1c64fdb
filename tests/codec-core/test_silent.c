/* SPDX-License-Identifier: MIT */
/* Groups that are no reading as a whole: because of one of their fields, or of all. */
#include <check.h>
#include <stdlib.h>

#include "../support/fixture.h"

#define REPORT HEAD "messages:\n  report:\n    fields:\n"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static const char any[] =
    REPORT "      - invalid: any\n"
           "        fields:\n"
           "          - {name: x, type: i16, scale: 0.1, invalid: 0x8000}\n"
           "          - {name: y, type: f32, invalid: 0x7FC00000}\n"
           "          - {reserved: bytes(1), fill: 7}\n"
           "          - bits: u8\n"
           "            fields:\n"
           "              - {name: z, type: u4, enum: {0: low, 1: high}, invalid: 15}\n"
           "              - {reserved: u4}\n"
           "          - {name: sum, value: x + y}\n"
           "      - {name: seen, value: has(x)}\n"
           "      - {name: k, type: u8}\n";

START_TEST(one_field_without_a_reading_silences_the_group)
{
    fixture_open(&fixture, any);
    expect_both(&fixture, "000A 40000000 07 10 05",
                "{\"x\":1,\"y\":2,\"z\":\"high\",\"sum\":3,\"seen\":true,\"k\":5}");
    expect_both(&fixture, "8000 7FC00000 07 F0 05", "{\"seen\":false,\"k\":5}");
    expect_decode(&fixture, "8000 40000000 07 10 05", "{\"seen\":false,\"k\":5}");
    expect_decode(&fixture, "000A 7FC00000 07 10 05", "{\"seen\":false,\"k\":5}");
    expect_decode(&fixture, "000A 40000000 07 F0 05", "{\"seen\":false,\"k\":5}");
    expect_decode_error(&fixture, "8000 40000000 07", DGM_TRUNCATED, 7, "(group)");
    expect_decode_error(&fixture, "8000 400000", DGM_TRUNCATED, 2, "y");
    expect_decode_error(&fixture, "", DGM_TRUNCATED, 0, "x");
}
END_TEST

START_TEST(all_members_are_given_or_none)
{
    fixture_open(&fixture, any);
    expect_encode_error(&fixture, "{\"x\":1,\"k\":5}", DGM_MISSING_MEMBER, "1,", "y");
    expect_encode_error(&fixture, "{\"x\":1,\"y\":2,\"k\":5}", DGM_MISSING_MEMBER, "1,",
                        "z");
    expect_encode_error(&fixture, "{\"x\":-3276.8,\"y\":2,\"z\":\"low\",\"k\":5}",
                        DGM_RANGE, "-3276.8", "x");
}
END_TEST

static const char all[] =
    REPORT "      - name: position\n"
           "        invalid: all\n"
           "        fields:\n"
           "          - {name: lat, type: i16, scale: 0.1, invalid: 0}\n"
           "          - {name: lon, type: i16, scale: 0.1, invalid: 0}\n"
           "      - bits: u8\n"
           "        invalid: all\n"
           "        fields:\n"
           "          - {name: a, type: u4, invalid: 14..15}\n"
           "          - {name: b, type: u4, invalid: 15}\n"
           "      - {name: north, value: position.lat > 0}\n";

START_TEST(a_reading_is_one_unless_all_fields_are_silent)
{
    fixture_open(&fixture, all);
    expect_both(
        &fixture, "0000 0001 F0",
        "{\"position\":{\"lat\":0,\"lon\":0.1},\"a\":15,\"b\":0,\"north\":false}");
    expect_both(&fixture, "0001 0000 0F",
                "{\"position\":{\"lat\":0.1,\"lon\":0},\"a\":0,\"b\":15,\"north\":true}");
    expect_both(&fixture, "0000 0000 EF", "{\"north\":false}");
    expect_decode(&fixture, "0000 0000 FF", "{\"north\":false}");
    expect_encode(&fixture, "{\"position\":{}}", "0000 0000 EF");
}
END_TEST

START_TEST(values_that_say_nothing_together_are_refused)
{
    fixture_open(&fixture, all);
    expect_encode_error(&fixture, "{\"position\":{\"lat\":0,\"lon\":0.04}}", DGM_RANGE,
                        "0,", "position");
    expect_encode_error(&fixture, "{\"position\":{\"lat\":0}}", DGM_MISSING_MEMBER, "0}",
                        "position.lon");
    expect_encode_error(&fixture, "{\"a\":14,\"b\":15}", DGM_RANGE, "14", "(group)");
}
END_TEST

START_TEST(groups_are_silent_in_each_round_on_their_own)
{
    fixture_open(&fixture, REPORT "      - name: list\n"
                                  "        repeat: rest\n"
                                  "        fields:\n"
                                  "          - {name: n, type: u8}\n"
                                  "          - invalid: any\n"
                                  "            fields:\n"
                                  "              - {name: t, type: u8, invalid: 255}\n"
                                  "              - {name: h, type: u8, invalid: 255}\n");
    expect_both(
        &fixture, "01 02 03 02 FF FF 03 04 05",
        "{\"list\":[{\"n\":1,\"t\":2,\"h\":3},{\"n\":2},{\"n\":3,\"t\":4,\"h\":5}]"
        "}");
    expect_encode_error(&fixture, "{\"list\":[{\"n\":1},{\"n\":2,\"h\":4}]}",
                        DGM_MISSING_MEMBER, "4}", "list[1].t");
}
END_TEST

START_TEST(characters_that_are_no_digits_silence_nothing)
{
    fixture_open(&fixture, REPORT
                 "      - {name: a, type: u8}\n"
                 "      - name: seen\n"
                 "        invalid: any\n"
                 "        fields:\n"
                 "          - {name: at, type: text(6), time: YYMMDD, invalid: 0}\n"
                 "          - {name: n, type: u8, invalid: 255}\n");
    expect_decode(&fixture, "07 303030303030 05", "{\"a\":7}");
    expect_decode_error(&fixture, "07 303030307830 05", DGM_TEXT, 5, "seen.at");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("silent");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, NULL, close_fixture);
    tcase_add_test(tests, one_field_without_a_reading_silences_the_group);
    tcase_add_test(tests, all_members_are_given_or_none);
    tcase_add_test(tests, a_reading_is_one_unless_all_fields_are_silent);
    tcase_add_test(tests, values_that_say_nothing_together_are_refused);
    tcase_add_test(tests, groups_are_silent_in_each_round_on_their_own);
    tcase_add_test(tests, characters_that_are_no_digits_silence_nothing);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
