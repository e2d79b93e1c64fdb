/* SPDX-License-Identifier: MIT */
/* The registry of rules: complete, readable, without doubles. */
#include "rules.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(ends_behind_the_last_rule)
{
    ck_assert_ptr_nonnull(dgm_rule_at(0));
    ck_assert_ptr_nonnull(dgm_rule_at(RULE_COUNT - 1));
    ck_assert_ptr_null(dgm_rule_at(RULE_COUNT));
    ck_assert_ptr_null(dgm_rule_at(SIZE_MAX));
    ck_assert_str_eq(rule_get(RULE_UNKNOWN_KEY)->id, "unknown-key");
    ck_assert_int_eq(rule_get(RULE_UNPROVEN)->severity, DGM_SEVERITY_NOTE);
}
END_TEST

/* Lower-case words with dashes between. */
static bool is_id(const char *id)
{
    size_t length = strlen(id);
    return length > 2 && strspn(id, "abcdefghijklmnopqrstuvwxyz-") == length &&
           id[0] != '-' && id[length - 1] != '-' && strstr(id, "--") == NULL;
}

START_TEST(names_each_rule_once_in_words)
{
    const struct dgm_rule *rule = dgm_rule_at((size_t)_i);

    ck_assert_msg(is_id(rule->id), "'%s'", rule->id);
    for (size_t i = 0; i < (size_t)_i; i++)
        ck_assert_str_ne(dgm_rule_at(i)->id, rule->id);
}
END_TEST

START_TEST(explains_each_rule)
{
    const struct dgm_rule *rule = dgm_rule_at((size_t)_i);
    size_t summary = strlen(rule->summary), length = strlen(rule->explanation);

    ck_assert_msg(summary > 10 && summary <= 80, "%s: summary", rule->id);
    ck_assert_msg(rule->summary[summary - 1] != '.', "%s: summary", rule->id);
    ck_assert_msg(length > 20, "%s: explanation", rule->id);
    ck_assert_msg(strcmp(rule->explanation + length - 2, ".\n") == 0, "%s: last line",
                  rule->id);
    for (const char *line = rule->explanation; *line != '\0';) {
        const char *end = strchr(line, '\n');
        ck_assert_msg(end - line <= 90, "%s: line is too long", rule->id);
        line = end + 1;
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rules");
    TCase *all = tcase_create("all");

    tcase_add_test(all, ends_behind_the_last_rule);
    tcase_add_loop_test(all, names_each_rule_once_in_words, 0, RULE_COUNT);
    tcase_add_loop_test(all, explains_each_rule, 0, RULE_COUNT);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
