/* SPDX-License-Identifier: MIT */
/* The form of the file, number by number: a good plug-in with one of them changed. */
#include "plugin_file.h"

#include <check.h>
#include <link.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct plugin_file good;

static void setup(void)
{
    good = plugin_file_read(test_setting("DRAGOMAN_TEST_PLUGIN"));
}

static void teardown(void)
{
    plugin_file_free(&good);
}

/* Check a copy whose size is exact, so that a sanitizer sees a read behind it. */
static enum dgm_status check_copy(size_t size, struct dgm_refusal *refusal)
{
    struct elf_plugin elf;
    uint8_t *copy = malloc(size + (size == 0));
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, good.bytes, size);
    enum dgm_status status = elf_check(copy, size, &elf, refusal);
    if (status == DGM_OK) {
        ck_assert_uint_le(elf.symbol_offset, size);
        ck_assert_uint_le(elf.symbol_size, size - elf.symbol_offset);
        ck_assert_uint_le(elf.manifest_offset, size);
        ck_assert_uint_le(elf.manifest_size, size - elf.manifest_offset);
    }
    free(copy);
    return status;
}

static void expect_refusal(const char *what, enum dgm_status expected, const char *text)
{
    struct dgm_refusal refusal;
    enum dgm_status status = check_copy(good.size, &refusal);
    ck_assert_msg(status == expected, "%s: status %d: %s", what, (int)status,
                  refusal.text);
    ck_assert_msg(strstr(refusal.text, text) != NULL, "%s: %s", what, refusal.text);
}

static const struct {
    const char *name;
    size_t offset, size; /* of the field in the head */
    uint16_t value;
    const char *text;
} head_fields[] = {
    {"magic", 0, 1, 0x7E, "ELF magic: expected 7f454c46, found 7e454c46"},
    {"class", EI_CLASS, 1, 9, "ELF class: expected "},
    {"data", EI_DATA, 1, 9, "ELF data: expected "},
    {"version", EI_VERSION, 1, 2, "ELF version: expected 1, found 2"},
    {"type", offsetof(ElfW(Ehdr), e_type), 2, ET_EXEC, "e_type: expected 3, found 2"},
    {"machine", offsetof(ElfW(Ehdr), e_machine), 2, EM_VAX, "found 75"},
    {"head size", offsetof(ElfW(Ehdr), e_ehsize), 2, 1, "e_ehsize: expected "},
    {"entry size", offsetof(ElfW(Ehdr), e_phentsize), 2, 7, "e_phentsize: expected "},
    {"no headers", offsetof(ElfW(Ehdr), e_phnum), 2, 0, "e_phnum: expected 1 to 32"},
    {"many headers", offsetof(ElfW(Ehdr), e_phnum), 2, 0xFFFF, "found 65535"},
    {"far headers", offsetof(ElfW(Ehdr), e_phoff) + 4, 2, 1, "reach beyond"},
};

START_TEST(names_the_field_of_the_head_that_is_wrong)
{
    if (head_fields[_i].size == 1) {
        uint8_t byte = (uint8_t)head_fields[_i].value;
        plugin_file_patch(&good, head_fields[_i].offset, &byte, 1);
    } else {
        plugin_file_patch_u16(&good, head_fields[_i].offset, head_fields[_i].value);
    }
    expect_refusal(head_fields[_i].name, DGM_PLUGIN_FILE, head_fields[_i].text);
}
END_TEST

/* The first program header of a type, and where it stands in the file. */
static size_t find_segment(uint32_t type, ElfW(Phdr) * segment)
{
    ElfW(Ehdr) head;
    memcpy(&head, good.bytes, sizeof(head));
    for (size_t i = 0; i < head.e_phnum; i++) {
        size_t offset = (size_t)head.e_phoff + i * sizeof(*segment);
        memcpy(segment, good.bytes + offset, sizeof(*segment));
        if (segment->p_type == type) {
            return offset;
        }
    }
    ck_abort_msg("the plug-in has no segment of type %u", type);
    return 0;
}

