/* SPDX-License-Identifier: MIT */
/* JSON to frames: choice of the message, binding, every kind of source, and bad input. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"

static const char valve[] =
    HEAD "services:\n"
         "  Valve:\n"
         "    properties:\n"
         "      state: {data_type: enum, enum_list: [open, shut], method: RE}\n"
         "    commands:\n"
         "      SET:\n"
         "        paras:\n"
         "          minutes: {data_type: int, min: 1, max: 1440, required: true}\n"
         "          level:   {data_type: decimal, min: -10, max: 50.5, step: 0.5}\n"
         "          force:   {data_type: boolean}\n"
         "          name:    {data_type: string, max_length: 4}\n"
         "      RESET:\n"
         "        paras: {}\n"
         "messages:\n"
         "  state:\n"
         "    fields:\n"
         "      - {const: 0x01, type: u8}\n"
         "      - {name: state, type: u8, enum: {0: open, 1: shut}}\n"
         "  set:\n"
         "    kind: command\n"
         "    command: Valve.SET\n"
         "    fields:\n"
         "      - {const: 0x81, type: u8}\n"
         "      - {role: mid, type: u16}\n"
         "      - {name: minutes, type: u16}\n"
         "      - {name: level, type: i16, scale: 0.5}\n"
         "      - {name: force, type: bool8, default: false}\n"
         "      - {local: n, type: u8}\n"
         "      - {name: name, type: text(n)}\n"
         "  reset:\n"
         "    kind: command\n"
         "    command: Valve.RESET\n"
         "    fields:\n"
         "      - {const: 0x82, type: u8}\n"
         "      - {role: mid, type: u16, default: 0}\n"
         "  ack:\n"
         "    kind: reply\n"
         "    answers: [state]\n"
         "    fields:\n"
         "      - {local: id, type: u8, encode: request.u8(0)}\n"
         "      - {local: echo, type: u8, encode: request.state}\n"
         "      - {local: fault, type: u8, encode: 0 if request.valid else 1}\n"
         "      - {role: has_more, type: u8}\n";

static struct fixture fixture;

static void open_valve(void)
{
    fixture_open(&fixture, valve);
}

static void close_valve(void)
{
    fixture_close(&fixture);
}

#define SET(paras)                                                                       \
    "{\"msgType\":\"cloudReq\",\"serviceId\":\"Valve\",\"cmd\":\"SET\",\"mid\":7,"       \
    "\"hasMore\":0,"                                                                     \
    "\"paras\":" paras "}"

START_TEST(writes_parameters_in_wire_order_whatever_their_order)
{
    expect_encode(&fixture,
                  SET("{\"minutes\":60,\"level\":-2.5,\"force\":true,\"name\":\"ab\"}"),
                  "81 0007 003C FFFB 01 02 6162");
    expect_encode(&fixture, SET("{\"name\":\"\",\"level\":50.5,\"minutes\":1440}"),
                  "81 0007 05A0 0065 00 00");
    expect_encode(&fixture,
                  " { \"paras\" : {\"name\":\"\\u0061\",\"level\":1e1,\"minutes\":6.0e1},"
                  "\"mid\":7,\"cmd\":\"SET\",\"msgType\":\"cloudReq\"} ",
                  "81 0007 003C 0014 00 01 61");
}
END_TEST

START_TEST(rounds_to_the_nearest_raw_away_from_zero)
{
    expect_encode(&fixture, SET("{\"minutes\":1,\"level\":0.24,\"name\":\"\"}"),
                  "81 0007 0001 0000 00 00");
    expect_encode(&fixture, SET("{\"minutes\":1,\"level\":0.25,\"name\":\"\"}"),
                  "81 0007 0001 0001 00 00");
    expect_encode(&fixture, SET("{\"minutes\":1,\"level\":-0.25,\"name\":\"\"}"),
                  "81 0007 0001 FFFF 00 00");
    expect_encode(&fixture,
                  SET("{\"minutes\":1,\"level\":-0.2499999999999,\"name\":\"\"}"),
                  "81 0007 0001 0000 00 00");
}
END_TEST

START_TEST(refuses_parameters_outside_the_product_model)
{
    expect_encode_error(&fixture, SET("{\"minutes\":0,\"level\":0,\"name\":\"\"}"),
                        DGM_RANGE, "0,\"level", "SET.minutes");
    expect_encode_error(&fixture, SET("{\"minutes\":1441,\"level\":0,\"name\":\"\"}"),
                        DGM_RANGE, "1441", "SET.minutes");
    expect_encode_error(&fixture, SET("{\"minutes\":1,\"level\":50.51,\"name\":\"\"}"),
                        DGM_RANGE, "50.51", "SET.level");
    expect_encode_error(&fixture, SET("{\"minutes\":1,\"level\":0,\"name\":\"abcde\"}"),
                        DGM_RANGE, "\"abcde", "SET.name");
    expect_encode_error(&fixture, SET("{\"minutes\":1e400,\"level\":0,\"name\":\"\"}"),
                        DGM_RANGE, "1e400", "SET.minutes");
}
END_TEST

START_TEST(refuses_wrong_types)
{
    expect_encode_error(&fixture, SET("{\"minutes\":\"60\",\"level\":0,\"name\":\"\"}"),
                        DGM_TYPE, "\"60\"", "SET.minutes");
    expect_encode_error(&fixture, SET("{\"minutes\":60.7,\"level\":0,\"name\":\"\"}"),
                        DGM_TYPE, "60.7", "SET.minutes");
    expect_encode_error(&fixture, SET("{\"minutes\":null,\"level\":0,\"name\":\"\"}"),
                        DGM_TYPE, "null", "SET.minutes");
    expect_encode_error(&fixture, SET("{\"minutes\":[1],\"level\":0,\"name\":\"\"}"),
                        DGM_TYPE, "[1]", "SET.minutes");
    expect_encode_error(&fixture,
                        SET("{\"minutes\":1,\"level\":0,\"force\":1,\"name\":\"\"}"),
                        DGM_TYPE, "1,\"name", "SET.force");
    expect_encode_error(&fixture, SET("{\"minutes\":1,\"level\":0,\"name\":5}"), DGM_TYPE,
                        "5}", "SET.name");
    expect_encode_error(&fixture, SET("7"), DGM_TYPE, "7}", "");
    expect_encode_error(&fixture, "[]", DGM_TYPE, "[]", "");
}
END_TEST

START_TEST(names_missing_unknown_and_duplicate_members)
{
    expect_encode_error(&fixture, SET("{\"level\":0,\"name\":\"\"}"), DGM_MISSING_MEMBER,
                        NULL, "SET.minutes");
    expect_encode_error(&fixture, SET("{\"minutes\":1,\"level\":0,\"nam\":\"\"}"),
                        DGM_UNKNOWN_MEMBER, "\"nam\"", "");
    expect_encode_error(&fixture,
                        SET("{\"minutes\":1,\"level\":0,\"name\":\"\",\"level\":0}"),
                        DGM_DUPLICATE_MEMBER, "\"level\":0}", "SET.level");
    expect_encode_error(&fixture,
                        "{\"msgType\":\"cloudReq\",\"cmd\":\"SET\",\"cmd\":\"SET\"}",
                        DGM_DUPLICATE_MEMBER, "\"cmd\":\"SET\"}", "");
    expect_encode_error(&fixture, "{\"msgType\":\"cloudReq\",\"cmd\":\"SET\",\"what\":1}",
                        DGM_UNKNOWN_MEMBER, "\"what\"", "");
}
END_TEST

START_TEST(keeps_message_ids_in_the_platforms_range)
{
    static const char head[] =
        "{\"msgType\":\"cloudReq\",\"cmd\":\"RESET\",\"paras\":{},\"mid\":";
    static const char *const bad[] = {"65536", "-1", "99999999999999999999"};
    char json[256];
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        strcpy(json, head);
        strcat(json, bad[i]);
        strcat(json, "}");
        expect_encode_error(&fixture, json, DGM_RANGE, bad[i], "");
    }
    expect_encode(
        &fixture,
        "{\"msgType\":\"cloudReq\",\"cmd\":\"RESET\",\"paras\":{},\"mid\":65535}",
        "82 FFFF");
    expect_encode(&fixture, "{\"msgType\":\"cloudReq\",\"cmd\":\"RESET\",\"paras\":{}}",
                  "82 0000");
    expect_encode_error(&fixture,
                        "{\"msgType\":\"cloudReq\",\"cmd\":\"SET\",\"paras\":{"
                        "\"minutes\":1,\"level\":0,\"name\":\"\"}}",
                        DGM_MISSING_MEMBER, NULL, "mid");
}
END_TEST

START_TEST(refuses_unknown_commands_and_message_types)
{
    expect_encode_error(&fixture,
                        "{\"msgType\":\"cloudReq\",\"cmd\":\"Set\",\"paras\":{}}",
                        DGM_NO_COMMAND, "\"Set\"", "");
    expect_encode_error(&fixture,
                        "{\"msgType\":\"CloudReq\",\"cmd\":\"SET\",\"paras\":{}}",
                        DGM_ENUM, "\"CloudReq\"", "");
    expect_encode_error(
        &fixture, "{\"msgType\":\"cloudReq\",\"serviceId\":\"Tap\",\"cmd\":\"SET\"}",
        DGM_NO_COMMAND, "\"SET\"", "");
}
END_TEST

START_TEST(refuses_text_that_is_no_json)
{
    static const struct {
        const char *json;
        enum dgm_status status;
        unsigned at;
    } rows[] = {
        {"", DGM_JSON_SYNTAX, 0},
        {"{\"a\":1,}", DGM_JSON_SYNTAX, 7},
        {"{\"a\":01}", DGM_JSON_SYNTAX, 6},
        {"{\"a\":1} x", DGM_JSON_SYNTAX, 8},
        {"{\"a\":NaN}", DGM_JSON_SYNTAX, 5},
        {"{\"a\":\"\xC3\x28\"}", DGM_JSON_UTF8, 6},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_encode_error(&fixture, rows[i].json, rows[i].status, NULL, "");
        ck_assert_msg(fixture.error.offset == rows[i].at, "%s: byte %u", rows[i].json,
                      (unsigned)fixture.error.offset);
    }
}
END_TEST

START_TEST(answers_a_report_with_what_it_said)
{
    expect_encode(
        &fixture,
        "{\"msgType\":\"cloudRsp\",\"request\":\"AQE=\",\"errcode\":0,\"hasMore\":1}",
        "01 01 00 01");
    expect_encode(
        &fixture,
        "{\"msg_type\":\"properties_report_reply\",\"request\":\"0101\",\"result_code\":"
        "0}",
        "01 01 00 00");
    fixture.call.request_format = DGM_REQUEST_HEX;
    expect_encode(&fixture,
                  "{\"msgType\":\"cloudRsp\",\"request\":\"0100\",\"errcode\":0}",
                  "01 00 00 00");
    fixture.call.request_format = DGM_REQUEST_ARRAY;
    expect_encode(&fixture, "{\"msgType\":\"cloudRsp\",\"request\":[1,1],\"errcode\":0}",
                  "01 01 00 00");
    expect_encode_error(&fixture,
                        "{\"msgType\":\"cloudRsp\",\"request\":[1,256],\"errcode\":0}",
                        DGM_RANGE, "256", "");
    fixture.call.request = (const uint8_t *)"\x01\x01";
    fixture.call.request_length = 2;
    expect_encode(&fixture, "{\"reply\":\"ack\",\"has_more\":1}", "01 01 00 01");
}
END_TEST

/* The JSON is to blame for a name that it gives, the call for one of its own. */
START_TEST(knows_the_reply_by_its_name)
{
    expect_encode_error(&fixture, "{\"reply\":\"other\"}", DGM_NO_MESSAGE, NULL, "");
    fixture.call.message = "other";
    expect_encode_error(&fixture, "{\"reply\":\"ack\"}", DGM_BAD_CALL, NULL, "");
}
END_TEST

