/* SPDX-License-Identifier: MIT */
/* The profile that a plug-in keeps: what is packed, profiles out of memory, and the
 * licence that they state. */
#define _XOPEN_SOURCE 700 /* mkdtemp, symlink */
#include "license.h"
#include "packed.h"

#include <dragoman/profile.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

static const char profile_text[] = "# SPDX-License-Identifier: MIT\n"
                                   "dragoman: 1\n"
                                   "include: [common.yaml]\n"
                                   "product: {manufacturer_id: A, model: B}\n"
                                   "messages:\n"
                                   "  report:\n"
                                   "    fields: [{use: battery}]\n"
                                   "tests: [{hex: '07', json: {level: 7}}]\n";
static const char common_text[] = "dragoman: 1\n"
                                  "include: [more/empty.yaml]\n"
                                  "groups:\n"
                                  "  battery: {fields: [{name: level, type: u8}]}\n";
static const char empty_text[] = "dragoman: 1\nenums: {}\n";

#define FILE_OF(name, text)                                                              \
    {                                                                                    \
        name, text, sizeof(text) - 1                                                     \
    }

static const struct dgm_profile_text files[] = {
    FILE_OF("a.yaml", profile_text),
    FILE_OF("more/empty.yaml", empty_text),
    FILE_OF("common.yaml", common_text),
};

struct unpacked {
    uint8_t *bytes;
    size_t size;
};

/* What the note's C text says, taken apart as docs/plugin-abi.md describes it. */
static struct unpacked unpack(const char *note)
{
    static const char directive[] = ".byte ";
    uint8_t *content = malloc(strlen(note));
    size_t size = 0;
    ck_assert_ptr_nonnull(content);
    for (const char *at = strstr(note, directive); at != NULL;
         at = strstr(at, directive)) {
        at += sizeof(directive) - 1;
        for (; *at != '\\'; at += *at == ',') {
            content[size++] = (uint8_t)strtoul(at, (char **)&at, 10);
        }
    }
    ck_assert_uint_gt(size, 12);
    ck_assert_mem_eq(content, "DGMPROF1", 8);
    uLongf length = content[8] | (uLongf)content[9] << 8 | (uLongf)content[10] << 16 |
                    (uLongf)content[11] << 24;
    struct unpacked unpacked = {malloc(length + 1), length};
    ck_assert_int_eq(
        uncompress(unpacked.bytes, &length, content + 12, (uLong)(size - 12)), Z_OK);
    ck_assert_uint_eq(length, unpacked.size);
    free(content);
    return unpacked;
}

/* The next file of them must be this one. */
static size_t expect_file(const struct unpacked *unpacked, size_t at, const char *name,
                          const char *text)
{
    const uint8_t *file = unpacked->bytes + at;
    ck_assert_uint_le(at + 8, unpacked->size);
    size_t name_size = file[0] | (size_t)file[1] << 8;
    size_t text_size = file[4] | (size_t)file[5] << 8 | (size_t)file[6] << 16;
    ck_assert_uint_eq(name_size, strlen(name));
    ck_assert_uint_eq(text_size, strlen(text));
    ck_assert_uint_le(at + 8 + name_size + text_size, unpacked->size);
    ck_assert_mem_eq(file + 8, name, name_size);
    ck_assert_mem_eq(file + 8 + name_size, text, text_size);
    return at + 8 + name_size + text_size;
}

static struct dgm_profile *load(const struct dgm_profile_text *list, size_t count)
{
    struct dgm_profile *profile = NULL;
    enum dgm_status status = dgm_profile_load_files(list, count, NULL, &profile);
    ck_assert_msg(status == DGM_OK, "status %d: %s", (int)status,
                  profile != NULL && dgm_profile_diagnostic(profile, 0) != NULL
                      ? dgm_profile_diagnostic(profile, 0)->text
                      : "");
    return profile;
}

static uint64_t hash_of(const struct dgm_profile *profile)
{
    size_t size = 0;
    return dgm_profile_model(profile, &size)->profile_hash;
}

START_TEST(packs_the_profile_and_what_it_includes_in_the_order_of_reading)
{
    struct dgm_profile *profile = load(files, 3);
    const char *note = NULL;
    ck_assert_int_eq(dgm_profile_c_note(profile, &note), DGM_OK);
    struct unpacked unpacked = unpack(note);
    size_t at = expect_file(&unpacked, 0, "a.yaml", profile_text);
    at = expect_file(&unpacked, at, "common.yaml", common_text);
    at = expect_file(&unpacked, at, "more/empty.yaml", empty_text);
    ck_assert_uint_eq(at, unpacked.size);
    free(unpacked.bytes);
    dgm_profile_close(profile);
}
END_TEST

