/* SPDX-License-Identifier: MIT */
/* Classes of differences between product models, as docs/diff.md has them. */
#include "diffrule.h"

#include "jsontree.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* NULL for what is not there. */
static cJSON *tree_of(const char *text)
{
    cJSON *tree = NULL;
    if (text != NULL) {
        ck_assert_int_eq(jsontree_parse(text, strlen(text), &tree, NULL), DGM_OK);
    }
    return tree;
}

static const struct {
    enum diff_role role;
    const char *name, *old, *new;
    enum diff_class class;
} members[] = {
    {DIFF_ROLE_PRODUCT, "model", "\"A\"", "\"B\"", DIFF_BREAKING},
    {DIFF_ROLE_PRODUCT, "version", NULL, "\"2\"", DIFF_WIRE},
    {DIFF_ROLE_PROPERTY, "unit", "\"m3\"", "\"l\"", DIFF_BREAKING},
    {DIFF_ROLE_PROPERTY, "unit", "\"m3\"", NULL, DIFF_BREAKING},
    {DIFF_ROLE_PROPERTY, "unit", NULL, "\"l\"", DIFF_WIRE},
    {DIFF_ROLE_PROPERTY, "data_type", "\"int\"", "\"decimal\"", DIFF_BREAKING},
    {DIFF_ROLE_PROPERTY, "description", "\"a\"", "\"b\"", DIFF_WIRE},
    {DIFF_ROLE_PROPERTY, "max", "\"9\"", "\"10\"", DIFF_JSON},
    {DIFF_ROLE_PROPERTY, "max", "\"10\"", "\"9.5\"", DIFF_WIRE},
    {DIFF_ROLE_PROPERTY, "max", "\"10\"", NULL, DIFF_JSON},
    {DIFF_ROLE_PROPERTY, "max", "\"18446744073709551615\"", "\"18446744073709551614\"",
     DIFF_WIRE},
    {DIFF_ROLE_PARAMETER, "max", "\"18446744073709551615\"", "\"18446744073709551616\"",
     DIFF_WIRE},
    {DIFF_ROLE_PROPERTY, "min", "\"-18446744073709551615.5\"",
     "\"-18446744073709551615\"", DIFF_WIRE},
    {DIFF_ROLE_PROPERTY, "min", "\"-9\"", "\"-10\"", DIFF_JSON},
    {DIFF_ROLE_PROPERTY, "min", "\"0\"", "\"1\"", DIFF_WIRE},
    {DIFF_ROLE_PARAMETER, "max", "\"9\"", "\"10\"", DIFF_WIRE},
    {DIFF_ROLE_PARAMETER, "max", "\"10\"", "\"9\"", DIFF_BREAKING},
    {DIFF_ROLE_PARAMETER, "min", NULL, "\"9\"", DIFF_BREAKING},
    {DIFF_ROLE_RESULT, "max", "\"9\"", "\"10\"", DIFF_JSON},
    {DIFF_ROLE_PARAMETER, "max_length", "10", "9", DIFF_BREAKING},
    {DIFF_ROLE_PROPERTY, "max_length", "9", "10", DIFF_JSON},
    {DIFF_ROLE_PROPERTY, "enum_list", "[\"a\"]", "[\"a\",\"b\"]", DIFF_JSON},
    {DIFF_ROLE_PROPERTY, "enum_list", "[\"a\",\"b\"]", "[\"b\"]", DIFF_WIRE},
    {DIFF_ROLE_PROPERTY, "enum_list", "[\"a\",\"b\"]", "[\"b\",\"a\"]", DIFF_WIRE},
    {DIFF_ROLE_PROPERTY, "enum_list", "[\"a\"]", "[\"b\"]", DIFF_BREAKING},
    {DIFF_ROLE_PARAMETER, "enum_list", "[\"a\"]", "[\"a\",\"b\"]", DIFF_WIRE},
    {DIFF_ROLE_PARAMETER, "enum_list", "[\"a\",\"b\"]", "[\"b\"]", DIFF_BREAKING},
    {DIFF_ROLE_PARAMETER, "required", "false", "true", DIFF_BREAKING},
    {DIFF_ROLE_PARAMETER, "required", "true", "false", DIFF_WIRE},
    {DIFF_ROLE_PROPERTY, "required", "true", "false", DIFF_JSON},
    {DIFF_ROLE_PROPERTY, "required", "false", "true", DIFF_WIRE},
    {DIFF_ROLE_PROPERTY, "method", "\"RE\"", "\"RWE\"", DIFF_WIRE},
    {DIFF_ROLE_PROPERTY, "method", "\"RW\"", "\"R\"", DIFF_BREAKING},
    {DIFF_ROLE_PROPERTY, "method", "\"R\"", NULL, DIFF_BREAKING},
    {DIFF_ROLE_PROPERTY, "of a later version", "1", "2", DIFF_BREAKING},
};

START_TEST(grades_a_member)
{
    cJSON *old = tree_of(members[_i].old), *new = tree_of(members[_i].new);
    ck_assert_int_eq(diff_rule_member(members[_i].role, members[_i].name, old, new),
                     members[_i].class);
    cJSON_Delete(old);
    cJSON_Delete(new);
}
END_TEST

static const struct {
    enum diff_role role;
    const char *part;
    enum diff_class class; /* of one that is new */
} parts[] = {
    {DIFF_ROLE_SERVICE, "{}", DIFF_JSON},
    {DIFF_ROLE_PROPERTY, "{\"required\":true}", DIFF_JSON},
    {DIFF_ROLE_COMMAND, "{}", DIFF_WIRE},
    {DIFF_ROLE_PARAMETER, "{\"required\":false}", DIFF_WIRE},
    {DIFF_ROLE_PARAMETER, "{\"required\":true}", DIFF_BREAKING},
    {DIFF_ROLE_RESPONSE, "{}", DIFF_JSON},
    {DIFF_ROLE_EVENT, "{}", DIFF_JSON},
    {DIFF_ROLE_RESULT, "{\"required\":true}", DIFF_JSON},
};

START_TEST(grades_a_part)
{
    cJSON *part = tree_of(parts[_i].part);
    ck_assert_int_eq(diff_rule_part(parts[_i].role, part, true), parts[_i].class);
    ck_assert_int_eq(diff_rule_part(parts[_i].role, part, false), DIFF_BREAKING);
    cJSON_Delete(part);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diffrule");
    TCase *tests = tcase_create("diffrule");
    tcase_add_loop_test(tests, grades_a_member, 0, COUNT(members));
    tcase_add_loop_test(tests, grades_a_part, 0, COUNT(parts));
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
