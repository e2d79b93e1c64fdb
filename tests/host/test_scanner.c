/* SPDX-License-Identifier: MIT */
/* Scanning in a child process: what is found, what is remembered, and that no file and no
 * child, whatever it does, keeps the others from being found. */
#include <dragoman/scan.h>

#include "plugin_file.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[512], cache[600];

static void setup(void)
{
    (void)snprintf(folder, sizeof(folder), "%s", scratch_folder());
    (void)snprintf(cache, sizeof(cache), "%s/cache", folder);
}

static void teardown(void)
{
    remove_folder(folder);
}

static void add_file(const char *name, const char *content)
{
    (void)write_bytes(folder, name, content, strlen(content));
}

static void add_plugin(const char *name)
{
    struct plugin_file good = plugin_file_read(test_setting("DRAGOMAN_TEST_PLUGIN"));
    (void)write_bytes(folder, name, good.bytes, good.size);
    plugin_file_free(&good);
}

/* What was seen: "name:model;" or "name!status;", with a star if it was remembered. */
struct seen {
    char text[2048];
    char reason[256]; /* of the last refusal */
    enum dgm_scan_outcome outcome;
    size_t count, stop_after;
};

static bool see(void *user, const struct dgm_scan_result *result)
{
    struct seen *seen = user;
    char part[256];
    const char *name = strrchr(result->path, '/') + 1;
    const char *star = result->cached ? "*" : "";
    ck_assert((result->info == NULL) == (result->refusal != NULL));
    ck_assert((result->info != NULL) == (result->outcome == DGM_SCAN_FINE));
    if (result->info != NULL) {
        (void)snprintf(part, sizeof(part), "%s%s:%s;", name, star,
                       dgm_plugin_info_member(result->info, "model"));
    } else {
        (void)snprintf(part, sizeof(part), "%s%s!%s;", name, star,
                       dgm_status_id(result->refusal->status));
        (void)snprintf(seen->reason, sizeof(seen->reason), "%s", result->refusal->text);
    }
    ck_assert_uint_lt(strlen(seen->text) + strlen(part), sizeof(seen->text));
    strcat(seen->text, part);
    seen->outcome = result->outcome;
    seen->count++;
    return seen->count != seen->stop_after;
}

static struct dgm_scan_options options_of(const char *program)
{
    struct dgm_scan_options options = DGM_SCAN_OPTIONS_INIT;
    options.cache = cache;
    options.program = test_setting(program);
    return options;
}

/* Scan the folder, save, and see what there is. */
static struct seen scan(const struct dgm_scan_options *options)
{
    struct seen seen = {"", "", DGM_SCAN_FINE, 0, 0};
    struct dgm_scanner *scanner = NULL;
    struct dgm_refusal refusal;
    ck_assert_int_eq(dgm_scanner_open(options, &scanner, &refusal), DGM_OK);
    enum dgm_status status = dgm_scanner_visit(scanner, folder, see, &seen, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
    status = dgm_scanner_save(scanner, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
    dgm_scanner_close(scanner);
    return seen;
}

START_TEST(finds_plugins_and_remembers_them)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN");
    add_plugin("b.so");
    add_file("a.so", "none");
    struct seen seen = scan(&options);
    ck_assert_str_eq(seen.text, "a.so!plugin-file;b.so:WM-100;");
    ck_assert_str_eq(seen.reason, "file size: expected at least 64, found 4");
    seen = scan(&options);
    ck_assert_str_eq(seen.text, "a.so*!plugin-file;b.so*:WM-100;");
    ck_assert_str_eq(seen.reason, "file size: expected at least 64, found 4");
}
END_TEST

START_TEST(remembers_files_by_their_content)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN");
    add_plugin("a.so");
    (void)scan(&options);
    add_plugin("b.so");
    add_file("a.so", "changed");
    ck_assert_str_eq(scan(&options).text, "a.so!plugin-file;b.so*:WM-100;");
}
END_TEST

START_TEST(looks_again_when_asked_to)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN");
    add_plugin("a.so");
    (void)scan(&options);
    options.rescan = true;
    ck_assert_str_eq(scan(&options).text, "a.so:WM-100;");
}
END_TEST

