/* SPDX-License-Identifier: MIT */
/* Exact fractions: reading, arithmetic, decimals, and where they end. */
#include "exact.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct exact number(const char *text)
{
    struct exact value;
    ck_assert_msg(exact_parse(text, strlen(text), true, &value), "'%s' is refused", text);
    return value;
}

static const char *text_of(struct exact value)
{
    static char text[96];
    ck_assert_uint_eq(exact_text(value, text, sizeof(text)), strlen(text));
    return text;
}

struct pair {
    const char *text, *result; /* NULL: refused */
};

static const struct pair readings[] = {
    {"0", "0"},
    {"12", "12"},
    {"-12", "-12"},
    {"-0", "0"},
    {"0.001", "0.001"},
    {"-0.001", "-0.001"},
    {"1.500", "1.5"},
    {"1e3", "1000"},
    {"1E+3", "1000"},
    {"1e-3", "0.001"},
    {"2.5e1", "25"},
    {"5/9", "5/9"},
    {"10/4", "2.5"},
    {"-1/3", "-1/3"},
    {"0x1F", "31"},
    {"0xffffffffffffffff", "18446744073709551615"},
    {"18446744073709551615", "18446744073709551615"},
    {"-9223372036854775808", "-9223372036854775808"},
    {"0.0000000000000000001", "0.0000000000000000001"},
    {"0.00000000000000000001", "1/100000000000000000000"},
    {"170141183460469231731687303715884105727",
     "170141183460469231731687303715884105727"},
    {"170141183460469231731687303715884105728", NULL},
    {"1e38", NULL},
    {"1e36", "1000000000000000000000000000000000000"},
    {"1e37", NULL},
    {"1e99999999999999999999", NULL},
    {"", NULL},
    {"-", NULL},
    {"+1", NULL},
    {"01", NULL},
    {"00", NULL},
    {"1.", NULL},
    {".5", NULL},
    {"1e", NULL},
    {"1e+", NULL},
    {"1/0", NULL},
    {"1/", NULL},
    {"/2", NULL},
    {"1/02", NULL},
    {"1/-2", NULL},
    {"1.5/2", NULL},
    {"1 ", NULL},
    {" 1", NULL},
    {"1_000", NULL},
    {"0x", NULL},
    {"0xG", NULL},
    {"-0x1", NULL},
    {"nan", NULL},
    {"1,5", NULL},
};

START_TEST(reads_decimals_exponents_and_fractions)
{
    const struct pair *row = &readings[_i];
    struct exact value;

    bool fine = exact_parse(row->text, strlen(row->text), /* hex */ true, &value);
    ck_assert_msg(fine == (row->result != NULL), "'%s'", row->text);
    if (fine)
        ck_assert_str_eq(text_of(value), row->result);
}
END_TEST

START_TEST(reads_hex_only_if_asked)
{
    struct exact value;
    ck_assert(!exact_parse("0x10", 4, /* hex */ false, &value));
}
END_TEST

START_TEST(reads_no_byte_behind_the_length)
{
    struct exact value;
    ck_assert(exact_parse("12345", 2, false, &value));
    ck_assert_str_eq(text_of(value), "12");
    ck_assert(!exact_parse("1.5", 2, false, &value));
}
END_TEST

struct operation {
    const char *left;
    char operator;
    const char *right, *result; /* NULL: refused */
};

static const struct operation operations[] = {
    {"1", '+', "2", "3"},
    {"0.1", '+', "0.2", "0.3"},
    {"1/3", '+', "1/6", "0.5"},
    {"1/3", '-', "1/3", "0"},
    {"5", '-', "7.5", "-2.5"},
    {"0.001", '*', "4294967295", "4294967.295"},
    {"2/3", '*', "3/4", "0.5"},
    {"-2/3", '*', "3", "-2"},
    {"0", '*', "1e36", "0"},
    {"1", '/', "3", "1/3"},
    {"1", '/', "-4", "-0.25"},
    {"-1", '/', "-4", "0.25"},
    {"1", '/', "0", NULL},
    {"1e36", '*', "1e36", NULL},
    {"1e36", '*', "1000", NULL},
    {"1e36", '*', "1e-36", "1"},
    {"1e36", '/', "1e36", "1"},
    {"170141183460469231731687303715884105727", '+', "1", NULL},
    {"-170141183460469231731687303715884105727", '-', "1", NULL},
    {"170141183460469231731687303715884105727", '-',
     "170141183460469231731687303715884105727", "0"},
    {"1/170141183460469231731687303715884105727", '+',
     "1/170141183460469231731687303715884105726", NULL},
};

START_TEST(adds_and_multiplies_exactly_or_not_at_all)
{
    const struct operation *row = &operations[_i];
    struct exact left = number(row->left), right = number(row->right), result;
    bool fine = row->operator== '+'   ? exact_add(left, right, &result)
                : row->operator== '-' ? exact_sub(left, right, &result)
                : row->operator== '*' ? exact_mul(left, right, &result)
                                      : exact_div(left, right, &result);

    ck_assert_msg(fine == (row->result != NULL), "%s %c %s", row->left, row->operator,
                  row->right);
    if (fine)
        ck_assert_str_eq(text_of(result), row->result);
}
END_TEST

