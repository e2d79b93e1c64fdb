/* SPDX-License-Identifier: MIT */
/*
 * Digits, codings, instants and renderings of single values, both directions. Expected
 * bytes are worked out by hand from the description of each coding.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"

#define REPORT HEAD "messages:\n  report:\n    fields:\n"

static struct fixture fixture;

/* A report of these items, a line each. */
static void open_items(const char *first, const char *second)
{
    char yaml[2048];
    snprintf(yaml, sizeof(yaml), REPORT "      - %s\n%s%s%s", first,
             second != NULL ? "      - " : "", second != NULL ? second : "",
             second != NULL ? "\n" : "");
    fixture_open(&fixture, yaml);
}

static void close_items(void)
{
    fixture_close(&fixture);
}

/* One item with the name `v`, a frame of it alone, and its value. */
static const struct {
    const char *item, *hex, *value;
} exact[] = {
    /* digits in order; an odd number has a zero before it */
    {"{name: v, type: bcd(4)}", "1234", "1234"},
    {"{name: v, type: bcd(4)}", "0007", "7"},
    {"{name: v, type: bcd(3)}", "0123", "123"},
    {"{name: v, type: bcd(18)}", "999999999999999999", "999999999999999999"},
    {"{name: v, type: bcd(8)le}", "78563412", "12345678"},
    {"{name: v, type: bcd(4), nibbles: low_first}", "2143", "1234"},
    {"{name: v, type: bcd(4)le, nibbles: low_first}", "4321", "1234"},
    {"{name: v, type: bcd(6), scale: 0.01}", "001250", "12.5"},
    {"{name: v, type: bcd(4), offset: -500}", "0480", "-20"},
    {"{name: v, type: bcd(2), enum: {1: on air, 0xFF: none}}", "01", "\"on air\""},
    {"{name: v, type: bcd(2), enum: {1: on air, 0xFF: none}}", "FF", "\"none\""},
    {"{name: v, type: bcd(4), invalid: {0xFFFF: null}}", "FFFF", "null"},
    {"{name: v, type: bcd(4), invalid: {0xEEEE: broken, 9999: null}}", "EEEE",
     "\"broken\""},
    {"{name: v, type: bcd(4), invalid: {0xEEEE: broken, 9999: null}}", "9999", "null"},
    {"{name: v, type: bcd(4), as: text}", "0042", "\"42\""},
    /* signs */
    {"{name: v, type: bcd(4), sign: top_bit}", "9234", "-1234"},
    {"{name: v, type: bcd(4), sign: top_bit}", "7999", "7999"},
    {"{name: v, type: bcd(4), sign: f_digit}", "F123", "-123"},
    {"{name: v, type: bcd(4), sign: f_digit}", "9123", "9123"},
    {"{name: v, type: bcd(6), sign: ff_byte}", "FF0012", "-12"},
    {"{name: v, type: bcd(6), sign: ff_byte}", "990012", "990012"},
    {"{name: v, type: bcd(2), sign: ff_byte}", "12", "12"},
    {"{name: v, type: bcd(5), sign: last_nibble}", "12345C", "12345"},
    {"{name: v, type: bcd(5), sign: last_nibble}", "12345D", "-12345"},
    {"{name: v, type: bcd(4), sign: last_nibble}", "01234D", "-1234"},
    {"{name: v, type: bcd(4), sign: f_digit, invalid: {0xFFFF: null}}", "FFFF", "null"},
    {"{name: v, type: bcd(rest), sign: ff_byte, scale: 0.1}", "FF0125", "-12.5"},
    /* texts of digits */
    {"{name: v, type: digits(6)}", "001234", "\"001234\""},
    {"{name: v, type: digits(5)}", "001234", "\"01234\""},
    {"{name: v, type: digits(20)}", "89860012345678901234", "\"89860012345678901234\""},
    {"{name: v, type: digits(8), nibbles: low_first, pad: 0xF}", "2143F5FF", "\"12345\""},
    {"{name: v, type: digits(8), pad: 0xF}", "FFFFFFFF", "\"\""},
    {"{name: v, type: digits(rest)}", "0012", "\"0012\""},
    {"{name: v, type: digits(4)le}", "3412", "\"1234\""},
    /* 0x8005 is sign 1, magnitude 5; Gray code of 5 (101) is 111 */
    {"{name: v, type: sm16}", "8005", "-5"},
    {"{name: v, type: sm16}", "7FFF", "32767"},
    {"{name: v, type: sm16, scale: 0.01}", "FFFF", "-327.67"},
    {"{name: v, type: sm24le}", "010080", "-1"},
    {"{name: v, type: gray8}", "07", "5"},
    {"{name: v, type: gray16}", "8000", "65535"},
    /* renderings */
    {"{name: v, type: u8, as: binary}", "05", "\"00000101\""},
    {"{name: v, type: u16le, as: binary}", "0180", "\"1000000000000001\""},
    {"{name: v, type: bytes(3), as: array}", "0001FF", "[0,1,255]"},
    {"{name: v, type: bytes(4), as: dotted}", "C0A80001", "\"192.168.0.1\""},
    {"{name: v, type: bytes(2), as: dotted, separator: '-'}", "0AFF", "\"10-255\""},
    {"{name: v, type: bytes(3), as: hex, separator: ':'}", "0A1BFF", "\"0a:1b:ff\""},
    {"{name: v, type: bytes(2), as: HEX, separator: ' - '}", "0A1B", "\"0A - 1B\""},
    {"{name: v, type: bytes(3)le, as: hex}", "010203", "\"030201\""},
    {"{name: v, type: bytes(4)le}", "04030201", "\"AQIDBA==\""},
    {"{name: v, type: bytes(3)le, as: array}", "010203", "[3,2,1]"},
    {"{name: v, type: text(4)le}", "44434241", "\"ABCD\""},
    {"{name: v, type: text(4)le, pad: 0}", "00004241", "\"AB\""},
    {"{name: v, type: text(6), as: number}", "302D312E3530", NULL},
    {"{name: v, type: text(6), as: number}", "303031322E35", "12.5"},
    {"{name: v, type: text(6), as: number}", "2D3030312E35", "-1.5"},
    {"{name: v, type: text(6), as: number, pad: 32}", "2D312E352020", "-1.5"},
    {"{name: v, type: text(rest), as: number}", "313233", "123"},
    {"{name: v, type: text(4), end: 0}", "41420000", "\"AB\""},
    {"{name: v, type: text(4), end: 0}", "41424344", "\"ABCD\""},
    {"{name: v, type: text(4), end: 0x0D, pad: 0x20}", "410D2020", "\"A\""},
    {"{name: v, type: text(rest), end: 0}", "414200", "\"AB\""},
};

