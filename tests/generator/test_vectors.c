/* SPDX-License-Identifier: MIT */
/* Vectors of a profile as test records. */
#include "vectors.h"

#include <dragoman/codec.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "instant.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const warnings[] = {"the lid is open", NULL};
static const char *const of_report[] = {"flow", "battery", NULL};
static const char *const of_command[] = {"battery", "minutes", NULL};
static const struct vectors_message messages[] = {
    {"report", true, false, warnings, of_report},
    {"set_period", false, true, NULL, of_command},
    {"raw", true, true, NULL, NULL}};

static const struct vectors_model models[] = {{NULL, messages, COUNT(messages)}};
static const struct family family = {.count = 1};

static struct front front;
static struct dgm_test *tests;
static size_t count;

static void open_tests(const char *text)
{
    front_open_text(&front, text);
    ck_assert_msg(front.root != NULL, "%s", front_findings(&front));
    tests = vectors_parse(&front.diag, front.root, &family, models, 1, &count);
}

START_TEST(keeps_all_that_a_vector_says)
{
    open_tests("- hex: \"01 AA\"\n"
               "  json: {Meter: {flow: 1.50}}\n"
               "  shape: iotda\n"
               "  direction: decode\n"
               "  canonical: false\n"
               "  message: report\n"
               "  port: 0xFFFFFFFF\n"
               "  received: 20190329T101605Z\n"
               "  request: \"00\"\n"
               "  warnings: [range, enum, the lid is open]\n"
               "  source: datasheet\n"
               "  description: words\n"
               "- {hex: \"02\", json: null}\n");
    ck_assert_str_eq(front_findings(&front), "");
    ck_assert_uint_eq(count, 2);
    const struct dgm_test *test = &tests[0];
    ck_assert_uint_eq(test->line, 1);
    ck_assert(test->has_frame && test->has_json);
    ck_assert_uint_eq(test->frame_length, 2);
    ck_assert_mem_eq(test->frame, "\x01\xAA", 2);
    ck_assert_str_eq(test->json, "{\"Meter\":{\"flow\":1.50}}");
    ck_assert_int_eq(test->shape, DGM_SHAPE_IOTDA);
    ck_assert_int_eq(test->direction, DGM_TEST_DECODE);
    ck_assert(!test->canonical && !test->down);
    ck_assert_str_eq(test->message, "report");
    ck_assert(test->has_channel);
    ck_assert_uint_eq(test->channel, UINT32_MAX);
    ck_assert(test->has_received);
    ck_assert_int_eq(test->received_ms, 1553854565000);
    ck_assert_uint_eq(test->request_length, 1);
    ck_assert_str_eq(test->warnings[0], "range");
    ck_assert_str_eq(test->warnings[1], "enum");
    ck_assert_str_eq(test->warnings[2], "the lid is open");
    ck_assert_ptr_null(test->warnings[3]);
    ck_assert_str_eq(test->source, "datasheet");

    test = &tests[1];
    ck_assert_uint_eq(test->line, 13);
    ck_assert(test->has_json && test->canonical && !test->has_channel);
    ck_assert_ptr_null(test->json);
    ck_assert_ptr_null(test->warnings);
    ck_assert_int_eq(test->shape, DGM_SHAPE_PLAIN);
    ck_assert_int_eq(test->direction, DGM_TEST_BOTH);
    front_close(&front);
}
END_TEST

START_TEST(are_none_where_there_are_none)
{
    open_tests("[]\n");
    ck_assert_uint_eq(count, 0);
    ck_assert_str_eq(front_findings(&front), "");
    count = 99;
    ck_assert_ptr_null(vectors_parse(&front.diag, NULL, &family, models, 1, &count));
    ck_assert_uint_eq(count, 0);
    front_close(&front);
}
END_TEST

struct way_case {
    const char *text;
    bool down;
};

