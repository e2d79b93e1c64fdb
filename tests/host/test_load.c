/* SPDX-License-Identifier: MIT */
/* Loading: a good plug-in decodes, a wrong descriptor is refused by its field, and no
 * damaged file ever does harm. */
#include "descriptor.h"
#include "plugin_file.h"

#include <dragoman/plugin.h>

#include <check.h>
#include <dirent.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint8_t report[] = {0x01, 0x00, 0x00, 0x30, 0x39, 0x24, 0x60};

static struct plugin_file good;
static const char *folder;

static void setup(void)
{
    good = plugin_file_read(test_setting("DRAGOMAN_TEST_PLUGIN"));
    folder = scratch_folder();
}

static void teardown(void)
{
    plugin_file_free(&good);
    remove_folder(folder);
}

/* Decode a frame with the first model; the outcome's length, or 0. */
static size_t decode(const struct dgm_loaded *loaded, const uint8_t *frame, size_t length,
                     char *text, size_t size)
{
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_outcome outcome;
    const struct dgm_codec *codec = dgm_loaded_codec(loaded, 0);
    ck_assert_ptr_nonnull(codec);
    call.scratch_size = dgm_codec_scratch_size(codec);
    call.scratch = malloc(call.scratch_size + 1);
    enum dgm_status status =
        dgm_decode(codec, &call, frame, length, text, size, &outcome, NULL);
    free(call.scratch);
    return status == DGM_OK ? outcome.length : 0;
}

static enum dgm_status load_bytes(size_t size, struct dgm_loaded **ret_loaded,
                                  struct dgm_refusal *refusal)
{
    const char *path = write_bytes(folder, "plugin.so", good.bytes, size);
    return dgm_plugin_load(path, ret_loaded, refusal);
}