START_TEST(values_are_read_and_written)
{
    char json[128];
    open_items(exact[_i].item, NULL);
    if (exact[_i].value == NULL) {
        expect_decode_error(&fixture, exact[_i].hex, DGM_TEXT, 0, "v");
    } else {
        snprintf(json, sizeof(json), "{\"v\":%s}", exact[_i].value);
        expect_both(&fixture, exact[_i].hex, json);
    }
    close_items();
}
END_TEST

/* What is read leniently and written in one way. */
static const struct {
    const char *item, *hex, *value, *written;
} lenient[] = {
    {"{name: v, type: bcd(4), sign: top_bit}", "8000", "0", "0000"},
    {"{name: v, type: bcd(5), sign: last_nibble}", "12345F", "12345", "12345C"},
    {"{name: v, type: sm8}", "80", "0", "00"},
    {"{name: v, type: text(5), as: number}", "2B312E3530", "1.5", "3030312E35"},
    {"{name: v, type: text(4), end: 0}", "41004243", "\"A\"", "41000000"},
    {"{name: v, type: text(3), as: number}", "2D2E35", "-0.5", NULL},
    {"{name: v, type: bcd(12), time: YYMMDDhhmmss, zone: +08:00, as: date}",
     "210304050607", "\"2021-03-04\"", "210304000000"},
};

