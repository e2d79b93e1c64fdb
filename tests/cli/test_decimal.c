/* SPDX-License-Identifier: MIT */
/* Decimal numbers as texts: one plain form, and their order. */
#include "decimal.h"

#include <check.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    const char *text, *plain; /* NULL: refused */
} cases[] = {
    {"0", "0"},
    {"-0.00", "0"},
    {"007", "7"},
    {"+1.50", "1.5"},
    {" 12 ", "12"},
    {"-30.0", "-30"},
    {"0.05", "0.05"},
    {".5", "0.5"},
    {"5.", "5"},
    {"1e3", "1000"},
    {"1.25E+1", "12.5"},
    {"12e-3", "0.012"},
    {"0e40", "0"},
    {"9223372036854775807", "9223372036854775807"},
    {"-9999999999999999999", "-9999999999999999999"},
    {"0.000000000000001", "0.000000000000001"},
    {"100000000000000000000", NULL},
    {"0.0000000000000001", NULL},
    {"1e41", NULL},
    {"1e99999999999999999999", NULL},
    {"1e", NULL},
    {"1e+", NULL},
    {"", NULL},
    {"-", NULL},
    {".", NULL},
    {"1,5", NULL},
    {"1 2", NULL},
    {"0x10", NULL},
    {"NaN", NULL},
    {"0000000000000000000000000000000000000000000000000000000000000000000001", NULL},
};

START_TEST(has_one_plain_form)
{
    char plain[DECIMAL_SIZE];
    bool good = decimal_plain(cases[_i].text, plain);
    ck_assert_msg(good == (cases[_i].plain != NULL), "%s", cases[_i].text);
    if (good) {
        ck_assert_str_eq(plain, cases[_i].plain);
    }
}
END_TEST

static const char *const ordered[] = {"-100", "-20",  "-3.5", "-3.45", "-0.1", "0",
                                      "0.1",  "0.12", "0.2",  "3",     "20",   "100"};

START_TEST(has_an_order)
{
    for (int i = 0; i < (int)COUNT(ordered); i++) {
        int order = decimal_compare(ordered[_i], ordered[i]);
        ck_assert_msg((order > 0) == (_i > i) && (order < 0) == (_i < i), "%s and %s",
                      ordered[_i], ordered[i]);
    }
}
END_TEST

static const char *const spelled[] = {"-1e40",
                                      "-18446744073709551616",
                                      "-1",
                                      "-0.50",
                                      "0e3",
                                      "1e-20",
                                      ".05",
                                      "100",
                                      "99999999999999999999.1",
                                      "99999999999999999999.11"};

START_TEST(has_the_order_of_long_numbers)
{
    for (int i = 0; i < (int)COUNT(spelled); i++) {
        int order = 0;
        bool good = decimal_order(spelled[_i], spelled[i], &order);
        ck_assert_msg(good && (order > 0) == (_i > i) && (order < 0) == (_i < i),
                      "%s and %s", spelled[_i], spelled[i]);
    }
    ck_assert(!decimal_order(spelled[_i], "1 2", &(int){0}));
}
END_TEST

START_TEST(knows_whole_numbers)
{
    ck_assert(decimal_is_whole("-12"));
    ck_assert(!decimal_is_whole("0.5"));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("decimal");
    tcase_add_loop_test(tests, has_one_plain_form, 0, COUNT(cases));
    tcase_add_loop_test(tests, has_an_order, 0, COUNT(ordered));
    tcase_add_loop_test(tests, has_the_order_of_long_numbers, 0, COUNT(spelled));
    tcase_add_test(tests, knows_whole_numbers);
    Suite *suite = suite_create("decimal");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
