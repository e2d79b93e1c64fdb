/* SPDX-License-Identifier: MIT */
/* Errors as people read them: what, where, found, expected. */
#include <check.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"

static const char yaml[] =
    "dragoman: 1\n"
    "product: {manufacturer_id: Acme, manufacturer_name: Acme, model: T1, device_type: "
    "Meter,\n"
    "          protocol_type: CoAP}\n"
    "services:\n"
    "  Log:\n"
    "    properties:\n"
    "      level: {data_type: decimal, min: -1.5, max: 20, method: RE}\n"
    "messages:\n"
    "  log:\n"
    "    fields:\n"
    "      - {const: 0xAA72, type: u16}\n"
    "      - local: samples\n"
    "        record: Log\n"
    "        repeat: rest\n"
    "        fields:\n"
    "          - {const: 0x05, type: u8}\n"
    "          - {name: level, type: i16, scale: 0.1}\n";

static struct fixture fixture;

static void open_log(void)
{
    fixture_open(&fixture, yaml);
}

static void close_log(void)
{
    fixture_close(&fixture);
}

static void expect_line(const char *line)
{
    char text[512];
    size_t length = dgm_error_render(fixture.codec, &fixture.error, text, sizeof(text));
    ck_assert_str_eq(text, line);
    ck_assert_uint_eq(length, strlen(line));
    for (size_t size = 0; size <= length; size++) {
        memset(text, 'x', sizeof(text));
        ck_assert_uint_eq(dgm_error_render(fixture.codec, &fixture.error, text, size),
                          length);
        if (size > 0)
            ck_assert_uint_eq(strlen(text), size - 1);
        ck_assert_int_eq(text[size], 'x');
    }
}

START_TEST(says_what_is_missing_of_a_truncated_frame)
{
    expect_decode_error(&fixture, "AA72 05 0001 05 00", DGM_TRUNCATED, 6, "Log[1].level");
    expect_line(
        "truncated: the frame ends inside a field, at byte 6 of the frame, Log[1].level, "
        "needs 2 bytes, 1 is left");
}
END_TEST

START_TEST(says_what_stands_in_place_of_a_constant)
{
    expect_decode_error(&fixture, "AA72 05 0001 06 0001", DGM_CONST, 5, "Log[1].(const)");
    expect_line(
        "const: a fixed value is not the one that the profile names, at byte 5 of the "
        "frame, Log[1].(const), found 0x06, expected 0x05");
}
END_TEST

START_TEST(says_which_limit_was_broken)
{
    expect_encode_error(&fixture, "{\"Log\":[{\"level\":1},{\"level\":20.1}]}", DGM_RANGE,
                        "20.1", "Log[1].level");
    expect_line("range: the value is outside its range, at byte 29 of the JSON, "
                "Log[1].level, found "
                "20.1, allowed -1.5 to 20");
}
END_TEST

static const char by_port[] =
    "dragoman: 1\n"
    "product: {manufacturer_id: Acme, model: T2}\n"
    "messages:\n"
    "  one: {match: {port: 2}, fields: [{name: a, type: u8}]}\n"
    "  two: {match: {port: 3, length: 2}, fields: [{name: b, type: u16}]}\n"
    "  three: {match: {port: [5, 7]}, fields: [{const: 9, type: u8}, {name: c, type: "
    "u16}]}\n"
    "  four: {match: {port: 50, topic: a/b}, fields: [{name: d, type: u32}]}\n"
    "  five: {match: {port: 20..29, length: 5..}, fields: [{name: e, type: "
    "bytes(rest)}]}\n"
    "  six: {kind: command, fields: [{const: 0xAA, type: u8}, {name: f, type: u8}]}\n"
    "  seven: {kind: command, match: {port: 40}, fields: [{const: 0xAB, type: u8}]}\n";

static const struct near_case {
    const char *hex;
    int port; /* -1: none */
    const char *topic, *line;
} near_cases[] = {
    {"01", -1, NULL, "; 'one' does but for the port (2 wanted, none given)"},
    {"01", 9, NULL, "; 'one' does but for the port (2 wanted, 9 found)"},
    {"0102", -1, NULL, "; 'two' does but for the port (3 wanted, none given)"},
    {"01", 3, NULL, "; 'two' does but for the length (2 wanted, 1 found)"},
    {"090001", -1, NULL, "; 'three' does but for the port (none given)"},
    {"090001", 6, NULL, "; 'three' does but for the port (6 found)"},
    {"01020304", 50, NULL, "; 'four' does but for the topic (none given)"},
    {"01020304", 50, "a/c", "; 'four' does but for the topic"},
    {"01020304", 21, NULL,
     "; 'five' does but for the length (5 or more wanted, 4 found)"},
    {"0102030405", 30, NULL,
     "; 'five' does but for the port (20 to 29 wanted, 30 found)"},
    {"AA01", -1, NULL,
     " (one that goes down, to the device, does), at byte 0 of the frame"},
    {"AB", -1, NULL, "; 'one' does but for the port (2 wanted, none given)"},
    {"010203", -1, NULL, ", at byte 0 of the frame"},
};

