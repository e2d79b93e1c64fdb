/* SPDX-License-Identifier: MIT */
/* Which JSON texts mean the same. */
#include <dragoman/json.h>
#include "json_read.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include "../support/guard.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct pair {
    const char *left, *right;
    bool equal;
};

static bool equal(const char *left, const char *right, double tolerance)
{
    struct guarded x = guarded_new(left, strlen(left));
    struct guarded y = guarded_new(right, strlen(right));
    bool result = dgm_json_equal((const char *)x.bytes, x.size, (const char *)y.bytes,
                                 y.size, tolerance);
    guarded_free(&x);
    guarded_free(&y);
    return result;
}

/* Both ways round, and each text with itself. */
static void check_pairs(const struct pair *rows, size_t count, double tolerance)
{
    for (size_t i = 0; i < count; i++) {
        const char *left = rows[i].left, *right = rows[i].right;
        ck_assert_msg(equal(left, right, tolerance) == rows[i].equal, "%s %s", left,
                      right);
        ck_assert_msg(equal(right, left, tolerance) == rows[i].equal, "%s %s", right,
                      left);
        ck_assert_msg(equal(left, left, tolerance), "%s", left);
        ck_assert_msg(equal(right, right, tolerance), "%s", right);
        if (tolerance == 0)
            ck_assert_msg(json_text_equal(left, strlen(left), right, strlen(right)) ==
                              rows[i].equal,
                          "%s %s", left, right);
    }
}

START_TEST(compares_by_meaning)
{
    static const struct pair rows[] = {
        {"null", " null ", true},
        {"true", "false", false},
        {"null", "false", false},
        {"0", "false", false},
        {"\"1\"", "1", false},
        {"\"a\\u0062\"", "\"ab\"", true},
        {"\"a\"", "\"A\"", false},
        {"[]", "[ ]", true},
        {"[]", "{}", false},
        {"[1,2]", "[1,2]", true},
        {"[1,2]", "[2,1]", false},
        {"[1,2]", "[1]", false},
        {"[[1],[2]]", "[[1],[2] ]", true},
        {"{}", "{ }", true},
        {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":3}", false},
        {"{\"a\":1,\"b\":2}", "{\"a\":1}", false},
        {"{\"a\":1,\"b\":2}", "{\"b\":2}", false},
        {"{\"a\":1}", "{\"b\":1}", false},
        {"{\"a\":null}", "{}", false},
        {"{\"\\u0061\":1}", "{\"a\":1}", true},
        {"{\"a\":{\"b\":[1,{\"c\":2,\"d\":3}]},\"e\":4}",
         "{\"e\":4,\"a\":{\"b\":[1,{\"d\":3,\"c\":2}]}}", true},
        {"{\"x\":0,\"a\":1,\"b\":2,\"c\":3}", "{\"x\":0,\"c\":3,\"a\":1,\"b\":2}", true},
        {"{\"x\":0,\"a\":1,\"b\":2}", "{\"x\":0,\"b\":2,\"a\":1,\"c\":3}", false},
        {"{\"x\":0,\"b\":2,\"a\":1,\"c\":3}", "{\"x\":0,\"a\":1,\"b\":2,\"d\":3}", false},
    };
    check_pairs(rows, COUNT(rows), 0);
}
END_TEST

/* Doubled names are no good JSON, but a comparison must answer: first with first. */
START_TEST(pairs_doubled_names_in_their_order)
{
    static const struct pair rows[] = {
        {"{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2}", true},
        {"{\"a\":1,\"a\":2}", "{\"a\":2,\"a\":1}", false},
        {"{\"a\":1,\"b\":0,\"a\":2}", "{\"b\":0,\"a\":1,\"a\":2}", true},
        {"{\"a\":1,\"b\":0,\"a\":2}", "{\"b\":0,\"a\":2,\"a\":1}", false},
        {"{\"a\":1,\"a\":1}", "{\"a\":1}", false},
        {"{\"a\":1,\"a\":1,\"b\":1}", "{\"b\":1,\"a\":1,\"b\":1}", false},
    };
    check_pairs(rows, COUNT(rows), 0);
}
END_TEST

