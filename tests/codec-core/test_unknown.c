/* SPDX-License-Identifier: MIT */
/*
 * JSON members that the message does not have, refused or left out; names that stand
 * twice; members in any order and of any number.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static void ignore(void)
{
    fixture.call.unknown_members = DGM_UNKNOWN_MEMBERS_IGNORE;
}

/* Refused at that text, or left out. */
static void expect_unknown(const char *json, const char *near, const char *hex)
{
    fixture.call.unknown_members = DGM_UNKNOWN_MEMBERS_REFUSE;
    expect_encode_error(&fixture, json, DGM_UNKNOWN_MEMBER, near, "");
    ignore();
    expect_encode(&fixture, json, hex);
}

/* Refused at that text under either policy. */
static void expect_twice(const char *json, const char *near, const char *path)
{
    fixture.call.unknown_members = DGM_UNKNOWN_MEMBERS_REFUSE;
    expect_encode_error(&fixture, json, DGM_DUPLICATE_MEMBER, near, path);
    ignore();
    expect_encode_error(&fixture, json, DGM_DUPLICATE_MEMBER, near, path);
}

static const char valve[] =
    HEAD "services:\n"
         "  Valve:\n"
         "    properties:\n"
         "      open: {data_type: boolean, method: RWE}\n"
         "      flow: {data_type: int, min: 0, max: 255, method: RE}\n"
         "    commands:\n"
         "      SET: {paras: {minutes: {data_type: int, min: 0, max: 255}}}\n"
         "    events:\n"
         "      STUCK: {paras: {angle: {data_type: int, min: 0, max: 90}}}\n"
         "  Battery:\n"
         "    properties:\n"
         "      level: {data_type: int, min: 0, max: 100, method: RE}\n"
         "messages:\n"
         "  report:\n"
         "    fields:\n"
         "      - {const: 0x01, type: u8}\n"
         "      - {name: open, type: bool8, to: Valve}\n"
         "      - {name: level, type: u8, to: Battery}\n"
         "  set:\n"
         "    kind: command\n"
         "    command: Valve.SET\n"
         "    fields: [{const: 0x81, type: u8}, {role: mid, type: u16, default: 9},\n"
         "             {name: minutes, type: u8}]\n"
         "  write:\n"
         "    kind: set\n"
         "    fields: [{const: 0x82, type: u8}, {name: open, type: bool8, to: Valve}]\n"
         "  stuck:\n"
         "    kind: event\n"
         "    event: Valve.STUCK\n"
         "    fields: [{const: 0x05, type: u8}, {name: angle, type: u8}]\n";

static void open_valve(void)
{
    fixture_open(&fixture, valve);
}

START_TEST(services_and_their_members_may_be_unknown)
{
    expect_unknown("{\"Valve\":{\"open\":true,\"x\":[{}]},\"Battery\":{\"level\":7}}",
                   "\"x\"", "01 01 07");
    expect_unknown("{\"X\":{\"open\":1},\"Valve\":{\"open\":true},\"Battery\":{\"level\":"
                   "7},\"X\":[0]}",
                   "\"X\"", "01 01 07");
    /* Known, but of no message */
    expect_unknown("{\"Valve\":{\"open\":true,\"flow\":3},\"Battery\":{\"level\":7}}",
                   "\"flow\"", "01 01 07");
    expect_unknown(
        "{\"msg_type\":\"properties_report\",\"extra\":null,\"services\":[{"
        "\"service_id\":\"Valve\",\"properties\":{\"open\":false,\"open2\":0}},"
        "{\"more\":1,\"service_id\":\"Battery\",\"properties\":{\"level\":1}},"
        "{\"service_id\":\"Clock\",\"properties\":{\"level\":1}}]}",
        "\"extra\"", "01 00 01");
    expect_unknown("{\"msgType\":\"deviceReq\",\"data\":[{\"serviceId\":\"Valve\","
                   "\"serviceData\":{\"open\":false}},{\"serviceId\":\"Battery\","
                   "\"x\":1,\"serviceData\":{\"level\":1}}]}",
                   "\"x\"", "01 00 01");
}
END_TEST

