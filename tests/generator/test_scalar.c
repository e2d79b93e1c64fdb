/* SPDX-License-Identifier: MIT */
/* Scalars by what the place expects: each row is the YAML of one value. */
#include "scalar.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "front.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct front front;

/* The value of the one key of a profile. */
static const struct node *value_of(const char *yaml)
{
    static char text[512]; /* the findings point into it */

    snprintf(text, sizeof(text), "a: %s\n", yaml);
    front_open_text(&front, text);
    ck_assert_msg(front.root != NULL, "%s: %s", yaml, front_findings(&front));
    return front.root->items[0];
}

/* The ids of the rules that were broken, each with a blank behind. */
static const char *broken(void)
{
    static char rules[200];

    rules[0] = '\0';
    for (size_t i = 0; i < front.diag.count; i++)
        snprintf(rules + strlen(rules), sizeof(rules) - strlen(rules), "%s%s",
                 i == 0 ? "" : " ", front.diag.items[i].rule);
    return rules;
}

/* What came out: the result, or the rule that was broken. */
static void expect_outcome(const char *yaml, const char *result, const char *expected)
{
    const char *outcome = result != NULL ? result : broken();

    ck_assert_msg(strcmp(outcome, expected) == 0, "%s: %s instead of %s", yaml, outcome,
                  expected);
    ck_assert_int_eq(result == NULL, front.diag.count != 0);
    front_close(&front);
}

struct scalar_case {
    const char *yaml, *outcome;
};

static const struct scalar_case texts[] = {
    {"flow", "flow"},
    {"'on'", "on"},
    {"\"1\"", "1"},
    {"''", ""},
    {"two words", "two words"},
    {"m3", "m3"},
    {"V1.2.3", "V1.2.3"},
    {"1.2.3", "1.2.3"},
    {"LHT65", "LHT65"},
    {"0001A", "0001A"},
    {"20190329T101605Z", "20190329T101605Z"},
    {"3D", "3D"},
    {"yesterday", "yesterday"},
    {"Null1", "Null1"},
    {"--", "--"},
    {"1-2-3", "1-2-3"},
    {"2018-07", "2018-07"},
    {"12:30:5x", "12:30:5x"},
    {"1e", "1e"},
    {".", "."},
    {"_1", "_1"},
    {"on", "quote-text"},
    {"On", "quote-text"},
    {"OFF", "quote-text"},
    {"yes", "quote-text"},
    {"No", "quote-text"},
    {"y", "quote-text"},
    {"N", "quote-text"},
    {"true", "quote-text"},
    {"FALSE", "quote-text"},
    {"null", "quote-text"},
    {"~", "quote-text"},
    {"Null", "quote-text"},
    {"1", "quote-text"},
    {"-1", "quote-text"},
    {"+1", "quote-text"},
    {"010", "quote-text"},
    {"0o7", "quote-text"},
    {"0b1", "quote-text"},
    {"0x1F", "quote-text"},
    {"1_000", "quote-text"},
    {"12:30", "quote-text"},
    {"12:30:59.5", "quote-text"},
    {"1.5", "quote-text"},
    {".5", "quote-text"},
    {"5.", "quote-text"},
    {"1e3", "quote-text"},
    {"1.5E-3", "quote-text"},
    {".inf", "quote-text"},
    {"-.INF", "quote-text"},
    {".NaN", "quote-text"},
    {"2018-07-15", "quote-text"},
    {"2018-7-5", "quote-text"},
    {"2018-07-15 10:10:10", "quote-text"},
    {"2018-07-15T10:10:10Z", "quote-text"},
    {"=", "quote-text"},
    {"", "expected-scalar"},
    {"[x]", "expected-scalar"},
    {"{x: 1}", "expected-scalar"},
    {"\"x\\0\"", "bad-value"},
};

START_TEST(takes_text_that_every_reader_takes_for_text)
{
    const struct scalar_case *row = &texts[_i];
    const struct node *node = value_of(row->yaml);
    expect_outcome(row->yaml, scalar_text(&front.diag, node, "'a'"), row->outcome);
}
END_TEST

struct integer_case {
    const char *yaml;
    int64_t low, high;
    const char *outcome;
};

