/* SPDX-License-Identifier: MIT */
/* Frames to JSON: every row operation and rendering, the envelope of each shape, and bad
 * frames. */
#include <check.h>
#include <stdlib.h>

#include "../support/fixture.h"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static const char numbers[] =
    HEAD "messages:\n"
         "  report:\n"
         "    fields:\n"
         "      - {const: 0x01, type: u8}\n"
         "      - {name: a, type: u8}\n"
         "      - {name: b, type: i16}\n"
         "      - {name: c, type: u32le, scale: 0.001}\n"
         "      - {name: d, type: i24, scale: 0.5, offset: -40}\n"
         "      - {name: e, type: u64}\n"
         "      - {name: f, type: i64le}\n"
         "      - {name: g, type: u16, as: text}\n"
         "      - {name: h, type: u32cdab}\n"
         "      - {name: i, type: u32badc}\n"
         "      - {name: j, type: u16, as: HEX}\n";

START_TEST(prints_integers_of_all_widths_and_orders_exactly)
{
    fixture_open(&fixture, numbers);
    expect_both(
        &fixture,
        "01 FF FFFE 39300000 FFFFFF FFFFFFFFFFFFFFFF 0000000000000080 FFFF 56781234 "
        "34127856"
        " 00aF",
        "{\"a\":255,\"b\":-2,\"c\":12.345,\"d\":-40.5,\"e\":18446744073709551615,"
        "\"f\":-9223372036854775808,\"g\":\"65535\",\"h\":305419896,\"i\":305419896,"
        "\"j\":\"00AF\"}");
    expect_both(
        &fixture,
        "01 00 0000 00000000 000050 0000000000000000 0000000000000000 0000 00000000 "
        "00000000"
        " 0000",
        "{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"g\":\"0\",\"h\":0,\"i\":0,"
        "\"j\":\"0000\"}");
    close_fixture();
}
END_TEST

static const char bits[] =
    HEAD "messages:\n"
         "  report:\n"
         "    fields:\n"
         "      - bits: u16\n"
         "        fields:\n"
         "          - {name: mode, type: u2, enum: {0: off_, 1: auto, 3: 'say \"hi\"'}}\n"
         "          - {name: open, type: bool}\n"
         "          - {name: level, type: i5}\n"
         "          - {reserved: u3}\n"
         "          - {name: low, type: u5, scale: 0.25}\n"
         "      - bits: u8\n"
         "        bit_order: lsb\n"
         "        fields:\n"
         "          - {name: first, type: u1, enum: {0: shut, 1: ajar}}\n"
         "          - {reserved: u6}\n"
         "          - {name: last, type: bool}\n"
         "      - {name: flag, type: bool8}\n";

START_TEST(takes_bit_groups_apart_from_both_ends)
{
    fixture_open(&fixture, bits);
    expect_both(&fixture, "DF 11 01 01",
                "{\"mode\":\"say \\\"hi\\\"\",\"open\":false,\"level\":-1,\"low\":4.25,"
                "\"first\":\"ajar\",\"last\":false,\"flag\":true}");
    expect_both(
        &fixture, "6F 00 80 00",
        "{\"mode\":\"auto\",\"open\":true,\"level\":15,\"low\":0,\"first\":\"shut\","
        "\"last\":true,\"flag\":false}");
    close_fixture();
}
END_TEST

START_TEST(leaves_an_unknown_enum_value_out_with_a_notice)
{
    fixture_open(&fixture, bits);
    expect_notice(
        &fixture, "80 00 00 00",
        "{\"open\":false,\"level\":0,\"low\":0,\"first\":\"shut\",\"last\":false,"
        "\"flag\":false}",
        DGM_ENUM, "mode");
    ck_assert_uint_eq(fixture.notices[0].raw, 2);
    ck_assert_uint_eq(fixture.notices[0].bit, 7);
    close_fixture();
}
END_TEST

START_TEST(refuses_a_byte_that_is_no_boolean)
{
    fixture_open(&fixture, bits);
    expect_decode_error(&fixture, "00 00 00 02", DGM_ENUM, 3, "flag");
    close_fixture();
}
END_TEST

static const char texts[] =
    HEAD "messages:\n"
         "  fixed:\n"
         "    fields:\n"
         "      - {const: 0x01, type: u8}\n"
         "      - {name: serial, type: text(4)}\n"
         "      - {name: key, type: bytes(3)}\n"
         "      - {name: mac, type: bytes(2), as: hex}\n"
         "  counted:\n"
         "    fields:\n"
         "      - {const: 0x02, type: u8}\n"
         "      - {local: n, type: u8}\n"
         "      - {name: note, type: text(n), encoding: utf8}\n"
         "      - {name: rest, type: bytes(rest), as: HEX}\n"
         "  ascii:\n"
         "    fields:\n"
         "      - {const: 0x03, type: u8}\n"
         "      - {name: word, type: text(rest), encoding: ascii}\n";

