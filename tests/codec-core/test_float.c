/* SPDX-License-Identifier: MIT */
/* Floats, curves and what is calculated with them, both ways. */
#include <check.h>
#include <stdlib.h>

#include "../support/fixture.h"

#define REPORT "messages:\n  report:\n    fields:\n"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

START_TEST(decimals_round_the_exact_value)
{
    fixture_open(&fixture,
                 HEAD REPORT "      - {name: a, type: f32, decimals: 4}\n"
                             "      - {name: b, type: f64le, decimals: 2}\n"
                             "      - {name: c, type: f32, decimals: 0, ties: even}\n");
    /* 41B4B8EF is the single nearest to 22.5903; 1.005 is 1.00499999999999989... */
    expect_both(&fixture, "41B4B8EF 000000000000F03F 40000000",
                "{\"a\":22.5903,\"b\":1,\"c\":2}");
    expect_decode(&fixture, "41B4B8F8 14AE47E17A14F03F 40200000",
                  "{\"a\":22.5903,\"b\":1,\"c\":2}");
    /* 1.0050000000000001 */
    expect_decode(&fixture, "BF800000 15AE47E17A14F03F 40600000",
                  "{\"a\":-1,\"b\":1.01,\"c\":4}");
    /* Numbers beyond the digits are whole. */
    expect_decode(&fixture, "7149F2CA 9C7500883CE4377E BF000000",
                  "{\"a\":1000000015047466219876688855040,\"b\":1e+300,\"c\":0}");
}
END_TEST

START_TEST(a_float_is_scaled_as_binary64)
{
    fixture_open(&fixture, HEAD REPORT
                 "      - {name: a, type: f32, scale: 0.1, offset: -3}\n"
                 "      - {name: b, type: f32, scale: 5/9, offset: -160/9, decimals: 1}\n"
                 "      - {name: c, type: f64, scale: -2}\n");
    /* 1.5 * 0.1 - 3 = -2.85; (98.6 - 32) * 5 / 9 = 37 */
    expect_both(&fixture, "3FC00000 42C53333 BFF8000000000000",
                "{\"a\":-2.85,\"b\":37,\"c\":3}");
    expect_encode_error(&fixture, "{\"a\":1e39,\"b\":1,\"c\":1}", DGM_RANGE, "1e39", "a");
}
END_TEST

START_TEST(patterns_stand_for_no_reading)
{
    fixture_open(&fixture,
                 HEAD REPORT "      - {name: a, type: f32, invalid: 0x7FC00000}\n"
                             "      - name: b\n"
                             "        type: f32\n"
                             "        invalid: {0x7F800000: null, 0xC2C80000: open}\n"
                             "        valid: -50..50\n"
                             "      - {name: c, value: \"or_else(a, 7) * 2\"}\n");
    expect_both(&fixture, "3F800000 40000000", "{\"a\":1,\"b\":2,\"c\":2}");
    expect_both(&fixture, "7FC00000 7F800000", "{\"b\":null,\"c\":14}");
    expect_both(&fixture, "3F800000 C2C80000", "{\"a\":1,\"b\":\"open\",\"c\":2}");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":-100}", DGM_RANGE, "-100", "b");
    /* Another NaN is left out with a notice. */
    expect_notice(&fixture, "7FC00001 40000000", "{\"b\":2,\"c\":14}", DGM_NO_NUMBER,
                  "a");
}
END_TEST

START_TEST(limits_hold_for_floats_of_any_size)
{
    fixture_open(&fixture, HEAD REPORT
                 "      - {name: a, type: f64, valid: 0..100}\n"
                 "      - {name: b, type: f64, valid: -1..1, outside: clamp}\n");
    expect_both(&fixture, "4059000000000000 3FF0000000000000", "{\"a\":100,\"b\":1}");
    /* 1e300 and -1e300 */
    expect_notice(&fixture, "7E37E43C8800759C FE37E43C8800759C", "{\"b\":-1}", DGM_RANGE,
                  "a");
    /* 1e-300 is as good as zero */
    expect_both(&fixture, "01A56E1FC2F8F359 3FE0000000000000",
                "{\"a\":1e-300,\"b\":0.5}");
    expect_encode(&fixture, "{\"a\":1,\"b\":1e300}", "3FF0000000000000 3FF0000000000000");
    expect_encode_error(&fixture, "{\"a\":1e300,\"b\":0}", DGM_RANGE, "1e300", "a");
    expect_encode_error(&fixture, "{\"a\":-1e-300,\"b\":1e999}", DGM_RANGE, "1e999", "b");
}
END_TEST

