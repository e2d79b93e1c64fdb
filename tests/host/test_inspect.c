/* SPDX-License-Identifier: MIT */
/* Each plug-in that is not pure data, or whose manifest is not true, is refused by name
 * before anything of it is mapped. */
#include "plugin_file.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *variant;
    enum dgm_status status;
    const char *text; /* part of the refusal */
} refused[] = {
    {"bss", DGM_PLUGIN_FILE, "p_memsz: expected"},
    {"exec-stack", DGM_PLUGIN_CODE, "PT_GNU_STACK"},
    {"function", DGM_PLUGIN_CODE, "executable"},
    {"init-array", DGM_PLUGIN_CODE, "DT_INIT_ARRAY"},
    {"manifest-abi", DGM_PLUGIN_ABI, "plugin_abi: expected 1, found 2"},
    {"manifest-abi-text", DGM_PLUGIN_MANIFEST, "plugin_abi: expected 1, found no number"},
    {"manifest-array", DGM_PLUGIN_MANIFEST, "expected a JSON object"},
    {"manifest-format", DGM_WRONG_TABLE_FORMAT, "table_format: expected 1, found 9"},
    {"manifest-newer", DGM_PLUGIN_NEWER, "manifest_version: expected 1, found 2"},
    {"manifest-no-model", DGM_PLUGIN_MANIFEST, "model: expected a text"},
    {"manifest-syntax", DGM_PLUGIN_MANIFEST, "manifest: byte 22"},
    {"manifest-twice", DGM_PLUGIN_MANIFEST, "twice"},
    {"needed", DGM_PLUGIN_CODE, "DT_NEEDED: expected none, found one"},
    {"no-note", DGM_PLUGIN_MANIFEST, "expected one manifest, found none"},
    {"no-symbol", DGM_NO_PLUGIN_SYMBOL, "found another_name"},
    {"note-type", DGM_PLUGIN_MANIFEST, "expected one manifest, found none"},
    {"relocation", DGM_PLUGIN_CODE, "DT_REL"},
    {"runpath", DGM_PLUGIN_CODE, "PATH: expected none, found one"},
    {"second-symbol", DGM_NO_PLUGIN_SYMBOL, "second_symbol"},
    {"soname-path", DGM_PLUGIN_FILE, "DT_SONAME"},
    {"sysv-hash", DGM_PLUGIN_FILE, "tag 0x4"},
    {"tls", DGM_PLUGIN_CODE, "PT_TLS"},
    {"two-notes", DGM_PLUGIN_MANIFEST, "expected one manifest, found two"},
    {"undefined", DGM_PLUGIN_CODE, "DT_REL"},
    {"writable", DGM_NO_PLUGIN_SYMBOL, "found it writable"},
};

START_TEST(refuses_what_is_not_pure_data_and_says_why)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal refusal;
    const char *path = variant_path(refused[_i].variant);
    enum dgm_status status = dgm_plugin_inspect(path, &info, &refusal);
    ck_assert_msg(status == refused[_i].status && refusal.status == status,
                  "%s: status %d: %s", refused[_i].variant, (int)status, refusal.text);
    ck_assert_msg(strstr(refusal.text, refused[_i].text) != NULL, "%s: %s",
                  refused[_i].variant, refusal.text);
    ck_assert_ptr_null(info);
}
END_TEST

START_TEST(refuses_without_a_place_for_the_reason)
{
    struct dgm_plugin_info *info = NULL;
    ck_assert_int_eq(dgm_plugin_inspect(variant_path("needed"), &info, NULL),
                     DGM_PLUGIN_CODE);
    ck_assert_int_eq(dgm_plugin_inspect(NULL, &info, NULL), DGM_BAD_CALL);
}
END_TEST

static void expect_member(const struct dgm_plugin_info *info, const char *name,
                          const char *value)
{
    const char *found = dgm_plugin_info_member(info, name);
    ck_assert_ptr_nonnull(found);
    ck_assert_str_eq(found, value);
}

START_TEST(reads_texts_of_the_manifest_with_their_escapes)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal refusal;
    enum dgm_status status = dgm_plugin_inspect(variant_path("good"), &info, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
    expect_member(info, "manufacturer_id", "Caf\xC3\xA9 \"\xF0\x9F\x98\x80\"");
    expect_member(info, "model", "M\n1");
    expect_member(info, "text", "a,b}");
    ck_assert_ptr_null(dgm_plugin_info_member(info, "flag"));
    ck_assert_ptr_null(dgm_plugin_info_member(info, "list"));
    ck_assert_ptr_null(dgm_plugin_info_member(info, "plugin_abi"));
    ck_assert_ptr_null(dgm_plugin_info_member(info, "absent"));
    ck_assert_ptr_eq(strstr(dgm_plugin_info_manifest(info), "{\"manifest_version\":1,"),
                     dgm_plugin_info_manifest(info));
    dgm_plugin_info_free(info);
}
END_TEST

START_TEST(describes_a_real_plugin)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal refusal;
    struct stat file;
    const char *path = test_setting("DRAGOMAN_TEST_PLUGIN");
    enum dgm_status status = dgm_plugin_inspect(path, &info, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
    expect_member(info, "manufacturer_id", "Acme");
    expect_member(info, "model", "WM-100");
    ck_assert_int_eq(stat(path, &file), 0);
    ck_assert_uint_eq(dgm_plugin_info_file_size(info), (size_t)file.st_size);
    dgm_plugin_info_free(info);
}
END_TEST

START_TEST(refuses_what_is_no_file_or_too_large)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal refusal;
    const char *folder = scratch_folder();
    ck_assert_int_eq(dgm_plugin_inspect(folder, &info, &refusal), DGM_PLUGIN_FILE);
    ck_assert_ptr_nonnull(strstr(refusal.text, "regular file"));
    ck_assert_int_eq(dgm_plugin_inspect("/nonexistent/x.so", &info, &refusal), DGM_IO);

    const char *large = write_bytes(folder, "large.so", "", 0);
    ck_assert_int_eq(truncate(large, (32 << 20) + 1), 0);
    ck_assert_int_eq(dgm_plugin_inspect(large, &info, &refusal), DGM_PLUGIN_FILE);
    ck_assert_ptr_nonnull(strstr(refusal.text, "file size"));

    const char *empty = write_bytes(folder, "empty.so", "", 0);
    ck_assert_int_eq(dgm_plugin_inspect(empty, &info, &refusal), DGM_PLUGIN_FILE);
    remove_folder(folder);
}
END_TEST

START_TEST(does_not_wait_for_a_pipe)
{
    struct dgm_plugin_info *info = NULL;
    char path[512];
    const char *folder = scratch_folder();
    (void)snprintf(path, sizeof(path), "%s/pipe.so", folder);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(dgm_plugin_inspect(path, &info, NULL), DGM_PLUGIN_FILE);
    remove_folder(folder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("inspect");
    TCase *tests = tcase_create("inspect");
    tcase_add_loop_test(tests, refuses_what_is_not_pure_data_and_says_why, 0,
                        (int)(sizeof(refused) / sizeof(refused[0])));
    tcase_add_test(tests, refuses_without_a_place_for_the_reason);
    tcase_add_test(tests, reads_texts_of_the_manifest_with_their_escapes);
    tcase_add_test(tests, describes_a_real_plugin);
    tcase_add_test(tests, refuses_what_is_no_file_or_too_large);
    tcase_add_test(tests, does_not_wait_for_a_pipe);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