START_TEST(some_values_have_several_spellings)
{
    char json[128];
    open_items(lenient[_i].item, NULL);
    snprintf(json, sizeof(json), "{\"v\":%s}", lenient[_i].value);
    expect_decode(&fixture, lenient[_i].hex, json);
    if (lenient[_i].written != NULL)
        expect_encode(&fixture, json, lenient[_i].written);
    else
        expect_encode_error(&fixture, json, DGM_TEXT, NULL, "v");
    close_items();
}
END_TEST

static const struct {
    const char *item, *hex;
    enum dgm_status status;
    unsigned offset;
} faults[] = {
    {"{name: v, type: bcd(4)}", "12A4", DGM_TEXT, 1},
    {"{name: v, type: bcd(3)}", "1123", DGM_TEXT, 0},
    {"{name: v, type: bcd(4), invalid: 0xFFFF}", "FFFE", DGM_TEXT, 0},
    {"{name: v, type: bcd(4)le}", "12A4", DGM_TEXT, 1},
    {"{name: v, type: bcd(5), sign: last_nibble}", "123459", DGM_TEXT, 2},
    {"{name: v, type: bcd(2), sign: ff_byte}", "FF", DGM_TEXT, 0},
    {"{name: v, type: bcd(4)}", "12", DGM_TRUNCATED, 0},
    {"{name: v, type: bcd(rest)}", "01000000000000000000", DGM_OVERFLOW, 0},
    {"{name: v, type: digits(4)}", "12F4", DGM_TEXT, 1},
    {"{name: v, type: digits(4), pad: 0xF}", "1FF4", DGM_TEXT, 0},
    {"{name: v, type: digits(5)}", "112345", DGM_TEXT, 0},
    {"{name: v, type: text(3), as: number}", "31322C", DGM_TEXT, 0},
    {"{name: v, type: text(3), as: number, pad: 32}", "202020", DGM_TEXT, 0},
    {"{name: v, type: text(rest), end: 0}", "4142", DGM_TRUNCATED, 0},
};

START_TEST(what_is_no_value_is_told)
{
    open_items(faults[_i].item, NULL);
    expect_decode_error(&fixture, faults[_i].hex, faults[_i].status, faults[_i].offset,
                        "v");
    close_items();
}
END_TEST

static const struct {
    const char *item, *value;
    enum dgm_status status;
} refusals[] = {
    {"{name: v, type: bcd(4)}", "10000", DGM_RANGE},
    {"{name: v, type: bcd(4)}", "-1", DGM_RANGE},
    {"{name: v, type: bcd(4)}", "9223372036854775808", DGM_RANGE},
    {"{name: v, type: bcd(4), sign: top_bit}", "8000", DGM_RANGE},
    {"{name: v, type: bcd(4), sign: f_digit}", "-1000", DGM_RANGE},
    {"{name: v, type: bcd(6), sign: ff_byte}", "-10000", DGM_RANGE},
    {"{name: v, type: bcd(2), sign: ff_byte}", "-1", DGM_RANGE},
    {"{name: v, type: bcd(4), invalid: {9999: null}}", "9999", DGM_RANGE},
    {"{name: v, type: digits(4)}", "\"123\"", DGM_LENGTH},
    {"{name: v, type: digits(4), pad: 0xF}", "\"12345\"", DGM_LENGTH},
    {"{name: v, type: digits(4)}", "\"12a4\"", DGM_TEXT},
    {"{name: v, type: digits(rest)}", "\"123\"", DGM_LENGTH},
    {"{name: v, type: digits(4)}", "1234", DGM_TYPE},
    {"{name: v, type: sm8}", "-128", DGM_RANGE},
    {"{name: v, type: gray8}", "256", DGM_RANGE},
    {"{name: v, type: u8, as: binary}", "\"0101\"", DGM_TYPE},
    {"{name: v, type: u8, as: binary}", "\"00000102\"", DGM_TYPE},
    {"{name: v, type: bytes(2), as: array}", "[1]", DGM_LENGTH},
    {"{name: v, type: bytes(2), as: array}", "[1,256]", DGM_TYPE},
    {"{name: v, type: bytes(2), as: array}", "\"0102\"", DGM_TYPE},
    {"{name: v, type: bytes(2), as: dotted}", "\"1.256\"", DGM_TEXT},
    {"{name: v, type: bytes(2), as: dotted}", "\"1.02\"", DGM_TEXT},
    {"{name: v, type: bytes(2), as: dotted}", "\"1.2.\"", DGM_TEXT},
    {"{name: v, type: bytes(2), as: hex, separator: ':'}", "\"0102\"", DGM_TEXT},
    {"{name: v, type: bytes(2), as: hex, separator: ':'}", "\"01:2\"", DGM_TEXT},
    {"{name: v, type: text(3), as: number}", "1234", DGM_TEXT},
    {"{name: v, type: text(3), as: number}", "\"12\"", DGM_TYPE},
    {"{name: v, type: text(4), end: 0}", "\"A\\u0000B\"", DGM_TEXT},
    {"{name: v, type: text(4), end: 0}", "\"ABCDE\"", DGM_LENGTH},
};

