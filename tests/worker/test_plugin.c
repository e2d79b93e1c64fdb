/* SPDX-License-Identifier: MIT */
/* Which files are code plug-ins, what is wrong with those that are refused, and what one
 * can do while it is loaded. */
#include "desk.h"
#include "unruly.h"

#include <check.h>
#include <errno.h>
#include <link.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "load.h"

enum {
    DAMAGED = 3000, /* files, unless DRAGOMAN_DAMAGED says another number */
    STARTED_EVERY = 20,
    FILE_MOST = 256 * 1024
};

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

static uint64_t chance = 1;

static uint32_t draw(uint32_t below)
{
    chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(chance >> 33) % below;
}

/* Some bytes of the heads or of anywhere, to anything or to what is there elsewhere. */
static void damage(uint8_t *bytes, size_t size)
{
    for (uint32_t count = 1 + draw(4); count > 0; count--) {
        uint32_t within = draw(2) == 0 ? 1024 : (uint32_t)size;
        size_t at = draw(within - 8), from = draw((uint32_t)size - 8);
        if (draw(2) == 0) {
            bytes[at] = (uint8_t)draw(256);
        } else {
            memmove(bytes + at, bytes + from, 1 + draw(8));
        }
    }
}

/* What passes the checks can be read as tables, and whatever the dynamic loader makes of
 * it is a matter of the process. */
static bool try_file(const char *path, bool start)
{
    struct dgm_worker_options options = desk_options();
    struct dgm_plugin_info *info = NULL;
    struct dgm_loaded *loaded = NULL;
    struct dgm_worker *worker = NULL;
    if (dgm_plugin_inspect(path, &info, &refusal) != DGM_OK) {
        return false;
    }
    bool code = dgm_plugin_info_code(info) != NULL;
    if (code && load_info(info, &loaded, &refusal) == DGM_OK) {
        dgm_plugin_unload(loaded);
        options.flags = DGM_WORKER_NO_SPARE;
        options.start_ms = 500;
        if (start && dgm_worker_start(path, &options, &worker, &refusal) == DGM_OK) {
            dgm_worker_stop(worker);
        }
    }
    dgm_plugin_info_free(info);
    return code;
}

/* The bytes of a good one. */
static size_t read_good(uint8_t *bytes)
{
    FILE *file = fopen(desk_plugin("unruly"), "rb");
    ck_assert_ptr_nonnull(file);
    size_t size = fread(bytes, 1, FILE_MOST, file);
    (void)fclose(file);
    ck_assert(size > 4096 && size < FILE_MOST);
    return size;
}

static void expect_refusal(const uint8_t *bytes, size_t size, enum dgm_status status,
                           const char *text)
{
    struct dgm_plugin_info *info = NULL;
    char path[64];
    int fd = memfd_create("changed", MFD_CLOEXEC);
    ck_assert_int_eq(write(fd, bytes, size), (ssize_t)size);
    (void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    ck_assert_int_eq(dgm_plugin_inspect(path, &info, &refusal), status);
    ck_assert_msg(strstr(refusal.text, text) != NULL, "%s", refusal.text);
    (void)close(fd);
}

START_TEST(libraries_are_those_of_the_system)
{
    static uint8_t bytes[FILE_MOST];
    size_t size = read_good(bytes);
    uint8_t *name = memmem(bytes, size, "libc.so", 7);
    ck_assert_ptr_nonnull(name);
    name[1] = '/';
    expect_refusal(bytes, size, DGM_PLUGIN_FILE, "DT_NEEDED: expected the name");
}
END_TEST

/* Give the segments of a type that have some flags others, too. */
static void add_flags(uint8_t *bytes, uint32_t type, uint32_t having, uint32_t added)
{
    ElfW(Ehdr) head;
    ElfW(Phdr) segment;
    size_t changed = 0;
    memcpy(&head, bytes, sizeof(head));
    for (size_t i = 0; i < head.e_phnum; i++) {
        uint8_t *at = bytes + head.e_phoff + i * sizeof(segment);
        memcpy(&segment, at, sizeof(segment));
        if (segment.p_type == type && (segment.p_flags & having) == having) {
            segment.p_flags |= added;
            memcpy(at, &segment, sizeof(segment));
            changed++;
        }
    }
    ck_assert_uint_gt(changed, 0);
}

START_TEST(nothing_is_written_and_run)
{
    static uint8_t bytes[FILE_MOST];
    size_t size = read_good(bytes);
    add_flags(bytes, PT_LOAD, PF_X, PF_W);
    expect_refusal(bytes, size, DGM_PLUGIN_CODE, "executable");
    size = read_good(bytes);
    add_flags(bytes, PT_LOAD, PF_W, PF_X);
    expect_refusal(bytes, size, DGM_PLUGIN_CODE, "executable");
    size = read_good(bytes);
    add_flags(bytes, PT_GNU_STACK, PF_W, PF_X);
    expect_refusal(bytes, size, DGM_PLUGIN_CODE, "executable");
}
END_TEST

START_TEST(damaged_files_do_no_harm)
{
    static uint8_t good[FILE_MOST], bad[FILE_MOST];
    const char *number = getenv("DRAGOMAN_DAMAGED");
    unsigned long count = number == NULL ? DAMAGED : strtoul(number, NULL, 10), taken = 0;
    char path[64];
    size_t size = read_good(good);
    int fd = memfd_create("damaged", MFD_CLOEXEC);
    (void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    for (unsigned long i = 0; i < count; i++) {
        memcpy(bad, good, size);
        damage(bad, size);
        size_t cut = draw(16) == 0 ? draw((uint32_t)size) : size;
        ck_assert_int_eq(pwrite(fd, bad, size, 0), (ssize_t)size);
        ck_assert_int_eq(ftruncate(fd, (off_t)cut), 0);
        taken += try_file(path, i % STARTED_EVERY == 0) ? 1 : 0;
    }
    (void)close(fd);
    ck_assert_uint_gt(taken, 0);
    (void)fprintf(stderr, "%lu damaged files, %lu of them taken\n", count, taken);
}
END_TEST

/* As on a kernel that does not have it: for this process and those that it starts. */
static void hide_landlock(void)
{
    enum { CREATE_RULESET = 444 };
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CREATE_RULESET, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof(steps) / sizeof(steps[0]), steps};
    ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
    ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0), 0);
}

/* What is left is that nothing is written or connected, and that hooks open nothing. */
START_TEST(a_kernel_without_landlock_is_told)
{
    static struct desk desk;
    struct dgm_worker_options options = desk_options();
    hide_landlock();
    desk_open(&desk, "loading-read", NULL);
    ck_assert_uint_eq(desk_stats(&desk).landlock, 0);
    desk_expect(&desk, DEED_LOADING, "allowed");
    ck_assert_int_eq(desk_do(&desk, DEED_OPEN), DGM_WORKER_SANDBOX);
    desk_close(&desk);
    ck_assert_int_eq(start("loading-write", NULL), DGM_WORKER_START);
    options.flags = DGM_WORKER_NEED_LANDLOCK;
    ck_assert_int_eq(start("unruly", &options), DGM_WORKER_START);
    ck_assert_str_eq(refusal.text, "the kernel has no Landlock");
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof((array)[0]))

int main(void)
{
    Suite *suite = suite_create("plugin");
    TCase *cases = tcase_create("plugin");
    tcase_set_timeout(cases, 0);
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
    tcase_add_test(cases, libraries_are_those_of_the_system);
    tcase_add_test(cases, nothing_is_written_and_run);
    tcase_add_test(cases, damaged_files_do_no_harm);
    tcase_add_test(cases, a_kernel_without_landlock_is_told);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
