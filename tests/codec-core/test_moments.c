/* SPDX-License-Identifier: MIT */
/* Instants whose parts are members of a group, in bits, bytes and digits, both ways. */
#include <check.h>
#include <stdlib.h>

#include "../support/fixture.h"

#define REPORT HEAD "messages:\n  report:\n    fields:\n"

/* 2021-03-04 05:06:07 is 010101 0011 00100 00101 000110 000111 = 54C85187. */
#define PACKED                                                                           \
    "        bits: u32\n"                                                                \
    "        fields:\n"                                                                  \
    "          - {local: year, type: u6, offset: 2000}\n"                                \
    "          - {local: month, type: u4}\n"                                             \
    "          - {local: day, type: u5}\n"                                               \
    "          - {local: hour, type: u5}\n"                                              \
    "          - {local: minute, type: u6}\n"                                            \
    "          - {local: second, type: u6}\n"

static struct fixture fixture;

START_TEST(a_calendar_in_bits)
{
    fixture_open(&fixture,
                 REPORT "      - name: at\n"
                        "        time: members\n" PACKED "      - {name: v, type: u8}\n");
    expect_both(&fixture, "54C85187 01", "{\"at\":\"20210304T050607Z\",\"v\":1}");
    /* month 13: 010101 1101 ... = 5748 5187; behind the group stands the error */
    expect_decode_error(&fixture, "57485187 01", DGM_TIME, 4, "at");
    /* second 60 */
    expect_decode_error(&fixture, "54C851BC 01", DGM_TIME, 4, "at");
    expect_encode_error(&fixture, "{\"at\":\"20210304T050667Z\",\"v\":1}", DGM_TIME,
                        "\"2021", "at");
    expect_encode_error(&fixture, "{\"at\":5,\"v\":1}", DGM_TYPE, "5,", "at");
    /* The year is 2000 to 2063. */
    expect_encode_error(&fixture, "{\"at\":\"19991231T235959Z\",\"v\":1}", DGM_RANGE,
                        "\"1999", "at");
    expect_encode_error(&fixture, "{\"v\":1}", DGM_MISSING_MEMBER, "{", "at");
    fixture_close(&fixture);
}
END_TEST

START_TEST(zones_and_renderings)
{
    fixture_open(&fixture, REPORT "      - name: at\n"
                                  "        time: members\n"
                                  "        zone: +01:00\n" PACKED "      - name: local\n"
                                  "        time: members\n"
                                  "        zone: -02:30\n"
                                  "        as: datetime\n" PACKED "      - name: number\n"
                                  "        time: members\n"
                                  "        as: epoch\n" PACKED);
    expect_both(&fixture, "54C85187 54C85187 54C85187",
                "{\"at\":\"20210304T040607Z\",\"local\":\"2021-03-04 05:06:07\","
                "\"number\":1614834367}");
    fixture_close(&fixture);
}
END_TEST

START_TEST(dates_in_any_order_and_no_date)
{
    fixture_open(&fixture, REPORT "      - name: built\n"
                                  "        time: members\n"
                                  "        as: date\n"
                                  "        fields:\n"
                                  "          - {local: day, type: u8, invalid: 0}\n"
                                  "          - {reserved: u8}\n"
                                  "          - {local: month, type: u8, invalid: 0}\n"
                                  "          - {local: year, type: u16le, invalid: "
                                  "0xFFFF}\n"
                                  "      - {name: age, value: built - 1614816000}\n"
                                  "      - {name: v, type: u8}\n");
    expect_both(&fixture, "05 00 03 E507 02",
                "{\"built\":\"2021-03-05\",\"age\":86400,\"v\":2}");
    expect_both(&fixture, "00 00 00 FFFF 02", "{\"v\":2}");
    expect_decode(&fixture, "05 00 00 E507 02", "{\"v\":2}");
    fixture_close(&fixture);
}
END_TEST

