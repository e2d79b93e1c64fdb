/* SPDX-License-Identifier: MIT */
/* Findings: order, limits, suggestions, and how they look on a screen. */
#include "front.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct arena *arena;
static struct diag diag;

static void open_diag(const char *text)
{
    diag_init(&diag, arena, "p/acme.yaml", text, strlen(text));
}

static void setup(void)
{
    arena = arena_new();
    ck_assert_ptr_nonnull(arena);
    open_diag("one\ntwo three\nfour\n");
}

static void teardown(void)
{
    arena_free(arena);
}

static const char *render(const struct dgm_diagnostic *item)
{
    size_t size = dgm_diagnostic_render(item, /* caret */ true, NULL, 0) + 1;
    char *text = arena_alloc(arena, size);
    ck_assert_uint_eq(dgm_diagnostic_render(item, true, text, size), size - 1);
    ck_assert_uint_eq(strlen(text), size - 1);
    return text;
}

START_TEST(stand_in_the_order_of_the_file)
{
    diag_report(&diag, RULE_UNKNOWN_KEY, (struct location){3, 1, 1, 0}, "c");
    diag_report(&diag, RULE_UNKNOWN_KEY, (struct location){1, 2, 1, 0}, "a");
    diag_report(&diag, RULE_UNKNOWN_KEY, (struct location){2, 5, 1, 0}, "b");
    diag_report(&diag, RULE_UNUSED_LOCAL, (struct location){2, 5, 1, 0}, "b too");
    ck_assert_uint_eq(diag.count, 4);
    ck_assert_str_eq(diag.items[0].text, "a");
    ck_assert_str_eq(diag.items[1].text, "b");
    ck_assert_str_eq(diag.items[2].text, "b too");
    ck_assert_str_eq(diag.items[3].text, "c");
    ck_assert_uint_eq(diag.errors, 3);
    ck_assert_int_eq(diag.items[2].severity, DGM_SEVERITY_WARNING);
}
END_TEST

START_TEST(are_kept_once_by_rule_and_place)
{
    diag_report(&diag, RULE_UNKNOWN_KEY, (struct location){1, 2, 1, 0}, "a");
    diag_report(&diag, RULE_UNKNOWN_KEY, (struct location){1, 2, 3, 0}, "b");
    diag_report(&diag, RULE_BAD_NAME, (struct location){1, 2, 1, 0}, "c");
    ck_assert_uint_eq(diag.count, 2);
    ck_assert_uint_eq(diag.errors, 2);
}
END_TEST

START_TEST(beyond_twenty_errors_are_counted_only)
{
    for (unsigned i = 1; i <= 30; i++)
        diag_report(&diag, RULE_UNKNOWN_KEY, (struct location){1, i, 1, 0}, "e%u", i);
    for (unsigned i = 1; i <= 30; i++)
        diag_report(&diag, RULE_UNUSED_LOCAL, (struct location){1, i, 1, 0}, "w%u", i);
    ck_assert_uint_eq(diag.count, 50);
    ck_assert_uint_eq(diag.errors, 30);
}
END_TEST

START_TEST(look_like_those_of_a_compiler)
{
    diag_report(&diag, RULE_UNKNOWN_KEY, (struct location){2, 5, 5, 0},
                "unknown key '%s' in an item; did you mean '%s'?", "three", "tree");
    ck_assert_str_eq(render(&diag.items[0]),
                     "p/acme.yaml:2:5: error: unknown key 'three' in an item; did you "
                     "mean 'tree'? [unknown-key]\n"
                     "    2 | two three\n"
                     "      |     ^~~~~\n");
    diag_report(&diag, RULE_UNPROVEN, (struct location){3, 1, 0, 0}, "so");
    ck_assert_str_eq(render(&diag.items[1]), "p/acme.yaml:3:1: note: so [unproven]\n"
                                             "    3 | four\n"
                                             "      | ^\n");
}
END_TEST

START_TEST(without_place_show_no_line)
{
    diag_report(&diag, RULE_CANNOT_READ, (struct location){0, 0, 0, 0}, "no such file");
    ck_assert_str_eq(render(&diag.items[0]),
                     "p/acme.yaml: error: no such file [cannot-read]\n");
}
END_TEST

START_TEST(can_do_without_the_line)
{
    char text[80];

    diag_report(&diag, RULE_BAD_NAME, (struct location){1, 1, 3, 0}, "x");
    dgm_diagnostic_render(&diag.items[0], /* caret */ false, text, sizeof(text));
    ck_assert_str_eq(text, "p/acme.yaml:1:1: error: x [bad-name]\n");
}
END_TEST

START_TEST(are_cut_to_the_buffer)
{
    char all[200], text[200];

    diag_report(&diag, RULE_BAD_NAME, (struct location){1, 1, 3, 0}, "x");
    size_t length = dgm_diagnostic_render(&diag.items[0], true, all, sizeof(all));
    for (size_t size = 1; size <= length + 1; size++) {
        memset(text, '#', sizeof(text));
        ck_assert_uint_eq(dgm_diagnostic_render(&diag.items[0], true, text, size),
                          length);
        ck_assert_uint_eq(strlen(text), size - 1);
        ck_assert_int_eq(strncmp(text, all, size - 1), 0);
        ck_assert_int_eq(text[size], '#');
    }
}
END_TEST

struct line_case {
    const char *name, *text;
    struct location where;
    const char *shown;
};