START_TEST(what_cannot_be_written_is_refused)
{
    char json[128];
    open_items(refusals[_i].item, NULL);
    snprintf(json, sizeof(json), "{\"v\":%s}", refusals[_i].value);
    expect_encode_error(&fixture, json, refusals[_i].status, NULL, "v");
    close_items();
}
END_TEST

START_TEST(a_count_before_digits_is_solved)
{
    open_items("{local: n, type: u8}", "{name: v, type: digits(n)}");
    expect_both(&fixture, "03 0123", "{\"v\":\"123\"}");
    expect_both(&fixture, "04 0123", "{\"v\":\"0123\"}");
    expect_decode_error(&fixture, "05 0123", DGM_TRUNCATED, 1, "v");
    close_items();
    open_items("{name: n, type: u8}", "{name: v, type: bcd(n * 2), scale: 0.1}");
    expect_both(&fixture, "02 0125", "{\"n\":2,\"v\":12.5}");
    expect_encode_error(&fixture, "{\"n\":1,\"v\":12.5}", DGM_RANGE, "12.5", "v");
    expect_decode(&fixture, "00", "{\"n\":0,\"v\":0}");
    close_items();
    open_items("{local: n, type: u8}", "{name: v, type: bytes(n), as: dotted}");
    expect_both(&fixture, "03 010203", "{\"v\":\"1.2.3\"}");
    close_items();
    open_items("{local: n, type: u8}", "{name: v, type: bytes(n), as: array}");
    expect_both(&fixture, "03 010203", "{\"v\":[1,2,3]}");
    close_items();
    open_items("{local: n, type: u8}", "{name: v, type: text(n), as: number}");
    expect_both(&fixture, "04 2D312E35", "{\"v\":-1.5}");
    close_items();
}
END_TEST

START_TEST(a_constant_of_digits_is_checked)
{
    open_items("{const: 45, type: bcd(4)}", "{name: v, type: u8}");
    expect_both(&fixture, "0045 01", "{\"v\":1}");
    expect_decode_error(&fixture, "0046 01", DGM_CONST, 0, "(const)");
    close_items();
}
END_TEST

START_TEST(codings_work_inside_bit_groups)
{
    /* sm5 10011 is -3; gray3 111 is 5; 10011111 */
    fixture_open(&fixture, REPORT "      - bits: u8\n"
                                  "        fields:\n"
                                  "          - {name: a, type: sm5}\n"
                                  "          - {name: b, type: gray3}\n");
    expect_both(&fixture, "9F", "{\"a\":-3,\"b\":5}");
    close_items();
    fixture_open(&fixture, REPORT "      - bits: bytes(2)\n"
                                  "        fields:\n"
                                  "          - {name: a, type: sm12}\n"
                                  "          - {name: b, type: gray4}\n");
    /* 1000 0000 0011 | 0111 */
    expect_both(&fixture, "8037", "{\"a\":-3,\"b\":5}");
    close_items();
}
END_TEST