/* By the rows, and by a plan where there is one. */
START_TEST(a_float_beyond_its_limits_is_not_printed)
{
    fixture_open(&fixture, HEAD REPORT
                 "      - {name: a, type: f32, valid: -1000..1000, outside: clamp}\n");
    expect_decode(&fixture, "447A0001", "{\"a\":1000}");
    expect_decode(&fixture, "FF7FFFFF", "{\"a\":-1000}");
    expect_both(&fixture, "447A0000", "{\"a\":1000}");
    fixture_close(&fixture);
    fixture_open(&fixture, HEAD REPORT
                 "      - {name: a, type: f32le, valid: -1..1000, outside: 'null'}\n");
    expect_decode(&fixture, "01007A44", "{\"a\":null}");
    expect_both(&fixture, "000080BF", "{\"a\":-1}");
}
END_TEST

START_TEST(half_and_brain_floats_have_their_own_shortest_text)
{
    fixture_open(&fixture, HEAD REPORT "      - {name: a, type: f16}\n"
                                       "      - {name: b, type: bf16le, as: text}\n"
                                       "      - {name: c, type: f16le, default: 1.5}\n");
    /* 0x3555 is 1365/4096 = 0.33325...; 0x3EAB is 171/512 = 0.333984... */
    expect_both(&fixture, "3555 AB3E 003E", "{\"a\":0.3333,\"b\":\"0.334\",\"c\":1.5}");
    /* The largest, the smallest subnormal 2^-24, one that overflows */
    expect_both(&fixture, "7BFF 0080 0100", "{\"a\":65500,\"b\":\"-0\",\"c\":6e-8}");
    expect_encode(&fixture, "{\"a\":65519.9,\"b\":\"1e-50\"}", "7BFF 0000 003E");
    expect_encode_error(&fixture, "{\"a\":65520,\"b\":\"1\"}", DGM_RANGE, "65520", "a");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":2}", DGM_TYPE, "2", "b");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":\"2x\"}", DGM_TYPE, "\"2x\"", "b");
    expect_notice(&fixture, "7C00 803F 003C", "{\"b\":\"1\",\"c\":1}", DGM_NO_NUMBER,
                  "a");
}
END_TEST

/* The formats of an air sensor: no hidden bit, no sign or one, in bytes and in bits. */
static const char vendor_floats[] = HEAD
    "floats:\n"
    "  uflt16: {sign: 0, exponent: 4, fraction: 12, bias: 15, hidden: false, special: "
    "false}\n"
    "  sflt16: {sign: 1, exponent: 4, fraction: 11, bias: 15, hidden: false, special: "
    "false}\n"
    "  uflt12: {sign: 0, exponent: 4, fraction: 8, bias: 15, hidden: false, special: "
    "false}\n" REPORT "      - {name: a, type: uflt16, scale: 65536}\n"
    "      - {name: b, type: sflt16}\n"
    "      - bits: u16\n"
    "        fields:\n"
    "          - {name: c, type: u4}\n"
    "          - {name: d, type: uflt12}\n";

START_TEST(a_profile_describes_its_own_floats)
{
    fixture_open(&fixture, vendor_floats);
    /* 0x999 / 4096 * 2^(9 - 15) * 65536 = 614.25; -0x400 / 2048 * 2^0; 0x80 / 256 * 2^0
     */
    expect_both(&fixture, "9999 FC00 3F80",
                "{\"a\":614.25,\"b\":-0.5,\"c\":3,\"d\":0.5}");
    /* Another way to write 0.5 * 2^-1 is read as well. */
    expect_decode(&fixture, "F400 0000 0FFF",
                  "{\"a\":16384,\"b\":0,\"c\":0,\"d\":0.996}");
    expect_encode_error(&fixture, "{\"a\":65536,\"b\":0,\"c\":0,\"d\":0}", DGM_RANGE,
                        "65536", "a");
    expect_encode_error(&fixture, "{\"a\":-1,\"b\":0,\"c\":0,\"d\":0}", DGM_RANGE, "-1",
                        "a");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":0,\"c\":0,\"d\":-0.1}", DGM_RANGE,
                        "-0.1", "d");
}
END_TEST

