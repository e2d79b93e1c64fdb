/* SPDX-License-Identifier: MIT */
/* The profile that a plug-in keeps: as it was, or refused with the reason. */
#include "elf_source.h"
#include "plugin_file.h"

#include <dragoman/plugin.h>

#include <check.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static struct plugin_file good;
static size_t note_at, note_size; /* content of the note with the profile */
static const char *folder;

static void setup(void)
{
    struct dgm_refusal refusal;
    good = plugin_file_read(test_setting("DRAGOMAN_TEST_INCLUDING"));
    folder = scratch_folder();
    ck_assert_int_eq(
        elf_find_source(good.bytes, good.size, &note_at, &note_size, &refusal), DGM_OK);
}

static void teardown(void)
{
    plugin_file_free(&good);
    remove_folder(folder);
}

/* The outcome for the plug-in as it is now. */
static enum dgm_status read_source(struct dgm_plugin_source **ret_source,
                                   struct dgm_refusal *refusal)
{
    struct dgm_plugin_info *info = NULL;
    const char *path = write_bytes(folder, "plugin.so", good.bytes, good.size);
    enum dgm_status status = dgm_plugin_inspect(path, &info, refusal);
    if (status == DGM_OK) {
        status = dgm_plugin_info_source(info, ret_source, refusal);
    }
    dgm_plugin_info_free(info);
    return status;
}

static void expect_status(const char *what, enum dgm_status wanted, const char *text)
{
    struct dgm_plugin_source *source = NULL;
    struct dgm_refusal refusal;
    enum dgm_status status = read_source(&source, &refusal);
    ck_assert_msg(status == wanted && refusal.status == status, "%s: status %d: %s", what,
                  (int)status, refusal.text);
    ck_assert_msg(strstr(refusal.text, text) != NULL, "%s: %s", what, refusal.text);
    ck_assert_ptr_null(source);
}

static void expect_refusal(const char *what, const char *text)
{
    expect_status(what, DGM_PLUGIN_MANIFEST, text);
}

/* That is no damage. */
static void expect_none(const char *what)
{
    expect_status(what, DGM_NOTHING, "the plug-in keeps no profile");
}