START_TEST(digits_that_are_the_identifier)
{
    open_items("{role: identifier, type: digits(5)}", "{name: v, type: u8}");
    expect_decode(&fixture, "012345 07", "{\"identifier\":\"12345\",\"v\":7}");
    expect_decode(&fixture, "000345 07", "{\"identifier\":\"00345\",\"v\":7}");
    close_items();
}
END_TEST

START_TEST(a_text_that_ends_by_itself_is_followed_by_others)
{
    open_items("{name: s, type: text(rest), end: 0}", "{name: v, type: u8}");
    expect_both(&fixture, "4142 00 07", "{\"s\":\"AB\",\"v\":7}");
    expect_both(&fixture, "00 07", "{\"s\":\"\",\"v\":7}");
    expect_decode_error(&fixture, "4142 00", DGM_TRUNCATED, 3, "v");
    close_items();
}
END_TEST

START_TEST(the_number_of_a_text_is_known_to_expressions)
{
    open_items("{name: s, type: text(4), as: number}", "{name: v, value: s * 2}");
    expect_decode(&fixture, "302E3235", "{\"s\":0.25,\"v\":0.5}");
    expect_encode(&fixture, "{\"s\":0.25,\"v\":0.5}", "302E3235");
    close_items();
}
END_TEST

/* 2021-03-04T05:06:07Z is 1614834367, 0x60406ABF */
static const struct {
    const char *item, *hex, *value;
} times[] = {
    {"{name: v, type: u32, time: unix, as: datetime}", "60406ABF",
     "\"2021-03-04 05:06:07\""},
    {"{name: v, type: u32, time: unix, as: datetime, zone: +08:00}", "60406ABF",
     "\"2021-03-04 05:06:07\""},
    {"{name: v, type: u32, time: unix, zone: +08:00}", "60406ABF",
     "\"20210303T210607Z\""},
    {"{name: v, type: u32, time: unix, zone: -01:30, as: iso}", "60406ABF",
     "\"2021-03-04T06:36:07Z\""},
    {"{name: v, type: u32, time: unix, as: epoch}", "60406ABF", "1614834367"},
    {"{name: v, type: u32, time: unix, as: epoch_ms}", "60406ABF", "1614834367000"},
    /* 21 years of 365 days and 6 leap days are 7671 days; 63 more are 2021-03-05 */
    {"{name: v, type: u16, time: {unit: d, epoch: 20000101T000000Z}, as: date}", "1E36",
     "\"2021-03-05\""},
    {"{name: v, type: u32, time: {unit: s, epoch: 20000101T000000Z}}", "00000001",
     "\"20000101T000001Z\""},
    {"{name: v, type: u32, time: {unit: min, epoch: 2000-01-01T00:00:00Z}}", "0000003D",
     "\"20000101T010100Z\""},
    {"{name: v, type: u16, time: {unit: h}}", "0019", "\"19700102T010000Z\""},
    {"{name: v, type: u16, time: {unit: ms}, as: iso_ms}", "04D2",
     "\"1970-01-01T00:00:01.234Z\""},
    {"{name: v, type: u16, time: {unit: ms}, as: datetime}", "04D2",
     "\"1970-01-01 00:00:01.234\""},
    {"{name: v, type: bcd(12), time: YYMMDDhhmmss, as: datetime}", "210304050607",
     "\"2021-03-04 05:06:07\""},
    {"{name: v, type: bcd(12), time: YYMMDDhhmmss, zone: +08:00}", "210304050607",
     "\"20210303T210607Z\""},
    {"{name: v, type: bcd(12), time: YYMMDDhhmmss, zone: +08:00, as: datetime}",
     "210304050607", "\"2021-03-04 05:06:07\""},
    {"{name: v, type: bcd(10), time: YYMMDDhhmm, as: datetime}", "2103040506",
     "\"2021-03-04 05:06\""},
    {"{name: v, type: bcd(8), time: YYYYMMDD, as: datetime}", "19990228",
     "\"1999-02-28\""},
    {"{name: v, type: bcd(17), time: YYYYMMDDhhmmssfff, as: iso_ms}",
     "020210304050607089", "\"2021-03-04T05:06:07.089Z\""},
    {"{name: v, type: bcd(12)le, time: ssmmhhDDMMYY, as: iso}", "210304050607",
     "\"2021-03-04T05:06:07Z\""},
    {"{name: v, type: bcd(12), time: YYMMDDhhmmss, as: epoch}", "210304050607",
     "1614834367"},
    {"{name: v, type: bcd(12), time: YYMMDDhhmmss, as: epoch_ms}", "210304050607",
     "1614834367000"},
    {"{name: v, type: digits(12), time: YYMMDDhhmmss}", "210304050607",
     "\"20210304T050607Z\""},
    {"{name: v, type: bcd(12), time: YYMMDDhhmmss, invalid: {0: null, 0xFFFFFFFFFFFF: "
     "never}}",
     "000000000000", "null"},
    {"{name: v, type: bcd(12), time: YYMMDDhhmmss, invalid: {0: null, 0xFFFFFFFFFFFF: "
     "never}}",
     "FFFFFFFFFFFF", "\"never\""},
    {"{name: v, type: text(10), time: YYYY-MM-DD, as: date}", "323032312D30332D3034",
     "\"2021-03-04\""},
    {"{name: v, type: text(12), time: DDMMYYhhmmss}", "303430333231303530363037",
     "\"20210304T050607Z\""},
};