static bool check_hash(void *user, const struct dgm_scan_result *result)
{
    uint8_t sha256[DGM_SHA256_SIZE];
    struct plugin_file good = plugin_file_read(test_setting("DRAGOMAN_TEST_PLUGIN"));
    (void)crypto_hash_sha256(sha256, good.bytes, good.size);
    ck_assert_mem_eq(result->sha256, sha256, sizeof(sha256));
    ck_assert_uint_eq(result->file_size, good.size);
    ck_assert_str_eq(dgm_plugin_info_model(result->info, 0, "model"), "WM-100");
    ck_assert_ptr_nonnull(strstr(dgm_plugin_info_manifest(result->info), "\"messages\""));
    plugin_file_free(&good);
    *(bool *)user = true;
    return true;
}

START_TEST(tells_hash_size_and_manifest)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN");
    struct dgm_scanner *scanner = NULL;
    bool called = false;
    add_plugin("a.so");
    ck_assert_int_eq(dgm_scanner_open(&options, &scanner, NULL), DGM_OK);
    ck_assert_int_eq(dgm_scanner_visit(scanner, folder, check_hash, &called, NULL),
                     DGM_OK);
    dgm_scanner_close(scanner);
    ck_assert(called);
}
END_TEST

static const struct {
    const char *word, *id, *reason;
    enum dgm_scan_outcome outcome;
    bool remembered;
} tricks[] = {
    {"crash", "plugin-crashed", "ended by signal 11", DGM_SCAN_QUARANTINED, true},
    {"leave", "plugin-crashed", "exited with 3", DGM_SCAN_QUARANTINED, true},
    {"killed", "plugin-crashed", "ended by signal 9", DGM_SCAN_QUARANTINED, false},
    {"silent", "plugin-crashed", "ended", DGM_SCAN_QUARANTINED, false},
    {"hang", "plugin-hung", "within 1500 ms", DGM_SCAN_QUARANTINED, true},
    {"flood", "plugin-flooded", "expected one answer", DGM_SCAN_QUARANTINED, true},
    {"much", "plugin-flooded", "expected one answer", DGM_SCAN_QUARANTINED, true},
    {"short", "plugin-crashed", "exited with 0", DGM_SCAN_QUARANTINED, true},
    {"magic", "plugin-flooded", "expected one answer", DGM_SCAN_QUARANTINED, true},
    {"status", "plugin-flooded", "expected one answer", DGM_SCAN_QUARANTINED, true},
    {"boast", "plugin-manifest", "manifest: byte", DGM_SCAN_REFUSED, true},
    {"memory", "memory", "no memory", DGM_SCAN_REFUSED, false},
    {"last", "plugin-crashed", "exited with 4", DGM_SCAN_QUARANTINED, true},
};

/* The files before and behind are looked into all the same. */
static void expect_trick(int i)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN_FAKE");
    char expected[256];
    struct seen alone;
    options.deadline_ms = 1500;
    add_file("b.so", tricks[i].word);
    struct seen seen = scan(&options);
    (void)snprintf(expected, sizeof(expected), "b.so!%s;", tricks[i].id);
    ck_assert_str_eq(seen.text, expected);
    ck_assert_int_eq(seen.outcome, tricks[i].outcome);
    ck_assert_msg(strstr(seen.reason, tricks[i].reason) != NULL, "%s", seen.reason);

    alone = scan(&options);
    (void)snprintf(expected, sizeof(expected), "b.so%s!%s;",
                   tricks[i].remembered ? "*" : "", tricks[i].id);
    ck_assert_str_eq(alone.text, expected);

    options.rescan = true;
    add_file("a.so", "first");
    add_file("c.so", "third");
    seen = scan(&options);
    (void)snprintf(expected, sizeof(expected),
                   "a.so!plugin-file;b.so!%s;c.so!plugin-file;", tricks[i].id);
    ck_assert_str_eq(seen.text, expected);
}

START_TEST(quarantines_what_goes_wrong_and_goes_on)
{
    expect_trick(_i);
}
END_TEST

/* Whoever waits for all children takes the end of ours, too. */
START_TEST(goes_on_where_children_are_reaped_by_others)
{
    (void)signal(SIGCHLD, SIG_IGN);
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN_FAKE");
    add_file("a.so", "crash");
    add_file("b.so", "fine");
    ck_assert_str_eq(scan(&options).text, "a.so!plugin-crashed;b.so!plugin-file;");
    (void)signal(SIGCHLD, SIG_DFL);
}
END_TEST

