/* SPDX-License-Identifier: MIT */
/* What the words of the language do to frames and JSON, each both ways. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static void open_fixture(const char *yaml)
{
    fixture_open(&fixture, yaml);
}

static void on_port(unsigned port)
{
    fixture.call.has_channel = true;
    fixture.call.channel = port;
}

START_TEST(any_constant_of_a_list_is_read_and_the_first_written)
{
    open_fixture(HEAD "messages:\n"
                      "  old:\n"
                      "    fields: [{const: [3, 0x17], type: u8}, {name: a, type: u8}]\n"
                      "  new:\n"
                      "    fields:\n"
                      "      - {const: [-1, 4], type: i16le}\n"
                      "      - bits: u8\n"
                      "        fields:\n"
                      "          - {const: [1, 2], type: u3}\n"
                      "          - {name: b, type: u5}\n");
    expect_both(&fixture, "03 07", "{\"a\":7}");
    expect_decode(&fixture, "17 07", "{\"a\":7}");
    expect_both(&fixture, "FFFF 25", "{\"b\":5}");
    expect_decode(&fixture, "0400 45", "{\"b\":5}");
    expect_decode_error(&fixture, "04 07", DGM_NO_MESSAGE, 0, "");
    expect_decode_error(&fixture, "0400 65", DGM_NO_MESSAGE, 0, "");
}
END_TEST

START_TEST(a_named_constant_of_a_list_may_be_given)
{
    open_fixture(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {name: kind, const: [5, 9], type: u8}\n"
                      "      - {local: n, type: u8}\n"
                      "      - {name: t, type: text(n)}\n"
                      "      - {name: end, const: [10, 13], type: u8}\n");
    expect_both(&fixture, "05 01 41 0A", "{\"kind\":5,\"t\":\"A\",\"end\":10}");
    expect_both(&fixture, "09 01 41 0D", "{\"kind\":9,\"t\":\"A\",\"end\":13}");
    expect_encode(&fixture, "{\"t\":\"A\"}", "05 01 41 0A");
    expect_encode_error(&fixture, "{\"kind\":6,\"t\":\"A\"}", DGM_CONST, "6", "kind");
    expect_decode_error(&fixture, "05 01 41 0B", DGM_CONST, 3, "end");
}
END_TEST

static const char ports[] = HEAD "messages:\n"
                                 "  one:\n"
                                 "    match: {port: 2}\n"
                                 "    fields: [{name: a, type: u8}]\n"
                                 "  two:\n"
                                 "    match: {port: [7, 10..12]}\n"
                                 "    fields: [{name: b, type: u8}]\n"
                                 "  three:\n"
                                 "    match: {port: 13.., length: [2, 4..5]}\n"
                                 "    fields: [{name: c, type: bytes(rest), as: hex}]\n"
                                 "  four:\n"
                                 "    match: {port: 13.., length: 3}\n"
                                 "    fields: [{name: d, type: u24}]\n";

START_TEST(messages_are_chosen_by_port_and_length)
{
    open_fixture(ports);
    on_port(2);
    expect_decode(&fixture, "01", "{\"a\":1}");
    on_port(7);
    expect_decode(&fixture, "01", "{\"b\":1}");
    on_port(12);
    expect_decode(&fixture, "01", "{\"b\":1}");
    on_port(9);
    expect_decode_error(&fixture, "01", DGM_NO_MESSAGE, 0, "one");
    on_port(4000000000u);
    expect_decode(&fixture, "0102", "{\"c\":\"0102\"}");
    expect_decode(&fixture, "0102030405", "{\"c\":\"0102030405\"}");
    expect_decode(&fixture, "000102", "{\"d\":258}");
    expect_decode_error(&fixture, "01", DGM_NO_MESSAGE, 0, "three");
    fixture.call.has_channel = false;
    expect_decode_error(&fixture, "01", DGM_NO_MESSAGE, 0, "one");
}
END_TEST

START_TEST(encoding_tells_the_first_port)
{
    open_fixture(ports);
    expect_encode(&fixture, "{\"a\":1}", "01");
    ck_assert(fixture.outcome.has_channel);
    ck_assert_uint_eq(fixture.outcome.channel, 2);
    expect_encode(&fixture, "{\"b\":1}", "01");
    ck_assert_uint_eq(fixture.outcome.channel, 7);
}
END_TEST

START_TEST(encoding_keeps_to_the_length_that_the_message_is_known_by)
{
    open_fixture(ports);
    expect_encode(&fixture, "{\"c\":\"0102\"}", "0102");
    expect_encode_error(&fixture, "{\"c\":\"010203\"}", DGM_LENGTH, NULL, "three");
    expect_encode_error(&fixture, "{\"c\":\"01\"}", DGM_LENGTH, NULL, "three");
}
END_TEST

static void on_topic(const char *topic)
{
    fixture.call.topic = topic;
    fixture.call.topic_length = topic != NULL ? strlen(topic) : 0;
}

START_TEST(messages_are_chosen_by_topic)
{
    open_fixture(HEAD
                 "messages:\n"
                 "  one: {match: {topic: 'a/+/c'}, fields: [{name: a, type: u8}]}\n"
                 "  two: {match: {topic: [d/e, 'x/#']}, fields: [{name: b, type: u8}]}\n"
                 "  three:\n"
                 "    match: {topic: [more, less], port: 1}\n"
                 "    fields:\n"
                 "      - {name: c, type: u8}\n"
                 "      - {name: d, type: u8, when: frame.topic == 'more'}\n"
                 "      - {name: e, type: u8, when: frame.topic != 'less'}\n");
    on_topic("a/b/c");
    expect_decode(&fixture, "01", "{\"a\":1}");
    on_topic("a//c");
    expect_decode(&fixture, "01", "{\"a\":1}");
    on_topic("a/b/c/d");
    expect_decode_error(&fixture, "01", DGM_NO_MESSAGE, 0, "one");
    on_topic("a/b");
    expect_decode_error(&fixture, "01", DGM_NO_MESSAGE, 0, "one");
    on_topic("x");
    expect_decode(&fixture, "01", "{\"b\":1}");
    on_topic("x/y/z");
    expect_decode(&fixture, "01", "{\"b\":1}");
    on_topic("d/ee");
    expect_decode_error(&fixture, "01", DGM_NO_MESSAGE, 0, "one");
    on_topic("d/e");
    expect_both(&fixture, "01", "{\"b\":1}");
    ck_assert_str_eq(fixture.outcome.topic, "d/e");
    on_port(1);
    on_topic("more");
    expect_both(&fixture, "01 02 03", "{\"c\":1,\"d\":2,\"e\":3}");
    ck_assert_str_eq(fixture.outcome.topic, "more");
    on_topic("less");
    expect_both(&fixture, "01", "{\"c\":1}");
    on_topic(NULL);
    expect_decode_error(&fixture, "01", DGM_NO_MESSAGE, 0, "three");
}
END_TEST

START_TEST(matched_fields_choose_the_message_and_are_written)
{
    open_fixture(HEAD "wire:\n"
                      "  header: [{local: version, type: u8}, {local: kind, type: u16}]\n"
                      "messages:\n"
                      "  one:\n"
                      "    match: {version: [1, 2], kind: 5}\n"
                      "    fields: [{name: a, type: u8}]\n"
                      "  two:\n"
                      "    match: {version: 1..3, kind: [6, 0x20..0x22]}\n"
                      "    fields: [{name: b, type: u8}]\n");
    expect_both(&fixture, "01 0005 09", "{\"a\":9}");
    expect_decode(&fixture, "02 0005 09", "{\"a\":9}");
    expect_both(&fixture, "01 0006 09", "{\"b\":9}");
    expect_decode(&fixture, "03 0021 09", "{\"b\":9}");
    expect_decode_error(&fixture, "03 0005 09", DGM_NO_MESSAGE, 0, "");
}
END_TEST

START_TEST(a_named_constant_chooses_the_message_for_encoding)
{
    open_fixture(HEAD "wire:\n"
                      "  header: [{name: kind, type: u8}]\n"
                      "messages:\n"
                      "  one:\n"
                      "    match: {kind: [1, 3]}\n"
                      "    fields: [{name: v, type: u8}]\n"
                      "  two:\n"
                      "    match: {kind: 2}\n"
                      "    fields: [{name: v, type: u8}]\n");
    expect_both(&fixture, "01 05", "{\"kind\":1,\"v\":5}");
    expect_both(&fixture, "03 05", "{\"kind\":3,\"v\":5}");
    expect_both(&fixture, "02 05", "{\"kind\":2,\"v\":5}");
    expect_encode(&fixture, "{\"v\":5}", "01 05");
    expect_encode_error(&fixture, "{\"kind\":4,\"v\":5}", DGM_CONST, "4", "kind");
}
END_TEST

START_TEST(a_default_is_taken_back_where_decoding_reports_it_only)
{
    open_fixture(HEAD
                 "messages:\n"
                 "  report:\n"
                 "    fields:\n"
                 "      - {name: n, type: u8}\n"
                 "      - {when: n == 1, fields: [{name: a, type: u8, default: 5}]}\n"
                 "      - {name: b, type: u8, when: n == 2, default: 6}\n");
    expect_both(&fixture, "00", "{\"n\":0,\"b\":6}");
    expect_both(&fixture, "02 06", "{\"n\":2,\"b\":6}");
    expect_both(&fixture, "01 05", "{\"n\":1,\"a\":5,\"b\":6}");
    expect_encode_error(&fixture, "{\"n\":0,\"b\":7}", DGM_MEMBER_NOT_ALLOWED, "7", "b");
    /* The group is absent, and reports nothing: what is given would be lost. */
    expect_encode_error(&fixture, "{\"n\":0,\"a\":5}", DGM_MEMBER_NOT_ALLOWED, "5", "a");
}
END_TEST