START_TEST(instants_in_every_form)
{
    char json[128];
    open_items(times[_i].item, NULL);
    snprintf(json, sizeof(json), "{\"v\":%s}", times[_i].value);
    expect_both(&fixture, times[_i].hex, json);
    close_items();
}
END_TEST

START_TEST(impossible_dates_are_errors)
{
    open_items("{name: v, type: bcd(12), time: YYMMDDhhmmss}", NULL);
    expect_decode_error(&fixture, "210229000000", DGM_TIME, 0, "v");
    expect_decode_error(&fixture, "211301000000", DGM_TIME, 0, "v");
    expect_decode_error(&fixture, "210101240000", DGM_TIME, 0, "v");
    expect_decode_error(&fixture, "21010100000A", DGM_TEXT, 5, "v");
    expect_encode_error(&fixture, "{\"v\":\"20210229T000000Z\"}", DGM_TIME, NULL, "v");
    expect_encode_error(&fixture, "{\"v\":\"19991231T000000Z\"}", DGM_RANGE, NULL, "v");
    expect_encode_error(&fixture, "{\"v\":5}", DGM_TYPE, NULL, "v");
    close_items();
    open_items("{name: v, type: text(10), time: YYYY-MM-DD}", NULL);
    expect_decode_error(&fixture, "323032312F30332D3034", DGM_TEXT, 4, "v");
    close_items();
}
END_TEST

START_TEST(what_the_wire_cannot_tell_is_rounded_or_refused)
{
    open_items("{name: v, type: bcd(10), time: YYMMDDhhmm}", NULL);
    expect_encode(&fixture, "{\"v\":\"20210304T050629Z\"}", "2103040506");
    expect_encode(&fixture, "{\"v\":\"20210304T050630Z\"}", "2103040507");
    close_items();
    open_items("{name: v, type: bcd(10), time: YYMMDDhhmm, inexact: refuse}", NULL);
    expect_encode_error(&fixture, "{\"v\":\"20210304T050629Z\"}", DGM_INEXACT, NULL, "v");
    expect_both(&fixture, "2103040506", "{\"v\":\"20210304T050600Z\"}");
    close_items();
}
END_TEST