START_TEST(orders_all_numbers)
{
    static const char *const ascending[] = {"-170141183460469231731687303715884105727",
                                            "-3",
                                            "-2.5",
                                            "-5/3",
                                            "-1/3",
                                            "-1e-20",
                                            "0",
                                            "1/170141183460469231731687303715884105727",
                                            "1/170141183460469231731687303715884105726",
                                            "1/3",
                                            "0.3333333333333333334",
                                            "1",
                                            "170141183460469231731687303715884105726",
                                            "170141183460469231731687303715884105727"};

    for (size_t i = 0; i < COUNT(ascending); i++)
        for (size_t k = 0; k < COUNT(ascending); k++)
            ck_assert_msg(exact_compare(number(ascending[i]), number(ascending[k])) ==
                              (i < k ? -1 : i > k),
                          "%s and %s", ascending[i], ascending[k]);
}
END_TEST

START_TEST(knows_whole_and_zero)
{
    ck_assert(exact_is_zero(number("0.000")));
    ck_assert(!exact_is_zero(number("1e-9")));
    ck_assert(exact_is_whole(number("12.0")));
    ck_assert(exact_is_whole(number("6/3")));
    ck_assert(!exact_is_whole(number("0.5")));
    ck_assert_str_eq(text_of(exact_from_int(INT64_MIN)), "-9223372036854775808");
}
END_TEST

struct digits_case {
    const char *text;
    int digits; /* -1: none */
};

static const struct digits_case digits_cases[] = {
    {"0", 0},      {"5", 0},         {"0.1", 1},
    {"0.125", 3},  {"1/16", 4},      {"1/50", 2},
    {"1/3", -1},   {"1/7", -1},      {"0.0000000000000000001", 19},
    {"1e-20", -1}, {"1/524288", 19}, {"1/1048576", -1},
};

START_TEST(counts_the_decimals_it_needs)
{
    const struct digits_case *row = &digits_cases[_i];
    unsigned digits = 99;

    bool finite = exact_digits(number(row->text), &digits);
    ck_assert_msg(finite == (row->digits >= 0), "%s", row->text);
    if (finite)
        ck_assert_msg((int)digits == row->digits, "%s: %u", row->text, digits);
}
END_TEST

struct scaled_case {
    const char *text;
    unsigned digits;
    bool whole;       /* exact_scaled_i64() has a result */
    int64_t down, up; /* exact_scaled_bound() */
};

static const struct scaled_case scaled_cases[] = {
    {"0", 5, true, 0, 0},
    {"12.345", 3, true, 12345, 12345},
    {"-12.345", 3, true, -12345, -12345},
    {"12.345", 2, false, 1234, 1235},
    {"-12.345", 2, false, -1235, -1234},
    {"1/3", 2, false, 33, 34},
    {"-1/3", 0, false, -1, 0},
    {"9223372036854775807", 0, true, INT64_MAX, INT64_MAX},
    {"9223372036854775807.5", 0, false, INT64_MAX, INT64_MAX},
    {"9223372036854775808", 0, false, INT64_MAX, INT64_MAX},
    {"-9223372036854775808", 0, true, INT64_MIN, INT64_MIN},
    {"-9223372036854775808.5", 0, false, INT64_MIN, INT64_MIN},
    {"-9223372036854775809", 0, false, INT64_MIN, INT64_MIN},
    {"1e36", 19, false, INT64_MAX, INT64_MAX},
    {"-1e36", 19, false, INT64_MIN, INT64_MIN},
    {"1/170141183460469231731687303715884105727", 19, false, 0, 1},
    {"170141183460469231731687303715884105726/170141183460469231731687303715884105727", 3,
     false, 999, 1000},
};

START_TEST(scales_to_integers_with_bounds)
{
    const struct scaled_case *row = &scaled_cases[_i];
    struct exact value = number(row->text);
    int64_t scaled;

    ck_assert_msg(exact_scaled_i64(value, row->digits, &scaled) == row->whole, "%s",
                  row->text);
    if (row->whole)
        ck_assert_int_eq(scaled, row->down);
    ck_assert_int_eq(exact_scaled_bound(value, row->digits, /* up */ false), row->down);
    ck_assert_int_eq(exact_scaled_bound(value, row->digits, /* up */ true), row->up);
}
END_TEST

START_TEST(cuts_text_to_the_buffer)
{
    char text[4] = "###";
    ck_assert_uint_eq(exact_text(number("12345"), text, sizeof(text)), 5);
    ck_assert_str_eq(text, "123");
    ck_assert_uint_eq(exact_text(number("12345"), NULL, 0), 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exact");
    TCase *all = tcase_create("all");

    tcase_add_loop_test(all, reads_decimals_exponents_and_fractions, 0, COUNT(readings));
    tcase_add_test(all, reads_hex_only_if_asked);
    tcase_add_test(all, reads_no_byte_behind_the_length);
    tcase_add_loop_test(all, adds_and_multiplies_exactly_or_not_at_all, 0,
                        COUNT(operations));
    tcase_add_test(all, orders_all_numbers);
    tcase_add_test(all, knows_whole_and_zero);
    tcase_add_loop_test(all, counts_the_decimals_it_needs, 0, COUNT(digits_cases));
    tcase_add_loop_test(all, scales_to_integers_with_bounds, 0, COUNT(scaled_cases));
    tcase_add_test(all, cuts_text_to_the_buffer);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