static const char readings[] =
    HEAD "messages:\n"
         "  report:\n"
         "    fields:\n"
         "      - {name: a, type: u8, invalid: 0xFF}\n"
         "      - {name: b, type: i16, scale: 0.1, invalid: [0x8000, 0x7FFF]}\n"
         "      - {name: c, type: u16le, scale: 0.01, invalid: {0xFFFF: null, 0xFFFE: "
         "low, 0xFFF0..0xFFFD: omit}}\n"
         "      - {name: d, type: u8, enum: {0: shut, 1: open}, invalid: 255}\n"
         "      - {name: e, type: bool8, invalid: {2: omit, 0xFF: null}}\n"
         "      - {name: f, type: u32, time: unix, invalid: 0}\n"
         "      - {name: g, type: u64, invalid: 0xFFFFFFFFFFFFFFFF, as: text}\n"
         "      - bits: u8\n"
         "        fields: [{name: h, type: i4, invalid: 0x8}, {name: i, type: u4, enum: "
         "{0: z, else: other}, invalid: 9..15}]\n";

START_TEST(a_raw_value_that_is_no_reading_is_left_out_or_named)
{
    open_fixture(readings);
    expect_both(&fixture, "05 0019 6400 01 01 5C9DEB85 0000000000000007 70",
                "{\"a\":5,\"b\":2.5,\"c\":1,\"d\":\"open\",\"e\":true,"
                "\"f\":\"20190329T095517Z\",\"g\":\"7\",\"h\":7,\"i\":\"z\"}");
    expect_both(&fixture, "FF 8000 FFFF FF FF 00000000 FFFFFFFFFFFFFFFF 89",
                "{\"c\":null,\"e\":null}");
    expect_decode(&fixture, "FF 7FFF FEFF FF 02 00000000 FFFFFFFFFFFFFFFF 8F",
                  "{\"c\":\"low\"}");
    expect_encode(&fixture, "{\"c\":\"low\"}",
                  "FF 8000 FEFF FF 02 00000000 FFFFFFFFFFFFFFFF 89");
    expect_both(&fixture, "FF 8000 F0FF FF 00 00000000 FFFFFFFFFFFFFFFF 89",
                "{\"e\":false}");
    ck_assert_uint_eq(fixture.outcome.notice_count, 0);
}
END_TEST