static const struct line_case line_cases[] = {
    {"wide characters",
     "\xE6\xB0\xB4\xE8\xA1\xA8: x",
     {1, 5, 1, 0}, /* two Han characters */
     "    1 | \xE6\xB0\xB4\xE8\xA1\xA8: x\n      |       ^\n"},
    {"wide caret",
     "a\xE6\xB0\xB4\xE8\xA1\xA8",
     {1, 2, 2, 0},
     "    1 | a\xE6\xB0\xB4\xE8\xA1\xA8\n      |  ^~~~\n"},
    {"combining mark", "e\xCC\x81x", {1, 3, 1, 0}, "    1 | e\xCC\x81x\n      |  ^\n"},
    {"tab", "\ta b", {1, 4, 1, 0}, "    1 | \ta b\n      | \t  ^\n"},
    {"behind the end", "ab", {1, 3, 1, 0}, "    1 | ab\n      |   ^\n"},
    {"far behind the end", "ab", {1, 4000000000u, 1, 0}, "    1 | ab\n      |   ^\n"},
    {"underline ends with the line", "abc", {1, 2, 100, 0}, "    1 | abc\n      |  ^~\n"},
    {"carriage return", "ab\r\ncd\r\n", {2, 1, 2, 0}, "    2 | cd\n      | ^~\n"},
    {"lone carriage return", "ab\rcd", {2, 1, 2, 0}, "    2 | cd\n      | ^~\n"},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "ab",
     {1, 1, 2, 0},
     "    1 | ab\n      | ^~\n"},
    {"escape sequence", "a\x1B[31mb", {1, 1, 1, 0}, "    1 | a?[31mb\n      | ^\n"},
    {"broken text", "a\xFF\xC3(b", {1, 2, 1, 0}, "    1 | a?\?(b\n      |  ^\n"},
    {"right to left",
     "a\xE2\x80\xAE"
     "b",
     {1, 3, 1, 0},
     "    1 | a?b\n      |   ^\n"},
    {"empty line", "\n\n", {1, 1, 1, 0}, ""},
};

START_TEST(show_the_line_harmless_and_the_caret_in_place)
{
    const struct line_case *row = &line_cases[_i];

    open_diag(row->text);
    diag_report(&diag, RULE_BAD_NAME, row->where, "x");
    const char *text = render(&diag.items[0]);
    ck_assert_msg(strcmp(strchr(text, '\n') + 1, row->shown) == 0, "%s: shows\n%s",
                  row->name, text);
}
END_TEST

START_TEST(show_a_part_of_an_endless_line)
{
    char *text = arena_alloc(arena, 200001);
    memset(text, 'a', 200000);

    diag_init(&diag, arena, "f", text, 200000);
    for (unsigned column = 1; column <= 200000; column += 19999) {
        diag_report(&diag, RULE_BAD_NAME, (struct location){1, column, 5, 0}, "x");
        const char *shown = render(&diag.items[diag.count - 1]);
        ck_assert_uint_lt(strlen(shown), 600);
        const char *mark = strrchr(shown, '^');
        ck_assert_ptr_nonnull(mark);
        const char *lines = strchr(shown, '\n') + 1;
        size_t place = (size_t)(mark - (strchr(lines, '\n') + 1));
        ck_assert_int_eq(lines[place], 'a');
    }
}
END_TEST

START_TEST(let_no_word_reach_the_terminal_unseen)
{
    char *word = arena_alloc(arena, 5001);
    memset(word, 'w', 5000);

    diag_report(&diag, RULE_BAD_NAME, (struct location){1, 1, 1, 0},
                "'\x1B]0;x\a\xC2\x9B"
                "31m\xFF\n'");
    ck_assert_str_eq(diag.items[0].text, "'?]0;x??31m?\?'");
    diag_report(&diag, RULE_BAD_NAME, (struct location){2, 1, 1, 0}, "'%s'", word);
    ck_assert_uint_lt(strlen(diag.items[1].text), 500);
    ck_assert_ptr_nonnull(strstr(diag.items[1].text, "www..."));
}
END_TEST

struct nearest_case {
    const char *word, *nearest;
};

static const struct nearest_case nearest_cases[] = {
    {"sclae", "scale"},
    {"scal", "scale"},
    {"Scale", "scale"},
    {"scales", "scale"},
    {"ofset", "offset"},
    {"fileds", "fields"},
    {"x", NULL},
    {"", NULL},
    {"reserve", "reserved"},
    {"tpye", "type"},
    {"banana", NULL},
    {"nam", "name"},
    {"a word much longer than any key of the language is", NULL},
};

START_TEST(suggest_the_nearest_word_if_one_is_near)
{
    static const char *const words[] = {"name",   "type",   "scale",
                                        "offset", "fields", "reserved"};
    const struct nearest_case *row = &nearest_cases[_i];
    const char *nearest = diag_nearest(row->word, words, 6);

    ck_assert_pstr_eq(nearest, row->nearest);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diag");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_test(all, stand_in_the_order_of_the_file);
    tcase_add_test(all, are_kept_once_by_rule_and_place);
    tcase_add_test(all, beyond_twenty_errors_are_counted_only);
    tcase_add_test(all, look_like_those_of_a_compiler);
    tcase_add_test(all, without_place_show_no_line);
    tcase_add_test(all, can_do_without_the_line);
    tcase_add_test(all, are_cut_to_the_buffer);
    tcase_add_loop_test(all, show_the_line_harmless_and_the_caret_in_place, 0,
                        sizeof(line_cases) / sizeof(line_cases[0]));
    tcase_add_test(all, show_a_part_of_an_endless_line);
    tcase_add_test(all, let_no_word_reach_the_terminal_unseen);
    tcase_add_loop_test(all, suggest_the_nearest_word_if_one_is_near, 0,
                        sizeof(nearest_cases) / sizeof(nearest_cases[0]));
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
