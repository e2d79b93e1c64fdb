/* SPDX-License-Identifier: MIT */
/*
 * Importing when memory ends at any point: that is said, and nothing is lost on the way
 * (which the sanitizers' run sees). Linked with the allocator wrapped.
 */
#include "bus.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static size_t left; /* allocations until memory ends; 0: it never does */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
enum dgm_status __real_dgm_profile_parse(const char *path, const char *text,
                                         size_t length, struct dgm_profile **ret);
enum dgm_status __wrap_dgm_profile_parse(const char *path, const char *text,
                                         size_t length, struct dgm_profile **ret);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

/* Once it has ended it stays so. */
static bool has_ended(void)
{
    left -= left > 1;
    return left == 1;
}

void *__wrap_malloc(size_t size)
{
    return has_ended() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return has_ended() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return has_ended() ? NULL : __real_realloc(memory, size);
}

/* The compiler is a library of its own, whose allocations nobody wraps. */
enum dgm_status __wrap_dgm_profile_parse(const char *path, const char *text,
                                         size_t length, struct dgm_profile **ret)
{
    *ret = NULL;
    return has_ended() ? DGM_MEMORY : __real_dgm_profile_parse(path, text, length, ret);
}

static void count_errors(void *user, const struct note *note)
{
    *(unsigned *)user += note->severity == DGM_SEVERITY_ERROR;
}

/* With so many allocations. The library of the tests allocates, too, so it has to wait.
 */
static enum dgm_status import_with(const char *text, size_t allocations, unsigned *errors)
{
    struct notes notes = {errors, count_errors, 0};
    struct dbc_source source = {"a.dbc", text, strlen(text), "a", NULL};
    char *profile = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&profile, &length);
    ck_assert_ptr_nonnull(file);
    left = allocations + 2;
    enum dgm_status status = dbc_import(file, &notes, &source);
    left = 0;
    ck_assert_int_eq(fclose(file), 0);
    free(profile);
    return status;
}

START_TEST(memory_may_end_anywhere)
{
    char *text = bus_read("tests/cli/data/dbc/truck.dbc");
    enum dgm_status status = DGM_MEMORY;
    unsigned errors = 0;
    size_t count = 0;
    while (status == DGM_MEMORY) {
        status = import_with(text, count++, &errors);
    }
    ck_assert_int_eq(status, DGM_OK);
    ck_assert_uint_eq(errors, 0);
    ck_assert_uint_gt(count, 20);
    free(text);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("memory");
    tcase_add_test(tests, memory_may_end_anywhere);
    Suite *suite = suite_create("dbc-memory");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