START_TEST(a_reading_may_not_look_like_none)
{
    open_fixture(readings);
    expect_encode_error(&fixture, "{\"a\":255}", DGM_RANGE, "255", "a");
    expect_encode_error(&fixture, "{\"b\":-3276.8}", DGM_RANGE, "-3276.8", "b");
    expect_encode_error(&fixture, "{\"c\":\"high\"}", DGM_TYPE, "\"high\"", "c");
    expect_encode_error(&fixture, "{\"a\":null}", DGM_TYPE, "null", "a");
    expect_encode_error(&fixture, "{\"i\":\"other\"}", DGM_ENUM, "\"other\"", "i");
    expect_encode_error(&fixture, "{\"h\":-8}", DGM_RANGE, "-8", "h");
}
END_TEST

START_TEST(what_is_no_reading_is_missing_in_expressions)
{
    open_fixture(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {name: a, type: u8, scale: 0.5, invalid: 0xFF}\n"
                      "      - {name: b, type: u8, when: a > 1}\n"
                      "      - {name: more, value: a + 1}\n");
    expect_decode(&fixture, "04 07", "{\"a\":2,\"b\":7,\"more\":3}");
    expect_encode(&fixture, "{\"a\":2,\"b\":7}", "04 07");
    expect_decode(&fixture, "FF", NULL);
    expect_encode(&fixture, "{}", "FF");
}
END_TEST

