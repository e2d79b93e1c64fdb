/* SPDX-License-Identifier: MIT */
/* Which files are code plug-ins, what is wrong with those that are refused, and what one
 * can do while it is loaded. */
#include "desk.h"
#include "unruly.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct dgm_refusal refusal;

static enum dgm_status start(const char *variant,
                             const struct dgm_worker_options *options)
{
    struct dgm_worker_options usual = desk_options();
    struct dgm_worker *worker = NULL;
    memset(&refusal, 0, sizeof(refusal));
    enum dgm_status status = dgm_worker_start(
        desk_plugin(variant), options == NULL ? &usual : options, &worker, &refusal);
    ck_assert_int_eq(status, refusal.status);
    ck_assert((status == DGM_OK) == (worker != NULL));
    dgm_worker_stop(worker);
    return status;
}

START_TEST(the_file_says_that_it_has_code)
{
    struct dgm_plugin_info *info = NULL;
    ck_assert_int_eq(dgm_plugin_inspect(desk_plugin("unruly"), &info, &refusal), DGM_OK);
    ck_assert_ptr_nonnull(strstr(dgm_plugin_info_code(info), "executable"));
    ck_assert_str_eq(dgm_plugin_info_member(info, "model"), "Unruly");
    dgm_plugin_info_free(info);
    const char *tables = desk_setting("DRAGOMAN_TEST_PLUGIN");
    ck_assert_int_eq(dgm_plugin_inspect(tables, &info, &refusal), DGM_OK);
    ck_assert_ptr_null(dgm_plugin_info_code(info));
    dgm_plugin_info_free(info);
}
END_TEST

START_TEST(it_is_not_loaded_into_this_process)
{
    struct dgm_loaded *loaded = NULL;
    ck_assert_int_eq(dgm_plugin_load(desk_plugin("unruly"), &loaded, &refusal),
                     DGM_PLUGIN_CODE);
    ck_assert_ptr_nonnull(strstr(refusal.text, "executable"));
    ck_assert_ptr_nonnull(strstr(refusal.text, "worker process"));
    ck_assert_ptr_null(loaded);
}
END_TEST

START_TEST(tables_need_no_process)
{
    struct dgm_worker *worker = NULL;
    ck_assert_int_eq(
        dgm_worker_start(desk_setting("DRAGOMAN_TEST_PLUGIN"), NULL, &worker, &refusal),
        DGM_BAD_CALL);
    ck_assert_ptr_nonnull(strstr(refusal.text, "no code"));
}
END_TEST

static const struct {
    const char *variant;
    enum dgm_status status;
    const char *text;
} wrong[] = {
    {"loading-crash", DGM_WORKER_START, "SIGSEGV"},
    {"loading-write", DGM_WORKER_START, "openat"},
    {"loading-socket", DGM_WORKER_START, "socket"},
    {"loading-ready", DGM_WORKER_START, "something else about its hooks"},
    {"wrong-magic", DGM_WORKER_START, "magic: expected 0x434d4744, found 0x00000001"},
    {"wrong-major", DGM_WORKER_START, "major: expected 1, found 2"},
    {"wrong-size", DGM_WORKER_START, "size: found 8"},
    {"wrong-count", DGM_WORKER_START, "hook_count: expected 1 to 32, found 33"},
    {"wrong-state", DGM_WORKER_START, "state_size: expected at most 4096, found 4097"},
    {"wrong-tail", DGM_WORKER_START, "newer host"},
    {"wrong-features", DGM_PLUGIN_CODE, "features: expected 0x1 as the file is"},
    {"runpath", DGM_PLUGIN_CODE, "PATH: expected none, found one"},
};

START_TEST(says_what_is_wrong_with_a_plugin)
{
    enum dgm_status status = start(wrong[_i].variant, NULL);
    ck_assert_msg(status == wrong[_i].status && strstr(refusal.text, wrong[_i].text),
                  "%s: %s: %s", wrong[_i].variant, dgm_status_id(status), refusal.text);
}
END_TEST