START_TEST(escapes_text_and_spells_bytes)
{
    fixture_open(&fixture, texts);
    expect_both(
        &fixture, "01 22 5C 01 E9 FFFEFD 0a0B",
        "{\"serial\":\"\\\"\\\\\\u0001\xC3\xA9\",\"key\":\"//79\",\"mac\":\"0a0b\"}");
    expect_both(&fixture, "02 03 E2 82 AC 0001",
                "{\"note\":\"\xE2\x82\xAC\",\"rest\":\"0001\"}");
    expect_both(&fixture, "02 00", "{\"note\":\"\",\"rest\":\"\"}");
    close_fixture();
}
END_TEST

START_TEST(refuses_text_outside_its_encoding_at_the_byte)
{
    fixture_open(&fixture, texts);
    expect_decode_error(&fixture, "02 03 E2 82 41", DGM_TEXT, 2, "note");
    expect_decode_error(&fixture, "03 41 80", DGM_TEXT, 2, "word");
    close_fixture();
}
END_TEST

START_TEST(names_the_place_of_a_truncated_frame)
{
    fixture_open(&fixture, texts);
    expect_decode_error(&fixture, "01 41 42", DGM_TRUNCATED, 1, "serial");
    ck_assert_uint_eq(fixture.error.expected, 4);
    ck_assert_uint_eq(fixture.error.raw, 2);
    expect_decode_error(&fixture, "02", DGM_TRUNCATED, 1, "n");
    expect_decode_error(&fixture, "02 05 41", DGM_TRUNCATED, 2, "note");
    expect_decode_error(&fixture, "01 41424344 010203 0102 FF", DGM_TRAILING_BYTES, 10,
                        "");
    expect_decode_error(&fixture, "07", DGM_NO_MESSAGE, 0, "");
    expect_decode_error(&fixture, "", DGM_NO_MESSAGE, 0, "");
    close_fixture();
}
END_TEST

static const char services[] =
    HEAD "services:\n"
         "  Meter:\n"
         "    properties:\n"
         "      flow:  {data_type: decimal, min: 0, max: 100, method: RE}\n"
         "      leak:  {data_type: boolean, method: RE}\n"
         "  Battery:\n"
         "    properties:\n"
         "      level: {data_type: int, min: 0, max: 100, unit: '%', method: RE}\n"
         "    commands:\n"
         "      SET: \n"
         "        paras: {period: {data_type: int, min: 1, max: 60, required: true}}\n"
         "        responses: {SET_RSP: {period: {data_type: int, min: 1, max: 60}}}\n"
         "messages:\n"
         "  mixed:\n"
         "    fields:\n"
         "      - {const: 0x01, type: u8}\n"
         "      - {name: flow, type: u16, scale: 0.1, to: Meter}\n"
         "      - {name: level, type: u8, to: Battery}\n"
         "      - {name: leak, type: bool8, to: Meter}\n"
         "      - {role: has_more, type: u8}\n"
         "  log:\n"
         "    fields:\n"
         "      - {const: 0x02, type: u8}\n"
         "      - local: samples\n"
         "        record: Meter\n"
         "        repeat: rest\n"
         "        fields:\n"
         "          - {role: event_time, type: u32, time: unix}\n"
         "          - {name: flow, type: u16, scale: 0.1}\n"
         "  set:\n"
         "    kind: command\n"
         "    command: Battery.SET\n"
         "    fields:\n"
         "      - {const: 0x81, type: u8}\n"
         "      - {role: mid, type: u16}\n"
         "      - {name: period, type: u8}\n"
         "  set_rsp:\n"
         "    kind: response\n"
         "    command: Battery.SET\n"
         "    fields:\n"
         "      - {const: 0x82, type: u8}\n"
         "      - {role: mid, type: u16}\n"
         "      - {role: errcode, type: u8}\n"
         "      - {name: period, type: u8}\n"
         "  ack:\n"
         "    kind: reply\n"
         "    answers: [mixed]\n"
         "    fields:\n"
         "      - {local: id, type: u8, encode: request.u8(0)}\n"
         "      - {local: state, type: u8, encode: 0 if request.valid else 1}\n"
         "      - {role: errcode, type: u8}\n";