START_TEST(wants_the_request_that_a_reply_answers)
{
    expect_encode_error(&fixture, "{\"msgType\":\"cloudRsp\",\"errcode\":0}",
                        DGM_NO_REQUEST, NULL, "");
    expect_encode_error(&fixture, "{\"msgType\":\"cloudRsp\",\"request\":\"fw==\"}",
                        DGM_NO_MESSAGE, "\"fw==", "");
    expect_encode_error(&fixture, "{\"msgType\":\"cloudRsp\",\"request\":\"AQE\"}",
                        DGM_TEXT, "\"AQE", "");
}
END_TEST

static const char replies[] =
    HEAD "messages:\n"
         "  level: {fields: [{const: 0x01, type: u8}, {name: level, type: u8}]}\n"
         "  alarm: {fields: [{const: 0x02, type: u8}, {name: alarm, type: u8}]}\n";

START_TEST(writes_a_reply_that_is_the_same_for_every_request_without_one)
{
    char yaml[2048];
    strcat(strcpy(yaml, replies), "  ack:\n"
                                  "    kind: reply\n"
                                  "    fields:\n"
                                  "      - {const: 0x06, type: u8}\n"
                                  "      - {role: errcode, type: u8}\n");
    fixture_open(&fixture, yaml);
    expect_encode(&fixture, "{\"msgType\":\"cloudRsp\",\"errcode\":1}", "06 01");
    expect_encode(&fixture, "{\"reply\":\"ack\",\"errcode\":0}", "06 00");
    expect_encode_error(&fixture, "{\"reply\":\"ack\",\"errcode\":0,\"level\":1}",
                        DGM_UNKNOWN_MEMBER, "\"level\":1}", "");
    fixture_close(&fixture);
}
END_TEST