START_TEST(loading_without_end_ends_at_its_deadline)
{
    struct dgm_worker_options options = desk_options();
    options.start_ms = 200;
    ck_assert_int_eq(start("loading-hang", &options), DGM_WORKER_START);
    ck_assert_ptr_nonnull(strstr(refusal.text, "deadline"));
}
END_TEST

/* Files are those of the system's libraries while those are loaded, and none at all
 * before the plug-in is. A kernel without Landlock cannot do that. */
static const char *const readers[] = {"loading-read", "loading-library"};

START_TEST(loading_opens_no_file)
{
    static struct desk desk;
    desk_open(&desk, readers[_i], NULL);
    if (desk_stats(&desk).landlock > 0) {
        desk_expect(&desk, DEED_LOADING, "Permission denied");
    }
    desk_close(&desk);
}
END_TEST

START_TEST(options_that_make_no_sense_are_refused)
{
    struct dgm_worker_options options = desk_options();
    options.size = 2;
    ck_assert_int_eq(start("unruly", &options), DGM_BAD_CALL);
    options = desk_options();
    options.settings_length = 1;
    ck_assert_int_eq(start("unruly", &options), DGM_BAD_CALL);
    options = desk_options();
    options.state_size = 7;
    ck_assert_int_eq(start("unruly", &options), DGM_WORKER_START);
    ck_assert_str_eq(refusal.text,
                     "state: expected at most 7 bytes that calls bring, the "
                     "plug-in keeps 8 of each device");
}
END_TEST

START_TEST(settings_that_the_plugin_refuses_refuse_it)
{
    static const char settings[64] = "";
    struct dgm_worker_options options = desk_options();
    options.settings = settings;
    options.settings_length = sizeof(settings);
    ck_assert_int_eq(start("unruly", &options), DGM_WORKER_START);
    ck_assert_ptr_nonnull(strstr(refusal.text, "the settings are too long"));
}
END_TEST

START_TEST(the_program_is_named_in_full)
{
    struct dgm_worker_options options = desk_options();
    options.program = "dragoman-worker";
    ck_assert_int_eq(start("unruly", &options), DGM_WORKER_START);
    ck_assert_ptr_nonnull(strstr(refusal.text, "expected an absolute path"));
    options.program = "/nowhere/dragoman-worker";
    ck_assert_int_eq(start("unruly", &options), DGM_WORKER_START);
    ck_assert_ptr_nonnull(strstr(refusal.text, "cannot start /nowhere/dragoman-worker"));
    options.program = "/bin/false";
    ck_assert_int_eq(start("unruly", &options), DGM_WORKER_START);
    options.program = NULL;
    ck_assert_int_eq(setenv("DRAGOMAN_WORKER", "./dragoman-worker", 1), 0);
    ck_assert_int_eq(start("unruly", &options), DGM_WORKER_START);
}
END_TEST

/* Address space for the program itself and little more. */
START_TEST(memory_is_limited)
{
    struct dgm_worker_options options = desk_options();
    options.memory_mib = 1;
    ck_assert_int_eq(start("unruly", &options), DGM_WORKER_START);
    options.memory_mib = 64;
    ck_assert_int_eq(start("unruly", &options), DGM_OK);
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof((array)[0]))

int main(void)
{
    Suite *suite = suite_create("plugin");
    TCase *cases = tcase_create("plugin");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, the_file_says_that_it_has_code);
    tcase_add_test(cases, it_is_not_loaded_into_this_process);
    tcase_add_test(cases, tables_need_no_process);
    tcase_add_loop_test(cases, says_what_is_wrong_with_a_plugin, 0, COUNT(wrong));
    tcase_add_test(cases, loading_without_end_ends_at_its_deadline);
    tcase_add_loop_test(cases, loading_opens_no_file, 0, COUNT(readers));
    tcase_add_test(cases, options_that_make_no_sense_are_refused);
    tcase_add_test(cases, settings_that_the_plugin_refuses_refuse_it);
    tcase_add_test(cases, the_program_is_named_in_full);
    tcase_add_test(cases, memory_is_limited);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
