/* SPDX-License-Identifier: MIT */
/* Composed texts: fields that make one text, both ways. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "../support/fixture.h"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

static void open_fields(const char *fields)
{
    static char yaml[8192];
    snprintf(yaml, sizeof(yaml), HEAD "messages:\n  report:\n    fields:\n%s", fields);
    fixture_open(&fixture, yaml);
}

START_TEST(numbers_are_joined_and_divided)
{
    open_fields("      - name: version\n"
                "        format: 'v{major}.{minor}.{patch}'\n"
                "        fields:\n"
                "          - {local: major, type: u8}\n"
                "          - {local: minor, type: u8}\n"
                "          - {local: patch, type: u16}\n"
                "      - {name: a, type: u8}\n");
    expect_both(&fixture, "01 0D 0102 07", "{\"version\":\"v1.13.258\",\"a\":7}");
    expect_both(&fixture, "FF 00 0000 00", "{\"version\":\"v255.0.0\",\"a\":0}");
    expect_encode(&fixture, "{\"a\":1,\"version\":\"v\\u0031.2.3\"}", "01 02 0003 01");
    expect_encode_error(&fixture, "{\"version\":\"1.2.3\",\"a\":1}", DGM_TEXT, "1.2.3",
                        "version");
    expect_encode_error(&fixture, "{\"version\":\"v1-2.3\",\"a\":1}", DGM_TEXT, "-2.3",
                        "version");
    expect_encode_error(&fixture, "{\"version\":\"v1.2.3.\",\"a\":1}", DGM_TEXT,
                        ".\",\"a", "version");
    expect_encode_error(&fixture, "{\"version\":\"v1.256.3\",\"a\":1}", DGM_RANGE, "256",
                        "version.minor");
    expect_encode_error(&fixture, "{\"version\":\"v01.2.3\",\"a\":1}", DGM_TEXT, "01",
                        "version.major");
    expect_encode_error(&fixture, "{\"version\":\"v1.2.\",\"a\":1}", DGM_TEXT, "\",\"a",
                        "version.patch");
    expect_encode_error(&fixture, "{\"version\":3,\"a\":1}", DGM_TYPE, "3", "version");
    expect_encode_error(&fixture, "{\"a\":1}", DGM_MISSING_MEMBER, NULL, "version");
    expect_decode_error(&fixture, "01 0D 01", DGM_TRUNCATED, 2, "version.patch");
}
END_TEST

/* 7 is 07, 0x0A is a, 0x1F is 001F, 1234 hundredths are 12.34 and with one decimal 12.3.
 */
START_TEST(verbs_write_digits)
{
    open_fields("      - name: t\n"
                "        format: '{a:02}|{b:x}|{c:04X}|{d:.1}|{e:.3}|{f:03}|{g}'\n"
                "        fields:\n"
                "          - {local: a, type: u8}\n"
                "          - {local: b, type: u8}\n"
                "          - {local: c, type: u16}\n"
                "          - {local: d, type: i16, scale: 0.01}\n"
                "          - {local: e, type: i8}\n"
                "          - {local: f, type: i16}\n"
                "          - {local: g, type: i16, scale: 0.01}\n");
    expect_both(&fixture, "07 0A 001F 04CE FE FFFB 04CE",
                "{\"t\":\"07|a|001F|12.3|-2.000|-005|12.3\"}");
    expect_both(&fixture, "7B FF ABCD FFF6 00 1234 FFFF",
                "{\"t\":\"123|ff|ABCD|-0.1|0.000|4660|-0.01\"}");
    /* 12.34 and 12.36 round to 12.3 and 12.4, -0.05 to -0.1. */
    expect_decode(&fixture, "00 00 0000 04D2 00 0000 0000",
                  "{\"t\":\"00|0|0000|12.3|0.000|000|0\"}");
    expect_decode(&fixture, "00 00 0000 FFFB 00 0000 0000",
                  "{\"t\":\"00|0|0000|-0.1|0.000|000|0\"}");
    expect_encode_error(&fixture, "{\"t\":\"7|a|001F|12.3|-2.000|-005|12.3\"}", DGM_TEXT,
                        "7|a", "t.a");
    expect_encode_error(&fixture, "{\"t\":\"07|A|001F|12.3|-2.000|-005|12.3\"}", DGM_TEXT,
                        "A|0", "t.b");
    expect_encode_error(&fixture, "{\"t\":\"07|a|1F|12.3|-2.000|-005|12.3\"}", DGM_TEXT,
                        "|12.3|-2", "t");
    expect_encode_error(&fixture, "{\"t\":\"07|a|001F|12|-2.000|-005|12.3\"}", DGM_TEXT,
                        "12|-2", "t.d");
    expect_encode_error(&fixture, "{\"t\":\"07|a|001F|12.3|-2.000|-005|1-2\"}", DGM_TEXT,
                        "1-2", "t.g");
}
END_TEST