START_TEST(does_not_guess_which_of_several_replies_is_meant)
{
    char yaml[2048];
    strcat(strcpy(yaml, replies), "  urgent:\n"
                                  "    kind: reply\n"
                                  "    answers: [alarm]\n"
                                  "    fields: [{const: 0x07, type: u8}]\n"
                                  "  ack:\n"
                                  "    kind: reply\n"
                                  "    fields: [{const: 0x06, type: u8}]\n");
    fixture_open(&fixture, yaml);
    expect_encode_error(&fixture, "{\"msgType\":\"cloudRsp\",\"errcode\":0}",
                        DGM_NO_REQUEST, NULL, "");
    expect_encode(&fixture, "{\"msgType\":\"cloudRsp\",\"request\":\"AgU=\"}", "07");
    expect_encode(&fixture, "{\"msgType\":\"cloudRsp\",\"request\":\"AQU=\"}", "06");
    fixture_close(&fixture);
}
END_TEST

static const char *const asking[] = {
    "encode: request.u8(0)",
    "encode: request.length",
    "encode: 1 if request.valid else 0",
    "encode: request.level",
};

START_TEST(wants_the_request_for_a_reply_that_asks_for_it)
{
    char yaml[2048];
    snprintf(yaml, sizeof(yaml),
             "%s  ack:\n    kind: reply\n    fields:\n"
             "      - {local: x, type: u8, %s}\n",
             replies, asking[_i]);
    fixture_open(&fixture, yaml);
    expect_encode_error(&fixture, "{\"msgType\":\"cloudRsp\",\"errcode\":0}",
                        DGM_NO_REQUEST, NULL, "");
    fixture_close(&fixture);
}
END_TEST