enum change { FLAGS, OFFSET, ADDRESS, FILE_SIZE, MEMORY_SIZE, ALIGN, TYPE };

static void change_segment(ElfW(Phdr) * segment, enum change what, int64_t value)
{
    switch (what) {
    case FLAGS:
        segment->p_flags = (uint32_t)value;
        break;
    case OFFSET:
        segment->p_offset += (size_t)value;
        break;
    case ADDRESS:
        segment->p_vaddr += (size_t)value;
        break;
    case FILE_SIZE:
        segment->p_filesz += (size_t)value;
        segment->p_memsz += (size_t)value;
        break;
    case MEMORY_SIZE:
        segment->p_memsz += (size_t)value;
        break;
    case ALIGN:
        segment->p_align = (size_t)value;
        break;
    case TYPE:
        segment->p_type = (uint32_t)value;
        break;
    }
}

static const struct {
    const char *name;
    uint32_t type;
    enum change what;
    int64_t value;
    enum dgm_status status;
    const char *text;
} segment_changes[] = {
    {"executable", PT_LOAD, FLAGS, PF_R | PF_X, DGM_PLUGIN_CODE, "executable"},
    {"unreadable", PT_LOAD, FLAGS, 0, DGM_PLUGIN_FILE, "p_flags: expected it readable"},
    {"all writable", PT_LOAD, FLAGS, PF_R | PF_W, DGM_NO_PLUGIN_SYMBOL, "writable"},
    {"behind the end", PT_LOAD, FILE_SIZE, 1u << 30, DGM_PLUGIN_FILE, "beyond"},
    {"more memory than file", PT_LOAD, MEMORY_SIZE, 1, DGM_PLUGIN_FILE, "p_memsz"},
    {"alignment of 3", PT_LOAD, ALIGN, 3, DGM_PLUGIN_FILE, "p_align"},
    {"alignment of 16", PT_LOAD, ALIGN, 16, DGM_PLUGIN_FILE, "p_align"},
    {"crooked address", PT_LOAD, ADDRESS, 8, DGM_PLUGIN_FILE, "differ"},
    {"overlapping address", PT_LOAD, ADDRESS, 1u << 20, DGM_PLUGIN_FILE, "behind"},
    {"unknown type", PT_LOAD, TYPE, 0x12345678, DGM_PLUGIN_FILE, "unknown type"},
    {"interpreter", PT_NOTE, TYPE, PT_INTERP, DGM_PLUGIN_CODE, "PT_INTERP"},
    {"thread data", PT_NOTE, TYPE, PT_TLS, DGM_PLUGIN_CODE, "PT_TLS"},
    {"executable stack", PT_GNU_STACK, FLAGS, PF_R | PF_W | PF_X, DGM_PLUGIN_CODE,
     "PT_GNU_STACK"},
    {"no stack mark", PT_GNU_STACK, TYPE, PT_NULL, DGM_PLUGIN_FILE, "PT_GNU_STACK"},
    {"no dynamic table", PT_DYNAMIC, TYPE, PT_NULL, DGM_PLUGIN_FILE, "PT_DYNAMIC"},
    {"read-only dynamic table", PT_DYNAMIC, FLAGS, PF_R, DGM_PLUGIN_FILE, "PT_DYNAMIC"},
    {"moved dynamic table", PT_DYNAMIC, OFFSET, 8, DGM_PLUGIN_FILE, "lie in a loaded"},
    {"short dynamic table", PT_DYNAMIC, FILE_SIZE, -96, DGM_PLUGIN_FILE, "DT_NULL"},
    {"moved note", PT_NOTE, OFFSET, 4, DGM_PLUGIN_FILE, "lie in a loaded"},
    {"note as headers", PT_NOTE, TYPE, PT_PHDR, DGM_PLUGIN_FILE, "PT_PHDR"},
    {"no note", PT_NOTE, TYPE, PT_NULL, DGM_PLUGIN_MANIFEST, "found none"},
};