START_TEST(loads_a_plugin_that_decodes)
{
    static const char expected[] =
        "{\"Meter\":{\"flow\":12.345,\"voltage\":3.6,\"valve\":\"open\",\"leak\":true}}";
    struct dgm_loaded *loaded = NULL;
    struct dgm_refusal refusal;
    char text[512];
    enum dgm_status status =
        dgm_plugin_load(test_setting("DRAGOMAN_TEST_PLUGIN"), &loaded, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
    size_t length = decode(loaded, report, sizeof(report), text, sizeof(text) - 1);
    text[length] = '\0';
    ck_assert_str_eq(text, expected);
    ck_assert_ptr_null(dgm_loaded_codec(loaded, 1));
    dgm_plugin_unload(loaded);
    dgm_plugin_unload(NULL);
}
END_TEST

#define IN_PLUGIN(member) offsetof(struct dgm_plugin, member)
#define IN_LIST(member)                                                                  \
    sizeof(struct dgm_plugin) + offsetof(struct dgm_plugin_model, member)
#define IN_TABLE(member)                                                                 \
    sizeof(struct dgm_plugin) + sizeof(struct dgm_plugin_model) +                        \
        offsetof(struct dgm_model, member)

static const struct {
    const char *name;
    size_t offset; /* in the descriptor */
    uint32_t value;
    enum dgm_status status;
    const char *text;
} changes[] = {
    {"magic", IN_PLUGIN(magic), 7, DGM_WRONG_PLUGIN_MAGIC, "magic: expected 0x314d4744"},
    {"ABI", IN_PLUGIN(abi_major), 2, DGM_PLUGIN_ABI, "abi_major: expected 1, found 2"},
    {"small head", IN_PLUGIN(size), 31, DGM_PLUGIN_SIZE, "size: expected 32 to 4096"},
    {"large head", IN_PLUGIN(size), 4097, DGM_PLUGIN_SIZE, "found 4097"},
    {"head with used tail", IN_PLUGIN(size), 40, DGM_PLUGIN_NEWER, "newer host"},
    {"features", IN_PLUGIN(features), 4, DGM_PLUGIN_NEWER, "features: expected 0x0"},
    {"format", IN_PLUGIN(table_format), 2, DGM_WRONG_TABLE_FORMAT,
     "table_format: expected 1, found 2"},
    {"no model", IN_PLUGIN(model_count), 0, DGM_PLUGIN_SIZE, "model_count: expected 1"},
    {"many models", IN_PLUGIN(model_count), 257, DGM_PLUGIN_SIZE, "found 257"},
    {"list in the head", IN_PLUGIN(models), 8, DGM_PLUGIN_SIZE, "models: expected"},
    {"list outside", IN_PLUGIN(models), 0xFFFFFFFF, DGM_PLUGIN_SIZE, "models: expected"},
    {"crooked model", IN_LIST(offset), 44, DGM_PLUGIN_SIZE, "model 0: "},
    {"model in the head", IN_LIST(offset), 0, DGM_PLUGIN_SIZE, "model 0: "},
    {"model outside", IN_LIST(offset), 0xFFFFFFF8, DGM_PLUGIN_SIZE, "model 0: "},
    {"large model", IN_LIST(size), 0xFFFFFFFF, DGM_PLUGIN_SIZE, "model 0: "},
    {"small model", IN_LIST(size), 16, DGM_BAD_TABLE, "model 0: "},
    {"table", IN_TABLE(magic), 1, DGM_BAD_TABLE, "model 0: "},
    {"size of the table", IN_TABLE(size), 0xFFFFFFF8, DGM_BAD_TABLE, "model 0: "},
    {"hash in the manifest", IN_TABLE(profile_hash), 1, DGM_PLUGIN_MANIFEST,
     "manifest: profile_hash"},
    {"name in the manifest", IN_TABLE(model), 0, DGM_PLUGIN_MANIFEST, "manifest: model"},
};

START_TEST(names_the_field_of_the_descriptor_that_is_wrong)
{
    struct dgm_loaded *loaded = NULL;
    struct dgm_refusal refusal;
    plugin_file_patch_u32(&good, good.elf.symbol_offset + changes[_i].offset,
                          changes[_i].value);
    enum dgm_status status = load_bytes(good.size, &loaded, &refusal);
    ck_assert_msg(status == changes[_i].status && refusal.status == status,
                  "%s: status %d: %s", changes[_i].name, (int)status, refusal.text);
    ck_assert_msg(strstr(refusal.text, changes[_i].text) != NULL, "%s: %s",
                  changes[_i].name, refusal.text);
    ck_assert_ptr_null(loaded);
}
END_TEST

/* In the manifest, `from` becomes `to`, which is as long. */
static void say(const char *from, const char *to)
{
    const char *manifest = (const char *)good.bytes + good.elf.manifest_offset;
    const char *found = memmem(manifest, good.elf.manifest_size, from, strlen(from));
    ck_assert_msg(found != NULL, "no %s in the manifest", from);
    ck_assert_uint_eq(strlen(from), strlen(to));
    plugin_file_patch(&good, good.elf.manifest_offset + (size_t)(found - manifest), to,
                      strlen(to));
}

static const struct {
    const char *from, *to, *text;
} lies[] = {
    {"\"plugin_abi_minor\":0", "\"plugin_abi_minor\":1",
     "manifest: plugin_abi_minor: expected 0 as in the plug-in, found 1"},
    {"\"table_size\":2", "\"table_size\":3", "manifest: table_size: expected 2"},
    {"\"profile_hash\":\"c", "\"profile_hash\":\"d",
     "manifest: profile_hash: expected c"},
    {"\"Acme\"", "\"Acne\"", "manifest: manufacturer_id: expected Acme"},
    {"Instruments", "Instrumentz", "manifest: manufacturer_name: expected Acme Instr"},
    {"\"WM-100\"", "\"WM-200\"", "manifest: model: expected WM-100"},
    {"\"device_type\"", "\"device_sort\"", "manifest: device_type: expected it"},
    {"\"CoAP\"", "\"CoAQ\"", "manifest: protocol_type: expected CoAP"},
    {"\"generator\":\"", "\"version\":  \"", "manifest: version: expected none"},
    {"[\"Meter\"]", "[\"Meten\"]", "manifest: services: expected Meter"},
    {"[\"Meter\"]", "[       ]", "manifest: services: expected 1"},
    {"[\"Meter\"]", "{\"M\":\"r\"}", "manifest: services: expected a list"},
    {"\"name\":\"report\"", "\"name\":\"retort\"",
     "manifest: message report: name: expected report"},
    {"\"kind\":\"command\"", "\"kind\":\"commune\"",
     "manifest: message set_period: kind: expected command"},
    {"\"direction\":\"up\"", "\"direction\":\"do\"", "direction: expected up"},
    {"Meter.SET_PERIOD", "Meter.SET_PERIOT", "command: expected \"Meter.SET_PERIOD\""},
    {"\"frame_min\":7", "\"frame_min\":6", "frame_min: expected 7"},
    {"\"frame_max\":7", "\"frame_max\":8", "frame_max: expected 7 as in the plug-in, "},
    {"\"frame_max\":7", "\"frame_max\" 7", "manifest: byte"},
    {"\"oceanconnect\":210", "\"oceanconnect\":21 ", "oceanconnect: expected 210"},
    {"\"iotda\":210", "\"iotda\":209", "iotda: expected 210"},
    {"\"plain\":184", "\"plain\":0.4", "manifest: message report: plain: expected 184"},
    {"\"json_max\":{", "\"json_min\":{", "json_max: expected it"},
    {"\"slots\":0", "\"slots\":1", "slots: expected 0"},
    {"\"depth\":0", "\"depth\":1", "depth: expected 0"},
    {"\"depth\":0", "\"slots\":0", "slots: expected one"},
    {"\"steps\":9", "\"steps\":8", "steps: expected 9"},
    {"\"slots\":0", "\"only\": 1", "only: expected none"},
    {"\"messages\":[", "\"messages\":{", "manifest: byte"},
    {"\"messages\":[{", "\"massages\":[{", "manifest: messages: expected it"},
};

START_TEST(refuses_a_manifest_that_says_other_than_the_table)
{
    struct dgm_loaded *loaded = NULL;
    struct dgm_refusal refusal;
    say(lies[_i].from, lies[_i].to);
    enum dgm_status status = load_bytes(good.size, &loaded, &refusal);
    ck_assert_msg(status == DGM_PLUGIN_MANIFEST, "%s: status %d: %s", lies[_i].to,
                  (int)status, refusal.text);
    ck_assert_msg(strstr(refusal.text, lies[_i].text) != NULL, "%s: %s", lies[_i].to,
                  refusal.text);
    ck_assert_ptr_null(loaded);
}
END_TEST

/* What later versions may say: members that this host does not know, in any order and
 * spelling of JSON. */
START_TEST(passes_over_what_it_does_not_know)
{
    struct dgm_loaded *loaded = NULL;
    struct dgm_refusal refusal;
    say("\"license\":\"MIT\"", "\"lib\":[{\"a\":2}]");
    say("\"language\":1", "\"language\":7");
    say("\"generator\":", "\"g\\u0065n\" :");
    enum dgm_status status = load_bytes(good.size, &loaded, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
    dgm_plugin_unload(loaded);
}
END_TEST

START_TEST(takes_a_higher_minor_version)
{
    struct dgm_loaded *loaded = NULL;
    struct dgm_refusal refusal;
    plugin_file_patch_u16(&good, good.elf.symbol_offset + IN_PLUGIN(abi_minor), 7);
    say("\"plugin_abi_minor\":0", "\"plugin_abi_minor\":7");
    enum dgm_status status = load_bytes(good.size, &loaded, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
    dgm_plugin_unload(loaded);
}
END_TEST

/* What a later host does with this version's head, and this one with a later one. */
START_TEST(reads_heads_of_other_lengths)
{
    struct {
        struct dgm_plugin plugin;
        uint64_t later[2];
    } head, longer;
    struct dgm_refusal refusal;
    memset(&longer, 0, sizeof(longer));
    longer.plugin = (struct dgm_plugin){.magic = DGM_PLUGIN_MAGIC,
                                        .abi_major = DGM_PLUGIN_ABI_MAJOR,
                                        .size = DGM_PLUGIN_SIZE_MIN,
                                        .model_count = 5};
    longer.later[0] = 99; /* not of the head, which is shorter */
    const uint8_t *bytes = (const uint8_t *)&longer;

    memset(&head, 0xFF, sizeof(head));
    ck_assert_int_eq(
        descriptor_head(bytes, sizeof(longer), &head, sizeof(head), &refusal), DGM_OK);
    ck_assert_uint_eq(head.plugin.model_count, 5);
    ck_assert_uint_eq(head.later[0], 0);
    ck_assert_uint_eq(head.later[1], 0);

    longer.plugin.size = sizeof(longer);
    ck_assert_int_eq(
        descriptor_head(bytes, sizeof(longer), &head, sizeof(head), &refusal), DGM_OK);
    ck_assert_uint_eq(head.later[0], 99);
    ck_assert_int_eq(descriptor_head(bytes, sizeof(longer), &head.plugin,
                                     sizeof(head.plugin), &refusal),
                     DGM_PLUGIN_NEWER);
    longer.later[0] = 0;
    ck_assert_int_eq(descriptor_head(bytes, sizeof(longer), &head.plugin,
                                     sizeof(head.plugin), &refusal),
                     DGM_OK);
    longer.later[1] = UINT64_C(1) << 56;
    ck_assert_int_eq(descriptor_head(bytes, sizeof(longer), &head.plugin,
                                     sizeof(head.plugin), &refusal),
                     DGM_PLUGIN_NEWER);
    ck_assert_int_eq(
        descriptor_head(bytes, sizeof(longer) - 1, &head, sizeof(head), &refusal),
        DGM_PLUGIN_SIZE);
}
END_TEST

/* A head of a later ABI: 8 bytes longer, all zero, the list of models elsewhere. The list
 * goes where the hash of the profile is, and the manifest says so. */
START_TEST(takes_a_longer_head_whose_tail_is_zero)
{
    struct dgm_loaded *loaded = NULL;
    struct dgm_refusal refusal;
    struct dgm_plugin_model model;
    char old_hash[17], hash[17];
    uint64_t old_number = 0, number = 0;
    size_t list = good.elf.symbol_offset + sizeof(struct dgm_plugin);
    size_t elsewhere = IN_TABLE(profile_hash);
    memcpy(&model, good.bytes + list, sizeof(model));
    memcpy(&number, &model, sizeof(number));
    memcpy(&old_number, good.bytes + good.elf.symbol_offset + elsewhere, sizeof(number));
    (void)snprintf(old_hash, sizeof(hash), "%016llx", (unsigned long long)old_number);
    (void)snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)number);

    plugin_file_patch(&good, list, "\0\0\0\0\0\0\0", sizeof(model));
    plugin_file_patch(&good, good.elf.symbol_offset + elsewhere, &model, sizeof(model));
    plugin_file_patch_u32(&good, good.elf.symbol_offset + IN_PLUGIN(size), 40);
    plugin_file_patch_u32(&good, good.elf.symbol_offset + IN_PLUGIN(models),
                          (uint32_t)elsewhere);
    say(old_hash, hash);

    enum dgm_status status = load_bytes(good.size, &loaded, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
    dgm_plugin_unload(loaded);
}
END_TEST

START_TEST(loads_the_new_file_after_the_old_was_replaced)
{
    struct plugin_file other =
        plugin_file_read(test_setting("DRAGOMAN_TEST_OTHER_PLUGIN"));
    struct dgm_loaded *first = NULL;
    struct dgm_loaded *second = NULL;
    struct dgm_refusal refusal;
    char text[512];
    ck_assert_int_eq(load_bytes(good.size, &first, &refusal), DGM_OK);
    const char *path = write_bytes(folder, "plugin.so", other.bytes, other.size);
    ck_assert_int_eq(dgm_plugin_load(path, &second, &refusal), DGM_OK);
    plugin_file_free(&other);

    const struct dgm_codec *codec = dgm_loaded_codec(second, 0);
    ck_assert_str_eq(dgm_codec_text(codec, dgm_codec_model(codec)->manufacturer_id),
                     "Huawei");
    ck_assert_uint_gt(decode(first, report, sizeof(report), text, sizeof(text)), 0);
    dgm_plugin_unload(first);
    dgm_plugin_unload(second);
}
END_TEST

START_TEST(loads_one_file_twice_for_two_owners)
{
    struct dgm_loaded *first = NULL;
    struct dgm_loaded *second = NULL;
    char text[512];
    const char *path = test_setting("DRAGOMAN_TEST_PLUGIN");
    ck_assert_int_eq(dgm_plugin_load(path, &first, NULL), DGM_OK);
    ck_assert_int_eq(dgm_plugin_load(path, &second, NULL), DGM_OK);
    ck_assert_ptr_ne(dgm_loaded_codec(first, 0), dgm_loaded_codec(second, 0));
    dgm_plugin_unload(first);
    ck_assert_uint_gt(decode(second, report, sizeof(report), text, sizeof(text)), 0);
    dgm_plugin_unload(second);
}
END_TEST

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

START_TEST(leaves_no_file_open)
{
    struct dgm_loaded *loaded = NULL;
    size_t before = count_open_files();
    ck_assert_int_eq(load_bytes(good.size, &loaded, NULL), DGM_OK);
    dgm_plugin_unload(loaded);
    plugin_file_patch_u32(&good, good.elf.symbol_offset, 0);
    ck_assert_int_eq(load_bytes(good.size, &loaded, NULL), DGM_WRONG_PLUGIN_MAGIC);
    ck_assert_int_eq(load_bytes(10, &loaded, NULL), DGM_PLUGIN_FILE);
    ck_assert_uint_eq(count_open_files(), before);
}
END_TEST

static void *load_many_times(void *user)
{
    char text[512];
    size_t *wrong = user;
    for (size_t i = 0; i < 30; i++) {
        struct dgm_loaded *loaded = NULL;
        enum dgm_status status =
            dgm_plugin_load(getenv("DRAGOMAN_TEST_PLUGIN"), &loaded, NULL);
        if (status != DGM_OK ||
            decode(loaded, report, sizeof(report), text, sizeof(text)) == 0) {
            *wrong += 1;
        }
        dgm_plugin_unload(loaded);
    }
    return NULL;
}

START_TEST(loads_in_several_threads)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    size_t wrong[THREADS] = {0};
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, load_many_times, &wrong[i]),
                         0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_uint_eq(wrong[i], 0);
    }
}
END_TEST