START_TEST(a_mid_of_zero_stands_for_none)
{
    expect_encode(&fixture,
                  "{\"msgType\":\"cloudReq\",\"cmd\":\"RESET\",\"paras\":{},\"mid\":0}",
                  "82 0000");
    expect_encode_error(&fixture,
                        "{\"msgType\":\"cloudReq\",\"cmd\":\"SET\",\"paras\":{"
                        "\"minutes\":1,\"level\":0,\"name\":\"\"},\"mid\":0}",
                        DGM_RANGE, "0}", "mid");
    fixture.call.direction = DGM_DIRECTION_DOWN;
    expect_decode(&fixture, "82 0000", "{\"command\":\"Valve.RESET\",\"paras\":{}}");
}
END_TEST

START_TEST(honours_the_direction_that_the_caller_wants)
{
    fixture.call.direction = DGM_DIRECTION_UP;
    expect_encode_error(&fixture, SET("{\"minutes\":1,\"level\":0,\"name\":\"\"}"),
                        DGM_WRONG_DIRECTION, NULL, "set");
}
END_TEST

static const char choice[] = HEAD "messages:\n"
                                  "  old:\n"
                                  "    fields:\n"
                                  "      - {const: 0x01, type: u8}\n"
                                  "      - {name: a, type: u8}\n"
                                  "      - {name: kind, literal: old}\n"
                                  "  new:\n"
                                  "    fields:\n"
                                  "      - {const: 0x02, type: u8}\n"
                                  "      - {name: a, type: u8}\n"
                                  "      - {name: kind, literal: new}\n"
                                  "  more:\n"
                                  "    fields:\n"
                                  "      - {const: 0x03, type: u8}\n"
                                  "      - {name: a, type: u8}\n"
                                  "      - {local: has_b, type: u8, encode: has(b)}\n"
                                  "      - {name: b, type: u8, when: has_b == 1}\n"
                                  "      - {name: c, type: u8, optional: true}\n";