static const struct integer_case integers[] = {
    {"0", 0, 255, "0"},
    {"255", 0, 255, "255"},
    {"256", 0, 255, "out-of-range"},
    {"-1", 0, 255, "out-of-range"},
    {"-128", -128, 127, "-128"},
    {"-129", -128, 127, "out-of-range"},
    {"0x1F", 0, 255, "31"},
    {"0xff", 0, 255, "255"},
    {"0x100", 0, 255, "out-of-range"},
    {"0x80", -128, 127, "-128"},
    {"0xFF", -128, 127, "-1"},
    {"0x7F", -128, 127, "127"},
    {"0x100", -128, 127, "out-of-range"},
    {"128", -128, 127, "out-of-range"},
    {"0x8000000000000000", INT64_MIN, INT64_MAX, "-9223372036854775808"},
    {"0xFFFFFFFFFFFFFFFF", INT64_MIN, INT64_MAX, "-1"},
    {"9223372036854775807", INT64_MIN, INT64_MAX, "9223372036854775807"},
    {"9223372036854775808", INT64_MIN, INT64_MAX, "out-of-range"},
    {"99999999999999999999999999999999999999999999", 0, 255, "out-of-range"},
    {"010", 0, 255, "odd-integer"},
    {"-010", -128, 127, "odd-integer"},
    {"00", 0, 255, "odd-integer"},
    {"0b1", 0, 255, "odd-integer"},
    {"0o17", 0, 255, "odd-integer"},
    {"0X1F", 0, 255, "odd-integer"},
    {"-0x1F", -128, 127, "odd-integer"},
    {"+5", 0, 255, "odd-integer"},
    {"1_0", 0, 255, "odd-integer"},
    {"12:30", 0, 255, "odd-integer"},
    {"'5'", 0, 255, "expected-integer"},
    {"1.0", 0, 255, "expected-integer"},
    {"1e1", 0, 255, "expected-integer"},
    {"4/2", 0, 255, "expected-integer"},
    {"five", 0, 255, "expected-integer"},
    {"0x", 0, 255, "expected-integer"},
    {"true", 0, 255, "expected-integer"},
    {"", 0, 255, "expected-scalar"},
    {"[5]", 0, 255, "expected-scalar"},
};

START_TEST(takes_integers_of_one_spelling_within_limits)
{
    const struct integer_case *row = &integers[_i];
    char text[96];
    exact_int value;
    const struct node *node = value_of(row->yaml);
    bool fine = scalar_integer(&front.diag, node, "'a'", row->low, row->high, &value);

    if (fine)
        exact_text((struct exact){value, 1}, text, sizeof(text));
    expect_outcome(row->yaml, fine ? text : NULL, row->outcome);
}
END_TEST

START_TEST(takes_the_whole_range_of_u64)
{
    exact_int value;
    const struct node *node = value_of("0xFFFFFFFFFFFFFFFF");

    ck_assert(scalar_integer(&front.diag, node, "'a'", 0, UINT64_MAX, &value));
    ck_assert_uint_eq((uint64_t)value, UINT64_MAX);
    front_close(&front);
}
END_TEST

static const struct scalar_case numbers[] = {
    {"0.001", "0.001"},
    {"1e-3", "0.001"},
    {"5/9", "5/9"},
    {"-12", "-12"},
    {"'5'", "expected-number"},
    {"0x10", "odd-integer"},
    {"010", "odd-integer"},
    {"1_000.5", "expected-number"},
    {".5", "expected-number"},
    {"1/0", "expected-number"},
    {".inf", "expected-number"},
    {"a", "expected-number"},
    {"1e400", "expected-number"},
    {"", "expected-scalar"},
};

START_TEST(takes_numbers_exactly)
{
    const struct scalar_case *row = &numbers[_i];
    struct exact value;
    char text[96];
    const struct node *node = value_of(row->yaml);
    bool fine = scalar_number(&front.diag, node, "'a'", &value);

    if (fine)
        exact_text(value, text, sizeof(text));
    expect_outcome(row->yaml, fine ? text : NULL, row->outcome);
}
END_TEST

static const struct scalar_case ranges[] = {
    {"4..9", "4..9"},
    {"4..", "4..100"},
    {"..9", "-100..9"},
    {"-5..-1", "-5..-1"},
    {"0x10..0x1F", "16..31"},
    {"7", "7..7"},
    {"-7", "-7..-7"},
    {"4..4", "4..4"},
    {"9..4", "expected-range"},
    {"..", "expected-range"},
    {"'4..9'", "expected-range"},
    {"4...9", "expected-range"},
    {"4..9..12", "expected-range"},
    {"a..b", "expected-range"},
    {"4-9", "expected-range"},
    {"04..9", "odd-integer"},
    {"4..101", "out-of-range"},
    {"-101..0", "out-of-range"},
    {"4..99999999999999999999999999999999999999999999999999999999999999999999999999",
     "odd-integer"},
    {"[4, 9]", "expected-scalar"},
};