/* Load what there is; if it loads, it must also work without harm. */
static bool try_bytes(size_t size)
{
    struct dgm_loaded *loaded = NULL;
    struct dgm_refusal refusal;
    char text[512];
    enum dgm_status status = load_bytes(size, &loaded, &refusal);
    ck_assert_int_eq(refusal.status, status);
    if (status != DGM_OK) {
        ck_assert_uint_gt(strlen(refusal.text), 0);
        return false;
    }
    (void)decode(loaded, report, sizeof(report), text, sizeof(text));
    dgm_plugin_unload(loaded);
    return true;
}

START_TEST(refuses_or_survives_every_changed_byte)
{
    size_t refused = 0;
    size_t loaded = 0;
    size_t parts = good.elf.symbol_offset;
    for (size_t i = 0; i < good.size;
         i += (i < 1024 || (i >= parts && i < parts + 64)) ? 1 : 13) {
        uint8_t before = good.bytes[i];
        for (unsigned change = 1; change <= 0xFF; change = change * 15 + 2) {
            good.bytes[i] = (uint8_t)(before ^ change);
            bool fine = try_bytes(good.size);
            loaded += fine ? 1 : 0;
            refused += fine ? 0 : 1;
        }
        good.bytes[i] = before;
    }
    /* Both happen, or the loop tries nothing. */
    ck_assert_uint_gt(refused, 500);
    ck_assert_uint_gt(loaded, 500);
}
END_TEST

