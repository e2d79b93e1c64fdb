/* SPDX-License-Identifier: MIT */
/* Parts of a frame with a size of their own. Both directions. */
#include <check.h>
#include <stdlib.h>

#include "../support/fixture.h"

#define REPORT HEAD "messages:\n  report:\n    fields:\n"

static struct fixture fixture;

static void close_fixture(void)
{
    fixture_close(&fixture);
}

START_TEST(a_group_has_the_size_that_a_field_before_it_tells)
{
    fixture_open(&fixture, REPORT "      - {local: n, type: u8}\n"
                                  "      - size: n\n"
                                  "        fields:\n"
                                  "          - {name: a, type: u8}\n"
                                  "          - {name: note, type: text(rest)}\n"
                                  "      - {name: b, type: u8}\n");
    expect_both(&fixture, "03 07 4142 09", "{\"a\":7,\"note\":\"AB\",\"b\":9}");
    expect_both(&fixture, "01 07 09", "{\"a\":7,\"note\":\"\",\"b\":9}");
    /* The group would need more than there is, or less than its items. */
    expect_decode_error(&fixture, "05 07 4142 09", DGM_TRUNCATED, 1, "(group)");
    expect_decode_error(&fixture, "00 07", DGM_TRUNCATED, 1, "a");
    close_fixture();
}
END_TEST

/* What earlier calls leave on the stack is no place to look at. */
static void fill_stack(void)
{
    volatile unsigned char rest[1 << 18];
    for (size_t i = 0; i < sizeof(rest); i++)
        rest[i] = 0x5A;
}

START_TEST(a_size_below_zero_is_refused_whatever_the_stack_holds)
{
    fixture_open(&fixture, REPORT "      - name: list\n"
                                  "        repeat: rest\n"
                                  "        fields:\n"
                                  "          - {local: n, type: u8}\n"
                                  "          - size: n - 1\n"
                                  "            fields:\n"
                                  "              - {name: id, type: u8}\n"
                                  "              - {name: samples, type: u16, repeat: "
                                  "rest}\n");
    expect_both(&fixture, "04 01 0002 02 05",
                "{\"list\":[{\"id\":1,\"samples\":[2]},{\"id\":5,\"samples\":[]}]}");
    fill_stack();
    expect_decode_error(&fixture, "00 01 0002", DGM_LENGTH, 1, "list[0].(group)");
    close_fixture();
}
END_TEST

START_TEST(nothing_may_be_left_in_a_group)
{
    fixture_open(&fixture, REPORT "      - {local: n, type: u8}\n"
                                  "      - name: at\n"
                                  "        size: n - 1\n"
                                  "        fields:\n"
                                  "          - {name: a, type: u8}\n"
                                  "          - {name: b, type: u8, optional: true}\n"
                                  "          - {name: c, type: u8, optional: true}\n"
                                  "      - {name: d, type: u8}\n");
    expect_both(&fixture, "03 0102 09", "{\"at\":{\"a\":1,\"b\":2},\"d\":9}");
    expect_both(&fixture, "04 010203 09", "{\"at\":{\"a\":1,\"b\":2,\"c\":3},\"d\":9}");
    expect_decode_error(&fixture, "05 01020304 09", DGM_TRAILING_BYTES, 4, "at");
    expect_decode_error(&fixture, "00 01", DGM_LENGTH, 1, "at");
    expect_encode_error(&fixture, "{\"at\":{\"a\":1,\"c\":3},\"d\":9}",
                        DGM_MISSING_MEMBER, NULL, "at.b");
    close_fixture();
}
END_TEST

START_TEST(what_is_left_in_a_group_can_be_ignored)
{
    fixture_open(&fixture, HEAD "wire: {trailing_bytes: ignore}\n"
                                "messages:\n  report:\n    fields:\n"
                                "      - size: 4\n"
                                "        fields:\n"
                                "          - {name: a, type: u8}\n"
                                "          - {name: b, type: u8, optional: true}\n"
                                "      - {name: c, type: u8}\n");
    expect_decode(&fixture, "01 02 0304 05", "{\"a\":1,\"b\":2,\"c\":5}");
    expect_encode(&fixture, "{\"a\":1,\"c\":5}", "01 000000 05");
    close_fixture();
}
END_TEST

