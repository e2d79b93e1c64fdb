/* SPDX-License-Identifier: MIT */
/* What differs between two JSON texts, member by member. */
#include "jsonchange.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char told[1024];

/* "-a ~b.c +d" */
static void put(void *user, enum json_change change, const char *path)
{
    static const char marks[] = {
        [JSON_GONE] = '-', [JSON_NEW] = '+', [JSON_CHANGED] = '~'};
    size_t used = strlen(told);
    (void)user;
    (void)snprintf(told + used, sizeof(told) - used, "%s%c%s", used > 0 ? " " : "",
                   marks[change], path);
}

static bool compare(const char *old, const char *new)
{
    told[0] = '\0';
    return json_changes(old, strlen(old), new, strlen(new), put, NULL);
}

static const struct {
    const char *old, *new, *told;
} pairs[] = {
    {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", ""},
    {"{\"a\":1.50}", "{\"a\":15e-1}", ""},
    {"{\"a\":9007199254740993}", "{\"a\":9007199254740992}", "~a"},
    {"{\"a\":1,\"b\":{\"c\":2,\"d\":3}}", "{\"b\":{\"d\":4,\"e\":5}}",
     "-a -b.c ~b.d +b.e"},
    {"{\"a\":1}", "{\"a\":\"1\"}", "~a"},
    {"{\"a\":true}", "{\"a\":false}", "~a"},
    {"{\"a\":null}", "{\"a\":null}", ""},
    {"{\"a\":\"x\"}", "{\"a\":\"X\"}", "~a"},
    {"{\"a\":{\"b\":1}}", "{\"a\":1}", "~a"},
    {"{\"a\":[{\"b\":1},{\"b\":2}]}", "{\"a\":[{\"b\":1},{\"b\":3}]}", "~a[].b"},
    {"{\"a\":[1]}", "{\"a\":[1,2]}", "~a"},
    {"{\"a\":{}}", "{\"a\":[]}", "~a"},
    {"[1]", "[2]", "~[]"},
    {"1", "2", "~"},
    {"{}", "{\"a\":{\"b\":1}}", "+a"},
};

START_TEST(tells_each_member_that_differs)
{
    ck_assert(compare(pairs[_i].old, pairs[_i].new));
    ck_assert_str_eq(told, pairs[_i].told);
}
END_TEST

START_TEST(takes_only_json)
{
    ck_assert(!compare("{\"a\":1", "{}"));
    ck_assert(!compare("{}", "{\"a\":\"\\u0000\"}"));
    ck_assert_str_eq(told, "");
}
END_TEST

START_TEST(cuts_long_paths)
{
    char name[2 * JSON_CHANGE_PATH], old[4 * JSON_CHANGE_PATH];
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    (void)snprintf(old, sizeof(old), "{\"%s\":{\"b\":1}}", name);
    ck_assert(compare(old, "{}"));
    ck_assert_uint_eq(strlen(told), JSON_CHANGE_PATH);
    (void)snprintf(old, sizeof(old), "{\"a\":{\"%s\":1}}", name);
    ck_assert(compare(old, "{\"a\":{}}"));
    ck_assert_uint_eq(strlen(told), JSON_CHANGE_PATH);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jsonchange");
    TCase *tests = tcase_create("jsonchange");
    tcase_add_loop_test(tests, tells_each_member_that_differs, 0, COUNT(pairs));
    tcase_add_test(tests, takes_only_json);
    tcase_add_test(tests, cuts_long_paths);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