static void expect_text(const struct dgm_plugin_source *source, size_t i,
                        const char *name)
{
    char path[512], text[65536];
    size_t size = 0;
    const char *found = dgm_plugin_source_text(source, i, &size);
    (void)snprintf(path, sizeof(path), "%s/profiles/decentlab/%s",
                   test_setting("DRAGOMAN_SOURCE"), name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    ck_assert_uint_eq(fread(text, 1, sizeof(text), file), size);
    (void)fclose(file);
    ck_assert_str_eq(dgm_plugin_source_name(source, i), name);
    ck_assert_mem_eq(found, text, size);
    ck_assert_int_eq(found[size], '\0');
}

START_TEST(gives_the_profile_and_what_it_includes)
{
    struct dgm_plugin_source *source = NULL;
    struct dgm_refusal refusal;
    size_t size = 1;
    enum dgm_status status = read_source(&source, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
    ck_assert_uint_eq(dgm_plugin_source_count(source), 2);
    expect_text(source, 0, "dl-pm.yaml");
    expect_text(source, 1, "common.yaml");
    ck_assert_ptr_null(dgm_plugin_source_name(source, 2));
    ck_assert_ptr_null(dgm_plugin_source_text(source, 2, &size));
    ck_assert_uint_eq(size, 0);
    dgm_plugin_source_free(source);
    dgm_plugin_source_free(NULL);
}
END_TEST

/* Where the section header of the note is. */
static size_t header_of_note(void)
{
    ElfW(Ehdr) head;
    memcpy(&head, good.bytes, sizeof(head));
    for (size_t i = 0; i < head.e_shnum; i++) {
        ElfW(Shdr) section;
        size_t at = (size_t)head.e_shoff + i * sizeof(section);
        memcpy(&section, good.bytes + at, sizeof(section));
        if (section.sh_type == SHT_NOTE && (section.sh_flags & SHF_ALLOC) == 0) {
            return at;
        }
    }
    ck_abort_msg("the plug-in has no such section");
    return 0;
}

static void patch_header(size_t field, uint32_t value)
{
    plugin_file_patch_u32(&good, header_of_note() + field, value);
}

enum { HEAD_BYTES = 24 }; /* of the note: three sizes, and the owner's name */

/* The note holds this, and its section nothing else. */
static void put_content(const uint8_t *content, size_t size)
{
    ck_assert_uint_le(size, note_size);
    plugin_file_patch(&good, note_at, content, size);
    plugin_file_patch_u32(&good, note_at - HEAD_BYTES + 4, (uint32_t)size);
    patch_header(offsetof(ElfW(Shdr), sh_size),
                 (uint32_t)(HEAD_BYTES + ((size + 3) & ~(size_t)3)));
}

/* Files put together by a test, as they stand unpacked. */
struct files {
    uint8_t bytes[4096];
    size_t size;
};

static void put_number(uint8_t *at, size_t number)
{
    for (unsigned i = 0; i < 4; i++) {
        at[i] = (uint8_t)(number >> i * 8);
    }
}

static void put_file(struct files *files, const char *name, size_t name_size,
                     const char *text)
{
    uint8_t *at = files->bytes + files->size;
    ck_assert_uint_le(files->size + 8 + name_size + strlen(text), sizeof(files->bytes));
    put_number(at, name_size);
    put_number(at + 4, strlen(text));
    memcpy(at + 8, name, name_size);
    memcpy(at + 8 + name_size, text, strlen(text));
    files->size += 8 + name_size + strlen(text);
}

/* The note holds these files now, and says that they have `said` bytes. */
static void keep(const struct files *files, size_t said, size_t surplus)
{
    uint8_t content[4096] = DGM_PLUGIN_SOURCE_MAGIC;
    uLongf packed = sizeof(content) - 12;
    put_number(content + 8, said);
    ck_assert_int_eq(compress(content + 12, &packed, files->bytes, (uLong)files->size),
                     Z_OK);
    put_content(content, 12 + packed + surplus);
}

static const struct {
    const char *name;
    size_t size;
    const char *text;
} names[] = {
    {"", 0, "expected a name beside or below the profile, found "},
    {"/etc/passwd", 11, "found /etc/passwd"},
    {"../a.yaml", 9, "found ../a.yaml"},
    {"a/../../b.yaml", 14, "found a/../../b.yaml"},
    {"a/..", 4, "found a/.."},
    {"./a", 3, "found ./a"},
    {"a//b", 4, "found a//b"},
    {"a/", 2, "found a/"},
    {"a\0b", 3, "found a"},
    {"a\nb", 3, "found a?b"},
    {"p.yaml", 6, "profile: found the file p.yaml twice"},
    {"a/b-c.yaml", 10, "profile: expected the hash"}, /* this name is fine */
};

START_TEST(refuses_names_that_could_lead_elsewhere)
{
    struct files files = {{0}, 0};
    put_file(&files, "p.yaml", 6, "one");
    put_file(&files, names[_i].name, names[_i].size, "two");
    keep(&files, files.size, 0);
    expect_refusal("name", names[_i].text);
}
END_TEST

START_TEST(refuses_sizes_that_are_not_true)
{
    struct files files = {{0}, 0};
    put_file(&files, "p.yaml", 6, "one");
    keep(&files, files.size + 1, 0);
    expect_refusal("too few bytes", "expected 18 bytes packed by zlib");
    keep(&files, files.size - 1, 0);
    expect_refusal("too many bytes", "expected 16 bytes packed by zlib");
    keep(&files, files.size, 1);
    expect_refusal("a byte behind them", "expected 17 bytes packed by zlib");
    keep(&files, DGM_PLUGIN_SOURCE_MAX + 1, 0);
    expect_refusal("too large", "expected at most 2097152 bytes, found 2097153");
    keep(&files, 0xFFFFFFFF, 0);
    expect_refusal("much too large", "found 4294967295");
    put_number(files.bytes, 7);
    keep(&files, files.size, 0);
    expect_refusal("a name beyond the end", "file 0: expected it to end inside 17 bytes");
    put_number(files.bytes, 6);
    put_number(files.bytes + 4, 0xFFFFFFFF);
    keep(&files, files.size, 0);
    expect_refusal("a text beyond the end", "file 0: expected it to end inside 17 bytes");
    files.size = 7;
    keep(&files, files.size, 0);
    expect_refusal("half a head", "file 0: expected it to end inside 7 bytes");
    files.size = 0;
    keep(&files, files.size, 0);
    expect_refusal("no file", "expected files, found none");
}
END_TEST

START_TEST(refuses_more_files_than_a_profile_has)
{
    struct files files = {{0}, 0};
    for (unsigned i = 0; i <= DGM_PLUGIN_SOURCE_FILES; i++) {
        char name[8];
        int size = snprintf(name, sizeof(name), "%u", i);
        put_file(&files, name, (size_t)size, "");
    }
    keep(&files, files.size, 0);
    expect_refusal("files", "expected at most 64 files");
}
END_TEST

/* Unpacked it would fill the memory; what the note says of its size bounds it. */
START_TEST(refuses_what_unpacks_to_more_than_it_says)
{
    enum { SIZE = 1 << 20 };
    uint8_t *zeros = calloc(1, SIZE);
    uint8_t content[2048] = DGM_PLUGIN_SOURCE_MAGIC;
    uLongf packed = sizeof(content) - 12;
    ck_assert_ptr_nonnull(zeros);
    put_number(content + 8, 100);
    ck_assert_int_eq(compress(content + 12, &packed, zeros, SIZE), Z_OK);
    free(zeros);
    put_content(content, 12 + packed);
    expect_refusal("bomb", "expected 100 bytes packed by zlib");
}
END_TEST

/* Files of our own with the right hash: what the hash is for, and what it is not. */
START_TEST(holds_the_texts_against_the_hash_of_the_manifest)
{
    struct dgm_plugin_source *source = NULL;
    struct dgm_refusal refusal;
    struct files files = {{0}, 0};
    static const char said[] = "\"profile_hash\":\"";
    const char *manifest = (const char *)good.bytes + good.elf.manifest_offset;
    const char *hash = memmem(manifest, good.elf.manifest_size, said, sizeof(said) - 1);
    ck_assert_ptr_nonnull(hash);
    put_file(&files, "p.yaml", 6, "a");
    keep(&files, files.size, 0);
    expect_refusal("another profile", "profile: expected the hash");
    /* FNV-1a 64 of "a", as its authors publish it. */
    plugin_file_patch(
        &good, good.elf.manifest_offset + (size_t)(hash - manifest) + sizeof(said) - 1,
        "af63dc4c8601ec8c", 16);
    enum dgm_status status = read_source(&source, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
    ck_assert_uint_eq(dgm_plugin_source_count(source), 1);
    dgm_plugin_source_free(source);
}
END_TEST

START_TEST(refuses_sections_that_are_damaged)
{
    ElfW(Shdr) section;
    ElfW(Ehdr) head;
    memcpy(&section, good.bytes + header_of_note(), sizeof(section));
    memcpy(&head, good.bytes, sizeof(head));
    size_t at = header_of_note();

    patch_header(offsetof(ElfW(Shdr), sh_offset), 0x7FFFFFFF);
    expect_refusal("offset", "ends beyond the file");
    plugin_file_patch(&good, at, &section, sizeof(section));
    patch_header(offsetof(ElfW(Shdr), sh_size), (uint32_t)section.sh_size - 4);
    expect_refusal("size", "expected notes that end inside their section");
    plugin_file_patch(&good, at, &section, sizeof(section));
    patch_header(offsetof(ElfW(Shdr), sh_type), SHT_PROGBITS);
    expect_none("type");
    plugin_file_patch(&good, at, &section, sizeof(section));

    plugin_file_patch_u16(&good, offsetof(ElfW(Ehdr), e_shnum), 0xFFFF);
    expect_refusal("count", "65535 section headers");
    plugin_file_patch_u16(&good, offsetof(ElfW(Ehdr), e_shnum), 0);
    expect_none("no count");
    plugin_file_patch(&good, 0, &head, sizeof(head));
    plugin_file_patch_u16(&good, offsetof(ElfW(Ehdr), e_shentsize), 8);
    expect_refusal("size of a header", "section headers of 8 bytes");
    plugin_file_patch(&good, 0, &head, sizeof(head));
    plugin_file_patch_u32(&good, offsetof(ElfW(Ehdr), e_shoff), 0);
    expect_none("no headers");
}
END_TEST

/* A second header of the same note: two notes. Many of a large one would take hours. */
START_TEST(refuses_sections_that_overlap)
{
    ElfW(Shdr) section;
    ElfW(Ehdr) head;
    memcpy(&section, good.bytes + header_of_note(), sizeof(section));
    memcpy(&head, good.bytes, sizeof(head));
    plugin_file_patch(&good, (size_t)head.e_shoff, &section, sizeof(section));
    expect_refusal("two", "notes with the profile: expected one, found 2");
    for (size_t i = 0; i < head.e_shnum; i++) {
        plugin_file_patch(&good, (size_t)head.e_shoff + i * sizeof(section), &section,
                          sizeof(section));
    }
    expect_refusal("many", "expected notes that do not overlap");
}
END_TEST

START_TEST(refuses_or_survives_every_changed_byte_of_the_note)
{
    size_t refused = 0, tried = 0;
    size_t start = note_at - HEAD_BYTES;
    for (size_t i = start; i < note_at + note_size; i += i < start + 64 ? 1 : 5) {
        struct dgm_plugin_source *source = NULL;
        struct dgm_refusal refusal;
        uint8_t before = good.bytes[i];
        good.bytes[i] ^= (uint8_t)(1u << i % 8);
        refused += read_source(&source, &refusal) != DGM_OK ? 1 : 0;
        tried++;
        dgm_plugin_source_free(source);
        good.bytes[i] = before;
    }
    /* In the head of zlib's bytes a hint of how well they were packed means nothing. */
    ck_assert_uint_ge(refused, tried - 4);
}
END_TEST

/* A plug-in that was made without. */
START_TEST(says_that_there_is_no_profile)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_plugin_source *source = NULL;
    struct dgm_refusal refusal;
    ck_assert_int_eq(dgm_plugin_inspect(variant_path("good"), &info, &refusal), DGM_OK);
    ck_assert_int_eq(dgm_plugin_info_source(info, &source, &refusal), DGM_NOTHING);
    ck_assert_int_eq(refusal.status, DGM_NOTHING);
    ck_assert_str_eq(refusal.text, "the plug-in keeps no profile");
    dgm_plugin_info_free(info);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("source");
    TCase *tests = tcase_create("source");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 100);
    tcase_add_test(tests, gives_the_profile_and_what_it_includes);
    tcase_add_loop_test(tests, refuses_names_that_could_lead_elsewhere, 0,
                        (int)(sizeof(names) / sizeof(names[0])));
    tcase_add_test(tests, refuses_sizes_that_are_not_true);
    tcase_add_test(tests, refuses_more_files_than_a_profile_has);
    tcase_add_test(tests, refuses_what_unpacks_to_more_than_it_says);
    tcase_add_test(tests, holds_the_texts_against_the_hash_of_the_manifest);
    tcase_add_test(tests, refuses_sections_that_are_damaged);
    tcase_add_test(tests, refuses_sections_that_overlap);
    tcase_add_test(tests, refuses_or_survives_every_changed_byte_of_the_note);
    tcase_add_test(tests, says_that_there_is_no_profile);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
