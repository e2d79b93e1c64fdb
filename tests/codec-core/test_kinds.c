/* SPDX-License-Identifier: MIT */
/* The kinds of message that the platform's newer dialect has beside the old four. */
#include <check.h>
#include <stdlib.h>

#include "../support/fixture.h"

static const char yaml[] =
    "dragoman: 1\n"
    "product: {manufacturer_id: Acme, manufacturer_name: Acme, model: T1, device_type: "
    "Meter,\n"
    "          protocol_type: CoAP}\n"
    "services:\n"
    "  Meter:\n"
    "    properties:\n"
    "      level:  {data_type: int, min: 0, max: 200, method: RWE}\n"
    "      period: {data_type: int, min: 1, max: 60, method: RW}\n"
    "    commands:\n"
    "      RESET: {paras: {}}\n"
    "    events:\n"
    "      LEAK:  {paras: {volume: {data_type: int, min: 0, max: 255}}}\n"
    "      ALIVE: {paras: {}}\n"
    "  Clock:\n"
    "    properties:\n"
    "      zone: {data_type: int, min: -12, max: 14, method: RW}\n"
    "messages:\n"
    "  report: {to: Meter, fields: [{const: 1, type: u8}, {name: level, type: u8}]}\n"
    "  leak:\n"
    "    kind: event\n"
    "    event: Meter.LEAK\n"
    "    fields:\n"
    "      - {const: 2, type: u8}\n"
    "      - {role: event_time, type: u32, time: unix}\n"
    "      - {name: volume, type: u8}\n"
    "  alive: {kind: event, event: Meter.ALIVE, fields: [{const: 3, type: u8}]}\n"
    "  wrote:\n"
    "    kind: set_response\n"
    "    fields: [{const: 4, type: u8}, {role: mid, type: u16}, {role: errcode, type: "
    "u8}]\n"
    "  told:\n"
    "    kind: get_response\n"
    "    fields:\n"
    "      - {const: 5, type: u8}\n"
    "      - {role: mid, type: u16}\n"
    "      - {name: level, type: u8, to: Meter}\n"
    "      - {name: zone, type: i8, to: Clock}\n"
    "  hello:\n"
    "    kind: message_up\n"
    "    fields: [{const: 6, type: u8}, {name: text, type: text(rest)}]\n"
    "  write:\n"
    "    kind: set\n"
    "    fields:\n"
    "      - {const: 7, type: u8}\n"
    "      - {role: mid, type: u16}\n"
    "      - {name: period, type: u8, to: Meter}\n"
    "      - {name: zone, type: i8, to: Clock, optional: true}\n"
    "  ask_meter:\n"
    "    kind: get\n"
    "    to: Meter\n"
    "    fields: [{const: 8, type: u8}, {role: mid, type: u16}]\n"
    "  ask_all: {kind: get, fields: [{const: 9, type: u8}, {role: mid, type: u16}]}\n"
    "  note:\n"
    "    kind: message_down\n"
    "    fields: [{const: 10, type: u8}, {name: text, type: text(rest)}]\n"
    "  reset: {kind: command, command: Meter.RESET, fields: [{const: 11, type: u8}]}\n"
    "  echo:\n"
    "    kind: raw\n"
    "    fields: [{const: 12, type: u8}, {name: bytes, type: bytes(rest), as: hex}]\n";

static struct fixture fixture;

static void open_fixture(void)
{
    fixture_open(&fixture, yaml);
}

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static void plain(enum dgm_direction direction)
{
    fixture.call.shape = DGM_SHAPE_PLAIN;
    fixture.call.direction = direction;
}

static void iotda(enum dgm_direction direction)
{
    fixture.call.shape = DGM_SHAPE_IOTDA;
    fixture.call.direction = direction;
}

START_TEST(events_name_what_happened)
{
    plain(DGM_DIRECTION_UP);
    expect_both(&fixture, "02 5C9DF065 07",
                "{\"event\":\"Meter.LEAK\",\"paras\":{\"volume\":7},"
                "\"event_time\":\"20190329T101605Z\"}");
    expect_both(&fixture, "03", "{\"event\":\"Meter.ALIVE\",\"paras\":{}}");
    iotda(DGM_DIRECTION_UP);
    expect_both(&fixture, "02 5C9DF065 07",
                "{\"msg_type\":\"event_up\",\"services\":[{\"service_id\":\"Meter\","
                "\"event_type\":\"LEAK\",\"paras\":{\"volume\":7},"
                "\"event_time\":\"20190329T101605Z\"}]}");
    expect_both(&fixture, "03",
                "{\"msg_type\":\"event_up\",\"services\":[{\"service_id\":\"Meter\","
                "\"event_type\":\"ALIVE\",\"paras\":{}}]}");
    ck_assert_int_eq(fixture.outcome.kind, DGM_KIND_EVENT);
}
END_TEST