START_TEST(asks_one_process_about_all_files)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN_FAKE");
    add_file("a.so", "one");
    add_file("b.so", "two");
    struct seen seen = scan(&options);
    ck_assert_msg(strncmp(seen.reason, "file 2 of ", 10) == 0, "%s", seen.reason);
}
END_TEST

static size_t count_entries(const char *path)
{
    size_t count = 0;
    DIR *directory = opendir(path);
    ck_assert_ptr_nonnull(directory);
    while (readdir(directory) != NULL) {
        count++;
    }
    (void)closedir(directory);
    return count;
}

START_TEST(leaves_no_process_and_no_file_behind)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN_FAKE");
    size_t files = count_entries("/proc/self/fd");
    add_file("a.so", "crash");
    add_file("b.so", "flood");
    add_file("c.so", "fine");
    (void)scan(&options);
    ck_assert_uint_eq(count_entries("/proc/self/fd"), files);
    ck_assert_uint_eq(count_entries(folder), 2 + 3 + 1);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

static void expect_no_program(const char *program, const char *text)
{
    struct dgm_scan_options options = DGM_SCAN_OPTIONS_INIT;
    struct dgm_scanner *scanner = NULL;
    struct dgm_refusal refusal;
    struct seen seen = {"", "", DGM_SCAN_FINE, 0, 0};
    options.program = program;
    ck_assert_int_eq(dgm_scanner_open(&options, &scanner, NULL), DGM_OK);
    ck_assert_int_eq(dgm_scanner_visit(scanner, folder, see, &seen, &refusal), DGM_IO);
    ck_assert_msg(strstr(refusal.text, text) != NULL, "%s", refusal.text);
    ck_assert_uint_eq(seen.count, 0);
    dgm_scanner_close(scanner);
}

START_TEST(blames_no_file_for_a_program_that_is_missing_or_another)
{
    char path[600];
    add_plugin("a.so");
    expect_no_program("/nonexistent/dragoman-scan", "No such file");
    (void)snprintf(path, sizeof(path), "%s/another-version", folder);
    ck_assert_int_eq(symlink(test_setting("DRAGOMAN_TEST_SCAN_FAKE"), path), 0);
    expect_no_program(path, "found 9.9.9");
    (void)snprintf(path, sizeof(path), "%s/another-program", folder);
    ck_assert_int_eq(symlink(test_setting("DRAGOMAN_TEST_SCAN_FAKE"), path), 0);
    expect_no_program(path, "found another program");
}
END_TEST

START_TEST(needs_no_program_if_the_cache_knows_all)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN_FAKE");
    char path[600], command[1400];
    (void)snprintf(path, sizeof(path), "%s/program", folder);
    (void)snprintf(command, sizeof(command), "cp '%s' '%s'", options.program, path);
    ck_assert_int_eq(system(command), 0);
    options.program = path;
    add_file("a.so", "fine");
    (void)scan(&options);
    ck_assert_int_eq(chmod(path, 0), 0);
    ck_assert_str_eq(scan(&options).text, "a.so*!plugin-file;");
}
END_TEST

START_TEST(reads_files_in_this_process_if_told_to)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN_FAKE");
    options.in_process = true;
    add_plugin("a.so");
    add_file("b.so", "crash");
    ck_assert_str_eq(scan(&options).text, "a.so:WM-100;b.so!plugin-file;");
    ck_assert_int_eq(access(cache, F_OK), -1);
}
END_TEST

/* Change the cache in some way: it is as if there were none. */
static void change_cache(const char *how)
{
    char command[1300];
    (void)snprintf(command, sizeof(command), "c='%s'; %s", cache, how);
    ck_assert_int_eq(system(command), 0);
}