START_TEST(an_instant_is_seconds_in_expressions)
{
    open_items("{local: t, type: bcd(6), time: YYMMDD, encode: 210304}",
               "{name: v, value: t + 3600, as: datetime}");
    expect_decode(&fixture, "210304", "{\"v\":\"2021-03-04 01:00:00\"}");
    close_items();
    open_items("{name: a, type: u8}", "{name: v, value: frame.time, as: iso_ms}");
    fixture.call.has_received = true;
    fixture.call.received_ms = 1614834367089;
    expect_decode(&fixture, "01", "{\"a\":1,\"v\":\"2021-03-04T05:06:07.089Z\"}");
    fixture.call.has_received = false;
    expect_decode(&fixture, "01", "{\"a\":1}");
    expect_encode(&fixture, "{\"a\":1,\"v\":\"2021-03-04T05:06:07.089Z\"}", "01");
    close_items();
}
END_TEST

START_TEST(the_time_of_a_report_in_digits)
{
    open_items("{role: event_time, type: bcd(12), time: YYMMDDhhmmss, zone: +08:00}",
               "{name: v, type: u8}");
    expect_decode(&fixture, "210304050607 01",
                  "{\"v\":1,\"event_time\":\"20210303T210607Z\"}");
    close_items();
}
END_TEST

START_TEST(raw_bytes_are_echoed)
{
    open_items("{name: raw, value: bytes(), as: HEX}", "{name: v, type: u16}");
    expect_both(&fixture, "0AFF", "{\"raw\":\"0AFF\",\"v\":2815}");
    expect_encode(&fixture, "{\"v\":2815}", "0AFF");
    close_items();
    open_items("{name: v, type: u16}", "{name: raw, value: 'bytes(1, -1)', as: array}");
    expect_decode(&fixture, "0A0B", "{\"v\":2571,\"raw\":[]}");
    close_items();
    open_items("{name: v, type: u32}", "{name: raw, value: 'bytes(-3, 3)', as: array}");
    expect_decode(&fixture, "00010203", "{\"v\":66051,\"raw\":[1,2]}");
    close_items();
    open_items("{name: v, type: u16}", "{name: raw, value: bytes(2)}");
    expect_decode(&fixture, "0A0B", "{\"v\":2571,\"raw\":\"\"}");
    close_items();
    open_items("{name: v, type: u16}", "{name: raw, value: bytes(3)}");
    expect_decode(&fixture, "0A0B", "{\"v\":2571}");
    close_items();
}
END_TEST

/* What is left behind a layout is shown as well, and counts in the longest text. */
START_TEST(an_echo_of_what_is_ignored_has_a_bound)
{
    static uint8_t frame[4000];
    static char text[9000];
    struct dgm_outcome outcome;
    struct dgm_error error;
    fixture_open(&fixture, HEAD "messages:\n"
                                "  report:\n"
                                "    trailing_bytes: ignore\n"
                                "    fields:\n"
                                "      - {name: a, type: u8}\n"
                                "      - {name: all, value: bytes(), as: hex}\n");
    ck_assert_int_eq(dgm_decode(fixture.codec, &fixture.call, frame, sizeof(frame), text,
                                sizeof(text), &outcome, &error),
                     DGM_OK);
    ck_assert_uint_gt(outcome.length, 8000);
    ck_assert_uint_le(outcome.length, dgm_codec_json_max(fixture.codec, DGM_SHAPE_PLAIN));
    fixture_close(&fixture);
}
END_TEST

START_TEST(texts_and_bytes_may_be_constants)
{
    fixture_open(&fixture,
                 HEAD "messages:\n"
                      "  hello:\n"
                      "    fields:\n"
                      "      - {const: HELLO, type: text(5)}\n"
                      "      - {name: a, type: u8}\n"
                      "      - {reserved: bytes(3), fill: 0xFF}\n"
                      "  data:\n"
                      "    fields:\n"
                      "      - {const: \"00112233445566778899\", type: bytes(10)}\n"
                      "      - {const: AT, type: text(4), pad: 0x20}\n"
                      "      - {name: b, type: u8}\n");
    expect_both(&fixture, "48454C4C4F07FFFFFF", "{\"a\":7}");
    expect_decode(&fixture, "48454C4C4F07000000", "{\"a\":7}");
    expect_both(&fixture, "001122334455667788994154202005", "{\"b\":5}");
    expect_decode_error(&fixture, "48454C4C4E07FFFFFF", DGM_NO_MESSAGE, 0, "");
    fixture_close(&fixture);
}
END_TEST