START_TEST(events_are_checked_as_reports_are)
{
    fixture.call.shape = DGM_SHAPE_AUTO;
    expect_encode_error(&fixture, "{\"event\":\"Meter.LOST\",\"paras\":{}}",
                        DGM_NO_MESSAGE, NULL, "");
    expect_encode_error(&fixture,
                        "{\"event\":\"Meter.LEAK\",\"paras\":{\"volume\":256},\"event_"
                        "time\":\"20190329T101605Z\"}",
                        DGM_RANGE, "256", "LEAK.volume");
    expect_encode_error(&fixture, "{\"event\":\"Meter.ALIVE\",\"paras\":{\"a\":1}}",
                        DGM_UNKNOWN_MEMBER, "\"a\"", "");
    expect_encode_error(&fixture, "{\"msg_type\":\"event_up\",\"services\":[]}", DGM_TYPE,
                        NULL, "");
    expect_encode_error(&fixture, "{\"msg_type\":\"event_up\"}", DGM_MISSING_MEMBER, NULL,
                        "");
    expect_encode_error(
        &fixture, "{\"msg_type\":\"event_up\",\"services\":[{\"service_id\":\"Meter\"}]}",
        DGM_MISSING_MEMBER, NULL, "");
    expect_encode_error(&fixture,
                        "{\"msg_type\":\"event_up\",\"services\":[{\"service_id\":"
                        "\"Meter\",\"event_type\":\"ALIVE\"},{}]}",
                        DGM_LIMIT, "{}]", "");
}
END_TEST

START_TEST(properties_are_written)
{
    plain(DGM_DIRECTION_DOWN);
    expect_both(
        &fixture, "07 0102 1E 02",
        "{\"mid\":258,\"set\":{\"Meter\":{\"period\":30},\"Clock\":{\"zone\":2}}}");
    expect_both(&fixture, "07 0102 1E",
                "{\"mid\":258,\"set\":{\"Meter\":{\"period\":30}}}");
    expect_encode_error(&fixture, "{\"mid\":258,\"set\":{\"Clock\":{\"zone\":2}}}",
                        DGM_MISSING_MEMBER, NULL, "Meter.period");
    expect_encode_error(&fixture, "{\"mid\":1,\"set\":{\"Meter\":{\"period\":61}}}",
                        DGM_RANGE, "61", "Meter.period");
    expect_encode_error(&fixture, "{\"mid\":1,\"set\":{\"Motor\":{}}}",
                        DGM_UNKNOWN_MEMBER, NULL, "");
    iotda(DGM_DIRECTION_DOWN);
    expect_both(&fixture, "07 0102 1E 02",
                "{\"msg_type\":\"properties_set\",\"request_id\":258,\"services\":["
                "{\"service_id\":\"Meter\",\"properties\":{\"period\":30}},"
                "{\"service_id\":\"Clock\",\"properties\":{\"zone\":2}}]}");
    iotda(DGM_DIRECTION_UP);
    expect_both(&fixture, "04 0102 01",
                "{\"msg_type\":\"properties_set_response\",\"request_id\":258,"
                "\"result_code\":1}");
    plain(DGM_DIRECTION_UP);
    expect_both(&fixture, "04 0102 00",
                "{\"set_response\":\"wrote\",\"mid\":258,\"errcode\":0}");
}
END_TEST

START_TEST(properties_are_asked_for)
{
    plain(DGM_DIRECTION_DOWN);
    expect_both(&fixture, "08 0102", "{\"get\":\"Meter\",\"mid\":258}");
    expect_both(&fixture, "09 0102", "{\"get\":null,\"mid\":258}");
    expect_encode_error(&fixture, "{\"get\":\"Clock\",\"mid\":258}", DGM_NO_MESSAGE, NULL,
                        "");
    iotda(DGM_DIRECTION_DOWN);
    expect_both(&fixture, "08 0102",
                "{\"msg_type\":\"properties_get\",\"request_id\":258,"
                "\"service_id\":\"Meter\"}");
    expect_both(&fixture, "09 0102",
                "{\"msg_type\":\"properties_get\",\"request_id\":258}");
    iotda(DGM_DIRECTION_UP);
    expect_both(&fixture, "05 0102 11 FF",
                "{\"msg_type\":\"properties_get_response\",\"request_id\":258,"
                "\"services\":[{\"service_id\":\"Meter\",\"properties\":{\"level\":17}},"
                "{\"service_id\":\"Clock\",\"properties\":{\"zone\":-1}}]}");
    plain(DGM_DIRECTION_UP);
    expect_both(&fixture, "05 0102 11 FF",
                "{\"mid\":258,\"get_response\":{\"Meter\":{\"level\":17},"
                "\"Clock\":{\"zone\":-1}}}");
}
END_TEST