static const char *const cache_changes[] = {
    "chmod 622 \"$c\"",                            /* others may write it */
    "sed -i '1s/version [^ ]*/version 0/' \"$c\"", /* by another version */
    "sed -i '1s/program [0-9]*/program 1/' \"$c\"",
    "sed -i '1s/^d/D/' \"$c\"",
    "sed -i '2s/^./g/' \"$c\"",             /* no hash */
    "sed -i '2s/ [0-9]* / 12345 /' \"$c\"", /* no status */
    "sed -i '2s/ [0-9]* / 17 /' \"$c\"",    /* none that a file can have */
    "sed -i '2s/ [0-9]*$/ 9999999/' \"$c\"",
    "sed -i '2s/ [0-9]*$/ 99999999999999999999/' \"$c\"",
    "sed -i '2s/ [0-9]*$/ -1/' \"$c\"",
    "sed -i '2s/ [0-9]*$/ /' \"$c\"",
    "truncate -s -1 \"$c\"",
    "truncate -s 0 \"$c\"",
    "rm \"$c\"; mkdir \"$c.d\"; mv -T \"$c.d\" \"$c\"",
    "rm \"$c\"; mkfifo \"$c\"",
    "chmod 0 \"$c\"; rm -f \"$c\"",
};

START_TEST(looks_again_if_the_cache_is_damaged_or_not_ours)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN_FAKE");
    struct dgm_scanner *scanner = NULL;
    struct seen seen = {"", "", DGM_SCAN_FINE, 0, 0};
    add_file("a.so", "fine");
    (void)scan(&options);
    change_cache(cache_changes[_i]);
    ck_assert_int_eq(dgm_scanner_open(&options, &scanner, NULL), DGM_OK);
    ck_assert_int_eq(dgm_scanner_visit(scanner, folder, see, &seen, NULL), DGM_OK);
    ck_assert_str_eq(seen.text, "a.so!plugin-file;");
    dgm_scanner_close(scanner);
    (void)rmdir(cache);
}
END_TEST

/* With memory of the exact size, sanitizers see reads behind it. */
START_TEST(reads_no_cache_beyond_its_end)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN_FAKE");
    add_file("a.so", "fine");
    add_file("b.so", "crash");
    (void)scan(&options);
    FILE *file = fopen(cache, "rb");
    char bytes[2048];
    ck_assert_ptr_nonnull(file);
    size_t size = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
    ck_assert_uint_gt(size, 200);
    for (size_t i = 0; i < size; i++) {
        struct dgm_scanner *scanner = NULL;
        char before = bytes[i];
        bytes[i] = (char)(before ^ 1);
        (void)write_bytes(folder, "cache", bytes, size);
        ck_assert_int_eq(dgm_scanner_open(&options, &scanner, NULL), DGM_OK);
        dgm_scanner_close(scanner);
        bytes[i] = before;
        (void)write_bytes(folder, "cache", bytes, i);
        ck_assert_int_eq(dgm_scanner_open(&options, &scanner, NULL), DGM_OK);
        dgm_scanner_close(scanner);
    }
}
END_TEST

START_TEST(tells_that_a_cache_cannot_be_written)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN_FAKE");
    struct dgm_scanner *scanner = NULL;
    struct dgm_refusal refusal;
    struct seen seen = {"", "", DGM_SCAN_FINE, 0, 0};
    options.cache = "/proc/nonexistent/cache";
    add_file("a.so", "fine");
    ck_assert_int_eq(dgm_scanner_open(&options, &scanner, NULL), DGM_OK);
    ck_assert_int_eq(dgm_scanner_visit(scanner, folder, see, &seen, NULL), DGM_OK);
    ck_assert_int_eq(dgm_scanner_save(scanner, &refusal), DGM_IO);
    ck_assert_msg(strstr(refusal.text, "cannot write the cache") != NULL, "%s",
                  refusal.text);
    dgm_scanner_close(scanner);
}
END_TEST

static int write_often(void)
{
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN_FAKE");
    for (int i = 0; i < 20; i++) {
        options.rescan = i % 2 == 0;
        if (scan(&options).count != 2) {
            return EXIT_FAILURE;
        }
    }
    return EXIT_SUCCESS;
}

START_TEST(several_writers_leave_a_whole_cache)
{
    enum { WRITERS = 4 };
    pid_t writers[WRITERS];
    struct dgm_scan_options options = options_of("DRAGOMAN_TEST_SCAN_FAKE");
    add_file("a.so", "one");
    add_file("b.so", "two");
    for (size_t i = 0; i < WRITERS; i++) {
        writers[i] = fork();
        ck_assert_int_ge(writers[i], 0);
        if (writers[i] == 0) {
            _exit(write_often());
        }
    }
    for (size_t i = 0; i < WRITERS; i++) {
        int status = -1;
        ck_assert_int_eq(waitpid(writers[i], &status, 0), writers[i]);
        ck_assert_int_eq(status, 0);
    }
    ck_assert_str_eq(scan(&options).text, "a.so*!plugin-file;b.so*!plugin-file;");
    ck_assert_uint_eq(count_entries(folder), 2 + 2 + 1);
}
END_TEST