START_TEST(what_the_parts_cannot_tell)
{
    fixture_open(&fixture,
                 REPORT "      - name: near\n"
                        "        time: members\n"
                        "        fields:\n"
                        "          - {local: year, type: bcd(4)}\n"
                        "          - {local: month, type: bcd(2)}\n"
                        "          - {local: day, type: bcd(2)}\n"
                        "          - {local: hour, type: bcd(2)}\n"
                        "      - name: exact\n"
                        "        time: members\n"
                        "        inexact: refuse\n"
                        "        as: iso_ms\n"
                        "        fields:\n"
                        "          - {local: year, type: u16}\n"
                        "          - {local: month, type: u8}\n"
                        "          - {local: day, type: u8}\n"
                        "          - {local: hour, type: u8}\n"
                        "          - {local: minute, type: u8}\n"
                        "          - {local: second, type: u16, scale: 0.001}\n");
    /* 7089 ms = 1BB1 */
    expect_both(&fixture, "20210304 05 07E5 03 04 05 06 1BB1",
                "{\"near\":\"20210304T050000Z\",\"exact\":\"2021-03-04T05:06:07.089Z\"}");
    /* The nearest hour is that of the next year. */
    expect_encode(&fixture,
                  "{\"near\":\"20201231T233000Z\",\"exact\":\"2021-03-04T05:06:07Z\"}",
                  "20210101 00 07E5 03 04 05 06 1B58");
    fixture_close(&fixture);
    fixture_open(&fixture, REPORT "      - name: at\n"
                                  "        time: members\n"
                                  "        inexact: refuse\n"
                                  "        fields:\n"
                                  "          - {local: year, type: u16}\n"
                                  "          - {local: month, type: u8}\n"
                                  "          - {local: day, type: u8}\n");
    expect_both(&fixture, "07E5 03 04", "{\"at\":\"20210304T000000Z\"}");
    expect_encode_error(&fixture, "{\"at\":\"20210304T000001Z\"}", DGM_INEXACT, "\"2021",
                        "at");
    fixture_close(&fixture);
}
END_TEST

#define DATE                                                                             \
    "fields: [{local: year, type: u16}, {local: month, type: u8}, {local: day, type: "   \
    "u8}]"

START_TEST(groups_for_several_dates_that_are_there_or_not)
{
    fixture_open(&fixture,
                 HEAD "groups:\n"
                      "  date: {" DATE "}\n"
                      "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {local: n, type: u8, encode: 1 if has(second) else 0}\n"
                      "      - {name: first, use: date, time: members}\n"
                      "      - {name: second, use: date, time: members, when: n == 1}\n"
                      "      - name: list\n"
                      "        repeat: rest\n"
                      "        fields: [{name: at, use: date, time: members}]\n");
    expect_both(&fixture, "00 07E50304", "{\"first\":\"20210304T000000Z\",\"list\":[]}");
    expect_both(&fixture, "01 07E50304 07E50305 07E50306 07E50307",
                "{\"first\":\"20210304T000000Z\",\"second\":\"20210305T000000Z\","
                "\"list\":[{\"at\":\"20210306T000000Z\"},"
                "{\"at\":\"20210307T000000Z\"}]}");
    expect_decode_error(&fixture, "00 07E50304 07E50306 07E50230", DGM_TIME, 13,
                        "list[1].at");
    fixture_close(&fixture);
}
END_TEST

START_TEST(times_of_the_envelope_and_of_records)
{
    fixture_open(&fixture, REPORT "      - {role: event_time, time: members, " DATE "}\n"
                                  "      - {name: v, type: u8}\n");
    expect_both(&fixture, "07E50304 05", "{\"v\":5,\"event_time\":\"20210304T000000Z\"}");
    expect_encode_error(&fixture, "{\"v\":5}", DGM_MISSING_MEMBER, NULL, "event_time");
    fixture_close(&fixture);
    fixture_open(&fixture,
                 HEAD "services:\n"
                      "  Log: {properties: {v: {data_type: int}}}\n"
                      "messages:\n"
                      "  own:\n"
                      "    match: {port: 1}\n"
                      "    fields:\n"
                      "      - record: Log\n"
                      "        repeat: rest\n"
                      "        fields:\n"
                      "          - {role: event_time, time: members, " DATE "}\n"
                      "          - {name: v, type: u8}\n"
                      "  step:\n"
                      "    match: {port: 2}\n"
                      "    fields:\n"
                      "      - {local: start, time: members, encode: "
                      "first(log.event_time), " DATE "}\n"
                      "      - local: log\n"
                      "        record: Log\n"
                      "        repeat: rest\n"
                      "        fields:\n"
                      "          - {name: v, type: u8}\n"
                      "          - {role: event_time, value: start + index * 86400}\n");
    fixture.call.has_channel = true;
    fixture.call.channel = 1;
    expect_both(&fixture, "07E50304 05 07E50305 06",
                "{\"Log\":[{\"v\":5,\"event_time\":\"20210304T000000Z\"},"
                "{\"v\":6,\"event_time\":\"20210305T000000Z\"}]}");
    fixture.call.channel = 2;
    fixture.call.message = "step";
    expect_both(&fixture, "07E50304 05 06",
                "{\"Log\":[{\"v\":5,\"event_time\":\"20210304T000000Z\"},"
                "{\"v\":6,\"event_time\":\"20210305T000000Z\"}]}");
    fixture_close(&fixture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("moments");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_calendar_in_bits);
    tcase_add_test(tcase, zones_and_renderings);
    tcase_add_test(tcase, dates_in_any_order_and_no_date);
    tcase_add_test(tcase, what_the_parts_cannot_tell);
    tcase_add_test(tcase, groups_for_several_dates_that_are_there_or_not);
    tcase_add_test(tcase, times_of_the_envelope_and_of_records);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
