/* SPDX-License-Identifier: MIT */
/* Computed names: members that are told by a number or a label, both ways. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "../support/fixture.h"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static void open_fields(const char *fields)
{
    static char yaml[8192];
    snprintf(yaml, sizeof(yaml), HEAD "messages:\n  report:\n    fields:\n%s", fields);
    fixture_open(&fixture, yaml);
}

START_TEST(an_index_numbers_members)
{
    open_fields("      - {local: n, type: u8}\n"
                "      - repeat: n\n"
                "        fields:\n"
                "          - {name: 'ch{index}', type: i16, scale: 0.1}\n"
                "          - {name: 'ok{index + 1}', type: bool8}\n"
                "      - {name: z, type: u8}\n");
    expect_both(&fixture, "02 0001 01 FFFF 00 07",
                "{\"ch0\":0.1,\"ok1\":true,\"ch1\":-0.1,\"ok2\":false,\"z\":7}");
    expect_both(&fixture, "00 07", "{\"z\":7}");
    expect_encode(&fixture, "{\"z\":1,\"ok2\":true,\"ch1\":2,\"ok1\":false,\"ch0\":1}",
                  "02 000A 00 0014 01 01");
    expect_encode_error(&fixture, "{\"ch1\":2,\"ok2\":true,\"z\":1}", DGM_MISSING_MEMBER,
                        NULL, "ch{index}");
    expect_encode_error(&fixture, "{\"ch0\":2,\"ok1\":true,\"ok2\":true,\"z\":1}",
                        DGM_MEMBER_NOT_ALLOWED, "true,\"z", "ok2");
    expect_encode_error(&fixture, "{\"ch0\":2,\"ok1\":true,\"ch00\":1,\"z\":1}",
                        DGM_UNKNOWN_MEMBER, "\"ch00", "");
    expect_encode_error(&fixture, "{\"ch0\":2,\"ok1\":true,\"ch0\":1,\"z\":1}",
                        DGM_DUPLICATE_MEMBER, "\"ch0\":1", "ch0");
    expect_decode_error(&fixture, "02 0001 01 FFFF", DGM_TRUNCATED, 6, "ok{index + 1}");
}
END_TEST

START_TEST(a_field_numbers_members)
{
    open_fields("      - {local: channel, type: u8, valid: 1..8, outside: refuse}\n"
                "      - {name: 'temperature_{channel}', type: i8}\n"
                "      - {name: 'humidity_{channel}', type: u8, optional: true}\n");
    expect_both(&fixture, "03 15 32", "{\"temperature_3\":21,\"humidity_3\":50}");
    expect_both(&fixture, "08 15", "{\"temperature_8\":21}");
    expect_encode_error(&fixture, "{\"temperature_3\":21,\"humidity_4\":50}",
                        DGM_MEMBER_NOT_ALLOWED, "50", "humidity_4");
    expect_encode_error(&fixture, "{\"temperature_3\":21,\"temperature_4\":50}",
                        DGM_MEMBER_NOT_ALLOWED, "50", "temperature_4");
    expect_encode_error(&fixture, "{\"humidity_3\":50}", DGM_MISSING_MEMBER, NULL,
                        "temperature_1");
    expect_encode_error(&fixture, "{\"temperature_9\":50}", DGM_UNKNOWN_MEMBER,
                        "\"temperature_9", "");
}
END_TEST

START_TEST(labels_and_numbers_make_names)
{
    open_fields(
        "      - {local: what, type: u8, enum: {1: level, 2: flow, 9: 'a \"b\"'}}\n"
        "      - {local: band, type: u8, valid: 0..3, outside: refuse}\n"
        "      - {name: '{what}_{band}', type: u8}\n"
        "      - {name: '{what}_type', type: u8, when: band > 1}\n");
    expect_both(&fixture, "02 01 07", "{\"flow_1\":7}");
    expect_both(&fixture, "09 03 07 05", "{\"a \\\"b\\\"_3\":7,\"a \\\"b\\\"_type\":5}");
    expect_encode_error(&fixture, "{\"flow_2\":7,\"level_type\":5}", DGM_MISSING_MEMBER,
                        NULL, "{what}_type");
    expect_encode_error(&fixture, "{\"flow_1\":7,\"flow_type\":5}",
                        DGM_MEMBER_NOT_ALLOWED, "5", "flow_type");
}
END_TEST

START_TEST(a_channel_stands_once)
{
    open_fields("      - repeat: rest\n"
                "        fields:\n"
                "          - {local: channel, type: u8}\n"
                "          - {name: 't_{channel}', type: i8}\n");
    expect_both(&fixture, "00 15 FF 16", "{\"t_0\":21,\"t_255\":22}");
    expect_encode(&fixture, "{\"t_9\":1,\"t_3\":2}", "03 02 09 01");
    expect_decode_error(&fixture, "03 15 04 16 03 17", DGM_DUPLICATE_MEMBER, 5, "t_3");
}
END_TEST

START_TEST(elements_and_cases_have_computed_names)
{
    open_fields("      - name: list\n"
                "        repeat: rest\n"
                "        fields:\n"
                "          - {local: kind, type: u8, encode: case}\n"
                "          - {local: c, type: u8, valid: 0..9, outside: refuse}\n"
                "          - switch: kind\n"
                "            cases:\n"
                "              1: {name: 'a{c}', type: u8}\n"
                "              2: {name: 'a{c}', type: u16}\n"
                "              3: {name: 'b{c}', type: u8, format: '{value}%'}\n");
    expect_decode(&fixture, "01 02 07 03 02 07 02 02 0007",
                  "{\"list\":[{\"a2\":7},{\"b2\":\"7%\"},{\"a2\":7}]}");
}
END_TEST

/* The names tell what the piece is; the join only shows it with other labels. */
START_TEST(a_join_of_what_names_tell_is_not_solved_for)
{
    open_fields(
        "      - {local: what, type: u8, enum: {0: a, 1: b, 2: c}}\n"
        "      - {name: '{what}_kind', type: u8}\n"
        "      - switch: what\n"
        "        cases:\n"
        "          0: {name: a_level, type: u8}\n"
        "          1..2:\n"
        "            - {local: axis, join: [what], type: u8, enum: {1: b, 2: c}}\n"
        "            - {name: '{axis}_swing', type: i8}\n");
    expect_both(&fixture, "00 07 08", "{\"a_kind\":7,\"a_level\":8}");
    expect_both(&fixture, "02 07 FF", "{\"c_kind\":7,\"c_swing\":-1}");
}
END_TEST

