/* SPDX-License-Identifier: MIT */
/*
 * Plug-ins that were tampered with, of every part: each is refused with a reason, or
 * loads and decodes without touching memory that is not its own. Nothing keeps them from
 * the process that tests: what the host refuses is never mapped, and what it takes does
 * no harm. Under the sanitizers this is the proof.
 *
 * DRAGOMAN_HOSTILE in the environment: how many, instead of some thousands;
 * DRAGOMAN_HOSTILE_FIRST: the number of the first one.
 */
#include "mutate.h"

#include "../support/plugin_use.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 4000 };

static const struct {
    const char *setting;
    uint8_t frame[16];
    size_t length;
} products[] = {
    {"DRAGOMAN_TEST_PLUGIN", {0x01, 0x00, 0x00, 0x30, 0x39, 0x24, 0x60}, 7},
    {"DRAGOMAN_TEST_OTHER_PLUGIN",
     {0xAA, 0x72, 0x00, 0x00, 0x32, 0x08, 0x8D, 0x03, 0x20, 0x62, 0x33, 0x99},
     12},
    {"DRAGOMAN_TEST_FAMILY_PLUGIN",
     {0x01, 0x00, 0xE2, 0x02, 0x29, 0x04, 0x00, 0x27, 0x05, 0x06, 0x06, 0x03, 0x08, 0x07,
      0x0D, 0x62},
     16},
    {"DRAGOMAN_TEST_NAMED_PLUGIN", {0x01, 0x00, 0x00, 0x30, 0x39, 0x24, 0x60}, 7},
};

enum { PRODUCTS = sizeof(products) / sizeof(products[0]) };

static size_t setting(const char *name, size_t otherwise)
{
    const char *value = getenv(name);
    return value == NULL ? otherwise : (size_t)strtoul(value, NULL, 10);
}

static size_t largest(const struct victim *victims)
{
    size_t size = 0;
    for (size_t i = 0; i < PRODUCTS; i++) {
        size = victims[i].file.size > size ? victims[i].file.size : size;
    }
    return size + MUTATE_ROOM;
}

/* True if the file was taken. Its bytes lie in memory of their exact size. */
static bool try_file(const uint8_t *bytes, size_t size, size_t product, size_t number)
{
    struct dgm_loaded *loaded = NULL;
    uint8_t *copy = malloc(size + (size == 0));
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, size);
    ck_assert_msg(plugin_use_load(copy, size, &loaded), "file %zu has no clear outcome",
                  number);
    free(copy);
    if (loaded == NULL) {
        return false;
    }
    plugin_use_codecs(loaded, products[product].frame, products[product].length);
    dgm_plugin_unload(loaded);
    return true;
}

START_TEST(refuses_or_survives_tampered_plugins)
{
    struct victim victims[PRODUCTS];
    size_t taken = 0;
    size_t first = setting("DRAGOMAN_HOSTILE_FIRST", 0);
    size_t count = setting("DRAGOMAN_HOSTILE", FILES);
    for (size_t i = 0; i < PRODUCTS; i++) {
        victim_open(&victims[i], test_setting(products[i].setting));
        ck_assert(try_file(victims[i].file.bytes, victims[i].file.size, i, 0));
    }
    uint8_t *bytes = malloc(largest(victims));
    ck_assert_ptr_nonnull(bytes);
    for (size_t number = first; number < first + count; number++) {
        size_t product = number / 64 % PRODUCTS;
        size_t size =
            mutate(&victims[product], &victims[(product + 1) % PRODUCTS], number, bytes);
        taken += try_file(bytes, size, product, number) ? 1 : 0;
    }
    free(bytes);
    for (size_t i = 0; i < PRODUCTS; i++) {
        plugin_file_free(&victims[i].file);
    }
    (void)fprintf(stderr, "%zu files, %zu taken\n", count, taken);
    /* Both happen, or the loop tries nothing. */
    ck_assert_uint_gt(taken, count / 50);
    ck_assert_uint_lt(taken, count - count / 50);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hostile");
    TCase *tests = tcase_create("hostile");
    tcase_set_timeout(tests, getenv("DRAGOMAN_HOSTILE") != NULL ? 36000 : 300);
    tcase_add_test(tests, refuses_or_survives_tampered_plugins);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