START_TEST(expressions_calculate_with_floats)
{
    fixture_open(&fixture,
                 HEAD REPORT "      - {name: a, type: f64}\n"
                             "      - {name: b, type: f32}\n"
                             "      - {name: c, type: u8}\n"
                             "      - {name: product, value: a * c}\n"
                             "      - {name: third, value: c / 3}\n"
                             "      - {name: log, value: ln(c) + 0.5, decimals: 6}\n"
                             "      - {name: root, value: sqrt(a - 10), as: text}\n"
                             "      - {name: near, value: a == 0.1}\n"
                             "      - {name: warm, value: b > 0.1}\n");
    /* A single is widened: 0.1 is 0.100000001490116... there. */
    expect_both(
        &fixture, "3FB999999999999A 3DCCCCCD 03",
        "{\"a\":0.1,\"b\":0.1,\"c\":3,\"product\":0.30000000000000004,\"third\":1,"
        "\"log\":1.598612,\"near\":true,\"warm\":true}");
    /* No logarithm of zero; the root of 12.25 - 10 */
    expect_both(&fixture, "4028800000000000 00000000 00",
                "{\"a\":12.25,\"b\":0,\"c\":0,\"product\":0,\"third\":0,\"root\":\"1.5\","
                "\"near\":false,\"warm\":false}");
}
END_TEST

START_TEST(floats_stand_in_texts)
{
    fixture_open(&fixture, HEAD "curves:\n"
                                "  bent: {points: [[0, 0], [10, 105]]}\n" REPORT
                                "      - {name: a, type: f32, format: '{value:.2} V'}\n"
                                "      - name: b\n"
                                "        format: '{x}/{y:.1}'\n"
                                "        fields:\n"
                                "          - {local: x, type: f16, decimals: 1}\n"
                                "          - {local: y, type: u8, curve: bent}\n");
    /* 3.1415927, 1.5, 0.75 * 105 / 10 of 7 */
    expect_decode(&fixture, "40490FDB 3E00 07", "{\"a\":\"3.14 V\",\"b\":\"1.5/73.5\"}");
    expect_both(&fixture, "40400000 BE00 05", "{\"a\":\"3.00 V\",\"b\":\"-1.5/52.5\"}");
    expect_encode_error(&fixture, "{\"a\":\"1.5 V\",\"b\":\"1/1.0\"}", DGM_TEXT, "1.5 V",
                        "a.value");
}
END_TEST

START_TEST(a_local_float_is_solved_for)
{
    fixture_open(&fixture,
                 HEAD REPORT "      - {local: raw, type: f32}\n"
                             "      - {name: v, value: raw * 2 + 1}\n"
                             "      - {local: gain, type: f32, default: 2.5}\n"
                             "      - {local: sum, type: f64, encode: v / 3}\n");
    /* raw = (4 - 1) / 2 */
    expect_encode(&fixture, "{\"v\":4}", "3FC00000 40200000 3FF5555555555555");
    expect_decode(&fixture, "3FC00000 40200000 3FF5555555555555", "{\"v\":4}");
}
END_TEST

static const char curves[] =
    HEAD "curves:\n"
         "  ntc: {points: [[0, -40], [100, 0], [300, 85.5]]}\n"
         "  falls: {points: [[10, 9.5], [20, 0.5]], outside: extend}\n"
         "  hill: {points: [[0, 0], [10, 1], [20, 0]], outside: refuse}\n" REPORT
         "      - {name: a, type: u16, curve: ntc, decimals: 2}\n"
         "      - {name: b, type: i8, scale: 2, curve: falls}\n"
         "      - {name: c, type: f32, curve: ntc, invalid: {0x7FC00000: null}}\n"
         "      - {name: d, type: u8}\n"
         "      - {name: e, value: \"curve(hill, d)\"}\n";

START_TEST(curves_go_both_ways)
{
    fixture_open(&fixture, curves);
    /* 150: 0 + 50 * 85.5 / 200 = 21.375; 2 * 7 = 14: 9.5 - 4 * 9 / 10 = 5.9;
     * 50: -40 + 50 * 40 / 100 = -20 */
    expect_both(&fixture, "0096 07 42480000 05",
                "{\"a\":21.38,\"b\":5.9,\"c\":-20,\"d\":5,\"e\":0.5}");
    /* Beyond the ends: clamped, extended, refused. 2 * 15 = 30: 9.5 - 20 * 9 / 10 */
    expect_decode(&fixture, "0200 0F 43C80000 15",
                  "{\"a\":85.5,\"b\":-8.5,\"c\":85.5,\"d\":21}");
    expect_encode(&fixture, "{\"a\":85.5,\"b\":-8.5,\"c\":null,\"d\":1}",
                  "012C 0F 7FC00000 01");
    expect_encode_error(&fixture, "{\"a\":85.51,\"b\":0,\"c\":0,\"d\":1}", DGM_RANGE,
                        "85.51", "a");
    expect_encode_error(&fixture, "{\"a\":1,\"b\":-300,\"c\":0,\"d\":1}", DGM_RANGE,
                        "-300", "b");
}
END_TEST

