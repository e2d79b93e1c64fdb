/* SPDX-License-Identifier: MIT */
/*
 * Arrays that have members at their places, both directions; bytes that are read again;
 * what is collected also when there is nothing, and records that the end cuts off.
 */
#include <check.h>
#include <stdlib.h>

#include "../support/fixture.h"

#define REPORT HEAD "messages:\n  report:\n    fields:\n"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

#define PAIR                                                                             \
    "        fields:\n"                                                                  \
    "          - {name: x, type: i8}\n"                                                  \
    "          - {name: y, type: u16, scale: 0.1}\n"

START_TEST(members_of_a_group_stand_at_their_places)
{
    fixture_open(&fixture, REPORT "      - name: place\n        as: array\n" PAIR);
    expect_both(&fixture, "FF000F", "{\"place\":[-1,1.5]}");
    expect_encode_error(&fixture, "{\"place\":[-1]}", DGM_MISSING_MEMBER, "{\"place",
                        "place.y");
    expect_encode_error(&fixture, "{\"place\":[-1,1.5,2]}", DGM_UNKNOWN_MEMBER, "2]", "");
    expect_encode_error(&fixture, "{\"place\":{\"x\":-1,\"y\":1.5}}", DGM_TYPE, "{\"x",
                        "place");
    expect_encode_error(&fixture, "{\"place\":[-1,6553.6]}", DGM_RANGE, "6553.6",
                        "place.y");
    expect_encode_error(&fixture, "{\"place\":[-1,null]}", DGM_TYPE, "null", "place.y");
    expect_decode_error(&fixture, "FF00", DGM_TRUNCATED, 1, "place.y");
    close_fixture();
}
END_TEST

START_TEST(each_round_of_a_repetition_is_an_array)
{
    fixture_open(&fixture, REPORT
                 "      - {const: 1, type: u8}\n"
                 "      - name: path\n        repeat: rest\n        as: array\n" PAIR);
    expect_both(&fixture, "01FF000F010001", "{\"path\":[[-1,1.5],[1,0.1]]}");
    expect_both(&fixture, "01", "{\"path\":[]}");
    expect_encode_error(&fixture, "{\"path\":[[-1,1.5],{}]}", DGM_TYPE, "{}", "path");
    expect_encode_error(&fixture, "{\"path\":[[-1,1.5],[2]]}", DGM_MISSING_MEMBER, "[2]",
                        "path[1].y");
    close_fixture();
}
END_TEST

/* Objects, arrays and arrays with places inside one another; bits, and what computes. */
START_TEST(arrays_nest)
{
    fixture_open(&fixture, REPORT "      - name: a\n"
                                  "        as: array\n"
                                  "        fields:\n"
                                  "          - bits: u8\n"
                                  "            fields:\n"
                                  "              - {name: high, type: u4}\n"
                                  "              - {name: low, type: u4}\n"
                                  "          - name: object\n"
                                  "            fields: [{name: b, type: u8}]\n"
                                  "          - {name: list, type: u8, repeat: 2}\n"
                                  "          - name: inner\n"
                                  "            as: array\n"
                                  "            fields: [{name: c, type: u8}]\n"
                                  "          - {name: sum, value: high + low}\n"
                                  "          - {name: word, literal: end}\n");
    expect_both(&fixture, "1203040506", "{\"a\":[1,2,{\"b\":3},[4,5],[6],3,\"end\"]}");
    expect_encode(&fixture, "{\"a\":[1,2,{\"b\":3},[4,5],[6]]}", "1203040506");
    expect_encode_error(&fixture, "{\"a\":[1,2,{\"b\":3},[4,5],[6],3,\"other\"]}",
                        DGM_CONST, "\"other", "a.word");
    close_fixture();
}
END_TEST

/* Year, month and day from 2024-03-29 on. */
START_TEST(what_has_no_value_is_null_and_keeps_its_place)
{
    fixture_open(&fixture, REPORT
                 "      - name: a\n"
                 "        as: array\n"
                 "        fields:\n"
                 "          - {name: b, type: u8, invalid: 0xFF}\n"
                 "          - name: day\n"
                 "            time: members\n"
                 "            as: date\n"
                 "            fields:\n"
                 "              - {local: year, type: u8, offset: 2000, invalid: 0xFF}\n"
                 "              - {local: month, type: u8, invalid: 0xFF}\n"
                 "              - {local: day, type: u8, invalid: 0xFF}\n"
                 "          - {name: ratio, value: 1 / b}\n"
                 "          - {name: c, type: u8}\n");
    expect_both(&fixture, "0418031D05", "{\"a\":[4,\"2024-03-29\",0.25,5]}");
    expect_decode(&fixture, "FF18031D05", "{\"a\":[null,\"2024-03-29\",null,5]}");
    expect_encode(&fixture, "{\"a\":[null,\"2024-03-29\",null,5]}", "FF18031D05");
    expect_decode(&fixture, "00FFFFFF05", "{\"a\":[0,null,null,5]}");
    expect_encode(&fixture, "{\"a\":[0,null,null,5]}", "00FFFFFF05");
    close_fixture();
}
END_TEST