START_TEST(refuses_wrong_calls)
{
    struct dgm_scan_options options = DGM_SCAN_OPTIONS_INIT;
    struct dgm_scanner *scanner = NULL;
    struct dgm_refusal refusal;
    struct {
        struct dgm_scan_options known;
        uint64_t further;
    } longer = {DGM_SCAN_OPTIONS_INIT, 0};
    struct seen seen = {"", "", DGM_SCAN_FINE, 0, 0};
    ck_assert_int_eq(dgm_scanner_open(&options, NULL, NULL), DGM_BAD_CALL);
    options.size = 1;
    ck_assert_int_eq(dgm_scanner_open(&options, &scanner, NULL), DGM_BAD_CALL);
    longer.known.size = sizeof(longer);
    ck_assert_int_eq(dgm_scanner_open(&longer.known, &scanner, NULL), DGM_OK);
    ck_assert_int_eq(dgm_scanner_visit(scanner, NULL, see, &seen, NULL), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_scanner_visit(scanner, "/nonexistent", see, &seen, &refusal),
                     DGM_IO);
    ck_assert_str_eq(refusal.text,
                     "cannot read the folder /nonexistent: No such file or directory");
    dgm_scanner_close(scanner);
    longer.further = 1;
    ck_assert_int_eq(dgm_scanner_open(&longer.known, &scanner, NULL), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_scanner_save(NULL, NULL), DGM_BAD_CALL);
    dgm_scanner_close(NULL);
}
END_TEST

START_TEST(knows_where_the_cache_is_by_custom)
{
    char path[64];
    ck_assert_int_eq(setenv("XDG_CACHE_HOME", "/var/x", 1), 0);
    ck_assert(dgm_scan_cache_path(path, sizeof(path)));
    ck_assert_str_eq(path, "/var/x/dragoman/plugins");
    ck_assert(!dgm_scan_cache_path(path, 10));
    ck_assert_int_eq(setenv("XDG_CACHE_HOME", "relative", 1), 0);
    ck_assert_int_eq(setenv("HOME", "/home/x", 1), 0);
    ck_assert(dgm_scan_cache_path(path, sizeof(path)));
    ck_assert_str_eq(path, "/home/x/.cache/dragoman/plugins");
    ck_assert_int_eq(setenv("HOME", "", 1), 0);
    ck_assert(!dgm_scan_cache_path(path, sizeof(path)));
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof((table)[0]))

int main(void)
{
    Suite *suite = suite_create("scanner");
    TCase *tests = tcase_create("scanner");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, finds_plugins_and_remembers_them);
    tcase_add_test(tests, remembers_files_by_their_content);
    tcase_add_test(tests, looks_again_when_asked_to);
    tcase_add_test(tests, tells_hash_size_and_manifest);
    tcase_add_loop_test(tests, quarantines_what_goes_wrong_and_goes_on, 0, ROWS(tricks));
    tcase_add_test(tests, goes_on_where_children_are_reaped_by_others);
    tcase_add_test(tests, asks_one_process_about_all_files);
    tcase_add_test(tests, leaves_no_process_and_no_file_behind);
    tcase_add_test(tests, blames_no_file_for_a_program_that_is_missing_or_another);
    tcase_add_test(tests, needs_no_program_if_the_cache_knows_all);
    tcase_add_test(tests, reads_files_in_this_process_if_told_to);
    tcase_add_loop_test(tests, looks_again_if_the_cache_is_damaged_or_not_ours, 0,
                        ROWS(cache_changes));
    tcase_add_test(tests, reads_no_cache_beyond_its_end);
    tcase_add_test(tests, tells_that_a_cache_cannot_be_written);
    tcase_add_test(tests, several_writers_leave_a_whole_cache);
    tcase_add_test(tests, refuses_wrong_calls);
    tcase_add_test(tests, knows_where_the_cache_is_by_custom);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