START_TEST(picks_the_report_by_its_literals_and_members)
{
    fixture_open(&fixture, choice);
    expect_both(&fixture, "02 05", "{\"a\":5,\"kind\":\"new\"}");
    expect_both(&fixture, "01 05", "{\"a\":5,\"kind\":\"old\"}");
    expect_both(&fixture, "03 05 01 06", "{\"a\":5,\"b\":6}");
    expect_both(&fixture, "03 05 00 07", "{\"a\":5,\"c\":7}");
    fixture.call.message = "more";
    expect_encode(&fixture, "{\"a\":5}", "03 05 00");
    fixture.call.message = "none";
    expect_encode_error(&fixture, "{\"a\":5}", DGM_BAD_CALL, NULL, "");
    fixture_close(&fixture);
}
END_TEST

static const char bare[] = HEAD "messages:\n"
                                "  report:\n"
                                "    fields:\n"
                                "      - {const: 0x01, type: u8}\n"
                                "      - {role: has_more, type: u8}\n"
                                "      - {role: event_time, type: u32, time: unix}\n"
                                "      - {name: a, type: u8}\n"
                                "  ack:\n"
                                "    kind: reply\n"
                                "    fields:\n"
                                "      - {const: 0x81, type: u8}\n"
                                "      - {role: errcode, type: u8}\n";

START_TEST(finds_the_envelope_beside_the_members_of_a_bare_model)
{
    fixture_open(&fixture, bare);
    expect_both(&fixture, "01 01 5C9DF065 07",
                "{\"has_more\":1,\"a\":7,\"event_time\":\"20190329T101605Z\"}");
    expect_encode_error(
        &fixture, "{\"has_more\":1,\"a\":7,\"b\":1,\"event_time\":\"20190329T101605Z\"}",
        DGM_UNKNOWN_MEMBER, "\"b\"", "");
    fixture_close(&fixture);
}
END_TEST

#define IOTDA_REPORT "{\"msg_type\":\"properties_report\",\"services\":["

static const char timed[] =
    HEAD "services:\n"
         "  A: {properties: {a: {data_type: int, method: RE}}}\n"
         "  B: {properties: {b: {data_type: int, method: RE}}}\n"
         "messages:\n"
         "  unix:\n"
         "    fields:\n"
         "      - {const: 1, type: u8}\n"
         "      - {role: event_time, type: u32le, time: unix}\n"
         "      - {name: a, to: A, type: u8}\n"
         "  digits:\n"
         "    fields:\n"
         "      - {const: 2, type: u8}\n"
         "      - {role: event_time, type: bcd(12), time: YYMMDDhhmmss, zone: +08:00}\n"
         "      - {name: b, to: B, type: u8}\n"
         "  both:\n"
         "    fields:\n"
         "      - {const: 3, type: u8}\n"
         "      - {name: a, to: A, type: u8}\n"
         "      - {role: event_time, type: u32, time: unix}\n"
         "      - {name: b, to: B, type: u8}\n";

