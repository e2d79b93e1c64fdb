/* SPDX-License-Identifier: MIT */
/*
 * Plug-ins that are replaced, as files and in a slot, while threads decode with them:
 * each frame is right by one of the versions, and by the new one as soon as it is in.
 */
#include <dragoman/slot.h>

#include "plugin_file.h"

#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 2, REPLACEMENTS = 1000, VERSIONS = 2 };

static const uint8_t frame[] = {0x01, 0x30, 0x39};
static const char *const texts[VERSIONS] = {"{\"Meter\":{\"flow\":12.345}}",
                                            "{\"Meter\":{\"flow\":1234.5}}"};

static struct dgm_loaded *load_version(size_t version)
{
    struct dgm_loaded *loaded = NULL;
    struct dgm_refusal refusal;
    const char *path = variant_path(version == 0 ? "replaced-1" : "replaced-2");
    enum dgm_status status = dgm_plugin_load(path, &loaded, &refusal);
    ck_assert_msg(status == DGM_OK, "%s: %s", path, refusal.text);
    return loaded;
}

/* Which version decodes the frame like this? VERSIONS: none. */
static size_t version_of(const struct dgm_loaded *loaded)
{
    max_align_t scratch[64];
    char text[128];
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_outcome outcome;
    size_t version = 0;
    call.scratch = scratch;
    call.scratch_size = sizeof(scratch);
    if (loaded == NULL ||
        dgm_decode(dgm_loaded_codec(loaded, 0), &call, frame, sizeof(frame), text,
                   sizeof(text), &outcome, NULL) != DGM_OK) {
        return VERSIONS;
    }
    while (version < VERSIONS && (strlen(texts[version]) != outcome.length ||
                                  memcmp(texts[version], text, outcome.length) != 0)) {
        version++;
    }
    return version;
}

START_TEST(is_empty_to_begin_with_and_can_be_emptied)
{
    struct dgm_slot *slot = NULL;
    ck_assert_int_eq(dgm_slot_open(&slot), DGM_OK);
    ck_assert_ptr_null(dgm_slot_acquire(slot));
    dgm_slot_release(slot, NULL);
    ck_assert_int_eq(dgm_slot_put(slot, load_version(0)), DGM_OK);
    ck_assert_uint_eq(dgm_slot_count(slot), 1);
    ck_assert_int_eq(dgm_slot_put(slot, NULL), DGM_OK);
    ck_assert_ptr_null(dgm_slot_acquire(slot));
    ck_assert_uint_eq(dgm_slot_count(slot), 0);
    dgm_slot_close(slot);
}
END_TEST

START_TEST(keeps_an_old_one_until_its_last_user_is_gone)
{
    struct dgm_slot *slot = NULL;
    ck_assert_int_eq(dgm_slot_open(&slot), DGM_OK);
    ck_assert_int_eq(dgm_slot_put(slot, load_version(0)), DGM_OK);
    const struct dgm_loaded *first = dgm_slot_acquire(slot);
    const struct dgm_loaded *second = dgm_slot_acquire(slot);
    ck_assert_ptr_eq(first, second);
    ck_assert_int_eq(dgm_slot_put(slot, load_version(1)), DGM_OK);

    const struct dgm_loaded *new = dgm_slot_acquire(slot);
    ck_assert_uint_eq(version_of(new), 1);
    ck_assert_uint_eq(version_of(first), 0);
    ck_assert_uint_eq(dgm_slot_count(slot), 2);
    dgm_slot_release(slot, first);
    ck_assert_uint_eq(version_of(second), 0);
    ck_assert_uint_eq(dgm_slot_count(slot), 2);
    dgm_slot_release(slot, second);
    ck_assert_uint_eq(dgm_slot_count(slot), 1);
    dgm_slot_release(slot, new);
    ck_assert_uint_eq(version_of(new), 1);
    dgm_slot_close(slot);
}
END_TEST

START_TEST(refuses_wrong_calls)
{
    ck_assert_int_eq(dgm_slot_open(NULL), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_slot_put(NULL, NULL), DGM_BAD_CALL);
    dgm_slot_close(NULL);
}
END_TEST

struct traffic {
    struct dgm_slot *slot;
    atomic_size_t put; /* replacements that are done: the version is its lowest bit */
    atomic_bool stop;
};