START_TEST(names_the_message_that_nearly_fits)
{
    const struct near_case *one = &near_cases[_i];
    struct fixture ports;
    char text[64], line[256], wanted[256] = "no-message: no message of the profile fits";
    uint8_t frame[8];
    fixture_open(&ports, by_port);
    size_t length = strlen(one->hex) / 2;
    for (size_t i = 0; i < length; i++) {
        char pair[3] = {one->hex[2 * i], one->hex[2 * i + 1], 0};
        frame[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    ports.call.has_channel = one->port >= 0;
    ports.call.channel = one->port >= 0 ? (uint32_t)one->port : 0;
    ports.call.topic = one->topic;
    ports.call.topic_length = one->topic != NULL ? strlen(one->topic) : 0;
    ck_assert_int_eq(dgm_decode(ports.codec, &ports.call, frame, length, text,
                                sizeof(text), &ports.outcome, &ports.error),
                     DGM_NO_MESSAGE);
    dgm_error_render(ports.codec, &ports.error, line, sizeof(line));
    strcat(wanted, one->line);
    ck_assert_str_eq(line, wanted);
    fixture_close(&ports);
}
END_TEST

START_TEST(says_how_much_room_would_do)
{
    uint8_t byte;
    const char json[] = "{\"Log\":[{\"level\":1}]}";
    ck_assert_int_eq(dgm_encode(fixture.codec, &fixture.call, json, strlen(json), &byte,
                                1, &fixture.outcome, &fixture.error),
                     DGM_NO_SPACE);
    expect_line("no-space: the output buffer is too small, 5 bytes are needed");
}
END_TEST

START_TEST(leaves_the_outcome_alone_on_failure)
{
    struct dgm_outcome before;
    char text[64];
    memset(&fixture.outcome, 0x5A, sizeof(fixture.outcome));
    fixture.outcome.notice_count = fixture.outcome.visit_count = 0;
    before = fixture.outcome;
    ck_assert_int_eq(dgm_decode(fixture.codec, &fixture.call,
                                (const uint8_t *)"\xAA\x72\x01", 3, text, sizeof(text),
                                &fixture.outcome, &fixture.error),
                     DGM_CONST);
    ck_assert_mem_eq(&fixture.outcome, &before, sizeof(before));
}
END_TEST

START_TEST(refuses_calls_that_make_no_sense)
{
    struct dgm_call call = fixture.call;
    struct dgm_outcome outcome;
    char text[64];
    ck_assert_int_eq(dgm_decode(NULL, NULL, NULL, 0, text, 1, &outcome, NULL),
                     DGM_BAD_CALL);
    ck_assert_int_eq(dgm_decode(fixture.codec, &call, NULL, 1, text, 1, &outcome, NULL),
                     DGM_BAD_CALL);
    ck_assert_int_eq(dgm_encode(fixture.codec, &call, NULL, 0, NULL, 0, &outcome, NULL),
                     DGM_BAD_CALL);
    call.size = 1;
    ck_assert_int_eq(dgm_decode(fixture.codec, &call, NULL, 0, text, 1, &outcome, NULL),
                     DGM_BAD_CALL);
    call.size = sizeof(call);
    call.shape = (enum dgm_shape)9;
    ck_assert_int_eq(dgm_decode(fixture.codec, &call, NULL, 0, text, 1, &outcome, NULL),
                     DGM_BAD_CALL);
}
END_TEST

START_TEST(takes_calls_of_older_and_newer_programs)
{
    struct {
        struct dgm_call call;
        uint64_t newer[2];
    } longer = {fixture.call, {0, 0}};
    struct dgm_outcome outcome;
    char text[128];
    const uint8_t frame[] = {0xAA, 0x72, 0x05, 0x00, 0x01};
    longer.call.size = sizeof(longer);
    ck_assert_int_eq(dgm_decode(fixture.codec, &longer.call, frame, sizeof(frame), text,
                                sizeof(text), &outcome, NULL),
                     DGM_OK);
    longer.newer[1] = 1;
    ck_assert_int_eq(dgm_decode(fixture.codec, &longer.call, frame, sizeof(frame), text,
                                sizeof(text), &outcome, NULL),
                     DGM_BAD_CALL);
    longer.call.size = offsetof(struct dgm_call, notices);
    ck_assert_int_eq(dgm_decode(fixture.codec, &longer.call, frame, sizeof(frame), text,
                                sizeof(text), &outcome, NULL),
                     DGM_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("error");
    TCase *tcase = tcase_create("error");
    tcase_add_checked_fixture(tcase, open_log, close_log);
    tcase_add_test(tcase, says_what_is_missing_of_a_truncated_frame);
    tcase_add_test(tcase, says_what_stands_in_place_of_a_constant);
    tcase_add_test(tcase, says_which_limit_was_broken);
    tcase_add_loop_test(tcase, names_the_message_that_nearly_fits, 0,
                        (int)(sizeof(near_cases) / sizeof(near_cases[0])));
    tcase_add_test(tcase, says_how_much_room_would_do);
    tcase_add_test(tcase, leaves_the_outcome_alone_on_failure);
    tcase_add_test(tcase, refuses_calls_that_make_no_sense);
    tcase_add_test(tcase, takes_calls_of_older_and_newer_programs);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