/* The fixture encodes by the rows and by a plan, and both must agree. */
START_TEST(the_time_of_a_report_is_that_of_its_first_service)
{
    fixture_open(&fixture, timed);
    expect_encode(&fixture, "{\"A\":{\"a\":5},\"event_time\":\"20190329T101605Z\"}",
                  "01 65F09D5C 05");
    expect_encode(&fixture, "{\"event_time\":\"20190329T181605Z\",\"B\":{\"b\":6}}",
                  "02 190330021605 06");
    expect_encode_error(&fixture, "{\"A\":{\"a\":5}}", DGM_MISSING_MEMBER, NULL,
                        "event_time");
    expect_encode_error(&fixture, "{\"A\":{\"a\":5},\"event_time\":\"20190229T101605Z\"}",
                        DGM_TIME, "\"20190229", "");
    expect_encode_error(&fixture, "{\"A\":{\"a\":5},\"event_time\":\"22190329T101605Z\"}",
                        DGM_RANGE, "\"22190329", "event_time");
    expect_encode_error(&fixture, "{\"event_time\":\"22190329T101605Z\",\"B\":{\"b\":6}}",
                        DGM_RANGE, "\"22190329", "event_time");
    fixture.call.shape = DGM_SHAPE_IOTDA;
    expect_encode_error(&fixture,
                        IOTDA_REPORT "{\"service_id\":\"A\",\"properties\":{\"a\":5},"
                                     "\"event_time\":\"22190329T101606Z\"}]}",
                        DGM_RANGE, "\"22190329", "event_time");
    expect_encode(&fixture,
                  IOTDA_REPORT
                  "{\"service_id\":\"A\",\"properties\":{\"a\":5},\"event_time\":"
                  "\"2019-03-29T10:16:06.000Z\"},{\"event_time\":"
                  "\"20190329T101606Z\",\"properties\":{\"b\":6},"
                  "\"service_id\":\"B\"}]}",
                  "03 05 5C9DF066 06");
    expect_encode_error(&fixture,
                        IOTDA_REPORT "{\"service_id\":\"A\",\"properties\":{\"a\":5}},"
                                     "{\"properties\":{\"b\":6},\"service_id\":\"B\","
                                     "\"event_time\":\"20190329T101606Z\"}]}",
                        DGM_MISSING_MEMBER, NULL, "event_time");
    fixture_close(&fixture);
}
END_TEST

static const char untimed[] = HEAD
    "services:\n"
    "  A: {properties: {a: {data_type: int, method: RE}}}\n"
    "  B: {properties: {b: {data_type: int, method: RE}}}\n"
    "messages:\n"
    "  unix:\n"
    "    fields:\n"
    "      - {const: 1, type: u8}\n"
    "      - {role: event_time, type: u32, time: unix, default: 2019-03-29T10:16:05Z}\n"
    "      - {name: a, to: A, type: u8}\n"
    "  digits:\n"
    "    fields:\n"
    "      - {const: 2, type: u8}\n"
    "      - {role: event_time, type: bcd(12), time: YYMMDDhhmmss, zone: +08:00,\n"
    "         default: 20190329T181605Z}\n"
    "      - {name: b, to: B, type: u8}\n";

START_TEST(a_report_without_time_has_the_default)
{
    fixture_open(&fixture, untimed);
    expect_encode(&fixture, "{\"A\":{\"a\":5}}", "01 5C9DF065 05");
    expect_encode(&fixture, "{\"A\":{\"a\":5},\"event_time\":\"20190329T101606Z\"}",
                  "01 5C9DF066 05");
    expect_encode(&fixture, "{\"B\":{\"b\":6}}", "02 190330021605 06");
    fixture_close(&fixture);
}
END_TEST

static const char solved[] = HEAD "messages:\n"
                                  "  report:\n"
                                  "    fields:\n"
                                  "      - {local: raw, type: u8, default: 7}\n"
                                  "      - {name: t, value: raw / 10}\n"
                                  "      - {name: a, type: u8}\n";

START_TEST(a_value_tells_its_unknown_and_without_it_the_default_does)
{
    fixture_open(&fixture, solved);
    expect_both(&fixture, "05 01", "{\"t\":0.5,\"a\":1}");
    expect_encode(&fixture, "{\"a\":1}", "07 01");
    expect_encode_error(&fixture, "{\"t\":\"x\",\"a\":1}", DGM_NOT_ENCODABLE, NULL,
                        "raw");
    expect_encode_error(&fixture, "{\"t\":25.6,\"a\":1}", DGM_RANGE, NULL, "raw");
    fixture_close(&fixture);
}
END_TEST

static const char records[] =
    HEAD "services:\n"
         "  Log:\n"
         "    properties:\n"
         "      level: {data_type: int, method: RE}\n"
         "      extra: {data_type: int, method: RE}\n"
         "messages:\n"
         "  log:\n"
         "    fields:\n"
         "      - {const: 0x01, type: u8}\n"
         "      - {local: n, type: u8, encode: count(samples)}\n"
         "      - local: samples\n"
         "        record: Log\n"
         "        repeat: n\n"
         "        fields:\n"
         "          - {role: event_time, type: u32, time: unix}\n"
         "          - {local: more, type: u8, encode: has(extra)}\n"
         "          - {name: extra, type: u8, when: more == 1}\n"
         "          - {name: level, type: u8}\n"
         "      - {role: event_time, type: u32, time: unix}\n";

