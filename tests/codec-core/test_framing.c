/* SPDX-License-Identifier: MIT */
/* Delimiters and escapes around frames, both ways, and where errors point on the line. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "../support/fixture.h"

#define REPORT                                                                           \
    "messages:\n"                                                                        \
    "  report:\n"                                                                        \
    "    fields:\n"                                                                      \
    "      - {const: 0x01, type: u8}\n"                                                  \
    "      - {name: data, type: bytes(rest), as: hex}\n"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static void open_fixture(const char *yaml)
{
    fixture_open(&fixture, yaml);
}

/* RFC 1055: C0 ends the frame, DB DC stands for C0 and DB DD for DB. */
START_TEST(slip_is_taken_off_and_put_on)
{
    open_fixture(HEAD "wire: {framing: {escape: slip}}\n" REPORT);
    expect_both(&fixture, "01 11 C0", "{\"data\":\"11\"}");
    expect_both(&fixture, "01 DBDC DBDD DC C0", "{\"data\":\"c0dbdc\"}");
    expect_both(&fixture, "01 C0", "{\"data\":\"\"}");
    expect_decode_error(&fixture, "01 11", DGM_FRAMING, 1, "");
    expect_decode_error(&fixture, "01 DB 11 C0", DGM_FRAMING, 1, "");
    expect_decode_error(&fixture, "01 11 DB C0", DGM_FRAMING, 2, "");
    expect_decode_error(&fixture, "01 C0 11 C0", DGM_FRAMING, 1, "");
    expect_decode_error(&fixture, "", DGM_FRAMING, 0, "");
    expect_decode_error(&fixture, "02 11 C0", DGM_NO_MESSAGE, 0, "");
}
END_TEST

/* Each block begins with one more than the bytes up to the next zero; the zero itself is
 * left out. */
START_TEST(cobs_is_taken_off_and_put_on)
{
    open_fixture(HEAD "wire: {framing: {escape: cobs}}\n" REPORT);
    expect_both(&fixture, "03 01 11 00", "{\"data\":\"11\"}");
    expect_both(&fixture, "02 01 01 00", "{\"data\":\"00\"}");
    expect_both(&fixture, "03 01 11 01 02 22 01 00", "{\"data\":\"1100002200\"}");
    expect_decode_error(&fixture, "00", DGM_FRAMING, 0, "");
    expect_decode_error(&fixture, "05 01 11 00", DGM_FRAMING, 0, "");
    expect_decode_error(&fixture, "04 01 00 11 00", DGM_FRAMING, 2, "");
    expect_decode_error(&fixture, "02 01 00 02 11 00", DGM_FRAMING, 2, "");
    expect_decode_error(&fixture, "03 01 11", DGM_FRAMING, 2, "");
}
END_TEST

/* 254 bytes without a zero fill a block, behind which no zero stands. */
START_TEST(full_cobs_blocks_have_no_zero_behind_them)
{
    char hex[1100], json[1100], *at = hex, *value = json;
    open_fixture(HEAD "wire: {framing: {escape: cobs}}\n" REPORT);
    at += sprintf(at, "FF01");
    value += sprintf(value, "{\"data\":\"");
    for (unsigned i = 0; i < 253; i++) {
        at += sprintf(at, "AA");
        value += sprintf(value, "aa");
    }
    char *rest = at, *more = value;
    sprintf(rest, "00");
    sprintf(more, "\"}");
    expect_both(&fixture, hex, json);
    sprintf(rest, "0100"); /* an empty block behind it changes nothing */
    expect_decode(&fixture, hex, json);
    sprintf(rest, "02BB00");
    sprintf(more, "bb\"}");
    expect_both(&fixture, hex, json);
    sprintf(rest, "010100");
    sprintf(more, "00\"}");
    expect_both(&fixture, hex, json);
}
END_TEST