START_TEST(parameters_and_envelopes_may_have_unknown_members)
{
    expect_unknown("{\"command\":\"Valve.SET\",\"paras\":{\"minutes\":5,\"hours\":1}}",
                   "\"hours\"", "81 0009 05");
    expect_unknown("{\"command\":\"Valve.SET\",\"via\":{},\"paras\":{\"minutes\":5}}",
                   "\"via\"", "81 0009 05");
    expect_unknown("{\"msgType\":\"cloudReq\",\"serviceId\":\"Valve\",\"cmd\":\"SET\","
                   "\"paras\":{\"minutes\":5},\"zz\":[]}",
                   "\"zz\"", "81 0009 05");
    expect_unknown("{\"set\":{\"Valve\":{\"open\":true},\"Pump\":{\"open\":false}}}",
                   "\"Pump\"", "82 01");
    expect_unknown("{\"set\":{\"Valve\":{\"open\":true},\"Battery\":{\"level\":1}}}",
                   NULL, "82 01");
    expect_unknown("{\"msg_type\":\"event_up\",\"services\":[{\"service_id\":\"Valve\","
                   "\"event_type\":"
                   "\"STUCK\",\"severity\":1,\"paras\":{\"angle\":9,\"x\":1}}]}",
                   "\"severity\"", "05 09");
}
END_TEST

START_TEST(ignoring_lets_no_other_fault_pass)
{
    ignore();
    expect_encode_error(&fixture, "{\"Valve\":{\"open\":true,\"x\":1}}",
                        DGM_MISSING_MEMBER, NULL, "Battery.level");
    expect_encode_error(&fixture, "{\"command\":\"Valve.SET\",\"paras\":{\"x\":1}}",
                        DGM_MISSING_MEMBER, NULL, "SET.minutes");
    expect_encode_error(&fixture, "{\"command\":\"Pump.SET\",\"paras\":{\"x\":1}}",
                        DGM_NO_COMMAND, "\"Pump.SET\"", "");
    expect_encode_error(&fixture, "{\"Valve\":{\"open\":true,\"x\":1e},\"Battery\":1}",
                        DGM_JSON_SYNTAX, "}", "");
    expect_encode_error(&fixture,
                        "{\"Valve\":{\"open\":1,\"x\":1},\"Battery\":{\"level\":"
                        "7}}",
                        DGM_TYPE, "1,", "Valve.open");
    fixture.call.unknown_members = (enum dgm_unknown_members)2;
    expect_encode_error(&fixture, "{}", DGM_BAD_CALL, NULL, "");
}
END_TEST

START_TEST(known_names_stand_once)
{
    expect_twice("{\"Valve\":{\"open\":true,\"open\":true},\"Battery\":{\"level\":7}}",
                 "\"open\":true}", "Valve.open");
    expect_twice("{\"Valve\":{\"open\":true,\"op\\u0065n\":true}}", "\"op\\u0065n",
                 "Valve.open");
    expect_twice("{\"Valve\":{\"open\":true},\"Battery\":{\"level\":7},\"Valve\":{}}",
                 "\"Valve\":{}", "");
    expect_twice("{\"Valve\":{},\"Valve\":{\"open\":true},\"Battery\":{\"level\":7}}",
                 "\"Valve\":{\"open", "");
    expect_twice("{\"Valve\":[],\"Valve\":{\"open\":true},\"Battery\":{\"level\":7}}",
                 "\"Valve\":{\"open", "");
    expect_twice("{\"set\":{\"Valve\":{\"open\":true},\"Valve\":{}}}", "\"Valve\":{}",
                 "");
    expect_twice("{\"mid\":1,\"command\":\"Valve.SET\",\"mid\":1,\"paras\":{\"minutes\":"
                 "5}}",
                 "\"mid\":1,\"paras", "");
    expect_twice("{\"msg_type\":\"properties_report\",\"services\":[{\"service_id\":"
                 "\"Valve\",\"service_id\":\"Valve\",\"properties\":{\"open\":true}}]}",
                 "\"service_id\":\"Valve\",\"prop", "");
    expect_twice("{\"msg_type\":\"event_up\",\"services\":[{\"service_id\":\"Valve\","
                 "\"event_type\":\"STUCK\",\"paras\":{\"angle\":9},\"paras\":{}}]}",
                 "\"paras\":{}", "");
    expect_twice("{\"msg_type\":\"properties_report\",\"services\":[{\"service_id\":"
                 "\"Valve\",\"properties\":{\"open\":true}},{\"service_id\":\"Valve\","
                 "\"properties\":{\"open\":true}}]}",
                 "\"open\":true}}]", "Valve.open");
}
END_TEST