START_TEST(keeps_the_reports_time_apart_from_its_records)
{
    fixture_open(&fixture, records);
    expect_both(
        &fixture, "01 02 5C9DF065 01 09 01 5C9DF066 00 02 5C9DF070",
        "{\"Log\":[{\"extra\":9,\"level\":1,\"event_time\":\"20190329T101605Z\"},{"
        "\"level\":2,\"event_time\":\"20190329T101606Z\"}],\"event_time\":"
        "\"20190329T101616Z\"}");
    fixture_close(&fixture);
}
END_TEST

static const char live[] =
    HEAD "services:\n"
         "  Soil:\n"
         "    properties:\n"
         "      temperature: {data_type: decimal, method: RE}\n"
         "messages:\n"
         "  report:\n"
         "    fields:\n"
         "      - {const: 0x11, type: u8}\n"
         "      - {name: temperature, type: i16, scale: 0.01}\n"
         "      - {role: event_time, type: u32, time: unix}\n"
         "      - {local: n, type: u8}\n"
         "      - record: Soil\n"
         "        repeat: n\n"
         "        local: history\n"
         "        fields:\n"
         "          - {name: temperature, type: i16, scale: 0.01}\n"
         "          - {role: event_time, type: u32, time: unix}\n";

START_TEST(tells_the_live_sample_from_the_records_of_its_service)
{
    fixture_open(&fixture, live);
    fixture.call.shape = DGM_SHAPE_OCEANCONNECT;
    expect_both(
        &fixture, "11 0064 5C9DF065 02 00C8 5C9DF066 012C 5C9DF067",
        "{\"msgType\":\"deviceReq\",\"data\":[{\"serviceId\":\"Soil\",\"serviceData\":{"
        "\"temperature\":1},\"eventTime\":\"20190329T101605Z\"},{\"serviceId\":\"Soil\","
        "\"serviceData\":{\"temperature\":2},\"eventTime\":\"20190329T101606Z\"},{"
        "\"serviceId\":\"Soil\",\"serviceData\":{\"temperature\":3},\"eventTime\":"
        "\"20190329T101607Z\"}]}");
    fixture_close(&fixture);
}
END_TEST

static const char sizes[] = HEAD "messages:\n"
                                 "  short_text:\n"
                                 "    fields:\n"
                                 "      - {const: 0x01, type: u8}\n"
                                 "      - {name: info, type: text(6)}\n"
                                 "  any_text:\n"
                                 "    fields:\n"
                                 "      - {const: 0x02, type: u8}\n"
                                 "      - {local: n, type: u8}\n"
                                 "      - {name: info, type: text(n)}\n";

START_TEST(picks_the_report_whose_layout_holds_the_values)
{
    fixture_open(&fixture, sizes);
    expect_both(&fixture, "01 616263646566", "{\"info\":\"abcdef\"}");
    expect_both(&fixture, "02 02 6162", "{\"info\":\"ab\"}");
    expect_encode_error(&fixture, "{\"info\":5}", DGM_TYPE, "5", "info");
    fixture_close(&fixture);
}
END_TEST

/* 0xFFFF * 0.0025 is 163.8375 and 0x7FFF * 0.005 is 163.835: rounded, both are beyond
 * what the field can hold, and 0xFFFE says what the invalid 0xFFFF would. */
START_TEST(rounding_does_not_go_beyond_the_field)
{
    fixture_open(&fixture,
                 HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {name: t, type: i16, scale: 0.005, decimals: 2}\n"
                      "      - {name: h, type: u16, scale: 0.0025, decimals: 2, "
                      "invalid: 0xFFFF}\n");
    expect_both(&fixture, "7FFF FFFE", "{\"t\":163.84,\"h\":163.84}");
    expect_both(&fixture, "8000 0000", "{\"t\":-163.84,\"h\":0}");
    expect_both(&fixture, "0000 FFFF", "{\"t\":0}");
    expect_encode_error(&fixture, "{\"t\":163.85,\"h\":0}", DGM_RANGE, "163.85", "t");
    expect_encode_error(&fixture, "{\"t\":0,\"h\":163.85}", DGM_RANGE, "163.85", "h");
    fixture_close(&fixture);
}
END_TEST

