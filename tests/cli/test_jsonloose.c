/* SPDX-License-Identifier: MIT */
/* Comments and last commas are blanked out; texts, and all else, stay. */
#include "jsonloose.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    const char *text, *blanked; /* NULL: stays */
    size_t offset;
} cases[] = {
    {"[1,2]", NULL, 0},
    {"[1,]", "[1 ]", 2},
    {"{\"a\":1 , \n}", "{\"a\":1   \n}", 7},
    {"[1,/* x */]", "[1        ]", 2},
    {"[1, // x,\r\n 2]", "[1,      \r\n 2]", 4},
    {"/*a\nb*/[]", "   \n   []", 0},
    {"[]//", "[]  ", 2},
    {"[[1,],]", "[[1 ] ]", 3},
    {"[1,,]", "[1, ]", 3},
    {"[\",]\",\"/*\",\"*/\",\"//\"]", NULL, 0},
    {"[\"\\\",]\"]", NULL, 0},
    {"[\"\\\\\",]", "[\"\\\\\" ]", 5},
    {"[1 /* x", "[1     ", 3},
    {"[1 /", NULL, 0},
    {"[1 /*", "[1   ", 3},
    {"/*/*/*", "     *", 0},
    {"[1 /*/ ]", "[1      ", 3},
    {"[\"a", NULL, 0},
    {"[\"a\\", NULL, 0},
    {",", NULL, 0},
    {"", NULL, 0},
};

/* In memory of that size, so that a sanitizer sees each byte beyond. */
START_TEST(blanks_what_is_no_json)
{
    size_t length = strlen(cases[_i].text), offset = 0;
    char *text = malloc(length > 0 ? length : 1);
    ck_assert_ptr_nonnull(text);
    memcpy(text, cases[_i].text, length);
    const char *expected = cases[_i].blanked != NULL ? cases[_i].blanked : cases[_i].text;
    ck_assert(jsonloose_blank(text, length, &offset) == (cases[_i].blanked != NULL));
    ck_assert_uint_eq(strlen(expected), length);
    ck_assert_msg(memcmp(text, expected, length) == 0, "%.*s", (int)length, text);
    ck_assert(cases[_i].blanked == NULL || offset == cases[_i].offset);
    free(text);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("jsonloose");
    tcase_add_loop_test(tests, blanks_what_is_no_json, 0, COUNT(cases));
    Suite *suite = suite_create("jsonloose");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