static const char terminal[] = HEAD "wire:\n"
                                    "  framing:\n"
                                    "    start: \"7E\"\n"
                                    "    end: \"7E\"\n"
                                    "    escape: {0x7E: \"7D 02\", 0x7D: \"7D 01\"}\n"
                                    "  header:\n"
                                    "    - {local: kind, type: u8}\n"
                                    "    - {length_of: body, type: u8}\n"
                                    "  trailer:\n"
                                    "    - {checksum: xor-8, type: u8}\n"
                                    "messages:\n"
                                    "  report:\n"
                                    "    match: {kind: 1}\n"
                                    "    fields:\n"
                                    "      - {name: a, type: u16, valid: 0..32381}\n"
                                    "      - {name: b, type: text(2), encoding: ascii}\n";

/* 01 ^ 04 ^ 7E ^ 7D ^ 41 ^ 42 = 05 */
START_TEST(lengths_and_checksums_count_what_is_inside)
{
    open_fixture(terminal);
    expect_both(&fixture, "7E 01 04 7D02 7D01 41 42 05 7E", "{\"a\":32381,\"b\":\"AB\"}");
    expect_decode_error(&fixture, "7E 01 05 7D02 7D01 41 42 04 7E", DGM_LENGTH, 2,
                        "(length)");
    expect_decode_error(&fixture, "7E 01 04 7D02 7D01 41 42 06 7E", DGM_CHECKSUM, 9,
                        "(checksum)");
    /* A checksum of 7E is escaped as everything else: 01 ^ 04 ^ 00 ^ 00 ^ 3A ^ 41 = 7E */
    expect_both(&fixture, "7E 01 04 0000 3A 41 7D02 7E", "{\"a\":0,\"b\":\":A\"}");
}
END_TEST

START_TEST(places_are_those_of_the_frame_on_the_line)
{
    open_fixture(terminal);
    expect_decode_error(&fixture, "7E 01 04 7D02 7D01 41 C2 85 7E", DGM_TEXT, 8, "b");
    expect_notice(&fixture, "7E 01 04 7D02 7D02 41 42 06 7E", "{\"b\":\"AB\"}", DGM_RANGE,
                  "a");
    ck_assert_uint_eq(fixture.notices[0].offset, 3);
    expect_decode_error(&fixture, "7E 01 00 7D02 7E", DGM_TRUNCATED, 3, "a");
    expect_decode_error(&fixture, "7F 01 04 7D02 7E", DGM_FRAMING, 0, "");
    expect_decode_error(&fixture, "7E 01 04 7D02 7F", DGM_FRAMING, 5, "");
    expect_decode_error(&fixture, "7E 01 04 7D03 7E", DGM_FRAMING, 3, "");
    expect_decode_error(&fixture, "7E 01 04 7D 7E", DGM_FRAMING, 3, "");
    expect_decode_error(&fixture, "7E", DGM_FRAMING, 1, "");
    expect_decode_error(&fixture, "7E 02 04 7D02 7E", DGM_NO_MESSAGE, 1, "");
}
END_TEST

/* The escape byte is doubled, and the delimiters begin with it. */
START_TEST(delimiters_may_be_escapes_themselves)
{
    open_fixture(HEAD "wire: {framing: {start: \"10 02\", end: \"10 03\", escape: {0x10: "
                      "\"10 10\"}}}\n" REPORT);
    expect_both(&fixture, "1002 01 1010 03 1003", "{\"data\":\"1003\"}");
    expect_both(&fixture, "1002 01 1010 1003", "{\"data\":\"10\"}");
    expect_decode_error(&fixture, "1002 01 1003 1003", DGM_FRAMING, 3, "");
    expect_decode_error(&fixture, "1003 01 1003", DGM_FRAMING, 1, "");
}
END_TEST

/* The length counts the whole frame without two bytes. */
START_TEST(a_length_of_the_framing_is_checked)
{
    open_fixture(HEAD "wire:\n"
                      "  framing:\n"
                      "    start: \"68\"\n"
                      "    end: \"16\"\n"
                      "    length: {at: 1, type: u16le, add: 4}\n"
                      "  header:\n"
                      "    - {length_of: frame, type: u16le, offset: 2}\n" REPORT);
    expect_both(&fixture, "68 0200 01 22 16", "{\"data\":\"22\"}");
    expect_decode_error(&fixture, "68 0300 01 22 16", DGM_FRAMING, 1, "");
    expect_decode_error(&fixture, "68 02 16", DGM_FRAMING, 1, "");
}
END_TEST