static const struct way_case ways[] = {
    {"{hex: \"\", json: {Meter: {flow: 1}}}", false},
    {"{hex: \"\", json: {flow: 1}}", false},
    {"{hex: \"\", json: {command: M.C, mid: 1, paras: {}}}", true},
    {"{hex: \"\", json: {command: M.C, mid: 1}}", true},
    {"{hex: \"\", json: {command: M.C, mid: 1, errcode: 0, body: {}}}", false},
    {"{hex: \"\", json: {command: M.C, errcode: 0}}", false},
    {"{hex: \"\", json: {reply: ack, errcode: 0}}", true},
    {"{hex: \"\", json: {msgType: deviceReq}, shape: oceanconnect}", false},
    {"{hex: \"\", json: {msgType: deviceRsp}, shape: oceanconnect}", false},
    {"{hex: \"\", json: {msgType: cloudReq}, shape: oceanconnect}", true},
    {"{hex: \"\", json: {msgType: cloudRsp}, shape: oceanconnect}", true},
    {"{hex: \"\", json: {msg_type: properties_report}, shape: iotda}", false},
    {"{hex: \"\", json: {msg_type: command_response}, shape: iotda}", false},
    {"{hex: \"\", json: {msg_type: commands}, shape: iotda}", true},
    {"{hex: \"\", json: {msg_type: properties_report_reply}, shape: iotda}", true},
    {"{hex: \"\", error: truncated}", false},
    {"{hex: \"\", error: truncated, message: set_period}", true},
    {"{hex: \"\", json: {flow: 1}, message: set_period}", true},
    {"{hex: \"\", json: {command: M.C}, message: report}", false},
    {"{hex: \"\", json: {command: M.C}, message: raw}", true},
    {"{hex: \"\", json: {Meter: {}}, message: raw}", false},
    {"{hex: \"\", json: {battery: 1}}", false},
    {"{hex: \"\", json: {battery: 1, minutes: 2}}", true},
    {"{hex: \"\", json: {flow: 1, minutes: 2}}", false},
    {"{hex: \"\", json: {}}", false},
};

START_TEST(travel_by_message_or_content)
{
    char text[200];

    snprintf(text, sizeof(text), "- %s\n- {json: 1, error: type, source: x}\n",
             ways[_i].text);
    open_tests(text);
    ck_assert_str_eq(front_findings(&front), "");
    ck_assert_msg(tests[0].down == ways[_i].down, "%s", text);
    front_close(&front);
}
END_TEST

START_TEST(with_errors_know_their_direction)
{
    open_tests("- {hex: \"01\", error: truncated, source: x}\n"
               "- {json: {a: 1}, error: range}\n");
    ck_assert_str_eq(front_findings(&front), "");
    ck_assert_int_eq(tests[0].direction, DGM_TEST_DECODE);
    ck_assert_str_eq(tests[0].error, "truncated");
    ck_assert_int_eq(tests[1].direction, DGM_TEST_ENCODE);
    ck_assert(!tests[1].has_frame);
    front_close(&front);
}
END_TEST

START_TEST(may_say_that_nothing_is_sent)
{
    open_tests("- {hex: null, json: {reply: ack}, source: x}\n");
    ck_assert_str_eq(front_findings(&front), "");
    ck_assert(tests[0].has_frame);
    ck_assert_ptr_null(tests[0].frame);
    front_close(&front);
}
END_TEST

struct finding_case {
    const char *name, *text, *findings;
};