START_TEST(a_curve_that_refuses_is_an_error)
{
    fixture_open(&fixture,
                 HEAD "curves:\n"
                      "  part: {points: [[10, 1], [20, 2]], outside: refuse}\n" REPORT
                      "      - {name: a, type: u8, curve: part}\n");
    expect_both(&fixture, "0F", "{\"a\":1.5}");
    expect_decode_error(&fixture, "09", DGM_RANGE, 0, "a");
    expect_encode_error(&fixture, "{\"a\":2.1}", DGM_RANGE, "2.1", "a");
}
END_TEST

/* Decoding rounds: the last raw, -127, is the one that decodes to the value. */
START_TEST(sign_and_magnitude_have_no_smallest_of_twos_complement)
{
    fixture_open(&fixture, HEAD REPORT "      - {name: s, type: u8}\n"
                                       "      - {name: a, type: sm8, scale: s / 10, "
                                       "decimals: 0}\n");
    expect_both(&fixture, "04 FF", "{\"s\":4,\"a\":-51}");
    expect_encode_error(&fixture, "{\"s\":4,\"a\":-52}", DGM_RANGE, "-52", "a");
    fixture_close(&fixture);
    fixture_open(&fixture,
                 HEAD REPORT "      - {name: a, type: sm8, scale: 1/3, decimals: 1}\n");
    expect_both(&fixture, "FF", "{\"a\":-42.3}");
    expect_encode_error(&fixture, "{\"a\":-42.7}", DGM_RANGE, "-42.7", "a");
}
END_TEST

START_TEST(a_scale_depends_on_earlier_fields)
{
    fixture_open(&fixture, HEAD REPORT
                 "      - {name: exponent, type: i8}\n"
                 "      - {name: zero, type: i8}\n"
                 "      - {name: a, type: i16, scale: pow10(exponent), offset: zero}\n"
                 "      - {name: b, type: u8, scale: zero, inexact: refuse}\n");
    expect_both(&fixture, "FE 03 04D2 02",
                "{\"exponent\":-2,\"zero\":3,\"a\":15.34,\"b\":6}");
    expect_both(&fixture, "02 FF FFFE 02",
                "{\"exponent\":2,\"zero\":-1,\"a\":-201,\"b\":-2}");
    /* The nearest raw; one that does not fit; one between two */
    expect_encode(&fixture, "{\"exponent\":1,\"zero\":2,\"a\":17,\"b\":4}",
                  "01 02 0002 02");
    expect_encode_error(&fixture, "{\"exponent\":-2,\"zero\":3,\"a\":400,\"b\":3}",
                        DGM_RANGE, "400", "a");
    expect_encode_error(&fixture, "{\"exponent\":0,\"zero\":2,\"a\":1,\"b\":3}",
                        DGM_INEXACT, "3}", "b");
    /* A scale of zero says nothing of the raw value. */
    expect_decode(&fixture, "00 00 0001 02",
                  "{\"exponent\":0,\"zero\":0,\"a\":1,\"b\":0}");
    expect_encode_error(&fixture, "{\"exponent\":0,\"zero\":0,\"a\":1,\"b\":0}",
                        DGM_NOT_ENCODABLE, "0}", "b");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("float");
    TCase *tests = tcase_create("float");
    tcase_add_checked_fixture(tests, NULL, close_fixture);
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, decimals_round_the_exact_value);
    tcase_add_test(tests, a_float_is_scaled_as_binary64);
    tcase_add_test(tests, patterns_stand_for_no_reading);
    tcase_add_test(tests, limits_hold_for_floats_of_any_size);
    tcase_add_test(tests, a_float_beyond_its_limits_is_not_printed);
    tcase_add_test(tests, half_and_brain_floats_have_their_own_shortest_text);
    tcase_add_test(tests, a_profile_describes_its_own_floats);
    tcase_add_test(tests, expressions_calculate_with_floats);
    tcase_add_test(tests, floats_stand_in_texts);
    tcase_add_test(tests, a_local_float_is_solved_for);
    tcase_add_test(tests, curves_go_both_ways);
    tcase_add_test(tests, a_curve_that_refuses_is_an_error);
    tcase_add_test(tests, sign_and_magnitude_have_no_smallest_of_twos_complement);
    tcase_add_test(tests, a_scale_depends_on_earlier_fields);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