START_TEST(a_length_that_encoding_misses_is_an_error)
{
    open_fixture(
        HEAD "wire: {framing: {length: {at: 0, type: u8, add: 0}, gap: 20}}\n" REPORT);
    expect_encode_error(&fixture, "{\"data\":\"22\"}", DGM_FRAMING, NULL, "report");
}
END_TEST

START_TEST(the_limit_is_that_of_the_content)
{
    open_fixture(HEAD "wire: {frame_limit: 4, framing: {escape: slip}}\n" REPORT);
    expect_both(&fixture, "01 DBDC DBDC DBDC C0", "{\"data\":\"c0c0c0\"}");
    ck_assert_uint_eq(dgm_codec_frame_max(fixture.codec), 2 * 4 + 1);
    expect_decode_error(&fixture, "01 02 03 04 05 C0", DGM_LIMIT, 5, "");
    expect_encode_error(&fixture, "{\"data\":\"01020304\"}", DGM_LIMIT, NULL, "report");
}
END_TEST

START_TEST(identifying_looks_inside)
{
    uint8_t bytes[16];
    size_t length = hex_bytes("7E 01 04 7D02 7D01 41 42 05 7E", bytes, sizeof(bytes));
    open_fixture(terminal);
    ck_assert_uint_eq(dgm_identify(fixture.codec, &fixture.call, bytes, length), 0);
    bytes[1] = 2;
    ck_assert_uint_eq(dgm_identify(fixture.codec, &fixture.call, bytes, length),
                      DGM_NONE);
    bytes[0] = 2;
    ck_assert_uint_eq(dgm_identify(fixture.codec, &fixture.call, bytes, length),
                      DGM_NONE);
    ck_assert_uint_eq(dgm_identify(fixture.codec, NULL, bytes, length), DGM_NONE);
}
END_TEST

START_TEST(a_reply_sees_what_is_inside_the_request)
{
    open_fixture(HEAD
                 "wire: {framing: {escape: slip}}\n"
                 "services:\n"
                 "  Tank: {properties: {level: {data_type: int, method: RE}}}\n"
                 "messages:\n"
                 "  report:\n"
                 "    fields: [{const: 0xC0, type: u8}, {name: level, type: u8}]\n"
                 "  ack:\n"
                 "    kind: reply\n"
                 "    fields:\n"
                 "      - {local: id, type: u8, encode: request.u8(0)}\n"
                 "      - {local: size, type: u8, encode: request.length}\n"
                 "      - {local: ok, type: u8, encode: 1 if request.valid else 0}\n");
    const char *wire = "{\"msg_type\":\"properties_report_reply\",\"result_code\":0,"
                       "\"request\":\"DBDC05C0\"}";
    expect_encode(&fixture, wire, "DBDC 02 01 C0");
    uint8_t request[8];
    fixture.call.request = request;
    fixture.call.request_length = hex_bytes("DBDC 07 C0", request, sizeof(request));
    expect_encode(&fixture, "{\"reply\":\"ack\",\"errcode\":0}", "DBDC 02 01 C0");
    /* Without its end it is no frame; its bytes stand as they came. */
    fixture.call.request_length = hex_bytes("DBDC 07", request, sizeof(request));
    expect_encode(&fixture, "{\"reply\":\"ack\",\"errcode\":0}", "DBDD 03 00 C0");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("framing");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, NULL, close_fixture);
    tcase_add_test(all, slip_is_taken_off_and_put_on);
    tcase_add_test(all, cobs_is_taken_off_and_put_on);
    tcase_add_test(all, full_cobs_blocks_have_no_zero_behind_them);
    tcase_add_test(all, lengths_and_checksums_count_what_is_inside);
    tcase_add_test(all, places_are_those_of_the_frame_on_the_line);
    tcase_add_test(all, delimiters_may_be_escapes_themselves);
    tcase_add_test(all, a_length_of_the_framing_is_checked);
    tcase_add_test(all, a_length_that_encoding_misses_is_an_error);
    tcase_add_test(all, the_limit_is_that_of_the_content);
    tcase_add_test(all, identifying_looks_inside);
    tcase_add_test(all, a_reply_sees_what_is_inside_the_request);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
