/* SPDX-License-Identifier: MIT */
/* What the words of the language do to frames and JSON, each both ways. */
#include <check.h>
#include <stdlib.h>

#include "../support/fixture.h"

#define HEAD                                                                             \
    "dragoman: 1\n"                                                                      \
    "product: {manufacturer_id: Acme, manufacturer_name: Acme, model: T1, device_type: " \
    "Meter,\n"                                                                           \
    "          protocol_type: CoAP}\n"

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
    expect_decode_error(&fixture, "01", DGM_NO_MESSAGE, 0, "");
    on_port(4000000000u);
    expect_decode(&fixture, "0102", "{\"c\":\"0102\"}");
    expect_decode(&fixture, "0102030405", "{\"c\":\"0102030405\"}");
    expect_decode(&fixture, "000102", "{\"d\":258}");
    expect_decode_error(&fixture, "01", DGM_NO_MESSAGE, 0, "");
    fixture.call.has_channel = false;
    expect_decode_error(&fixture, "01", DGM_NO_MESSAGE, 0, "");
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

int main(void)
{
    Suite *suite = suite_create("language");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, NULL, close_fixture);
    tcase_add_test(all, any_constant_of_a_list_is_read_and_the_first_written);
    tcase_add_test(all, a_named_constant_of_a_list_may_be_given);
    tcase_add_test(all, messages_are_chosen_by_port_and_length);
    tcase_add_test(all, encoding_tells_the_first_port);
    tcase_add_test(all, matched_fields_choose_the_message_and_are_written);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