START_TEST(conditions_that_meet_give_no_member_twice)
{
    open_fields("      - {name: k, type: u8}\n"
                "      - {name: v, type: u8, when: k >= 1}\n"
                "      - {name: v, type: u8, when: k >= 2}\n"
                "      - {name: g, when: k >= 3, fields: [{name: a, type: u8}]}\n"
                "      - {name: g, when: k == 4, fields: [{name: a, type: u8}]}\n");
    expect_both(&fixture, "01 05", "{\"k\":1,\"v\":5}");
    expect_decode_error(&fixture, "02 05 06", DGM_DUPLICATE_MEMBER, 3, "v");
    expect_encode_error(&fixture, "{\"k\":2,\"v\":5}", DGM_DUPLICATE_MEMBER, "5}", "v");
}
END_TEST

START_TEST(each_object_has_its_members_once)
{
    open_fields("      - {name: k, type: u8}\n"
                "      - name: l\n"
                "        repeat: 2\n"
                "        fields:\n"
                "          - {name: n, type: u8}\n"
                "          - {name: v, type: u8, when: n >= 1}\n"
                "          - {name: v, type: u16, when: n == 2}\n"
                "      - {name: g, when: k >= 1, fields: [{name: a, type: u8, when: "
                "k == 1}]}\n"
                "      - {name: g, when: k == 2, fields: [{name: a, type: u8}]}\n");
    expect_decode(&fixture, "00 01 05 01 06",
                  "{\"k\":0,\"l\":[{\"n\":1,\"v\":5},{\"n\":1,\"v\":6}]}");
    expect_decode_error(&fixture, "00 01 05 02 06 0007", DGM_DUPLICATE_MEMBER, 7,
                        "l[1].v");
    /* An object without members is not there. */
    expect_decode(&fixture, "02 00 00 07",
                  "{\"k\":2,\"l\":[{\"n\":0},{\"n\":0}],\"g\":{\"a\":7}}");
}
END_TEST

START_TEST(records_and_fields_give_no_member_twice)
{
    open_fields("      - {name: k, type: u8}\n"
                "      - {name: v, type: u8, when: k == 1}\n"
                "      - tlv:\n"
                "          tag: u8\n"
                "          cases:\n"
                "            1: {name: v, type: u8}\n"
                "            2: [{name: o, fields: [{name: n, type: u8, when: k <= 1}, "
                "{name: n, type: u16, when: k >= 1}]}]\n");
    expect_decode_error(&fixture, "01 05 01 06", DGM_DUPLICATE_MEMBER, 4, "v");
    expect_decode(&fixture, "00 01 06 01 07", "{\"k\":0,\"v\":7}");
    expect_decode(&fixture, "02 02 0006 02 0007", "{\"k\":2,\"o\":{\"n\":7}}");
    expect_decode_error(&fixture, "01 05 02 06 0007", DGM_DUPLICATE_MEMBER, 6, "o.n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("name");
    TCase *tcase = tcase_create("name");
    tcase_add_checked_fixture(tcase, NULL, close_fixture);
    tcase_add_test(tcase, an_index_numbers_members);
    tcase_add_test(tcase, a_field_numbers_members);
    tcase_add_test(tcase, labels_and_numbers_make_names);
    tcase_add_test(tcase, a_channel_stands_once);
    tcase_add_test(tcase, conditions_that_meet_give_no_member_twice);
    tcase_add_test(tcase, each_object_has_its_members_once);
    tcase_add_test(tcase, records_and_fields_give_no_member_twice);
    tcase_add_test(tcase, elements_and_cases_have_computed_names);
    tcase_add_test(tcase, a_join_of_what_names_tell_is_not_solved_for);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