START_TEST(takes_ranges)
{
    const struct scalar_case *row = &ranges[_i];
    exact_int first, last;
    char text[64];
    const struct node *node = value_of(row->yaml);
    bool fine = scalar_range(&front.diag, node, "'a'", -100, 100, &first, &last);

    if (fine)
        snprintf(text, sizeof(text), "%d..%d", (int)first, (int)last);
    expect_outcome(row->yaml, fine ? text : NULL, row->outcome);
}
END_TEST

static const struct scalar_case hexes[] = {
    {"\"AA 72\"", "aa72"},
    {"'aa72'", "aa72"},
    {"\"01 00003039 24 60\"", "010000303924"
                              "60"},
    {"\"\"", ""},
    {"\" 01  02 \"", "0102"},
    {"AA", "unquoted-hex"},
    {"12", "unquoted-hex"},
    {"\"A\"", "bad-hex"},
    {"\"A A\"", "bad-hex"},
    {"\"AAB\"", "bad-hex"},
    {"\"0x01\"", "bad-hex"},
    {"\"GG\"", "bad-hex"},
    {"\"01:02\"", "bad-hex"},
    {"\"\\u00e9\"", "bad-hex"},
    {"", "expected-scalar"},
    {"[1]", "expected-scalar"},
};

START_TEST(takes_quoted_hex_bytes)
{
    const struct scalar_case *row = &hexes[_i];
    uint8_t *bytes;
    size_t length;
    char text[64] = "";
    const struct node *node = value_of(row->yaml);
    bool fine = scalar_hex(&front.diag, node, "'a'", &bytes, &length);

    for (size_t i = 0; fine && i < length; i++)
        snprintf(text + 2 * i, sizeof(text) - 2 * i, "%02x", bytes[i]);
    expect_outcome(row->yaml, fine ? text : NULL, row->outcome);
}
END_TEST

START_TEST(points_at_the_wrong_digit)
{
    uint8_t *bytes;
    size_t length;

    scalar_hex(&front.diag, value_of("\"01 2G\""), "'a'", &bytes, &length);
    ck_assert_str_eq(front_findings(&front),
                     "1:9: error: 'a': 'G' is no hex digit [bad-hex]\n");
    front_close(&front);
    scalar_hex(&front.diag, value_of("\"01 2\""), "'a'", &bytes, &length);
    ck_assert_str_eq(front_findings(&front),
                     "1:8: error: 'a': '2' is half a byte, two hex digits make one "
                     "[bad-hex]\n");
    front_close(&front);
}
END_TEST

START_TEST(takes_truth_values_plain)
{
    static const struct scalar_case rows[] = {
        {"true", "1"},          {"false", "0"},     {"True", "bad-value"},
        {"yes", "bad-value"},   {"1", "bad-value"}, {"'true'", "bad-value"},
        {"", "expected-scalar"}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        bool value = false;
        const struct node *node = value_of(rows[i].yaml);
        bool fine = scalar_bool(&front.diag, node, "'a'", &value);
        expect_outcome(rows[i].yaml, fine ? (value ? "1" : "0") : NULL, rows[i].outcome);
    }
}
END_TEST

START_TEST(takes_one_of_some_words)
{
    static const char *const words[] = {"big", "little", "mixed"};

    const struct node *node = value_of("little");
    ck_assert_int_eq(scalar_word(&front.diag, node, "'byte_order'", words, 3), 1);
    front_close(&front);

    node = value_of("litle");
    ck_assert_int_eq(scalar_word(&front.diag, node, "'byte_order'", words, 3), -1);
    ck_assert_str_eq(front_findings(&front),
                     "1:4: error: 'litle' is no value of 'byte_order'; did you mean "
                     "'little'? [bad-value]\n");
    front_close(&front);

    node = value_of("none");
    ck_assert_int_eq(scalar_word(&front.diag, node, "'byte_order'", words, 3), -1);
    ck_assert_str_eq(
        front_findings(&front),
        "1:4: error: 'none' is no value of 'byte_order': use 'big', 'little' "
        "or 'mixed' [bad-value]\n");
    front_close(&front);
}
END_TEST

