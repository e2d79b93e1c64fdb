/* SPDX-License-Identifier: MIT */
/* The copy that is loaded: what a loaded plug-in holds of the process, and by which names
 * it can be found. */
#include "plugin_file.h"

#include "file.h"

#include <check.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { MANY = 1000, FILES_MAX = 64, BYTES_MOST = 64 * 1024 };

static size_t count_open_files(void)
{
    size_t count = 0;
    DIR *directory = opendir("/proc/self/fd");
    ck_assert_ptr_nonnull(directory);
    while (readdir(directory) != NULL) {
        count++;
    }
    (void)closedir(directory);
    return count;
}

static int count_object(struct dl_phdr_info *info, size_t size, void *user)
{
    (void)info;
    (void)size;
    ++*(size_t *)user;
    return 0;
}

static size_t count_objects(void)
{
    size_t count = 0;
    (void)dl_iterate_phdr(count_object, &count);
    return count;
}

/* A thousand of them, where hardly any file can be opened. */
START_TEST(a_loaded_plugin_holds_no_file_open)
{
    static struct dgm_loaded *loaded[MANY];
    struct rlimit limit = {FILES_MAX, FILES_MAX};
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    const char *path = test_setting("DRAGOMAN_TEST_PLUGIN");
    size_t files = count_open_files();
    size_t objects = count_objects();
    for (size_t i = 0; i < MANY; i++) {
        ck_assert_int_eq(dgm_plugin_load(path, &loaded[i], NULL), DGM_OK);
    }
    ck_assert_uint_eq(count_open_files(), files);
    ck_assert_uint_eq(count_objects(), objects + MANY);
    for (size_t i = 0; i < MANY; i++) {
        dgm_plugin_unload(loaded[i]);
    }
    ck_assert_uint_eq(count_objects(), objects);
}
END_TEST

/* What was checked is what is loaded, whoever else can reach the copy. */
START_TEST(the_copy_cannot_be_changed)
{
    struct file file = {NULL, 0};
    struct dgm_refusal refusal;
    char byte = 0;
    ck_assert_int_eq(file_read(test_setting("DRAGOMAN_TEST_PLUGIN"), &file, &refusal),
                     DGM_OK);
    int fd = file_seal(&file);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(pwrite(fd, &byte, 1, 0), -1);
    ck_assert_int_eq(errno, EPERM);
    ck_assert_int_eq(ftruncate(fd, 0), -1);
    ck_assert_int_eq(ftruncate(fd, (off_t)file.size + 1), -1);
    ck_assert_int_eq(fcntl(fd, F_ADD_SEALS, 0), -1);
    ck_assert_ptr_eq(mmap(NULL, file.size, PROT_WRITE, MAP_SHARED, fd, 0), MAP_FAILED);
    (void)close(fd);
    file_free(&file);
}
END_TEST

/* Pages of the process that are in memory, and time of the processor, which others on the
 * machine do not take. */
static size_t count_pages(void)
{
    size_t all = 0, pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fscanf(file, "%zu %zu", &all, &pages), 2);
    (void)fclose(file);
    return pages;
}

START_TEST(a_thousand_are_loaded_in_a_second)
{
    static struct dgm_loaded *loaded[MANY];
    const char *path = test_setting("DRAGOMAN_TEST_PLUGIN");
    size_t pages = count_pages();
    clock_t begun = clock();
    for (size_t i = 0; i < MANY; i++) {
        ck_assert_int_eq(dgm_plugin_load(path, &loaded[i], NULL), DGM_OK);
    }
    double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t bytes = (count_pages() - pages) * page / MANY;
    (void)fprintf(stderr, "%d plug-ins: %.3f s, %zu bytes each\n", MANY, seconds, bytes);
#ifndef __SANITIZE_ADDRESS__
    /* Which takes time and memory of its own. */
    ck_assert_double_lt(seconds, 1);
    ck_assert_uint_lt(bytes, BYTES_MOST);
#endif
    for (size_t i = 0; i < MANY; i++) {
        dgm_plugin_unload(loaded[i]);
    }
}
END_TEST