START_TEST(parts_may_stand_in_another_order)
{
    open_fields("      - name: t\n"
                "        format: '{c}/{a}/{b}{{}}'\n"
                "        fields:\n"
                "          - {local: a, type: u8}\n"
                "          - {local: b, type: u8, enum: {0: low, 1: high}}\n"
                "          - {reserved: u8}\n"
                "          - {local: c, type: bytes(2), as: hex}\n"
                "      - {name: z, value: a + 1}\n");
    expect_both(&fixture, "07 01 00 BEEF", "{\"t\":\"beef/7/high{}\",\"z\":8}");
    expect_notice(&fixture, "07 02 00 BEEF", "{\"z\":8}", DGM_ENUM, "t.b");
    expect_encode_error(&fixture, "{\"t\":\"beef/7/mid{}\"}", DGM_ENUM, "mid", "t.b");
    expect_encode_error(&fixture, "{\"t\":\"beef/7/high\"}", DGM_TEXT, "\"}", "t");
}
END_TEST

START_TEST(texts_and_bits_are_parts)
{
    open_fields("      - name: id\n"
                "        format: '{kind}-{serial}: {note}'\n"
                "        fields:\n"
                "          - bits: u8\n"
                "            fields:\n"
                "              - {local: kind, type: u4}\n"
                "              - {local: n, type: u4, encode: 3}\n"
                "          - fields:\n"
                "              - {local: serial, type: text(4)}\n"
                "          - {local: note, type: text(n), encoding: utf8}\n"
                "      - name: bits\n"
                "        bits: u8\n"
                "        format: '{high}.{low}'\n"
                "        fields:\n"
                "          - {local: high, type: u4}\n"
                "          - {local: low, type: u4}\n");
    expect_both(&fixture, "A3 41422D22 C3A421 12",
                "{\"id\":\"10-AB-\\\": \xC3\xA4!\",\"bits\":\"1.2\"}");
    expect_encode_error(&fixture, "{\"id\":\"10-AB-C: \xC3\xA4\",\"bits\":\"1.2\"}",
                        DGM_LENGTH, "\xC3\xA4", "id.note");
}
END_TEST

START_TEST(values_with_units)
{
    open_fields("      - {name: t, type: i16, scale: 0.1, format: '{value} \"C\"',\n"
                "         invalid: 0x8000}\n"
                "      - {name: list, type: u8, repeat: 2, format: '#{value:03}',\n"
                "         invalid: {255: none}}\n"
                "      - {local: n, type: u8, encode: 3}\n"
                "      - {name: twice, value: n * 2, format: '{value}x'}\n"
                "      - {name: last, type: u8, optional: true, format: '{value}%',\n"
                "         default: '100%'}\n");
    expect_both(&fixture, "00EB 07 FF 03 05",
                "{\"t\":\"23.5 \\\"C\\\"\",\"list\":[\"#007\",\"#none\"],\"twice\":"
                "\"6x\",\"last\":\"5%\"}");
    expect_decode(&fixture, "8000 07 08 03",
                  "{\"list\":[\"#007\",\"#008\"],\"twice\":\"6x\",\"last\":\"100%\"}");
    expect_encode(&fixture, "{\"list\":[\"#007\",\"#008\"],\"last\":\"100%\"}",
                  "8000 07 08 03 64");
    expect_encode_error(&fixture,
                        "{\"t\":\"-3276.8 \\\"C\\\"\",\"list\":[\"#007\",\"#008\"]}",
                        DGM_RANGE, "-3276.8", "t.value");
}
END_TEST

/* year = raw + 2000 is solved for raw; half a byte each by bits. */
START_TEST(computed_parts_are_solved_or_compared)
{
    open_fields("      - name: t\n"
                "        format: '{year}-{month:02} ({half})'\n"
                "        fields:\n"
                "          - {local: raw, type: u8}\n"
                "          - {local: month, type: u8}\n"
                "          - {local: year, value: raw + 2000}\n"
                "          - {local: half, value: 1 if month <= 6 else 2}\n");
    expect_both(&fixture, "18 07", "{\"t\":\"2024-07 (2)\"}");
    expect_encode_error(&fixture, "{\"t\":\"2024-07 (1)\"}", DGM_TEXT, "1)", "t.half");
    expect_encode_error(&fixture, "{\"t\":\"1999-07 (2)\"}", DGM_RANGE, NULL, "t.raw");
}
END_TEST

START_TEST(a_text_may_be_missing)
{
    open_fields("      - {local: flags, type: u8, encode: 1 if has(t) else 0}\n"
                "      - name: t\n"
                "        when: flags.0\n"
                "        format: '{a}:{b}'\n"
                "        fields:\n"
                "          - {local: a, type: u8}\n"
                "          - {local: b, type: u8, invalid: {255: null}}\n"
                "      - {name: z, type: u8}\n");
    expect_both(&fixture, "01 02 03 04", "{\"t\":\"2:3\",\"z\":4}");
    expect_both(&fixture, "00 04", "{\"z\":4}");
    expect_decode(&fixture, "01 02 FF 04", "{\"z\":4}");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("format");
    TCase *tcase = tcase_create("format");
    tcase_add_checked_fixture(tcase, NULL, close_fixture);
    tcase_add_test(tcase, numbers_are_joined_and_divided);
    tcase_add_test(tcase, verbs_write_digits);
    tcase_add_test(tcase, parts_may_stand_in_another_order);
    tcase_add_test(tcase, texts_and_bits_are_parts);
    tcase_add_test(tcase, values_with_units);
    tcase_add_test(tcase, computed_parts_are_solved_or_compared);
    tcase_add_test(tcase, a_text_may_be_missing);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