START_TEST(a_bare_product_knows_its_envelope_once)
{
    fixture_open(&fixture, HEAD "messages:\n  report:\n    fields:\n"
                                "      - {name: a, type: u8}\n"
                                "      - {role: has_more, type: u8, default: 0}\n"
                                "      - name: inner\n"
                                "        fields: [{name: b, type: u8}]\n"
                                "      - name: pair\n"
                                "        as: array\n"
                                "        fields: [{name: c, type: u8}, {name: d, type: "
                                "u8}]\n");
    expect_unknown("{\"a\":1,\"z\":1,\"z\":2,\"inner\":{\"b\":2},\"pair\":[3,4]}",
                   "\"z\":1,\"z\"", "01 00 02 03 04");
    expect_unknown("{\"a\":1,\"inner\":{\"y\":0,\"b\":2},\"pair\":[3,4]}", "\"y\"",
                   "01 00 02 03 04");
    expect_unknown("{\"a\":1,\"inner\":{\"b\":2},\"pair\":[3,4,\"five\",{}]}", "\"five\"",
                   "01 00 02 03 04");
    expect_twice(
        "{\"has_more\":1,\"a\":1,\"has_more\":1,\"inner\":{\"b\":2},\"pair\":[3,4]"
        "}",
        "\"has_more\":1,\"inner", "");
    expect_twice("{\"a\":1,\"inner\":{\"b\":2},\"pair\":[3,4],\"inner\":{\"b\":2}}",
                 "\"inner\":{\"b\":2}}", "inner");
    fixture_close(&fixture);
}
END_TEST

START_TEST(the_time_of_a_record_stands_once)
{
    fixture_open(&fixture, HEAD
                 "services:\n  Log: {properties: {v: {data_type: int, min: 0, max: 255, "
                 "method: RE}}}\n"
                 "messages:\n  report:\n    fields:\n"
                 "      - repeat: rest\n"
                 "        record: Log\n"
                 "        fields: [{role: event_time, type: u32, time: unix}, {name: v, "
                 "type: u8}]\n");
    expect_encode(&fixture,
                  "{\"Log\":[{\"event_time\":\"19700101T000001Z\",\"v\":1},{\"v\":2,"
                  "\"event_time\":\"19700101T000002Z\"}]}",
                  "00000001 01 00000002 02");
    expect_unknown("{\"Log\":[{\"event_time\":\"19700101T000001Z\",\"v\":1,\"w\":0}]}",
                   "\"w\"", "00000001 01");
    expect_twice("{\"Log\":[{\"event_time\":\"19700101T000001Z\",\"v\":1,\"event_time\":"
                 "\"19700101T000001Z\"}]}",
                 "\"event_time\":\"19700101T000001Z\"}]", "");
    fixture_close(&fixture);
}
END_TEST

START_TEST(the_message_that_leaves_out_least_is_written)
{
    fixture_open(&fixture, HEAD
                 "messages:\n"
                 "  few:\n"
                 "    fields: [{const: 1, type: u8}, {name: a, type: u8, default: 0}]"
                 "\n"
                 "  many:\n"
                 "    fields: [{const: 2, type: u8}, {name: a, type: u8, default: 0},"
                 "\n             {name: b, type: u8, default: 0}]\n"
                 "  needs:\n"
                 "    fields: [{const: 3, type: u8}, {name: b, type: u8}, {name: c, "
                 "type: u8}]\n"
                 "  other:\n"
                 "    fallback: true\n"
                 "    fields: [{const: 4, type: u8}, {name: x, type: u8}]\n");
    ignore();
    expect_encode(&fixture, "{\"a\":5}", "01 05");
    expect_encode(&fixture, "{\"a\":5,\"z\":1}", "01 05");
    expect_encode(&fixture, "{\"a\":5,\"b\":6}", "02 05 06");
    expect_encode(&fixture, "{\"a\":5,\"z\":1,\"b\":6}", "02 05 06");
    expect_encode(&fixture, "{\"c\":5,\"z\":1,\"b\":6}", "03 06 05");
    expect_encode(&fixture, "{\"x\":5}", "04 05");
    expect_encode(&fixture, "{\"x\":5,\"z\":[]}", "04 05");
    expect_encode(&fixture, "{\"z\":[]}", "01 00");
    expect_encode_error(&fixture, "{\"b\":256,\"z\":1}", DGM_RANGE, "256", "b");
    /* Not `few` in the place of one that knows more. */
    expect_encode_error(&fixture, "{\"c\":5,\"z\":1}", DGM_MISSING_MEMBER, NULL, "b");
    fixture_close(&fixture);
}
END_TEST