/* Each is an object of its own, although descriptors have the same numbers again. */
START_TEST(plugins_that_follow_each_other_are_not_mixed_up)
{
    static const char *const settings[] = {"DRAGOMAN_TEST_PLUGIN",
                                           "DRAGOMAN_TEST_OTHER_PLUGIN"};
    static const char *const models[] = {"WM-100", "NBIoTDevice"};
    static struct dgm_loaded *loaded[MANY];
    for (size_t i = 0; i < MANY; i++) {
        const char *path = test_setting(settings[i % 2]);
        ck_assert_int_eq(dgm_plugin_load(path, &loaded[i], NULL), DGM_OK);
        if (i % 3 == 0) {
            dgm_plugin_unload(loaded[i]);
            loaded[i] = NULL;
        }
    }
    for (size_t i = 0; i < MANY; i++) {
        ck_assert(loaded[i] == NULL ||
                  dgm_loaded_find(loaded[i], NULL, models[i % 2]) != NULL);
        dgm_plugin_unload(loaded[i]);
    }
}
END_TEST

START_TEST(a_plugin_is_not_found_by_the_name_that_it_gives_itself)
{
    struct dgm_loaded *loaded = NULL;
    const char *path = test_setting("DRAGOMAN_TEST_NAMED_PLUGIN");
    struct plugin_file file = plugin_file_read(path);
    ck_assert_msg(file.elf.name_tag_offset != 0, "the file has no name to try it with");
    plugin_file_free(&file);
    ck_assert_int_eq(dgm_plugin_load(path, &loaded, NULL), DGM_OK);
    ck_assert_msg(dlopen("libdecoy.so.1", RTLD_NOW) == NULL,
                  "the plug-in was taken for a library");
    dgm_plugin_unload(loaded);
}
END_TEST

/* Nor are its symbols, by what else the process looks up. */
START_TEST(a_plugin_keeps_its_symbols_to_itself)
{
    struct dgm_loaded *loaded = NULL;
    const char *path = test_setting("DRAGOMAN_TEST_PLUGIN");
    ck_assert_int_eq(dgm_plugin_load(path, &loaded, NULL), DGM_OK);
    ck_assert_ptr_null(dlsym(RTLD_DEFAULT, "dgm_plugin_descriptor"));
    dgm_plugin_unload(loaded);
}
END_TEST

static void *take_codec(void *user)
{
    return (void *)(uintptr_t)dgm_loaded_codec(user, 0);
}

/* The plan is made by whoever comes first. */
START_TEST(all_threads_get_the_same_codec)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    struct dgm_loaded *loaded = NULL;
    const char *path = test_setting("DRAGOMAN_TEST_PLUGIN");
    ck_assert_int_eq(dgm_plugin_load(path, &loaded, NULL), DGM_OK);
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, take_codec, loaded), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        void *codec = NULL;
        ck_assert_int_eq(pthread_join(threads[i], &codec), 0);
        ck_assert_ptr_nonnull(codec);
        ck_assert_ptr_eq(codec, dgm_loaded_codec(loaded, 0));
        ck_assert_ptr_eq(codec, dgm_loaded_find(loaded, "Acme", "WM-100"));
    }
    ck_assert_ptr_null(dgm_loaded_codec(loaded, 1));
    dgm_plugin_unload(loaded);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sealed");
    TCase *tests = tcase_create("sealed");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_loaded_plugin_holds_no_file_open);
    tcase_add_test(tests, a_thousand_are_loaded_in_a_second);
    tcase_add_test(tests, the_copy_cannot_be_changed);
    tcase_add_test(tests, plugins_that_follow_each_other_are_not_mixed_up);
    tcase_add_test(tests, a_plugin_is_not_found_by_the_name_that_it_gives_itself);
    tcase_add_test(tests, a_plugin_keeps_its_symbols_to_itself);
    tcase_add_test(tests, all_threads_get_the_same_codec);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