START_TEST(names_the_segment_that_is_wrong)
{
    ElfW(Phdr) segment;
    size_t offset = find_segment(segment_changes[_i].type, &segment);
    change_segment(&segment, segment_changes[_i].what, segment_changes[_i].value);
    plugin_file_patch(&good, offset, &segment, sizeof(segment));
    expect_refusal(segment_changes[_i].name, segment_changes[_i].status,
                   segment_changes[_i].text);
}
END_TEST

static const struct {
    const char *name;
    int64_t from, to; /* tags */
    enum dgm_status status;
    const char *text;
} tag_changes[] = {
    {"needed library", DT_STRSZ, DT_NEEDED, DGM_PLUGIN_CODE, "DT_NEEDED"},
    {"start", DT_STRSZ, DT_INIT, DGM_PLUGIN_CODE, "DT_INIT"},
    {"end", DT_STRSZ, DT_FINI, DGM_PLUGIN_CODE, "DT_FINI"},
    {"start array", DT_STRSZ, DT_INIT_ARRAY, DGM_PLUGIN_CODE, "DT_INIT_ARRAY"},
    {"relocations", DT_STRSZ, DT_REL, DGM_PLUGIN_CODE, "DT_REL"},
    {"relocations with addends", DT_STRSZ, DT_RELA, DGM_PLUGIN_CODE, "DT_RELA"},
    {"packed relocations", DT_STRSZ, 36, DGM_PLUGIN_CODE, "DT_RELR"},
    {"jump relocations", DT_STRSZ, DT_JMPREL, DGM_PLUGIN_CODE, "DT_JMPREL"},
    {"text relocations", DT_STRSZ, DT_TEXTREL, DGM_PLUGIN_CODE, "DT_TEXTREL"},
    {"audit", DT_STRSZ, DT_AUDIT, DGM_PLUGIN_CODE, "DT_AUDIT"},
    {"versions", DT_STRSZ, DT_VERNEED, DGM_PLUGIN_FILE, "does not need"},
    {"flags", DT_STRSZ, DT_FLAGS, DGM_PLUGIN_CODE, "DT_FLAGS"},
    {"further flags", DT_STRSZ, DT_FLAGS_1, DGM_PLUGIN_CODE, "DT_FLAGS_1"},
    {"no hash", DT_GNU_HASH, DT_BIND_NOW, DGM_PLUGIN_FILE, "DT_GNU_HASH: expected one"},
    {"no symbols", DT_SYMTAB, DT_BIND_NOW, DGM_PLUGIN_FILE, "DT_SYMTAB: expected one"},
    {"no texts", DT_STRTAB, DT_BIND_NOW, DGM_PLUGIN_FILE, "DT_STRTAB"},
    {"texts twice", DT_SYMTAB, DT_STRTAB, DGM_PLUGIN_FILE, "found it twice"},
    {"early end", DT_STRTAB, DT_NULL, DGM_PLUGIN_FILE, "DT_STRTAB"},
};

static size_t find_tag(int64_t tag, ElfW(Dyn) * entry)
{
    ElfW(Phdr) dynamic;
    (void)find_segment(PT_DYNAMIC, &dynamic);
    for (size_t at = 0; at + sizeof(*entry) <= dynamic.p_filesz; at += sizeof(*entry)) {
        memcpy(entry, good.bytes + dynamic.p_offset + at, sizeof(*entry));
        if (entry->d_tag == tag) {
            return (size_t)dynamic.p_offset + at;
        }
    }
    ck_abort_msg("the plug-in has no tag %lld", (long long)tag);
    return 0;
}