START_TEST(gathers_a_service_that_is_left_and_entered_again)
{
    fixture_open(&fixture, services);
    fixture.call.shape = DGM_SHAPE_OCEANCONNECT;
    expect_both(
        &fixture, "01 007B 32 01 01",
        "{\"msgType\":\"deviceReq\",\"hasMore\":1,\"data\":[{\"serviceId\":\"Meter\","
        "\"serviceData\":{\"flow\":12.3,\"leak\":true}},{\"serviceId\":\"Battery\","
        "\"serviceData\":{\"level\":50}}]}");
    fixture.call.shape = DGM_SHAPE_IOTDA;
    expect_decode(
        &fixture, "01 007B 32 01 01",
        "{\"msg_type\":\"properties_report\",\"services\":[{\"service_id\":\"Meter\","
        "\"properties\":{\"flow\":12.3,\"leak\":true}},{\"service_id\":\"Battery\","
        "\"properties\":{\"level\":50}}]}");
    fixture.call.shape = DGM_SHAPE_PLAIN;
    expect_both(
        &fixture, "01 007B 32 01 01",
        "{\"has_more\":1,\"Meter\":{\"flow\":12.3,\"leak\":true},\"Battery\":{\"level\":"
        "50}}");
    close_fixture();
}
END_TEST

START_TEST(gives_each_record_its_time)
{
    fixture_open(&fixture, services);
    fixture.call.shape = DGM_SHAPE_OCEANCONNECT;
    expect_both(
        &fixture, "02 5C9DF065 0001 5C9DF191 0002",
        "{\"msgType\":\"deviceReq\",\"data\":[{\"serviceId\":\"Meter\",\"serviceData\":{"
        "\"flow\":0.1},\"eventTime\":\"20190329T101605Z\"},{\"serviceId\":\"Meter\","
        "\"serviceData\":{\"flow\":0.2},\"eventTime\":\"20190329T102105Z\"}]}");
    fixture.call.shape = DGM_SHAPE_PLAIN;
    expect_both(
        &fixture, "02 5C9DF065 0001 5C9DF191 0002",
        "{\"Meter\":[{\"flow\":0.1,\"event_time\":\"20190329T101605Z\"},{\"flow\":0.2,"
        "\"event_time\":\"20190329T102105Z\"}]}");
    close_fixture();
}
END_TEST

START_TEST(names_the_record_of_an_error)
{
    fixture_open(&fixture, services);
    expect_decode_error(&fixture, "02 5C9DF065 0001 5C9DF191 00", DGM_TRUNCATED, 11,
                        "Meter[1].flow");
    close_fixture();
}
END_TEST

START_TEST(calls_a_report_without_data_nothing)
{
    fixture_open(&fixture, services);
    expect_decode(&fixture, "02", NULL);
    close_fixture();
}
END_TEST

START_TEST(warns_of_values_outside_the_product_model)
{
    fixture_open(&fixture, services);
    expect_notice(&fixture, "01 03E9 32 01 00",
                  "{\"has_more\":0,\"Meter\":{\"flow\":100.1,\"leak\":true},\"Battery\":{"
                  "\"level\":50}}",
                  DGM_MODEL_LIMIT, "Meter.flow");
    ck_assert_int_eq(fixture.notices[0].high, 1000);
    ck_assert_uint_eq(fixture.notices[0].raw, 1001);
    ck_assert_uint_eq(fixture.notices[0].scale, 1);
    close_fixture();
}
END_TEST

START_TEST(speaks_of_commands_and_responses_in_each_shape)
{
    fixture_open(&fixture, services);
    fixture.call.direction = DGM_DIRECTION_DOWN;
    expect_both(&fixture, "81 07E0 05",
                "{\"command\":\"Battery.SET\",\"mid\":2016,\"paras\":{\"period\":5}}");
    fixture.call.shape = DGM_SHAPE_OCEANCONNECT;
    expect_both(&fixture, "81 07E0 05",
                "{\"msgType\":\"cloudReq\",\"mid\":2016,\"serviceId\":\"Battery\","
                "\"cmd\":\"SET\","
                "\"paras\":{\"period\":5}}");
    fixture.call.shape = DGM_SHAPE_IOTDA;
    expect_both(
        &fixture, "81 07E0 05",
        "{\"msg_type\":\"commands\",\"request_id\":2016,\"service_id\":\"Battery\","
        "\"command_name\":\"SET\",\"paras\":{\"period\":5}}");
    fixture.call.direction = DGM_DIRECTION_UP;
    expect_both(
        &fixture, "82 07E0 00 05",
        "{\"msg_type\":\"command_response\",\"request_id\":2016,\"result_code\":0,"
        "\"service_id\":\"Battery\",\"command_name\":\"SET\",\"paras\":{\"period\":5}}");
    fixture.call.shape = DGM_SHAPE_OCEANCONNECT;
    expect_both(
        &fixture, "82 07E0 00 05",
        "{\"msgType\":\"deviceRsp\",\"mid\":2016,\"errcode\":0,\"body\":{\"period\":5}}");
    fixture.call.shape = DGM_SHAPE_PLAIN;
    expect_both(&fixture, "82 07E0 01 05",
                "{\"command\":\"Battery.SET\",\"mid\":2016,\"errcode\":1,\"body\":{"
                "\"period\":5}}");
    close_fixture();
}
END_TEST

