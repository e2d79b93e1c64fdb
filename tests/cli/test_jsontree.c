/* SPDX-License-Identifier: MIT */
/* JSON as a tree: numbers keep their digits, and what cannot be kept is refused. */
#include "jsontree.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static enum dgm_status parse(const char *text, cJSON **ret, size_t *ret_offset)
{
    return jsontree_parse(text, strlen(text), ret, ret_offset);
}

static const char *const kept[] = {
    "[12345678901234567890.10,-0,1E+2,0.1]",
    "{\"a\":{\"b\":[true,false,null,\"-1\",\"\"]},\"1\":2}",
    "\"\\\\u0001 \\\"7\\\" é\"",
    "[{},[],9007199254740993]",
    "7",
};

START_TEST(keeps_all_digits)
{
    cJSON *tree = NULL;
    ck_assert_int_eq(parse(kept[_i], &tree, NULL), DGM_OK);
    char *text = jsontree_print(tree, false);
    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(text, kept[_i]);
    free(text);
    cJSON_Delete(tree);
}
END_TEST

START_TEST(tells_numbers_from_texts)
{
    cJSON *tree = NULL;
    ck_assert_int_eq(parse("[1.50, \"1.50\", true]", &tree, NULL), DGM_OK);
    const cJSON *item = tree->child;
    ck_assert_str_eq(jsontree_number(item), "1.50");
    ck_assert_ptr_null(jsontree_text(item));
    item = item->next;
    ck_assert_ptr_null(jsontree_number(item));
    ck_assert_str_eq(jsontree_text(item), "1.50");
    item = item->next;
    ck_assert_ptr_null(jsontree_number(item));
    ck_assert_ptr_null(jsontree_text(item));
    cJSON_Delete(tree);
    tree = jsontree_new_number("12");
    ck_assert_str_eq(jsontree_number(tree), "12");
    cJSON_Delete(tree);
}
END_TEST

START_TEST(finds_elements_by_a_member)
{
    cJSON *tree = NULL;
    ck_assert_int_eq(parse("[1,{\"id\":7},{\"id\":\"a\"},{\"id\":\"b\"}]", &tree, NULL),
                     DGM_OK);
    ck_assert_ptr_eq(jsontree_element(tree, "id", "b"), cJSON_GetArrayItem(tree, 3));
    ck_assert_ptr_null(jsontree_element(tree, "id", "7"));
    ck_assert_ptr_null(jsontree_element(NULL, "id", "a"));
    ck_assert_str_eq(jsontree_member(cJSON_GetArrayItem(tree, 2), "id"), "a");
    ck_assert_str_eq(jsontree_member(cJSON_GetArrayItem(tree, 1), "id"), "");
    ck_assert_str_eq(jsontree_member(NULL, "id"), "");
    cJSON_Delete(tree);
}
END_TEST

START_TEST(lays_out_over_lines)
{
    cJSON *tree = NULL;
    ck_assert_int_eq(parse("{\"a\":[1]}", &tree, NULL), DGM_OK);
    char *text = jsontree_print(tree, true);
    ck_assert_str_eq(text, "{\n  \"a\": [\n    1\n  ]\n}\n");
    free(text);
    cJSON_Delete(tree);
}
END_TEST

static const struct {
    const char *text;
    enum dgm_status status;
    size_t offset;
} refused[] = {
    {"[1,]", DGM_JSON_SYNTAX, 3},
    {"[01]", DGM_JSON_SYNTAX, 2},
    {"[1] 2", DGM_JSON_SYNTAX, 4},
    {"[1, \"\\u0000\"]", DGM_JSON_SYNTAX, 4},
    {"[\"a\\u00015\"]", DGM_JSON_SYNTAX, 1},
    {"{\"\\u0001\":1}", DGM_JSON_SYNTAX, 1},
    {"", DGM_JSON_SYNTAX, 0},
};

START_TEST(refuses_what_it_cannot_keep)
{
    cJSON *tree = NULL;
    size_t offset = 99;
    ck_assert_int_eq(parse(refused[_i].text, &tree, &offset), refused[_i].status);
    ck_assert_ptr_null(tree);
    ck_assert_msg(offset == refused[_i].offset, "%s: at %zu", refused[_i].text, offset);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("jsontree");
    tcase_add_loop_test(tests, keeps_all_digits, 0, COUNT(kept));
    tcase_add_test(tests, tells_numbers_from_texts);
    tcase_add_test(tests, finds_elements_by_a_member);
    tcase_add_test(tests, lays_out_over_lines);
    tcase_add_loop_test(tests, refuses_what_it_cannot_keep, 0, COUNT(refused));
    Suite *suite = suite_create("jsontree");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
