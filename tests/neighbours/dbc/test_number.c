/* SPDX-License-Identifier: MIT */
/* Numbers of a DBC file, exact. */
#include "dbc_number.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct dbc_text text_of(const char *text)
{
    return (struct dbc_text){text, strlen(text)};
}

static struct dbc_number number_of(const char *text)
{
    struct dbc_number number;
    ck_assert_msg(dbc_number_read(text_of(text), &number), "%s", text);
    return number;
}

static const struct {
    const char *text, *written; /* NULL: it is too long */
} cases[] = {
    {"1", "1"},
    {"+1.50", "1.5"},
    {"-0.0", "0"},
    {"0", "0"},
    {".5", "0.5"},
    {"5.", "5"},
    {"1E-005", "0.00001"},
    {"3.0517578125E-05", "0.000030517578125"},
    {"1e+06", "1000000"},
    {"-273.14999999999998", "-273.14999999999998"},
    {"1.1920928955078125e-07", "0.00000011920928955078125"},
    {"0.000", "0"},
    {"1e24", "1000000000000000000000000"},
    {"1.5e-40", "15e-41"},
    {"-2e30", "-2e30"},
    {"123456789012345678901234567890123456", "123456789012345678901234567890123456"},
    {"1234567890123456789012345678901234567", NULL},
    {"1e61", NULL},
    {"1e999999999999", NULL},
    {"1e-61", NULL},
};

START_TEST(is_read_and_written)
{
    struct dbc_number number;
    char written[DBC_NUMBER_SIZE];
    bool good = dbc_number_read(text_of(cases[_i].text), &number);
    ck_assert_int_eq(good, cases[_i].written != NULL);
    if (good) {
        dbc_number_write(&number, written);
        ck_assert_str_eq(written, cases[_i].written);
    }
}
END_TEST

static const struct {
    const char *raw, *factor, *offset, *value; /* NULL: too many digits */
} lines[] = {
    {"255", "0.1", "0", "25.5"},
    {"255", "0.1", "-40", "-14.5"},
    {"-128", "-0.5", "0.25", "64.25"},
    {"18446744073709551615", "1e-7", "-90", "1844674407280.9551615"},
    {"0", "0.1", "-40", "-40"},
    {"40", "1", "-40", "0"},
    {"18446744073709551615", "123456789012345678901234567890", "0", NULL},
    {"1", "1e-40", "1e40", NULL},
};

START_TEST(is_multiplied_and_added)
{
    struct dbc_number raw = number_of(lines[_i].raw),
                      factor = number_of(lines[_i].factor);
    struct dbc_number offset = number_of(lines[_i].offset), value;
    char written[DBC_NUMBER_SIZE];
    bool good = dbc_number_line(&raw, &factor, &offset, &value);
    ck_assert_int_eq(good, lines[_i].value != NULL);
    if (good) {
        dbc_number_write(&value, written);
        ck_assert_str_eq(written, lines[_i].value);
    }
}
END_TEST

START_TEST(has_an_order)
{
    static const char *const ascending[] = {"-1e20", "-2", "-1.999", "0",
                                            "1e-20", "3",  "3.01",   "2e5"};
    for (size_t i = 0; i < COUNT(ascending); i++) {
        for (size_t j = 0; j < COUNT(ascending); j++) {
            struct dbc_number left = number_of(ascending[i]);
            struct dbc_number right = number_of(ascending[j]);
            int order = 0;
            if (dbc_number_compare(&left, &right, &order)) {
                ck_assert_int_eq(order, (i > j) - (i < j));
            } else {
                ck_assert((i == 0 && j == 4) || (i == 4 && j == 0));
            }
        }
    }
}
END_TEST

START_TEST(is_known_when_it_is_one)
{
    struct dbc_number one = number_of("1.000"), minus = number_of("-1"),
                      hundred = number_of("1e2");
    ck_assert(dbc_number_is(&one, 1));
    ck_assert(!dbc_number_is(&minus, 1));
    ck_assert(dbc_number_is(&hundred, 100));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("number");
    tcase_add_loop_test(tests, is_read_and_written, 0, COUNT(cases));
    tcase_add_loop_test(tests, is_multiplied_and_added, 0, COUNT(lines));
    tcase_add_test(tests, has_an_order);
    tcase_add_test(tests, is_known_when_it_is_one);
    Suite *suite = suite_create("dbc-number");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