static const struct scalar_case identifiers[] = {
    {"flow", "flow"},     {"_x9", "_x9"},       {"SET_PERIOD", "SET_PERIOD"},
    {"9x", "bad-name"},   {"a-b", "bad-name"},  {"a b", "bad-name"},
    {"''", "bad-name"},   {"a.b", "bad-name"},  {"\"\\u00e9\"", "bad-name"},
    {"on", "quote-text"}, {"'on'", "on"},       {"n", "n"},
    {"Y", "Y"},           {"no", "quote-text"},
};

START_TEST(takes_identifiers)
{
    const struct scalar_case *row = &identifiers[_i];
    const struct node *node = value_of(row->yaml);
    expect_outcome(row->yaml, scalar_identifier(&front.diag, node, "'a'"), row->outcome);
}
END_TEST

static const struct scalar_case jsons[] = {
    {"true", "true"},
    {"null", "null"},
    {"12", "12"},
    {"-0.50", "-0.50"},
    {"1e3", "1e3"},
    {"0x1F", "31"},
    {"123456789012345678901234567890123456789012345678901234567890",
     "123456789012345678901234567890123456789012345678901234567890"},
    {"'12'", "\"12\""},
    {"text", "\"text\""},
    {"two words", "\"two words\""},
    {"2018-07-15 10:10:10", "\"2018-07-15 10:10:10\""},
    {"5/9", "\"5/9\""},
    {"''", "\"\""},
    {"{}", "{}"},
    {"[]", "[]"},
    {"{b: 1, a: [x, {c: null}]}", "{\"b\":1,\"a\":[\"x\",{\"c\":null}]}"},
    {"{'on': 'on'}", "{\"on\":\"on\"}"},
    {"\"\\0\\a\\b\\t\\n\\f\\r\\\"\\\\/\\u00e9\\x7f\"",
     "\"\\u0000\\u0007\\b\\t\\n\\f\\r\\\"\\\\/\xC3\xA9\x7F\""},
    {"on", "quote-text"},
    {"No", "quote-text"},
    {"y", "quote-text"},
    {"True", "quote-text"},
    {"~", "quote-text"},
    {"{on: 1}", "quote-text"},
    {"{y: 1, n: 2}", "{\"y\":1,\"n\":2}"},
    {"{1: 1}", "quote-text"},
    {"010", "odd-integer"},
    {"1_000", "odd-integer"},
    {"+5", "odd-integer"},
    {"12:30", "odd-integer"},
    {".5", "expected-number"},
    {"5.", "expected-number"},
    {".inf", "expected-number"},
    {"", "expected-scalar"},
    {"{a: }", "expected-scalar"},
    {"[on, yes]", "quote-text quote-text"},
};

START_TEST(turns_values_into_json)
{
    const struct scalar_case *row = &jsons[_i];
    const struct node *node = value_of(row->yaml);
    expect_outcome(row->yaml, scalar_json(&front.diag, node), row->outcome);
}
END_TEST

START_TEST(says_how_to_mend_a_text)
{
    scalar_text(&front.diag, value_of("no"), "'unit'");
    ck_assert_str_eq(front_findings(&front),
                     "1:4: error: 'unit' is text: write \"no\" in quotes, for some YAML "
                     "readers take it for a truth value [quote-text]\n");
    front_close(&front);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalar");
    TCase *all = tcase_create("all");

    tcase_add_loop_test(all, takes_text_that_every_reader_takes_for_text, 0,
                        COUNT(texts));
    tcase_add_loop_test(all, takes_integers_of_one_spelling_within_limits, 0,
                        COUNT(integers));
    tcase_add_test(all, takes_the_whole_range_of_u64);
    tcase_add_loop_test(all, takes_numbers_exactly, 0, COUNT(numbers));
    tcase_add_loop_test(all, takes_ranges, 0, COUNT(ranges));
    tcase_add_loop_test(all, takes_quoted_hex_bytes, 0, COUNT(hexes));
    tcase_add_test(all, points_at_the_wrong_digit);
    tcase_add_test(all, takes_truth_values_plain);
    tcase_add_test(all, takes_one_of_some_words);
    tcase_add_loop_test(all, takes_identifiers, 0, COUNT(identifiers));
    tcase_add_loop_test(all, turns_values_into_json, 0, COUNT(jsons));
    tcase_add_test(all, says_how_to_mend_a_text);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