struct lane {
    struct traffic *traffic;
    size_t frames, certain; /* decoded; of those, by a version that is known */
    size_t wrong;
};

static void *decode_on(void *user)
{
    struct lane *lane = user;
    struct traffic *traffic = lane->traffic;
    while (!atomic_load(&traffic->stop)) {
        size_t before = atomic_load(&traffic->put);
        const struct dgm_loaded *loaded = dgm_slot_acquire(traffic->slot);
        size_t version = version_of(loaded);
        dgm_slot_release(traffic->slot, loaded);
        size_t after = atomic_load(&traffic->put);
        /* A replacement under way counts once it is done, but may be seen before. */
        bool known = before == after && before % 2 == 0;
        lane->certain += known ? 1 : 0;
        lane->wrong += version == VERSIONS || (known && version != before / 2 % 2);
        lane->frames++;
    }
    return NULL;
}

/* Lines of a file of /proc/self that name a memory file of ours. */
static size_t count_maps(void)
{
    char line[512];
    size_t count = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    ck_assert_ptr_nonnull(maps);
    while (fgets(line, sizeof(line), maps) != NULL) {
        count += strstr(line, "dragoman-plugin") != NULL ? 1 : 0;
    }
    (void)fclose(maps);
    return count;
}

/* Put the other version in the place of the file, as an installer does. */
static const char *replace_file(const char *folder, struct plugin_file *files,
                                size_t version)
{
    static char path[512];
    const char *new =
        write_bytes(folder, "new", files[version].bytes, files[version].size);
    (void)snprintf(path, sizeof(path), "%s/plugin.so", folder);
    ck_assert_int_eq(rename(new, path), 0);
    return path;
}

static void replace_many_times(struct traffic *traffic, const char *folder)
{
    struct plugin_file files[VERSIONS] = {plugin_file_read(variant_path("replaced-1")),
                                          plugin_file_read(variant_path("replaced-2"))};
    for (size_t i = 1; i <= REPLACEMENTS; i++) {
        struct dgm_loaded *loaded = NULL;
        const char *path = replace_file(folder, files, i % VERSIONS);
        ck_assert_int_eq(dgm_plugin_load(path, &loaded, NULL), DGM_OK);
        atomic_fetch_add(&traffic->put, 1);
        ck_assert_int_eq(dgm_slot_put(traffic->slot, loaded), DGM_OK);
        atomic_fetch_add(&traffic->put, 1);
        const struct dgm_loaded *now = dgm_slot_acquire(traffic->slot);
        ck_assert_uint_eq(version_of(now), i % VERSIONS);
        dgm_slot_release(traffic->slot, now);
    }
    plugin_file_free(&files[0]);
    plugin_file_free(&files[1]);
}

START_TEST(replaces_a_thousand_times_under_load)
{
    struct traffic traffic = {NULL, 0, false};
    struct lane lanes[THREADS];
    pthread_t threads[THREADS];
    const char *folder = scratch_folder();
    ck_assert_int_eq(dgm_slot_open(&traffic.slot), DGM_OK);
    ck_assert_int_eq(dgm_slot_put(traffic.slot, load_version(0)), DGM_OK);
    size_t maps = count_maps();
    for (size_t i = 0; i < THREADS; i++) {
        lanes[i] = (struct lane){&traffic, 0, 0, 0};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, decode_on, &lanes[i]), 0);
    }
    replace_many_times(&traffic, folder);
    atomic_store(&traffic.stop, true);
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_uint_eq(lanes[i].wrong, 0);
        ck_assert_uint_gt(lanes[i].frames, 0);
    }
    ck_assert_uint_gt(lanes[0].certain + lanes[1].certain, 0);
    ck_assert_uint_eq(dgm_slot_count(traffic.slot), 1);
    ck_assert_uint_eq(count_maps(), maps);
    dgm_slot_close(traffic.slot);
    ck_assert_uint_eq(count_maps(), 0);
    remove_folder(folder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("slot");
    TCase *tests = tcase_create("slot");
    tcase_set_timeout(tests, 100);
    tcase_add_test(tests, is_empty_to_begin_with_and_can_be_emptied);
    tcase_add_test(tests, keeps_an_old_one_until_its_last_user_is_gone);
    tcase_add_test(tests, refuses_wrong_calls);
    tcase_add_test(tests, replaces_a_thousand_times_under_load);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
