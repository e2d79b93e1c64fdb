/* SPDX-License-Identifier: MIT */
/* Memory that is freed at once: alignment, zeros, growth, and the way out without memory.
 */
#include "arena.h"

#include <check.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct arena *arena;

static void setup(void)
{
    arena = arena_new();
    ck_assert_ptr_nonnull(arena);
}

static void teardown(void)
{
    arena_free(arena);
}

START_TEST(gives_zeroed_aligned_memory_of_any_size)
{
    static const size_t sizes[] = {0, 1, 7, 16, 100, 8191, 8192, 65535, 65536, 1000000};

    for (int round = 0; round < 20; round++) {
        for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
            unsigned char *memory = arena_alloc(arena, sizes[i]);
            ck_assert_ptr_nonnull(memory);
            ck_assert_uint_eq((uintptr_t)memory % alignof(max_align_t), 0);
            size_t zeros = 0;
            while (zeros < sizes[i] && memory[zeros] == 0)
                zeros++;
            ck_assert_uint_eq(zeros, sizes[i]);
            memset(memory, 0xFF, sizes[i]);
        }
    }
}
END_TEST

START_TEST(frees_nothing_without_complaint)
{
    arena_free(NULL);
}
END_TEST

START_TEST(copies_and_formats_text)
{
    ck_assert_str_eq(arena_copy(arena, "abcdef", 3), "abc");
    ck_assert_str_eq(arena_copy(arena, NULL, 0), "");
    ck_assert_str_eq(arena_format(arena, "%d-%s", 5, "x"), "5-x");

    char *large = arena_format(arena, "%0100000d", 7);
    ck_assert_uint_eq(strlen(large), 100000);
}
END_TEST

START_TEST(keeps_the_elements_of_a_growing_array)
{
    unsigned *items = NULL;
    size_t capacity = 0;

    for (unsigned i = 0; i < 5000; i++) {
        items = arena_grow(arena, items, i, &capacity, sizeof(*items));
        ck_assert_uint_lt(i, capacity);
        items[i] = i;
    }
    for (unsigned i = 0; i < 5000; i++)
        ck_assert_uint_eq(items[i], i);
}
END_TEST

/* Each asks for what no machine has. */
static void ask_for(int request)
{
    size_t capacity = SIZE_MAX / 2 + 1;

    if (request == 0)
        (void)arena_alloc(arena, SIZE_MAX);
    else if (request == 1)
        (void)arena_alloc(arena, SIZE_MAX / 2);
    else if (request == 2)
        (void)arena_array(arena, SIZE_MAX / 4, 5);
    else if (request == 3)
        (void)arena_copy(arena, "", SIZE_MAX);
    else
        (void)arena_grow(arena, NULL, capacity, &capacity, 1);
}

START_TEST(jumps_to_the_target_without_memory)
{
    jmp_buf target;

    ck_assert_ptr_null(arena_on_failure(arena, &target));
    if (setjmp(target) == 0) {
        ask_for(_i);
        ck_abort_msg("memory that cannot be had was given");
    }
    ck_assert_ptr_eq(arena_on_failure(arena, NULL), &target);
    ck_assert_str_eq(arena_copy(arena, "usable still", 6), "usable");
}
END_TEST

START_TEST(aborts_without_memory_and_target)
{
    arena_fail(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arena");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_test(all, gives_zeroed_aligned_memory_of_any_size);
    tcase_add_test(all, frees_nothing_without_complaint);
    tcase_add_test(all, copies_and_formats_text);
    tcase_add_test(all, keeps_the_elements_of_a_growing_array);
    tcase_add_loop_test(all, jumps_to_the_target_without_memory, 0, 5);
    tcase_add_test_raise_signal(all, aborts_without_memory_and_target, 6);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