START_TEST(names_the_dynamic_tag_that_is_wrong)
{
    ElfW(Dyn) entry;
    size_t offset = find_tag(tag_changes[_i].from, &entry);
    entry.d_tag = (__typeof__(entry.d_tag))tag_changes[_i].to;
    plugin_file_patch(&good, offset, &entry, sizeof(entry));
    expect_refusal(tag_changes[_i].name, tag_changes[_i].status, tag_changes[_i].text);
}
END_TEST

static const struct {
    const char *name;
    int64_t tag;
    uint32_t value; /* new value */
    const char *text;
} value_changes[] = {
    {"texts outside", DT_STRTAB, 0x7FFFFFF0, "DT_STRTAB"},
    {"texts of no bytes", DT_STRSZ, 0, "DT_STRTAB"},
    {"texts without end", DT_STRSZ, 3, "DT_STRTAB"},
    {"symbols outside", DT_SYMTAB, 0x7FFFFFF0, "DT_SYMTAB"},
    {"crooked symbols", DT_SYMTAB, 0x11, "DT_SYMTAB"},
    {"size of a symbol", DT_SYMENT, 1, "DT_SYMENT"},
    {"hash outside", DT_GNU_HASH, 0x7FFFFFF0, "DT_GNU_HASH"},
    {"hash made of the head", DT_GNU_HASH, 0, "DT_GNU_HASH"},
};

START_TEST(names_the_dynamic_value_that_is_wrong)
{
    ElfW(Dyn) entry;
    size_t offset = find_tag(value_changes[_i].tag, &entry);
    entry.d_un.d_val = value_changes[_i].value;
    plugin_file_patch(&good, offset, &entry, sizeof(entry));
    expect_refusal(value_changes[_i].name, DGM_PLUGIN_FILE, value_changes[_i].text);
}
END_TEST

START_TEST(accepts_the_good_one_and_finds_its_parts)
{
    static const char start[] = "{\"manifest_version\":1,";
    struct dgm_refusal refusal;
    ck_assert_int_eq(check_copy(good.size, &refusal), DGM_OK);
    ck_assert_uint_gt(good.elf.symbol_size, 32);
    ck_assert_int_eq(
        memcmp(good.bytes + good.elf.manifest_offset, start, sizeof(start) - 1), 0);
    ck_assert_int_eq(good.bytes[good.elf.manifest_offset + good.elf.manifest_size - 1],
                     '}');
}
END_TEST

START_TEST(reads_nothing_behind_a_file_cut_anywhere)
{
    struct dgm_refusal refusal;
    for (size_t size = 0; size < good.size; size++) {
        (void)check_copy(size, &refusal);
    }
}
END_TEST

START_TEST(reads_nothing_outside_whatever_byte_is_changed)
{
    static const uint8_t changes[] = {0x01, 0x80, 0xFF, 0x7F};
    struct dgm_refusal refusal;
    for (size_t i = 0; i < good.size; i++) {
        for (size_t change = 0; change < sizeof(changes); change++) {
            good.bytes[i] ^= changes[change];
            (void)check_copy(good.size, &refusal);
            good.bytes[i] ^= changes[change];
        }
    }
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof((table)[0]))

int main(void)
{
    Suite *suite = suite_create("elf");
    TCase *tests = tcase_create("elf");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, accepts_the_good_one_and_finds_its_parts);
    tcase_add_loop_test(tests, names_the_field_of_the_head_that_is_wrong, 0,
                        ROWS(head_fields));
    tcase_add_loop_test(tests, names_the_segment_that_is_wrong, 0, ROWS(segment_changes));
    tcase_add_loop_test(tests, names_the_dynamic_tag_that_is_wrong, 0, ROWS(tag_changes));
    tcase_add_loop_test(tests, names_the_dynamic_value_that_is_wrong, 0,
                        ROWS(value_changes));
    tcase_add_test(tests, reads_nothing_behind_a_file_cut_anywhere);
    tcase_add_test(tests, reads_nothing_outside_whatever_byte_is_changed);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