START_TEST(expressions_know_how_many_bytes_are_left)
{
    fixture_open(&fixture, HEAD "wire: {trailer: [{local: sum, type: u8}]}\n"
                                "messages:\n  report:\n    only: decode\n    fields:\n"
                                "      - {name: all, value: frame.left}\n"
                                "      - {local: n, type: u8}\n"
                                "      - size: n\n"
                                "        fields:\n"
                                "          - {name: inner, value: frame.left}\n"
                                "          - {name: pair, type: u16, when: frame.left "
                                ">= 2}\n"
                                "          - {name: one, type: u8, when: frame.left == "
                                "1}\n"
                                "      - {name: outer, value: frame.left}\n"
                                "      - {name: data, type: bytes(frame.left), as: hex}\n"
                                "      - {name: none, value: frame.left}\n");
    expect_decode(
        &fixture, "02 0102 AABB FF",
        "{\"all\":5,\"inner\":2,\"pair\":258,\"outer\":2,\"data\":\"aabb\",\"none\":0}");
    expect_decode(
        &fixture, "01 07 FF",
        "{\"all\":2,\"inner\":1,\"one\":7,\"outer\":0,\"data\":\"\",\"none\":0}");
    expect_decode_error(&fixture, "00", DGM_TRUNCATED, 1, "sum");
    close_fixture();
}
END_TEST

START_TEST(a_record_can_depend_on_what_is_left)
{
    fixture_open(&fixture,
                 HEAD "messages:\n  report:\n    only: decode\n    fields:\n"
                      "      - tlv:\n"
                      "          tag: u8\n"
                      "          cases:\n"
                      "            1: {name: a, type: u8}\n"
                      "            2:\n"
                      "              - {name: long, type: u24, when: frame.left >= 3}\n"
                      "              - {name: short, type: u8, when: not has(long)}\n");
    expect_decode(&fixture, "02 000102 01 09", "{\"long\":258,\"a\":9}");
    expect_decode(&fixture, "01 09 02 07", "{\"a\":9,\"short\":7}");
    close_fixture();
}
END_TEST

START_TEST(bits_can_tell_a_size_in_words)
{
    fixture_open(&fixture,
                 REPORT "      - bits: u16le\n"
                        "        fields:\n"
                        "          - {name: kind, type: u4}\n"
                        "          - {local: words, type: u4, scale: 2, offset: "
                        "2}\n"
                        "          - {name: id, type: u8}\n"
                        "      - name: list\n"
                        "        repeat: 1\n"
                        "        size: words\n"
                        "        fields:\n"
                        "          - {name: data, type: bytes(rest), as: hex}\n"
                        "      - {name: after, value: words}\n");
    /* 0x3207: kind 3, words 2 * 2 + 2 = 6, id 7 */
    expect_both(
        &fixture, "0732 010203040506",
        "{\"kind\":3,\"id\":7,\"list\":[{\"data\":\"010203040506\"}],\"after\":6}");
    expect_encode_error(&fixture,
                        "{\"kind\":3,\"id\":7,\"list\":[{\"data\":\"0102030405\"}]}",
                        DGM_LENGTH, NULL, "words");
    close_fixture();
}
END_TEST

START_TEST(records_carry_their_own_sizes)
{
    fixture_open(&fixture, REPORT "      - name: list\n"
                                  "        repeat: rest\n"
                                  "        fields:\n"
                                  "          - {local: n, type: u8}\n"
                                  "          - size: n\n"
                                  "            fields:\n"
                                  "              - {name: id, type: u8}\n"
                                  "              - {name: samples, type: u16, repeat: "
                                  "rest}\n");
    expect_both(&fixture, "03 01 0002 01 05 05 02 00030004",
                "{\"list\":[{\"id\":1,\"samples\":[2]},{\"id\":5,\"samples\":[]},"
                "{\"id\":2,\"samples\":[3,4]}]}");
    expect_decode_error(&fixture, "04 01 000203", DGM_TRUNCATED, 4, "list[0].samples[1]");
    close_fixture();
}
END_TEST

