/* SPDX-License-Identifier: MIT */
/* Every status has an explanation; exact numbers and escapes in JSON for scripts. */
#include "explain.h"
#include "cli.h"
#include "jsonout.h"
#include "starter.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(explains_every_status)
{
    enum dgm_status status = DGM_OK;
    size_t count = 0;
    for (; dgm_status_at(count, &status); count++) {
        const char *text = explain_status(status);
        ck_assert_msg(text != NULL, "no explanation of '%s'", dgm_status_id(status));
        ck_assert_msg(text[strlen(text) - 1] == '\n', "'%s'", dgm_status_id(status));
    }
    ck_assert_uint_gt(count, 40);
    ck_assert_ptr_null(explain_status((enum dgm_status)9999));
}
END_TEST

START_TEST(explanations_fit_a_terminal)
{
    enum dgm_status status = DGM_OK;
    for (size_t i = 0; dgm_status_at(i, &status); i++) {
        const char *text = explain_status(status);
        while (text != NULL && *text != '\0') {
            size_t length = strcspn(text, "\n");
            ck_assert_msg(length <= 82, "'%s': %zu columns", dgm_status_id(status),
                          length);
            text += length + 1;
        }
    }
}
END_TEST

struct exit_row {
    enum dgm_status status;
    int code;
};

static const struct exit_row exit_rows[] = {
    {DGM_OK, 0},
    {DGM_NOTHING, 0},
    {DGM_TRUNCATED, 1},
    {DGM_PROFILE, 1},
    {DGM_BAD_CALL, 2},
    {DGM_IO, 3},
    {DGM_PLUGIN_ABI, 3},
    {DGM_BAD_TABLE, 3},
    {DGM_NO_SPACE, 70},
    {DGM_INTERNAL, 70},
    {(enum dgm_status)9999, 70},
};

START_TEST(exit_code_follows_the_family)
{
    ck_assert_msg(cli_exit_of(exit_rows[_i].status) == exit_rows[_i].code, "%s",
                  dgm_status_id(exit_rows[_i].status));
}
END_TEST

struct decimal_row {
    bool negative;
    uint64_t magnitude;
    unsigned scale;
    const char *text;
};

static const struct decimal_row decimal_rows[] = {
    {false, 0, 0, "0"},
    {false, 12345, 3, "12.345"},
    {true, 12345, 5, "-0.12345"},
    {false, 5, 3, "0.005"},
    {false, 1200, 2, "12"},
    {false, 1250, 2, "12.5"},
    {true, 0, 2, "0"},
    {false, UINT64_MAX, 0, "18446744073709551615"},
    {false, UINT64_MAX, 19, "1.8446744073709551615"},
    {true, UINT64_C(9223372036854775808), 0, "-9223372036854775808"},
    {false, 1, 19, "0.0000000000000000001"},
};

START_TEST(decimals_are_exact)
{
    const struct decimal_row *row = &decimal_rows[_i];
    char text[JSONOUT_DECIMAL];
    jsonout_decimal(row->negative, row->magnitude, row->scale, text);
    ck_assert_str_eq(text, row->text);
}
END_TEST

struct quoted_row {
    const char *text, *quoted;
};

static const struct quoted_row quoted_rows[] = {
    {"plain", "\"plain\""},
    {"a\"b\\c", "\"a\\\"b\\\\c\""},
    {"line\n", "\"line\\n\""},
    {"\x01\x7F", "\"\\u0001\\u007F\""},
    {"\xC3\xA9", "\"\xC3\xA9\""},
    {"\xF0\x9F\x98\x80", "\"\xF0\x9F\x98\x80\""},
    {"\xC3", "\"\\uFFFD\""},
    {"\xC0\xAF", "\"\\uFFFD\\uFFFD\""},
    {"\xED\xA0\x80", "\"\\uFFFD\\uFFFD\\uFFFD\""},
    {"\xF4\x90\x80\x80", "\"\\uFFFD\\uFFFD\\uFFFD\\uFFFD\""},
};

START_TEST(texts_become_valid_json)
{
    char *made = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&made, &length);
    ck_assert_ptr_nonnull(file);
    jsonout_quoted(file, quoted_rows[_i].text, strlen(quoted_rows[_i].text));
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_str_eq(made, quoted_rows[_i].quoted);
    free(made);
}
END_TEST

static const char *stem_of(struct starter *starter, const char *maker, const char *model)
{
    starter->maker = maker;
    starter->model = model;
    starter_set_stem(starter);
    return starter->stem;
}

/* As dragoman-gen names what it makes. */
START_TEST(starter_is_named_after_maker_and_model)
{
    struct starter starter = {0};
    char longest[STARTER_NAME_MAX + 1];
    memset(longest, 'A', sizeof(longest) - 1);
    longest[STARTER_NAME_MAX] = '\0';
    ck_assert_str_eq(stem_of(&starter, "Acme", "WM-100"), "acme-wm-100");
    ck_assert_str_eq(stem_of(&starter, "../a", "b--c/.."), "a-b-c");
    ck_assert_str_eq(stem_of(&starter, "///", "7"), "7");
    ck_assert_str_eq(stem_of(&starter, "///", "..."), "profile");
    ck_assert_uint_eq(strlen(stem_of(&starter, longest, longest)),
                      2 * STARTER_NAME_MAX + 1);
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof((array)[0]))

int main(void)
{
    Suite *suite = suite_create("explain");
    TCase *tcase = tcase_create("explain");
    tcase_add_test(tcase, explains_every_status);
    tcase_add_test(tcase, explanations_fit_a_terminal);
    tcase_add_loop_test(tcase, exit_code_follows_the_family, 0, COUNT(exit_rows));
    tcase_add_loop_test(tcase, decimals_are_exact, 0, COUNT(decimal_rows));
    tcase_add_loop_test(tcase, texts_become_valid_json, 0, COUNT(quoted_rows));
    tcase_add_test(tcase, starter_is_named_after_maker_and_model);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
