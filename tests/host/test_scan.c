/* SPDX-License-Identifier: MIT */
/* Directories: order, what is looked at, what is passed over. */
#include "plugin_file.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct visits {
    char text[1024]; /* "name:model;" or "name!status;" */
    size_t count, stop_after;
};

static bool visit(void *user, const char *path, const struct dgm_plugin_info *info,
                  const struct dgm_refusal *refusal)
{
    struct visits *visits = user;
    size_t length = strlen(visits->text);
    const char *name = strrchr(path, '/') + 1;
    ck_assert((info == NULL) == (refusal != NULL));
    if (info != NULL) {
        (void)snprintf(visits->text + length, sizeof(visits->text) - length, "%s:%s;",
                       name, dgm_plugin_info_member(info, "model"));
    } else {
        (void)snprintf(visits->text + length, sizeof(visits->text) - length, "%s!%d;",
                       name, (int)refusal->status);
    }
    visits->count++;
    return visits->count != visits->stop_after;
}

static const char *fill_folder(void)
{
    struct plugin_file good = plugin_file_read(test_setting("DRAGOMAN_TEST_PLUGIN"));
    const char *folder = scratch_folder();
    (void)write_bytes(folder, "c.so", good.bytes, good.size);
    (void)write_bytes(folder, "a.so", good.bytes, good.size);
    (void)write_bytes(folder, "b.so", "none", 4);
    (void)write_bytes(folder, "d.so.bak", good.bytes, good.size);
    (void)write_bytes(folder, ".e.so", good.bytes, good.size);
    (void)write_bytes(folder, "so", good.bytes, good.size);
    plugin_file_free(&good);
    return folder;
}

START_TEST(visits_plugins_by_name_and_shows_the_refused)
{
    struct visits visits = {"", 0, 0};
    const char *folder = fill_folder();
    ck_assert_int_eq(dgm_plugin_scan(folder, visit, &visits), DGM_OK);
    ck_assert_str_eq(visits.text, "a.so:WM-100;b.so!80;c.so:WM-100;");
    remove_folder(folder);
}
END_TEST

START_TEST(stops_when_the_visitor_has_seen_enough)
{
    struct visits visits = {"", 0, 1};
    const char *folder = fill_folder();
    ck_assert_int_eq(dgm_plugin_scan(folder, visit, &visits), DGM_OK);
    ck_assert_str_eq(visits.text, "a.so:WM-100;");
    remove_folder(folder);
}
END_TEST

START_TEST(finds_nothing_in_an_empty_folder)
{
    struct visits visits = {"", 0, 0};
    const char *folder = scratch_folder();
    ck_assert_int_eq(dgm_plugin_scan(folder, visit, &visits), DGM_OK);
    ck_assert_uint_eq(visits.count, 0);
    remove_folder(folder);
}
END_TEST

START_TEST(says_that_a_folder_is_missing)
{
    struct visits visits = {"", 0, 0};
    ck_assert_int_eq(dgm_plugin_scan("/nonexistent", visit, &visits), DGM_IO);
    ck_assert_int_eq(dgm_plugin_scan(NULL, visit, &visits), DGM_BAD_CALL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scan");
    TCase *tests = tcase_create("scan");
    tcase_add_test(tests, visits_plugins_by_name_and_shows_the_refused);
    tcase_add_test(tests, stops_when_the_visitor_has_seen_enough);
    tcase_add_test(tests, finds_nothing_in_an_empty_folder);
    tcase_add_test(tests, says_that_a_folder_is_missing);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