/* More members than are looked up one by one, and more than one object has of a name. */
enum { MEMBERS = 200 };

static void open_wide(void)
{
    static char yaml[32768];
    size_t length =
        (size_t)snprintf(yaml, sizeof(yaml), HEAD "messages:\n  report:\n    fields:\n");
    for (unsigned i = 0; i < MEMBERS; i++)
        length += (size_t)snprintf(yaml + length, sizeof(yaml) - length,
                                   "      - {name: m%u, type: u8}\n", i);
    for (unsigned i = 0; i < 20; i++)
        length += (size_t)snprintf(
            yaml + length, sizeof(yaml) - length,
            "      - {name: o%u, fields: [{name: value, type: u8}, {name: \"\\xE9\", "
            "type: u8}]}\n",
            i);
    fixture_open(&fixture, yaml);
    ignore();
}

/* All members, the one at place i being the i * step-th; unknown ones in front. */
static void put_wide(char *json, unsigned step, unsigned unknown, bool escaped)
{
    char *at = json;
    *at++ = '{';
    for (unsigned i = 0; i < unknown; i++)
        at += sprintf(at, "\"u%u\":[{\"m1\":0}],", i);
    for (unsigned i = 0; i < MEMBERS; i++) {
        unsigned index = i * step % MEMBERS;
        at += sprintf(at, escaped ? "\"\\u006d%u\":%u," : "\"m%u\":%u,", index, index);
    }
    for (unsigned i = 0; i < 20; i++)
        at += sprintf(at, "\"o%u\":{\"\\u00e9\":%u,\"value\":%u},", 19 - i, i, 99 - i);
    strcpy(at - 1, "}");
}

START_TEST(many_members_are_found_in_any_order)
{
    static const unsigned steps[] = {1, MEMBERS - 1, 77, 3};
    static char json[65536];
    uint8_t frame[512];
    open_wide();
    for (unsigned i = 0; i < 16; i++) {
        put_wide(json, steps[i % 4], i / 4 == 1 ? 100 : 0, i / 4 == 2);
        ck_assert_int_eq(dgm_encode(fixture.codec, &fixture.call, json, strlen(json),
                                    frame, sizeof(frame), &fixture.outcome,
                                    &fixture.error),
                         DGM_OK);
        ck_assert_uint_eq(fixture.outcome.length, MEMBERS + 40);
        for (unsigned k = 0; k < MEMBERS; k++)
            ck_assert_uint_eq(frame[k], k);
        for (unsigned k = 0; k < 20; k++)
            ck_assert(frame[MEMBERS + 2 * k] == 80 + k &&
                      frame[MEMBERS + 2 * k + 1] == 19 - k);
    }
    /* Found by the index, too, are those that stand twice or in another object. */
    put_wide(json, 77, 0, false);
    strcpy(strrchr(json, '}'), ",\"m9\":9}");
    ck_assert_int_eq(dgm_encode(fixture.codec, &fixture.call, json, strlen(json), frame,
                                sizeof(frame), &fixture.outcome, &fixture.error),
                     DGM_DUPLICATE_MEMBER);
    fixture.call.unknown_members = DGM_UNKNOWN_MEMBERS_REFUSE;
    put_wide(json, 77, 0, false);
    strcpy(strrchr(json, '}'), ",\"value\":9}");
    ck_assert_int_eq(dgm_encode(fixture.codec, &fixture.call, json, strlen(json), frame,
                                sizeof(frame), &fixture.outcome, &fixture.error),
                     DGM_UNKNOWN_MEMBER);
    fixture_close(&fixture);
}
END_TEST

static TCase *valve_cases(void)
{
    TCase *tcase = tcase_create("policy");
    tcase_add_checked_fixture(tcase, open_valve, close_fixture);
    tcase_add_test(tcase, services_and_their_members_may_be_unknown);
    tcase_add_test(tcase, parameters_and_envelopes_may_have_unknown_members);
    tcase_add_test(tcase, ignoring_lets_no_other_fault_pass);
    tcase_add_test(tcase, known_names_stand_once);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("unknown");
    TCase *own = tcase_create("products");
    tcase_set_timeout(own, 0);
    tcase_add_test(own, a_bare_product_knows_its_envelope_once);
    tcase_add_test(own, the_time_of_a_record_stands_once);
    tcase_add_test(own, the_message_that_leaves_out_least_is_written);
    tcase_add_test(own, many_members_are_found_in_any_order);
    suite_add_tcase(suite, valve_cases());
    suite_add_tcase(suite, own);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