START_TEST(expressions_see_bytes_and_bits)
{
    open_items("{name: a, type: u16}", "{name: v, value: u8(0) + u8(-1)}");
    expect_both(&fixture, "0105", "{\"a\":261,\"v\":6}");
    close_items();
    open_items("{name: a, type: u16}", "{name: v, value: u16(0)}");
    expect_decode(&fixture, "0105", "{\"a\":261,\"v\":261}");
    close_items();
    open_items("{name: a, type: u16}", "{name: v, value: u16(1)}");
    expect_decode(&fixture, "0105", "{\"a\":261}");
    close_items();
    /* 0xF5 is 1111 0101 */
    open_items("{name: a, type: u8}", "{name: v, value: 'bits(a, 6, 2) * 10 + ones(a)'}");
    expect_both(&fixture, "F5", "{\"a\":245,\"v\":296}");
    close_items();
    fixture_open(&fixture,
                 HEAD "wire: {byte_order: little}\n"
                      "messages:\n"
                      "  report:\n"
                      "    only: decode\n"
                      "    fields:\n"
                      "      - {name: n, type: u8}\n"
                      "      - size: n\n"
                      "        fields:\n"
                      "          - {name: a, type: u8, when: u16(0) == 0x0201}\n"
                      "          - {name: rest, type: bytes(rest), as: hex}\n"
                      "          - {name: echo, value: bytes(), as: array}\n"
                      "      - {name: b, type: u8}\n");
    expect_decode(&fixture, "02 0102 07",
                  "{\"n\":2,\"a\":1,\"rest\":\"02\",\"echo\":[1,2],\"b\":7}");
    expect_decode(&fixture, "02 0202 07",
                  "{\"n\":2,\"rest\":\"0202\",\"echo\":[2,2],\"b\":7}");
    close_items();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalars");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, values_are_read_and_written, 0,
                        sizeof(exact) / sizeof(exact[0]));
    tcase_add_loop_test(tcase, some_values_have_several_spellings, 0,
                        sizeof(lenient) / sizeof(lenient[0]));
    tcase_add_loop_test(tcase, what_is_no_value_is_told, 0,
                        sizeof(faults) / sizeof(faults[0]));
    tcase_add_loop_test(tcase, what_cannot_be_written_is_refused, 0,
                        sizeof(refusals) / sizeof(refusals[0]));
    tcase_add_loop_test(tcase, instants_in_every_form, 0,
                        sizeof(times) / sizeof(times[0]));
    tcase_add_test(tcase, a_count_before_digits_is_solved);
    tcase_add_test(tcase, a_constant_of_digits_is_checked);
    tcase_add_test(tcase, codings_work_inside_bit_groups);
    tcase_add_test(tcase, digits_that_are_the_identifier);
    tcase_add_test(tcase, a_text_that_ends_by_itself_is_followed_by_others);
    tcase_add_test(tcase, the_number_of_a_text_is_known_to_expressions);
    tcase_add_test(tcase, impossible_dates_are_errors);
    tcase_add_test(tcase, what_the_wire_cannot_tell_is_rounded_or_refused);
    tcase_add_test(tcase, an_instant_is_seconds_in_expressions);
    tcase_add_test(tcase, the_time_of_a_report_in_digits);
    tcase_add_test(tcase, raw_bytes_are_echoed);
    tcase_add_test(tcase, expressions_see_bytes_and_bits);
    tcase_add_test(tcase, texts_and_bytes_may_be_constants);
    tcase_add_test(tcase, an_echo_of_what_is_ignored_has_a_bound);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
