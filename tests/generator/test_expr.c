/* SPDX-License-Identifier: MIT */
/* Expressions: what they mean, shown by what a table computes, and what is refused. */
#include "compiled.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* a = 10, b = -3, c = 2.5, flag = true, valve = 1, ghost absent, and two texts. */
static const char frame[] = "0A FD 19 01 01 00 02 4142";

static char profile[2048];

static const char *with_value(const char *expr)
{
    snprintf(profile, sizeof(profile),
             "dragoman: 1\n"
             "product: {manufacturer_id: Acme, model: Expr}\n"
             "messages:\n"
             "  report:\n"
             "    only: decode\n"
             "    fields:\n"
             "      - {local: a, type: u8}\n"
             "      - {local: b, type: i8}\n"
             "      - {local: c, type: u8, scale: 0.1}\n"
             "      - {local: flag, type: bool8}\n"
             "      - {local: valve, type: u8, enum: {0: closed, 1: open, 3..5: fault}}\n"
             "      - {local: none, type: u8}\n"
             "      - {local: ghost, type: u8, when: none == 1}\n"
             "      - {local: size, type: u8}\n"
             "      - {local: words, type: text(size)}\n"
             "      - name: v\n"
             "        value: \"%s\"\n",
             expr);
    return profile;
}

static const struct value_case {
    const char *expr, *value; /* NULL: missing */
} values[] = {
    {"1 + 2 * 3", "7"},
    {"(1 + 2) * 3", "9"},
    {"10 - 4 - 3", "3"},
    {"-a + 1", "-9"},
    {"--a", "10"},
    {"a * c", "25"},
    {"a / 4", "2.5"},
    {"a / 3", "3.3333333333333335"},
    {"a / 0.5", "20"},
    {"sqrt(a) * 2", "6.324555320336759"},
    {"float(a) / 3", "3.3333333333333335"},
    {"float(a) / 100", "0.1"},
    {"float(1) / a + 0.2", "0.30000000000000004"},
    {"round(a / 3, 2)", "3.33"},
    {"round(-2.5)", "-3"},
    {"floor(b / 2)", "-2"},
    {"ceil(-a / 4)", "-2"},
    {"clamp(a, -5, 5)", "5"},
    {"clamp(b, -5, 5)", "-3"},
    {"sign(b) * sign(c)", "-1"},
    {"ln(1) + exp(0)", "1"},
    {"log10(1000)", "3"},
    {"pow(a, 3)", "1000"},
    {"pow(a, 0.5)", "3.1622776601683795"},
    {"pow10(-2) * a", "0.1"},
    {"pow10(0.5)", "3.1622776601683795"},
    {"sqrt(-a)", NULL},
    {"ln(0)", NULL},
    {"exp(1000)", NULL},
    {"a / 3 == a / 3", "true"},
    {"max(a / 3, 4)", "4"},
    {"min(a / 3, 4)", "3.3333333333333335"},
    {"abs(-a / 3) > 3.3", "true"},
    {"a / 3 // 1", "3"},
    {"a / 3 % 1", "0.3333333333333335"},
    {"a // 4", "2"},
    {"b // 2", "-2"},
    {"b % 5", "2"},
    {"a % -4", "-2"},
    {"a / none", NULL},
    {"a // none", NULL},
    {"0x1F + 1e2", "131"},
    {"0.1 + 0.2", "0.3"},
    {"a & 6 | 1", "3"},
    {"a ^ 3", "9"},
    {"1 << 4 + 1", "32"},
    {"a >> 1", "5"},
    {"a & 2 == 2", "true"},
    {"a == 10 and b < 0", "true"},
    {"a == 10.0", "true"},
    {"not a == 10", "false"},
    {"not flag or flag", "true"},
    {"a in 4..10", "true"},
    {"a in 4..", "true"},
    {"a in ..9", "false"},
    {"b in -5..-1", "true"},
    {"a in 10", "true"},
    {"1 if a > 9 else 2", "1"},
    {"1 if a > 10 else 2 if a > 9 else 3", "2"},
    {"a.1", "true"},
    {"a.2", "false"},
    {"valve == 'open'", "true"},
    {"'fault' != valve", "true"},
    {"valve == 'fault'", "false"},
    {"valve + 1", "2"},
    {"flag == true", "true"},
    {"has(ghost)", "false"},
    {"has(a)", "true"},
    {"ghost + 1", NULL},
    {"ghost == 0", "false"},
    {"or_else(ghost, a)", "10"},
    {"or_else(a, 1)", "10"},
    {"min(a, b, c)", "-3"},
    {"max(a, b)", "10"},
    {"abs(b)", "3"},
    {"size(words)", "2"},
    {"frame.length", "9"},
    {"frame.port", NULL},
    {"9223372036854775807 + 1", "9223372036854775808"},
};

START_TEST(means_what_the_language_says)
{
    const struct value_case *row = &values[_i];
    char wanted[64];

    compiled_open(with_value(row->expr));
    const char *json = compiled_decode(DGM_SHAPE_PLAIN, frame);
    if (row->value == NULL)
        snprintf(wanted, sizeof(wanted), "nothing");
    else
        snprintf(wanted, sizeof(wanted), "{\"v\":%s}", row->value);
    ck_assert_msg(strcmp(json, wanted) == 0, "%s: %s instead of %s", row->expr, json,
                  wanted);
}
END_TEST