START_TEST(packs_the_same_bytes_each_time)
{
    struct dgm_profile *profile = load(files, 3), *again = load(files, 3);
    const char *note = NULL, *same = NULL, *other = NULL;
    ck_assert_int_eq(dgm_profile_c_note(profile, &note), DGM_OK);
    ck_assert_int_eq(dgm_profile_c_note(profile, &same), DGM_OK);
    ck_assert_ptr_eq(note, same);
    ck_assert_int_eq(dgm_profile_c_note(again, &other), DGM_OK);
    ck_assert_str_eq(note, other);
    dgm_profile_close(profile);
    dgm_profile_close(again);
}
END_TEST

START_TEST(has_no_note_without_tables)
{
    struct dgm_profile *profile = NULL;
    const char *note = NULL;
    ck_assert_int_eq(dgm_profile_parse("x", "dragoman: 1\n", 12, &profile), DGM_PROFILE);
    ck_assert_int_eq(dgm_profile_c_note(profile, &note), DGM_BAD_CALL);
    dgm_profile_close(profile);
}
END_TEST

/* A profile from memory may be called anything. */
static const char *const odd_names[][2] = {
    {"", "profile.yaml"},    {"..", "profile.yaml"},    {".a", "profile.yaml"},
    {"x/", "profile.yaml"},  {"a\nb.yaml", "a_b.yaml"}, {"/x/y.yaml", "y.yaml"},
    {"../y.yaml", "y.yaml"}, {"<input>", "<input>"},
};

START_TEST(gives_the_profile_a_harmless_name)
{
    static const char text[] = "dragoman: 1\nproduct: {manufacturer_id: A, model: B}\n"
                               "messages: {r: {fields: [{name: x, type: u8}]}}\n";
    struct dgm_profile *profile = NULL;
    const char *note = NULL;
    ck_assert_int_eq(
        dgm_profile_parse(odd_names[_i][0], text, sizeof(text) - 1, &profile), DGM_OK);
    ck_assert_int_eq(dgm_profile_c_note(profile, &note), DGM_OK);
    struct unpacked unpacked = unpack(note);
    ck_assert_uint_eq(expect_file(&unpacked, 0, odd_names[_i][1], text), unpacked.size);
    free(unpacked.bytes);
    dgm_profile_close(profile);
}
END_TEST

/* Files on disk: the same tables, and a file that two names lead to is kept under both,
 * so that it is found again. */
static void write_text(const char *folder, const char *name, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(keeps_both_names_of_a_file)
{
    static const char text[] = "dragoman: 1\ninclude: [common.yaml, other.yaml]\n"
                               "product: {manufacturer_id: A, model: B}\n"
                               "messages: {r: {fields: [{use: battery}]}}\n";
    static const char part[] = "dragoman: 1\n"
                               "groups: {battery: {fields: [{name: x, type: u8}]}}\n";
    char folder[] = "/tmp/dragoman-packed-XXXXXX", path[256], link_path[256];
    struct dgm_profile *profile = NULL;
    const char *note = NULL;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    write_text(folder, "p.yaml", text);
    write_text(folder, "common.yaml", part);
    (void)snprintf(link_path, sizeof(link_path), "%s/other.yaml", folder);
    ck_assert_int_eq(symlink("common.yaml", link_path), 0);
    (void)snprintf(path, sizeof(path), "%s/p.yaml", folder);
    ck_assert_int_eq(dgm_profile_load(path, &profile), DGM_OK);
    ck_assert_int_eq(unlink(link_path), 0);
    ck_assert_int_eq(unlink(path), 0);
    (void)snprintf(path, sizeof(path), "%s/common.yaml", folder);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);

    ck_assert_int_eq(dgm_profile_c_note(profile, &note), DGM_OK);
    struct unpacked unpacked = unpack(note);
    size_t at = expect_file(&unpacked, 0, "p.yaml", text);
    at = expect_file(&unpacked, at, "common.yaml", part);
    at = expect_file(&unpacked, at, "other.yaml", part);
    ck_assert_uint_eq(at, unpacked.size);
    free(unpacked.bytes);

    const struct dgm_profile_text list[] = {
        FILE_OF("p.yaml", text),
        FILE_OF("common.yaml", part),
        FILE_OF("other.yaml", part),
    };
    struct dgm_profile *again = load(list, 3);
    ck_assert_uint_eq(hash_of(again), hash_of(profile));
    dgm_profile_close(again);
    dgm_profile_close(profile);
}
END_TEST