/* The sum of the second elements is 1 + 2. */
/* What counts together is no reading alone. */
START_TEST(null_stands_for_one_reading_only)
{
    fixture_open(&fixture, REPORT "      - name: pos\n"
                                  "        invalid: all\n"
                                  "        as: array\n"
                                  "        fields:\n"
                                  "          - {name: la, type: u8, invalid: 0}\n"
                                  "          - {name: lo, type: u8, invalid: 0}\n"
                                  "      - {name: x, type: u8}\n");
    expect_both(&fixture, "000105", "{\"pos\":[0,1],\"x\":5}");
    expect_both(&fixture, "000005", "{\"x\":5}");
    expect_encode_error(&fixture, "{\"pos\":[null,1],\"x\":5}", DGM_TYPE, "null",
                        "pos.la");
    close_fixture();
}
END_TEST

START_TEST(expressions_name_members_of_such_arrays)
{
    fixture_open(&fixture,
                 REPORT "      - {local: n, type: u8}\n"
                        "      - {local: total, type: u8, encode: sum(pairs.b)}\n"
                        "      - name: pairs\n"
                        "        repeat: n\n"
                        "        as: array\n"
                        "        fields:\n"
                        "          - {name: a, type: u8}\n"
                        "          - {name: b, type: u8}\n");
    expect_both(&fixture, "020307010902", "{\"pairs\":[[7,1],[9,2]]}");
    expect_both(&fixture, "0000", "{\"pairs\":[]}");
    close_fixture();
}
END_TEST

START_TEST(records_of_a_tag_loop_are_collected_as_arrays)
{
    fixture_open(&fixture, REPORT "      - tlv:\n"
                                  "          tag: u8\n"
                                  "          cases:\n"
                                  "            1:\n"
                                  "              name: pairs\n"
                                  "              collect: always\n"
                                  "              as: array\n"
                                  "              fields:\n"
                                  "                - {name: a, type: u8}\n"
                                  "                - {name: b, type: u8}\n"
                                  "            2: {name: c, type: u8}\n");
    expect_both(&fixture, "010203010405", "{\"pairs\":[[2,3],[4,5]]}");
    expect_both(&fixture, "0207", "{\"c\":7,\"pairs\":[]}");
    close_fixture();
}
END_TEST

START_TEST(bytes_may_be_read_again)
{
    fixture_open(&fixture, HEAD "messages:\n"
                                "  report:\n"
                                "    only: decode\n"
                                "    fields:\n"
                                "      - {name: size, type: u8}\n"
                                "      - {name: bytes, type: u8, repeat: rest}\n"
                                "      - at: 1\n"
                                "        again: true\n"
                                "        fields:\n"
                                "          - {name: words, type: u16, repeat: rest}\n"
                                "      - {at: -1, again: true, name: last, type: u8}\n");
    expect_decode(&fixture, "0900010203",
                  "{\"size\":9,\"bytes\":[0,1,2,3],\"words\":[1,515],\"last\":3}");
    close_fixture();
}
END_TEST

#define CUT                                                                              \
    "      - tlv:\n"                                                                     \
    "          tag: [{local: id, type: u8}, {local: length, type: u8}]\n"                \
    "          select: id\n"                                                             \
    "          size: length\n"                                                           \
    "          incomplete: stop\n"                                                       \
    "          unknown: skip\n"                                                          \
    "          cases:\n"                                                                 \
    "            1: {name: a, type: u16}\n"

START_TEST(a_record_that_is_cut_off_ends_the_loop)
{
    fixture_open(&fixture, REPORT "      - {name: n, type: u8}\n" CUT);
    expect_both(&fixture, "0001020304", "{\"n\":0,\"a\":772}");
    expect_notice(&fixture, "000102030401020F", "{\"n\":0,\"a\":772}", DGM_TRUNCATED,
                  "(tag)");
    expect_notice(&fixture, "00010203040102", "{\"n\":0,\"a\":772}", DGM_TRUNCATED,
                  "(tag)");
    expect_notice(&fixture, "000102030401", "{\"n\":0,\"a\":772}", DGM_TRUNCATED,
                  "(tag loop)");
    expect_notice(&fixture, "00010203040905AA", "{\"n\":0,\"a\":772}", DGM_TRUNCATED,
                  "(tag)");
    expect_decode_error(&fixture, "0001010304", DGM_TRUNCATED, 3, "a");
    close_fixture();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tuple");
    TCase *tests = tcase_create("tuple");
    tcase_add_test(tests, members_of_a_group_stand_at_their_places);
    tcase_add_test(tests, each_round_of_a_repetition_is_an_array);
    tcase_add_test(tests, arrays_nest);
    tcase_add_test(tests, what_has_no_value_is_null_and_keeps_its_place);
    tcase_add_test(tests, null_stands_for_one_reading_only);
    tcase_add_test(tests, expressions_name_members_of_such_arrays);
    tcase_add_test(tests, records_of_a_tag_loop_are_collected_as_arrays);
    tcase_add_test(tests, bytes_may_be_read_again);
    tcase_add_test(tests, a_record_that_is_cut_off_ends_the_loop);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