START_TEST(refuses_or_survives_every_cut)
{
    for (size_t size = 0; size < good.size; size += size < 1024 ? 1 : 13) {
        bool fine = try_bytes(size);
        ck_assert(!fine || size > good.elf.symbol_offset + good.elf.symbol_size);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("load");
    TCase *tests = tcase_create("load");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 100);
    tcase_add_test(tests, loads_a_plugin_that_decodes);
    tcase_add_loop_test(tests, names_the_field_of_the_descriptor_that_is_wrong, 0,
                        (int)(sizeof(changes) / sizeof(changes[0])));
    tcase_add_loop_test(tests, refuses_a_manifest_that_says_other_than_the_table, 0,
                        (int)(sizeof(lies) / sizeof(lies[0])));
    tcase_add_test(tests, passes_over_what_it_does_not_know);
    tcase_add_test(tests, takes_a_higher_minor_version);
    tcase_add_test(tests, reads_heads_of_other_lengths);
    tcase_add_test(tests, takes_a_longer_head_whose_tail_is_zero);
    tcase_add_test(tests, loads_the_new_file_after_the_old_was_replaced);
    tcase_add_test(tests, loads_one_file_twice_for_two_owners);
    tcase_add_test(tests, leaves_no_file_open);
    tcase_add_test(tests, loads_in_several_threads);
    tcase_add_test(tests, refuses_or_survives_every_changed_byte);
    tcase_add_test(tests, refuses_or_survives_every_cut);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