START_TEST(elements_that_are_no_reading_keep_their_place)
{
    open_fixture(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {name: a, type: u8, repeat: 3, invalid: {255: null}}\n");
    expect_both(&fixture, "01 FF 03", "{\"a\":[1,null,3]}");
}
END_TEST

START_TEST(no_reading_of_one_round_is_none_of_the_round_before)
{
    open_fixture(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - name: list\n"
                      "        repeat: rest\n"
                      "        fields:\n"
                      "          - {name: a, type: u8, invalid: 255, valid: ..9}\n"
                      "          - {name: b, value: a + 1}\n");
    expect_decode(&fixture, "01 FF 02",
                  "{\"list\":[{\"a\":1,\"b\":2},{},{\"a\":2,\"b\":3}]}");
    expect_notice(&fixture, "01 0A", "{\"list\":[{\"a\":1,\"b\":2},{}]}", DGM_RANGE,
                  "list[1].a");
}
END_TEST

static const char limited[] =
    HEAD "messages:\n"
         "  report:\n"
         "    fields:\n"
         "      - {name: a, type: u8, scale: 0.5, valid: 0..100.5}\n"
         "      - {name: b, type: i8, valid: -40..85, outside: 'null'}\n"
         "      - {name: c, type: u16, scale: 0.01, valid: 1.5..10, outside: clamp}\n"
         "      - {name: d, type: u8, valid: ..9, outside: warn}\n"
         "      - {name: e, type: u8, valid: 2.., outside: refuse}\n"
         "      - {name: f, type: f32, valid: -1.5..1.5, outside: clamp}\n"
         "      - {name: g, value: a + d, valid: ..99, outside: omit}\n";

START_TEST(values_within_their_range_pass)
{
    open_fixture(limited);
    expect_decode(&fixture, "64 FE 00C8 09 02 3F800000",
                  "{\"a\":50,\"b\":-2,\"c\":2,\"d\":9,\"e\":2,\"f\":1,\"g\":59}");
    ck_assert_uint_eq(fixture.outcome.notice_count, 0);
    expect_encode(&fixture, "{\"a\":50,\"b\":-2,\"c\":2,\"d\":9,\"e\":2,\"f\":1}",
                  "64 FE 00C8 09 02 3F800000");
}
END_TEST

START_TEST(floats_next_to_nothing_have_a_side_of_zero)
{
    open_fixture(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {name: a, type: f64, valid: 0..9, outside: clamp}\n"
                      "      - {name: b, type: f32, valid: ..0, outside: clamp}\n"
                      "      - {name: c, type: f32, valid: 0..9, outside: clamp}\n");
    expect_decode(&fixture, "8ABCBCD30DADB322 00000001 80000001",
                  "{\"a\":0,\"b\":0,\"c\":0}");
    expect_decode(&fixture, "0000000000000001 80000001 00000001",
                  "{\"a\":5e-324,\"b\":-1e-45,\"c\":1e-45}");
    ck_assert_uint_eq(fixture.outcome.notice_count, 0);
}
END_TEST

START_TEST(values_outside_their_range_go_by_the_policy)
{
    open_fixture(limited);
    expect_notice(&fixture, "CA FE 00C8 09 02 3F800000",
                  "{\"b\":-2,\"c\":2,\"d\":9,\"e\":2,\"f\":1}", DGM_RANGE, "a");
    expect_decode(&fixture, "64 80 0000 09 02 40000000",
                  "{\"a\":50,\"b\":null,\"c\":1.5,\"d\":9,\"e\":2,\"f\":1.5,\"g\":59}");
    ck_assert_uint_eq(fixture.outcome.notice_count, 0);
    expect_notice(&fixture, "64 FE FFFF 0A 02 C0000000",
                  "{\"a\":50,\"b\":-2,\"c\":10,\"d\":10,\"e\":2,\"f\":-1.5,\"g\":60}",
                  DGM_RANGE, "d");
    expect_notice(&fixture, "B5 FE 00C8 09 02 3F800000",
                  "{\"a\":90.5,\"b\":-2,\"c\":2,\"d\":9,\"e\":2,\"f\":1}", DGM_RANGE,
                  "g");
    expect_decode_error(&fixture, "64 FE 00C8 09 01 3F800000", DGM_RANGE, 5, "e");
}
END_TEST

START_TEST(encoding_refuses_or_clamps)
{
    open_fixture(limited);
    expect_encode_error(&fixture, "{\"a\":101,\"b\":0,\"c\":2,\"d\":9,\"e\":2,\"f\":1}",
                        DGM_RANGE, "101", "a");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":86,\"c\":2,\"d\":9,\"e\":2,\"f\":1}",
                        DGM_RANGE, "86", "b");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":null,\"c\":2,\"d\":9,\"e\":2,\"f\":1}",
                        DGM_TYPE, "null", "b");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":0,\"c\":2,\"d\":10,\"e\":2,\"f\":1}",
                        DGM_RANGE, "10", "d");
    expect_encode(&fixture, "{\"a\":1,\"b\":0,\"c\":7000,\"d\":9,\"e\":2,\"f\":1}",
                  "02 00 03E8 09 02 3F800000");
}
END_TEST