static const struct error_case {
    const char *expr, *finding; /* from the column on */
} errors[] = {
    {"a +", "20: error: a value is expected at the end [bad-expression]"},
    {"a b", "19: error: the end is expected before 'b' [bad-expression]"},
    {"(a", "19: error: ')' is expected at the end [bad-expression]"},
    {"a ? 1 : 2", "19: error: '?' does not belong in an expression; write 'a if c else b'"
                  " [bad-expression]"},
    {"a && flag", "19: error: '&&' is no operator; write 'and' [bad-expression]"},
    {"a = 1", "19: error: '=' does not belong in an expression; equality is '==' "
              "[bad-expression]"},
    {"1 if flag", "26: error: 'else' is expected at the end [bad-expression]"},
    {"'open", "17: error: the text is not closed [bad-expression]"},
    {"a in ..", "24: error: an end of the range is expected at the end "
                "[bad-expression]"},
    {"min(a)", "22: error: a further argument is expected before ')' [bad-expression]"},
    {"mni(a, 1)", "17: error: there is no function 'mni'; did you mean 'min'? "
                  "[bad-expression]"},
    {"request.u16(a)",
     "17: error: the function 'request.u16' is not supported by this version "
     "[not-supported]"},
    {"round(a, b)", "26: error: the decimals of round() are a whole number from 0 to 19 "
                    "[bad-expression]"},
    {"curve(missing, a)", "23: error: there is no curve 'missing' [unknown-curve]"},
    {"curve(1, a)", "23: error: the name of a curve is expected here [bad-expression]"},
    {"sqrt(true)", "22: error: a number is expected here, and this is true or false "
                   "[expression-type]"},
    {"aa", "17: error: there is no 'aa' here; did you mean 'a'? [unknown-name]"},
    {"v", "17: error: 'v' is this item itself; only earlier items are known "
          "[unknown-name]"},
    {"index", "17: error: 'index' is known in repetitions only [unknown-name]"},
    {"request.a", "17: error: only replies know a request [unknown-name]"},
    {"request.u8(0)", "17: error: only replies know a request [unknown-name]"},
    {"frame.topic", "17: error: a topic is compared with a text and nothing else "
                    "[expression-type]"},
    {"flag + 1", "17: error: a number is expected here, and this is true or false "
                 "[expression-type]"},
    {"a and flag", "17: error: true or false is expected here; compare the number "
                   "[expression-type]"},
    {"flag == 1", "22: error: the two sides of the comparison are of unlike kinds "
                  "[expression-type]"},
    {"flag < true", "22: error: only numbers have an order [expression-type]"},
    {"1 if a else 2", "22: error: the condition of 'if' is true or false "
                      "[expression-type]"},
    {"1 if flag else true", "19: error: the two values are of unlike kinds "
                            "[expression-type]"},
    {"c & 1", "17: error: an integer is expected here [expression-type]"},
    {"c.1", "17: error: only bits of an unscaled integer have numbers "
            "[expression-type]"},
    {"a.8", "19: error: 'a' has bits 0 to 7 [expression-type]"},
    {"a.64", "19: error: a bit is a whole number from 0 to 63 [bad-expression]"},
    {"a / 0", "21: error: the divisor is zero [expression-type]"},
    {"words", "17: error: a text has no value in expressions; use size() "
              "[expression-type]"},
    {"size(a)", "22: error: size() takes the name of a text [expression-type]"},
    {"count(a)", "23: error: count() takes the name of a repetition [expression-type]"},
    {"'a'", "17: error: a text stands only beside == and != [expression-type]"},
    {"valve == 'ope'", "26: error: 'valve' has no label 'ope'; did you mean \"open\"? "
                       "[enum-label]"},
    {"a == 'open'", "22: error: a text is compared with an enum field that stands before "
                    "this place [expression-type]"},
    {"valve < 'open'", "23: error: texts are compared with == and != only "
                       "[expression-type]"},
    {"a + 99999999999999999999", "21: error: this number is no decimal of 64 bits "
                                 "[expression-limit]"},
    {"a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a",
     "80: error: the expression takes 65 operations and a depth of 2; at most 64 and 16 "
     "are allowed [expression-limit]"},
    {"((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))",
     "27: error: the expression is nested too deeply [expression-limit]"},
};

START_TEST(says_what_is_wrong)
{
    const struct error_case *row = &errors[_i];
    char wanted[256];

    snprintf(wanted, sizeof(wanted), "17:%s\n", row->finding);
    const char *found = compiled_findings(with_value(row->expr), true);
    ck_assert_msg(strcmp(found, wanted) == 0, "%s: found\n%sinstead of\n%s", row->expr,
                  found, wanted);
}
END_TEST

START_TEST(an_expression_cut_by_a_comma_is_told_from_others)
{
    const char *found =
        compiled_findings("dragoman: 1\n"
                          "product: {manufacturer_id: Acme, model: Expr}\n"
                          "messages:\n"
                          "  report:\n"
                          "    fields:\n"
                          "      - {local: a, type: u8, encode: 1}\n"
                          "      - name: v\n"
                          "        value: min(a\n",
                          true);
    ck_assert_str_eq(
        found, "8:21: error: the expression ends where a further argument is "
               "expected; if it holds a comma, put it in quotes [expression-cut]\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("expr");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, NULL, compiled_close);
    tcase_add_loop_test(all, means_what_the_language_says, 0, COUNT(values));
    tcase_add_loop_test(all, says_what_is_wrong, 0, COUNT(errors));
    tcase_add_test(all, an_expression_cut_by_a_comma_is_told_from_others);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