/* One finding, with its rule. */
static void expect_rule(const struct dgm_profile_text *list, size_t count,
                        const char *rule)
{
    struct dgm_profile *profile = NULL;
    ck_assert_int_eq(dgm_profile_load_files(list, count, NULL, &profile), DGM_PROFILE);
    ck_assert_str_eq(dgm_profile_diagnostic(profile, 0)->rule, rule);
    dgm_profile_close(profile);
}

START_TEST(reads_no_file_that_was_not_given)
{
    static const char text[] = "dragoman: 1\ninclude: [passwd.yaml]\n"
                               "product: {manufacturer_id: A, model: B}\nmessages: {}\n";
    static const char circle[] = "dragoman: 1\ninclude: [a.yaml]\nenums: {}\n";
    const struct dgm_profile_text missing[] = {FILE_OF("a.yaml", text)};
    const struct dgm_profile_text in_circle[] = {FILE_OF("p.yaml", text),
                                                 FILE_OF("passwd.yaml", circle),
                                                 FILE_OF("a.yaml", circle)};
    struct dgm_profile *profile = NULL;
    expect_rule(missing, 1, "cannot-read");
    expect_rule(in_circle, 3, "include-cycle");
    ck_assert_int_eq(dgm_profile_load_files(missing, 0, NULL, &profile), DGM_BAD_CALL);
    ck_assert_ptr_null(profile);
}
END_TEST

START_TEST(hashes_each_text_once)
{
    struct included list[] = {{"b", "b", (char *)(uintptr_t) "two", 3, false, false},
                              {"c", "c", (char *)(uintptr_t) "three", 5, false, false},
                              {"d", "d", (char *)(uintptr_t) "two", 3, false, true}};
    struct includes includes = {.count = 2};
    const struct packed_source source = {"a", "one", 3, &includes};
    memcpy(includes.files, list, sizeof(list));
    uint64_t hash = packed_hash(&source);
    includes.count = 3;
    ck_assert_uint_eq(packed_hash(&source), hash);
    includes.files[2].text = (char *)(uintptr_t) "Two";
    ck_assert_uint_ne(packed_hash(&source), hash);
}
END_TEST

static const struct {
    const char *text, *license;
} licenses[] = {
    {"# SPDX-License-Identifier: MIT\ndragoman: 1\n", "MIT"},
    {"#SPDX-License-Identifier:MIT OR (Apache-2.0 AND X+)  \r\n",
     "MIT OR (Apache-2.0 AND X+)"},
    {"\xEF\xBB\xBF\n  \n# a meter\n#\t SPDX-License-Identifier: "
     "DocumentRef-a:LicenseRef-b",
     "DocumentRef-a:LicenseRef-b"},
    {"dragoman: 1\n# SPDX-License-Identifier: MIT\n", NULL},
    {"# SPDX-License-Identifier:\n# SPDX-License-Identifier: MIT\n", NULL},
    {"# SPDX-License-Identifier: M\"T\n", NULL},
    {"# SPDX-License-Identifier: <script>\n", NULL},
    {"# see SPDX-License-Identifier: MIT\n", NULL},
    {"", NULL},
    {"#", NULL},
};

START_TEST(finds_the_licence_that_the_first_comments_state)
{
    struct arena *arena = arena_new();
    const char *text = licenses[_i].text;
    const char *found = license_of(arena, text, strlen(text));
    ck_assert_pstr_eq(found, licenses[_i].license);
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("packed");
    TCase *tests = tcase_create("packed");
    tcase_add_test(tests, packs_the_profile_and_what_it_includes_in_the_order_of_reading);
    tcase_add_test(tests, packs_the_same_bytes_each_time);
    tcase_add_test(tests, has_no_note_without_tables);
    tcase_add_loop_test(tests, gives_the_profile_a_harmless_name, 0,
                        (int)(sizeof(odd_names) / sizeof(odd_names[0])));
    tcase_add_test(tests, keeps_both_names_of_a_file);
    tcase_add_test(tests, reads_no_file_that_was_not_given);
    tcase_add_test(tests, hashes_each_text_once);
    tcase_add_loop_test(tests, finds_the_licence_that_the_first_comments_state, 0,
                        (int)(sizeof(licenses) / sizeof(licenses[0])));
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