START_TEST(refuses_message_ids_the_platform_never_gives)
{
    fixture_open(&fixture, services);
    expect_decode_error(&fixture, "82 0000 00 05", DGM_RANGE, 1, "mid");
    close_fixture();
}
END_TEST

static const char elements[] =
    HEAD "messages:\n"
         "  floats:\n"
         "    fields:\n"
         "      - {const: 0x01, type: u8}\n"
         "      - {name: x, type: f32, repeat: rest}\n"
         "  labels:\n"
         "    fields:\n"
         "      - {const: 0x02, type: u8}\n"
         "      - {name: y, type: u8, enum: {0: a, 1: b}, repeat: rest}\n"
         "  levels:\n"
         "    fields:\n"
         "      - {const: 0x03, type: u8}\n"
         "      - {name: z, type: u8, invalid: {0xFF: null}, repeat: rest}\n";

START_TEST(keeps_the_places_of_elements_that_have_no_value)
{
    fixture_open(&fixture, elements);
    expect_notice(&fixture, "01 3F800000 7FC00000 40000000", "{\"x\":[1,null,2]}",
                  DGM_NO_NUMBER, "x[1]");
    expect_notice(&fixture, "02 00 07 01", "{\"y\":[\"a\",null,\"b\"]}", DGM_ENUM,
                  "y[1]");
    expect_both(&fixture, "03 01 FF 03", "{\"z\":[1,null,3]}");
    expect_both(&fixture, "03 FF FF FF", "{\"z\":[null,null,null]}");
    expect_encode_error(&fixture, "{\"x\":[1,null,2]}", DGM_TYPE, "null", "x[1]");
    fixture_close(&fixture);
}
END_TEST

START_TEST(keeps_the_sign_of_zero)
{
    fixture_open(&fixture, elements);
    expect_both(&fixture, "01 80000000 00000000", "{\"x\":[-0,0]}");
    fixture_close(&fixture);
}
END_TEST

static const char limited[] = HEAD "wire: {frame_limit: 8}\n"
                                   "messages:\n"
                                   "  report:\n"
                                   "    fields:\n"
                                   "      - {const: 0x01, type: u8}\n"
                                   "      - {name: rest, type: bytes(rest), as: hex}\n";

START_TEST(refuses_a_frame_longer_than_the_profile_promised)
{
    fixture_open(&fixture, limited);
    expect_decode(&fixture, "01 02030405060708", "{\"rest\":\"02030405060708\"}");
    expect_decode_error(&fixture, "01 0203040506070809", DGM_LIMIT, 8, "");
    fixture_close(&fixture);
}
END_TEST

START_TEST(wants_scratch_memory_when_the_profile_needs_it)
{
    char text[64];
    fixture_open(&fixture, texts);
    fixture.call.scratch_size = 0;
    ck_assert_int_eq(dgm_decode(fixture.codec, &fixture.call, (const uint8_t *)"\x02", 1,
                                text, sizeof(text), &fixture.outcome, &fixture.error),
                     DGM_NO_SCRATCH);
    ck_assert_uint_eq(fixture.error.needed, dgm_codec_scratch_size(fixture.codec));
    close_fixture();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode");
    TCase *values = tcase_create("values"), *envelope = tcase_create("envelope");
    tcase_add_test(values, prints_integers_of_all_widths_and_orders_exactly);
    tcase_add_test(values, takes_bit_groups_apart_from_both_ends);
    tcase_add_test(values, leaves_an_unknown_enum_value_out_with_a_notice);
    tcase_add_test(values, refuses_a_byte_that_is_no_boolean);
    tcase_add_test(values, escapes_text_and_spells_bytes);
    tcase_add_test(values, refuses_text_outside_its_encoding_at_the_byte);
    tcase_add_test(values, names_the_place_of_a_truncated_frame);
    tcase_add_test(values, keeps_the_places_of_elements_that_have_no_value);
    tcase_add_test(values, keeps_the_sign_of_zero);
    tcase_add_test(values, refuses_a_frame_longer_than_the_profile_promised);
    tcase_add_test(values, wants_scratch_memory_when_the_profile_needs_it);
    tcase_add_test(envelope, gathers_a_service_that_is_left_and_entered_again);
    tcase_add_test(envelope, gives_each_record_its_time);
    tcase_add_test(envelope, names_the_record_of_an_error);
    tcase_add_test(envelope, calls_a_report_without_data_nothing);
    tcase_add_test(envelope, warns_of_values_outside_the_product_model);
    tcase_add_test(envelope, speaks_of_commands_and_responses_in_each_shape);
    tcase_add_test(envelope, refuses_message_ids_the_platform_never_gives);
    suite_add_tcase(suite, values);
    suite_add_tcase(suite, envelope);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