START_TEST(compares_numbers_by_value)
{
    static const struct pair rows[] = {
        {"1", "1.0", true},
        {"1", "10e-1", true},
        {"100", "1e2", true},
        {"0.1", "1E-1", true},
        {"-0", "0.00e7", true},
        {"0e99999999999999999999999", "0", true},
        {"1", "-1", false},
        {"12", "21", false},
        {"1", "10", false},
        {"0.30", "0.03", false},
        {"9007199254740993", "9007199254740992", false},
        {"0.1", "0.1000000000000000055511151231257827", false},
        {"1e400", "10e399", true},
        {"1e400", "1e401", false},
        {"1e-400", "0", false},
        {"123456789012345678901234567890123456789012345678901",
         "123456789012345678901234567890123456789012345678902", false},
        {"123456789012345678901234567890123456789012345678900",
         "1.234567890123456789012345678901234567890123456789e50", true},
        {"1e999999999999999999999", "1e999999999999999999999", true},
        {"1e999999999999999999999", "1e999999999999999999998", false},
        {"1e999999999999999999999", "-1e999999999999999999999", false},
        {"1e999999999999999999999", "1", false},
    };
    check_pairs(rows, COUNT(rows), 0);
    check_pairs(rows, COUNT(rows), -1);
}
END_TEST

START_TEST(takes_near_numbers_as_equal)
{
    static const struct pair rows[] = {
        {"1", "1.0000000009", true},
        {"1", "1.0000000011", false},
        {"0.1", "0.1000000009", true},
        {"0.1", "0.1000000011", false},
        {"1e-12", "2e-12", true},
        {"0", "-9e-10", true},
        {"0", "1e-400", true},
        {"0", "1e-999999999999999999999", true},
        {"-1000000000", "-1000000000.9", true},
        {"-1000000000", "-1000000001.1", false},
        {"1", "-1", false},
        {"1e300", "1.0000000001e300", true},
        {"1e300", "1.000000002e300", false},
        {"1e308", "1e400", false},
        {"1e400", "1e401", false},
        {"1e400", "-1e400", false},
        {"23.7", "23.699999999999999289457264239899814128875732421875", true},
        {"[{\"a\":21.5}]", "[{\"a\":21.50000000001}]", true},
        {"\"1\"", "\"1.0000000001\"", false},
    };
    check_pairs(rows, COUNT(rows), 1e-9);
}
END_TEST

START_TEST(conversion_to_binary_is_good_to_fifteen_digits)
{
    static const struct pair rows[] = {
        {"123456789.012345", "123456789.012345000000001", true},
        {"1.23456789012345e200", "123456789012345000000001e177", true},
        {"1.23456789012345e-5", "0.0000123456789012345000000001", true},
        {"0.123456789012345", "0.123456789012347", false},
        {"9.87654321098765e250", "9.87654321098767e250", false},
    };
    check_pairs(rows, COUNT(rows), 1e-15);
}
END_TEST

START_TEST(a_tolerance_that_is_no_number_is_none)
{
    double zero = 0;
    ck_assert(equal("1", "1.0", zero / zero));
    ck_assert(!equal("1", "1.0000001", zero / zero));
}
END_TEST

START_TEST(invalid_texts_equal_nothing)
{
    static const char *const rows[] = {
        "",        "[", "[1,]", "{\"a\":1,}", "{\"a\"}", "1 2",  "nul",      "01",
        "\"\\x\"", "-", "[1}",  "\"",         "1e",      "[] x", "{\"a\":1", "\"\xFF\""};
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = 0; k < COUNT(rows); k++)
            ck_assert_msg(!equal(rows[i], rows[k], 0), "%s %s", rows[i], rows[k]);
}
END_TEST

/* Two members a level, the other way round on each side, as deep as it goes. */
START_TEST(deep_objects_take_little_time)
{
    static char left[4096], right[4096];
    left[0] = right[0] = 0;
    for (unsigned i = 0; i < DGM_JSON_MAX_DEPTH; i++) {
        strcat(left, "{\"a\":1,\"b\":");
        strcat(right, "{\"b\":");
    }
    strcat(left, "2");
    strcat(right, "2");
    for (unsigned i = 0; i < DGM_JSON_MAX_DEPTH; i++) {
        strcat(left, "}");
        strcat(right, ",\"a\":1}");
    }
    ck_assert(equal(left, right, 0));
    ck_assert(equal(right, left, 0));
    right[strlen(right) - 2] = '2';
    ck_assert(!equal(left, right, 0));
    static char deeper[8192];
    strcat(strcat(strcpy(deeper, "["), left), "]");
    ck_assert(!equal(deeper, deeper, 0));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json_compare");
    TCase *meaning = tcase_create("meaning");
    tcase_add_test(meaning, compares_by_meaning);
    tcase_add_test(meaning, pairs_doubled_names_in_their_order);
    tcase_add_test(meaning, compares_numbers_by_value);
    tcase_add_test(meaning, takes_near_numbers_as_equal);
    tcase_add_test(meaning, conversion_to_binary_is_good_to_fifteen_digits);
    tcase_add_test(meaning, a_tolerance_that_is_no_number_is_none);
    tcase_add_test(meaning, invalid_texts_equal_nothing);
    tcase_add_test(meaning, deep_objects_take_little_time);
    suite_add_tcase(suite, meaning);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
