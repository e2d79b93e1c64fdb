/* SPDX-License-Identifier: MIT */
/* A dynamic loader that shows something else than the file that was checked. */
#include "plugin_file.h"

#include <dragoman/plugin.h>

#include <check.h>
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static bool lies;

/* One byte of the object in memory becomes another. */
static void change(void *handle)
{
    uint8_t *byte = (uint8_t *)dlsym(handle, DGM_PLUGIN_SYMBOL_NAME);
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    ck_assert_ptr_nonnull(byte);
    byte += 8;
    uint8_t *start = byte - (uintptr_t)byte % page;
    ck_assert_int_eq(mprotect(start, page, PROT_READ | PROT_WRITE), 0);
    *byte ^= 1;
}

/* Stands before that of the C library. */
void *dlopen(const char *path, int flags)
{
    void *(*real)(const char *path, int flags);
    void *symbol = dlsym(RTLD_NEXT, "dlopen");
    memcpy(&real, &symbol, sizeof(real));
    void *handle = real(path, flags);
    if (handle != NULL && lies) {
        change(handle);
    }
    return handle;
}

static enum dgm_status load(struct dgm_refusal *refusal)
{
    struct dgm_loaded *loaded = NULL;
    enum dgm_status status =
        dgm_plugin_load(test_setting("DRAGOMAN_TEST_PLUGIN"), &loaded, refusal);
    dgm_plugin_unload(loaded);
    return status;
}

START_TEST(other_bytes_than_the_checked_ones_are_refused)
{
    struct dgm_refusal refusal;
    lies = true;
    ck_assert_int_eq(load(&refusal), DGM_NO_PLUGIN_SYMBOL);
    ck_assert_msg(strstr(refusal.text, "the object of the file, found another") != NULL,
                  "%s", refusal.text);
    lies = false;
    ck_assert_msg(load(&refusal) == DGM_OK, "%s", refusal.text);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("loader");
    tcase_add_test(tests, other_bytes_than_the_checked_ones_are_refused);
    Suite *suite = suite_create("loader");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