START_TEST(valid_and_the_product_model_hold_together)
{
    open_fixture(HEAD "services:\n"
                      "  Meter:\n"
                      "    properties:\n"
                      "      a: {data_type: int, min: 5, max: 300, method: RE}\n"
                      "      b: {data_type: int, min: 5, max: 300, method: RE}\n"
                      "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {name: a, type: u16, valid: 0..200, outside: warn}\n"
                      "      - {name: b, type: u16, valid: 0..200, outside: clamp}\n");
    expect_both(&fixture, "00C8 00C8", "{\"Meter\":{\"a\":200,\"b\":200}}");
    expect_notice(&fixture, "0004 00C9", "{\"Meter\":{\"a\":4,\"b\":200}}", DGM_RANGE,
                  "Meter.a");
    expect_encode_error(&fixture, "{\"Meter\":{\"a\":4,\"b\":9}}", DGM_RANGE, "4",
                        "Meter.a");
    expect_encode(&fixture, "{\"Meter\":{\"a\":5,\"b\":4}}", "0005 0004");
}
END_TEST

START_TEST(set_bits_become_texts)
{
    open_fixture(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {name: a, type: u8, flags: {0: low battery, 2: 'say "
                      "\"hi\"', 7: leak}}\n"
                      "      - {name: b, type: u16le, flags: {8: x}, unknown: refuse}\n"
                      "      - bits: u8\n"
                      "        fields: [{name: c, type: u4, flags: {3: top, 0: base}}, "
                      "{reserved: u4}]\n");
    expect_both(&fixture, "85 0001 90",
                "{\"a\":[\"low battery\",\"say \\\"hi\\\"\",\"leak\"],\"b\":[\"x\"],"
                "\"c\":[\"base\",\"top\"]}");
    expect_both(&fixture, "00 0000 00", "{\"a\":[],\"b\":[],\"c\":[]}");
    expect_notice(&fixture, "42 0000 00", "{\"a\":[],\"b\":[],\"c\":[]}", DGM_ENUM, "a");
    expect_decode_error(&fixture, "00 0100 00", DGM_ENUM, 1, "b");
    expect_encode_error(&fixture, "{\"a\":[\"leek\"],\"b\":[],\"c\":[]}", DGM_ENUM,
                        "\"leek\"", "a");
    expect_encode_error(&fixture, "{\"a\":\"leak\",\"b\":[],\"c\":[]}", DGM_TYPE,
                        "\"leak\"", "a");
    expect_encode_error(&fixture, "{\"b\":[],\"c\":[]}", DGM_MISSING_MEMBER, NULL, "a");
}
END_TEST

START_TEST(endless_decimals_are_rounded_both_ways)
{
    open_fixture(HEAD
                 "messages:\n"
                 "  report:\n"
                 "    fields:\n"
                 "      - {name: c, type: u8, scale: 5/9, offset: -160/9, decimals: 1}\n"
                 "      - {name: h, type: u8, scale: 0.25, decimals: 1}\n"
                 "      - {name: e, type: u8, scale: 0.25, decimals: 1, ties: even}\n");
    expect_both(&fixture, "64 02 02", "{\"c\":37.8,\"h\":0.5,\"e\":0.5}");
    expect_decode(&fixture, "20 01 01", "{\"c\":0,\"h\":0.3,\"e\":0.2}");
    expect_both(&fixture, "00 03 03", "{\"c\":-17.8,\"h\":0.8,\"e\":0.8}");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("language");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, NULL, close_fixture);
    tcase_add_test(all, any_constant_of_a_list_is_read_and_the_first_written);
    tcase_add_test(all, a_named_constant_of_a_list_may_be_given);
    tcase_add_test(all, messages_are_chosen_by_port_and_length);
    tcase_add_test(all, encoding_keeps_to_the_length_that_the_message_is_known_by);
    tcase_add_test(all, encoding_tells_the_first_port);
    tcase_add_test(all, messages_are_chosen_by_topic);
    tcase_add_test(all, a_named_constant_chooses_the_message_for_encoding);
    tcase_add_test(all, a_default_is_taken_back_where_decoding_reports_it_only);
    tcase_add_test(all, matched_fields_choose_the_message_and_are_written);
    tcase_add_test(all, a_raw_value_that_is_no_reading_is_left_out_or_named);
    tcase_add_test(all, a_reading_may_not_look_like_none);
    tcase_add_test(all, what_is_no_reading_is_missing_in_expressions);
    tcase_add_test(all, no_reading_of_one_round_is_none_of_the_round_before);
    tcase_add_test(all, elements_that_are_no_reading_keep_their_place);
    tcase_add_test(all, values_within_their_range_pass);
    tcase_add_test(all, floats_next_to_nothing_have_a_side_of_zero);
    tcase_add_test(all, values_outside_their_range_go_by_the_policy);
    tcase_add_test(all, encoding_refuses_or_clamps);
    tcase_add_test(all, valid_and_the_product_model_hold_together);
    tcase_add_test(all, set_bits_become_texts);
    tcase_add_test(all, endless_decimals_are_rounded_both_ways);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