START_TEST(bytes_too_long_for_the_model_are_told)
{
    fixture_open(&fixture,
                 HEAD "services:\n"
                      "  Raw:\n"
                      "    properties:\n"
                      "      data: {data_type: string, max_length: 4, method: R}\n"
                      "      hex: {data_type: string, max_length: 4, method: R}\n"
                      "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {local: n, type: u8}\n"
                      "      - {name: data, type: bytes(n)}\n"
                      "      - {name: hex, type: bytes(rest), as: hex}\n");
    expect_both(&fixture, "03 010203 0102",
                "{\"Raw\":{\"data\":\"AQID\",\"hex\":\"0102\"}}");
    expect_notice(&fixture, "04 01020304 0102",
                  "{\"Raw\":{\"data\":\"AQIDBA==\",\"hex\":\"0102\"}}", DGM_MODEL_LIMIT,
                  "Raw.data");
    expect_notice(&fixture, "00 010203", "{\"Raw\":{\"data\":\"\",\"hex\":\"010203\"}}",
                  DGM_MODEL_LIMIT, "Raw.hex");
    fixture_close(&fixture);
}
END_TEST

START_TEST(answers_nothing_where_the_product_has_no_replies)
{
    fixture_open(&fixture, sizes);
    fixture.call.request = (const uint8_t *)"\x02\x01\x61";
    fixture.call.request_length = 3;
    fixture.call.message = "any_text";
    expect_encode_error(&fixture, "{\"msgType\":\"cloudRsp\",\"errcode\":0}",
                        DGM_BAD_CALL, NULL, "");
    fixture_close(&fixture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("encode");
    TCase *command = tcase_create("valve"), *own = tcase_create("own");
    tcase_add_checked_fixture(command, open_valve, close_valve);
    tcase_add_test(command, writes_parameters_in_wire_order_whatever_their_order);
    tcase_add_test(command, rounds_to_the_nearest_raw_away_from_zero);
    tcase_add_test(command, refuses_parameters_outside_the_product_model);
    tcase_add_test(command, refuses_wrong_types);
    tcase_add_test(command, names_missing_unknown_and_duplicate_members);
    tcase_add_test(command, keeps_message_ids_in_the_platforms_range);
    tcase_add_test(command, refuses_unknown_commands_and_message_types);
    tcase_add_test(command, refuses_text_that_is_no_json);
    tcase_add_test(command, answers_a_report_with_what_it_said);
    tcase_add_test(command, knows_the_reply_by_its_name);
    tcase_add_test(command, wants_the_request_that_a_reply_answers);
    tcase_add_test(command, a_mid_of_zero_stands_for_none);
    tcase_add_test(command, honours_the_direction_that_the_caller_wants);
    tcase_add_test(own, writes_a_reply_that_is_the_same_for_every_request_without_one);
    tcase_add_test(own, does_not_guess_which_of_several_replies_is_meant);
    tcase_add_loop_test(own, wants_the_request_for_a_reply_that_asks_for_it, 0,
                        sizeof(asking) / sizeof(asking[0]));
    tcase_add_test(own, picks_the_report_by_its_literals_and_members);
    tcase_add_test(own, finds_the_envelope_beside_the_members_of_a_bare_model);
    tcase_add_test(own, the_time_of_a_report_is_that_of_its_first_service);
    tcase_add_test(own, keeps_the_reports_time_apart_from_its_records);
    tcase_add_test(own, tells_the_live_sample_from_the_records_of_its_service);
    tcase_add_test(own, picks_the_report_whose_layout_holds_the_values);
    tcase_add_test(own, answers_nothing_where_the_product_has_no_replies);
    tcase_add_test(own, bytes_too_long_for_the_model_are_told);
    tcase_add_test(own, a_value_tells_its_unknown_and_without_it_the_default_does);
    tcase_add_test(own, a_report_without_time_has_the_default);
    tcase_add_test(own, rounding_does_not_go_beyond_the_field);
    suite_add_tcase(suite, command);
    suite_add_tcase(suite, own);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