START_TEST(a_list_ends_with_its_group)
{
    fixture_open(&fixture, REPORT "      - {name: n, type: u8}\n"
                                  "      - size: n\n"
                                  "        fields:\n"
                                  "          - {name: list, repeat: rest, type: u8}\n"
                                  "      - {name: end, type: u8}\n");
    expect_both(&fixture, "02 0102 03", "{\"n\":2,\"list\":[1,2],\"end\":3}");
    expect_encode(&fixture, "{\"list\":[1,2],\"end\":3}", "02 0102 03");
    expect_encode_error(&fixture, "{\"n\":3,\"list\":[1,2],\"end\":3}",
                        DGM_COUNT_MISMATCH, "3,\"list", "n");
    close_fixture();
}
END_TEST

START_TEST(a_stride_is_the_same_for_each_round)
{
    fixture_open(&fixture, REPORT "      - {local: stride, type: u8}\n"
                                  "      - name: list\n"
                                  "        repeat: rest\n"
                                  "        size: stride\n"
                                  "        fields:\n"
                                  "          - {name: a, type: u8}\n"
                                  "          - {name: b, type: u8, optional: true}\n");
    expect_both(&fixture, "02 0102 0304",
                "{\"list\":[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4}]}");
    expect_both(&fixture, "01 01 03", "{\"list\":[{\"a\":1},{\"a\":3}]}");
    expect_encode_error(&fixture, "{\"list\":[{\"a\":1},{\"a\":3,\"b\":4}]}", DGM_LENGTH,
                        NULL, "list");
    expect_decode_error(&fixture, "00 01", DGM_TRUNCATED, 1, "list[0].a");
    close_fixture();
}
END_TEST

START_TEST(a_size_that_does_not_fit_its_field_is_refused)
{
    fixture_open(&fixture,
                 REPORT "      - bits: u8\n"
                        "        fields: [{local: n, type: u2}, {name: k, type: "
                        "u6}]\n"
                        "      - size: n\n"
                        "        fields: [{name: note, type: text(rest)}]\n");
    expect_both(&fixture, "C1 414243", "{\"k\":1,\"note\":\"ABC\"}");
    expect_encode_error(&fixture, "{\"k\":1,\"note\":\"ABCD\"}", DGM_LENGTH, NULL, "n");
    close_fixture();
}
END_TEST

START_TEST(a_short_frame_is_filled_up_only_where_it_ends)
{
    fixture_open(&fixture, HEAD "wire: {short_frame: zero_fill}\n"
                                "messages:\n  report:\n    only: decode\n    fields:\n"
                                "      - {local: n, type: u8}\n"
                                "      - size: n\n"
                                "        fields: [{name: a, type: u16}]\n"
                                "      - {name: b, type: u8}\n");
    expect_decode(&fixture, "02 0102", "{\"a\":258,\"b\":0}");
    expect_decode(&fixture, "02 01", "{\"a\":256,\"b\":0}");
    expect_decode_error(&fixture, "01 01 02", DGM_TRUNCATED, 1, "a");
    close_fixture();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("regions");
    TCase *all = tcase_create("all");
    tcase_add_test(all, a_group_has_the_size_that_a_field_before_it_tells);
    tcase_add_test(all, a_size_below_zero_is_refused_whatever_the_stack_holds);
    tcase_add_test(all, nothing_may_be_left_in_a_group);
    tcase_add_test(all, what_is_left_in_a_group_can_be_ignored);
    tcase_add_test(all, expressions_know_how_many_bytes_are_left);
    tcase_add_test(all, a_record_can_depend_on_what_is_left);
    tcase_add_test(all, bits_can_tell_a_size_in_words);
    tcase_add_test(all, records_carry_their_own_sizes);
    tcase_add_test(all, a_list_ends_with_its_group);
    tcase_add_test(all, a_stride_is_the_same_for_each_round);
    tcase_add_test(all, a_size_that_does_not_fit_its_field_is_refused);
    tcase_add_test(all, a_short_frame_is_filled_up_only_where_it_ends);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