START_TEST(messages_have_content_of_their_own)
{
    plain(DGM_DIRECTION_UP);
    expect_both(&fixture, "06 4F4B", "{\"message_up\":{\"text\":\"OK\"}}");
    plain(DGM_DIRECTION_DOWN);
    expect_both(&fixture, "0A 4F4B", "{\"message_down\":{\"text\":\"OK\"}}");
    iotda(DGM_DIRECTION_UP);
    expect_both(&fixture, "06 4F4B",
                "{\"msg_type\":\"message_up\",\"content\":{\"text\":\"OK\"}}");
    iotda(DGM_DIRECTION_DOWN);
    expect_both(&fixture, "0A 4F4B",
                "{\"msg_type\":\"message_down\",\"content\":{\"text\":\"OK\"}}");
    expect_encode_error(&fixture,
                        "{\"msg_type\":\"message_up\",\"content\":{\"text\":"
                        "\"OK\"}}",
                        DGM_WRONG_DIRECTION, NULL, "hello");
}
END_TEST

START_TEST(raw_messages_go_both_ways)
{
    plain(DGM_DIRECTION_UP);
    expect_both(&fixture, "0C 0102", "{\"raw\":{\"bytes\":\"0102\"}}");
    plain(DGM_DIRECTION_DOWN);
    expect_both(&fixture, "0C", "{\"raw\":{\"bytes\":\"\"}}");
    iotda(DGM_DIRECTION_UP);
    expect_both(&fixture, "0C 0102",
                "{\"msg_type\":\"message_up\",\"content\":{\"bytes\":\"0102\"}}");
    iotda(DGM_DIRECTION_DOWN);
    expect_both(&fixture, "0C 0102",
                "{\"msg_type\":\"message_down\",\"content\":{\"bytes\":\"0102\"}}");
}
END_TEST

START_TEST(the_old_dialect_has_four_kinds)
{
    fixture.call.shape = DGM_SHAPE_OCEANCONNECT;
    expect_decode_error(&fixture, "03", DGM_BAD_CALL, 0, "alive");
    expect_decode_error(&fixture, "06 41", DGM_BAD_CALL, 0, "hello");
    expect_encode_error(&fixture, "{\"msgType\":\"event\"}", DGM_ENUM, "\"event\"", "");
}
END_TEST

START_TEST(without_services_there_are_members_only)
{
    fixture_close(&fixture);
    fixture_open(&fixture,
                 "dragoman: 1\n"
                 "product: {manufacturer_id: Acme, manufacturer_name: Acme, model: T1, "
                 "device_type: Meter, protocol_type: CoAP}\n"
                 "messages:\n"
                 "  report: {fields: [{const: 1, type: u8}, {name: set, type: u8}]}\n"
                 "  write:\n"
                 "    kind: set\n"
                 "    fields: [{role: mid, type: u16}, {name: a, type: u8}]\n"
                 "  echo:\n"
                 "    kind: message_up\n"
                 "    fields: [{const: 2, type: u8}, {name: b, type: u8}]\n");
    expect_both(&fixture, "01 05", "{\"set\":5}");
    expect_decode(&fixture, "02 05", "{\"b\":5}");
    fixture.call.message = "write";
    expect_both(&fixture, "0007 09", "{\"mid\":7,\"a\":9}");
    fixture.call.message = "echo";
    expect_encode(&fixture, "{\"b\":5}", "02 05");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kinds");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, open_fixture, close_fixture);
    tcase_add_test(all, events_name_what_happened);
    tcase_add_test(all, events_are_checked_as_reports_are);
    tcase_add_test(all, properties_are_written);
    tcase_add_test(all, properties_are_asked_for);
    tcase_add_test(all, messages_have_content_of_their_own);
    tcase_add_test(all, raw_messages_go_both_ways);
    tcase_add_test(all, the_old_dialect_has_four_kinds);
    tcase_add_test(all, without_services_there_are_members_only);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