static const struct finding_case cases[] = {
    {"no list", "{hex: \"01\"}",
     "1:1: error: 'tests' must be a list, not a mapping "
     "[expected-list]\n"},
    {"no source", "- {hex: \"01\", error: const}",
     "1:1: note: no vector names its source: the profile is unproven [unproven]\n"},
    {"no mapping", "- 5\n- {source: x}",
     "1:3: error: a vector must be a mapping, not a single value [expected-map]\n"
     "2:3: error: a vector needs hex or json [bad-test]\n"},
    {"frame without outcome", "- {hex: \"01\", source: x}",
     "1:3: error: a vector with hex needs json or error; 'json: null' says that the "
     "frame "
     "yields nothing [bad-test]\n"},
    {"JSON without outcome", "- {json: {}, source: x}",
     "1:3: error: a vector with json needs hex or error; 'hex: null' says that nothing "
     "is "
     "sent [bad-test]\n"},
    {"two outcomes", "- {hex: \"01\", json: {}, error: const, source: x}",
     "1:3: error: a vector with an error has hex (decode) or json (encode), not both "
     "[bad-test]\n"},
    {"contradiction", "- {hex: \"01\", error: const, direction: encode, source: x}",
     "1:3: error: the direction and the error contradict each other: an error on decode "
     "has hex, one on encode has json [bad-test]\n"},
    {"unknown status", "- {hex: \"01\", error: trunctaed, source: x}",
     "1:22: error: there is no status 'trunctaed'; did you mean 'truncated'? "
     "[bad-value]\n"},
    {"unknown message", "- {hex: \"01\", error: const, message: reports, source: x}",
     "1:38: error: the profile has no message 'reports'; did you mean 'report'? "
     "[unknown-message]\n"},
    {"plain hex", "- {hex: 0102, error: const, source: x}",
     "1:9: error: 'hex' is hex bytes: write \"0102\" in quotes [unquoted-hex]\n"},
    {"instant", "- {hex: \"01\", error: const, received: 2019, source: x}",
     "1:39: error: '2019' is no instant: write 20190329T101605Z or 2019-03-29T10:16:05Z "
     "[bad-value]\n"},
    {"port", "- {hex: \"01\", error: const, port: -1, source: x}",
     "1:35: error: 'port' is -1, outside 0..4294967295 [out-of-range]\n"},
    {"shape", "- {hex: \"01\", error: const, shape: plian, source: x}",
     "1:36: error: 'plian' is no value of 'shape'; did you mean 'plain'? [bad-value]\n"},
    {"unknown key", "- {hex: \"01\", eror: const, source: x}",
     "1:15: error: unknown key 'eror' in a vector; did you mean 'error'? "
     "[unknown-key]\n"},
    {"model", "- {hex: \"01\", error: const, model: a, source: x}",
     "1:36: error: the profile has no model 'a': without 'models' there is one, which "
     "vectors do not name [unknown-model]\n"},
};

START_TEST(report_what_is_wrong)
{
    const struct finding_case *row = &cases[_i];

    open_tests(row->text);
    ck_assert_msg(strcmp(front_findings(&front), row->findings) == 0,
                  "%s: findings are\n%s", row->name, front_findings(&front));
    if (front.diag.errors != 0)
        ck_assert_uint_eq(count, 0);
    front_close(&front);
}
END_TEST

struct instant_case {
    const char *text;
    bool fine;
    int64_t ms;
};

static const struct instant_case instants[] = {
    {"19700101T000000Z", true, 0},
    {"20190329T101605Z", true, 1553854565000},
    {"2019-03-29T10:16:05Z", true, 1553854565000},
    {"20190329T101605.5Z", true, 1553854565500},
    {"2019-03-29T10:16:05.123Z", true, 1553854565123},
    {"20000229T000000Z", true, 951782400000},
    {"19691231T235959.999Z", true, -1},
    {"00010101T000000Z", true, -62135596800000},
    {"99991231T235959Z", true, 253402300799000},
    {"19000229T000000Z", false, 0},
    {"20190230T000000Z", false, 0},
    {"20191301T000000Z", false, 0},
    {"20190100T000000Z", false, 0},
    {"00000101T000000Z", false, 0},
    {"20190329T240000Z", false, 0},
    {"20190329T101660Z", false, 0},
    {"20190329T101605", false, 0},
    {"20190329T101605Z ", false, 0},
    {"20190329T101605.Z", false, 0},
    {"20190329T101605.1234Z", false, 0},
    {"2019-0329T101605Z", false, 0},
    {"2019-03-29T101605Z", false, 0},
    {"2019-03-29 10:16:05Z", false, 0},
    {"1553854565", false, 0},
    {"", false, 0},
};

START_TEST(know_instants_of_the_calendar)
{
    const struct instant_case *row = &instants[_i];
    int64_t ms = 0;

    ck_assert_msg(instant_parse(row->text, &ms) == row->fine, "'%s'", row->text);
    ck_assert_int_eq(ms, row->ms);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vectors");
    TCase *all = tcase_create("all");

    tcase_add_test(all, keeps_all_that_a_vector_says);
    tcase_add_test(all, are_none_where_there_are_none);
    tcase_add_loop_test(all, travel_by_message_or_content, 0, COUNT(ways));
    tcase_add_test(all, with_errors_know_their_direction);
    tcase_add_test(all, may_say_that_nothing_is_sent);
    tcase_add_loop_test(all, report_what_is_wrong, 0, COUNT(cases));
    tcase_add_loop_test(all, know_instants_of_the_calendar, 0, COUNT(instants));
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
