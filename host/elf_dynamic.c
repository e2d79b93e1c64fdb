/* SPDX-License-Identifier: MIT */
/*
 * The dynamic table: only what data needs is allowed in it. Tags that would run, fetch,
 * relocate or version something are refused by name, others as unknown.
 */
#include "elf_file.h"
#include "refuse.h"

#include <inttypes.h>
#include <string.h>

#ifndef DT_RELR
#define DT_RELRSZ 35
#define DT_RELR 36
#define DT_RELRENT 37
#endif

/* What stands for code: loading would run it, or run something on its behalf. */
static const struct {
    int64_t tag;
    const char *name;
} code_tags[] = {
    {DT_NEEDED, "DT_NEEDED"},
    {DT_INIT, "DT_INIT"},
    {DT_FINI, "DT_FINI"},
    {DT_INIT_ARRAY, "DT_INIT_ARRAY"},
    {DT_FINI_ARRAY, "DT_FINI_ARRAY"},
    {DT_INIT_ARRAYSZ, "DT_INIT_ARRAYSZ"},
    {DT_FINI_ARRAYSZ, "DT_FINI_ARRAYSZ"},
    {DT_PREINIT_ARRAY, "DT_PREINIT_ARRAY"},
    {DT_PREINIT_ARRAYSZ, "DT_PREINIT_ARRAYSZ"},
    {DT_REL, "DT_REL"},
    {DT_RELSZ, "DT_RELSZ"},
    {DT_RELA, "DT_RELA"},
    {DT_RELASZ, "DT_RELASZ"},
    {DT_RELR, "DT_RELR"},
    {DT_RELRSZ, "DT_RELRSZ"},
    {DT_JMPREL, "DT_JMPREL"},
    {DT_PLTRELSZ, "DT_PLTRELSZ"},
    {DT_PLTGOT, "DT_PLTGOT"},
    {DT_TEXTREL, "DT_TEXTREL"},
    {DT_RPATH, "DT_RPATH"},
    {DT_RUNPATH, "DT_RUNPATH"},
    {DT_AUXILIARY, "DT_AUXILIARY"},
    {DT_FILTER, "DT_FILTER"},
    {DT_CONFIG, "DT_CONFIG"},
    {DT_DEPAUDIT, "DT_DEPAUDIT"},
    {DT_AUDIT, "DT_AUDIT"},
};

/* What a code plug-in must not have either: ways to libraries of other places, to code
 * that stands in front of others, and to code that is written to. */
static const int64_t forbidden_tags[] = {
    DT_TEXTREL, DT_RPATH, DT_RUNPATH,  DT_AUXILIARY,     DT_FILTER,
    DT_CONFIG,  DT_AUDIT, DT_DEPAUDIT, DT_PREINIT_ARRAY,
};

static bool is_forbidden(int64_t tag)
{
    for (size_t i = 0; i < sizeof(forbidden_tags) / sizeof(forbidden_tags[0]); i++) {
        if (forbidden_tags[i] == tag) {
            return true;
        }
    }
    return false;
}

static const char *code_tag_name(int64_t tag)
{
    for (size_t i = 0; i < sizeof(code_tags) / sizeof(code_tags[0]); i++) {
        if (code_tags[i].tag == tag) {
            return code_tags[i].name;
        }
    }
    return NULL;
}

/* What was seen in the table, each at most once. */
struct seen {
    bool strings, strings_size, symbols, symbol_size, hash, name;
    uint64_t name_offset;
};

static enum dgm_status take(const struct elf_file *file, const char *name, bool *seen,
                            uint64_t *place, uint64_t value)
{
    if (*seen) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "%s: expected it once, found it twice", name);
    }
    *seen = true;
    *place = value;
    return DGM_OK;
}

static enum dgm_status check_flags(const struct elf_file *file, const char *name,
                                   uint64_t allowed, uint64_t found)
{
    if ((found & ~allowed) != 0) {
        return refuse(file->refusal, DGM_PLUGIN_CODE,
                      "%s: expected no more than 0x%" PRIx64 ", found 0x%" PRIx64, name,
                      allowed, found);
    }
    return DGM_OK;
}

/* What only code needs, in a code plug-in. */
static enum dgm_status take_code(struct elf_file *file, int64_t tag, uint64_t value)
{
    if (is_forbidden(tag)) {
        file->forbidden = code_tag_name(tag);
    }
    if (tag != DT_NEEDED) {
        return DGM_OK;
    }
    if (file->needed_count == ELF_MAX_NEEDED) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "DT_NEEDED: expected at most %d libraries", ELF_MAX_NEEDED);
    }
    file->needed[file->needed_count++] = value;
    return DGM_OK;
}

static enum dgm_status check_entry(struct elf_file *file, struct seen *seen, int64_t tag,
                                   uint64_t value)
{
    uint64_t symbol_size = 0;
    enum dgm_status status;
    switch (tag) {
    case DT_STRTAB:
        return take(file, "DT_STRTAB", &seen->strings, &file->strings, value);
    case DT_STRSZ:
        return take(file, "DT_STRSZ", &seen->strings_size, &file->strings_size, value);
    case DT_SYMTAB:
        return take(file, "DT_SYMTAB", &seen->symbols, &file->symbols, value);
    case DT_GNU_HASH:
        return take(file, "DT_GNU_HASH", &seen->hash, &file->hash, value);
    case DT_SONAME:
        return take(file, "DT_SONAME", &seen->name, &seen->name_offset, value);
    case DT_SYMENT:
        status = take(file, "DT_SYMENT", &seen->symbol_size, &symbol_size, value);
        if (status == DGM_OK && symbol_size != sizeof(ElfW(Sym))) {
            return refuse(file->refusal, DGM_PLUGIN_FILE,
                          "DT_SYMENT: expected %zu, found %" PRIu64, sizeof(ElfW(Sym)),
                          symbol_size);
        }
        return status;
    case DT_FLAGS:
        return check_flags(file, "DT_FLAGS",
                           DF_BIND_NOW | DF_SYMBOLIC | (file->code ? DF_STATIC_TLS : 0),
                           value);
    case DT_FLAGS_1:
        return check_flags(file, "DT_FLAGS_1",
                           DF_1_NOW | (file->code ? DF_1_NODELETE : 0), value);
    case DT_BIND_NOW:
    case DT_SYMBOLIC:
        return DGM_OK;
    default:
        break;
    }
    if (file->code) {
        return take_code(file, tag, value);
    }
    const char *name = code_tag_name(tag);
    if (name != NULL) {
        return refuse(file->refusal, DGM_PLUGIN_CODE, "%s: expected none, found one",
                      name);
    }
    return refuse(file->refusal, DGM_PLUGIN_FILE,
                  "dynamic table: found tag 0x%" PRIx64 ", which data does not need",
                  (uint64_t)tag);
}

static enum dgm_status read_table(struct elf_file *file, struct seen *seen,
                                  struct elf_plugin *plugin)
{
    size_t count = (size_t)(file->dynamic->p_filesz / sizeof(ElfW(Dyn)));
    for (size_t i = 0; i < count && i < ELF_MAX_DYNAMIC; i++) {
        ElfW(Dyn) entry;
        size_t offset = (size_t)file->dynamic->p_offset + i * sizeof(entry);
        memcpy(&entry, file->bytes + offset, sizeof(entry));
        if (entry.d_tag == DT_NULL) {
            return DGM_OK;
        }
        if (entry.d_tag == DT_SONAME) {
            plugin->name_tag_offset = offset;
        }
        enum dgm_status status =
            check_entry(file, seen, (int64_t)entry.d_tag, (uint64_t)entry.d_un.d_val);
        if (status != DGM_OK) {
            return status;
        }
    }
    return refuse(file->refusal, DGM_PLUGIN_FILE,
                  "dynamic table: expected DT_NULL within %d entries", ELF_MAX_DYNAMIC);
}

/* Older loaders write into the dynamic table, so it must be writable where it is loaded,
 * and both headers must say the same. */
static enum dgm_status check_place(const struct elf_file *file)
{
    size_t offset = 0;
    const ElfW(Phdr) *load =
        elf_find(file, file->dynamic->p_vaddr, file->dynamic->p_filesz, &offset);
    if (load == NULL || load->p_flags != (PF_R | PF_W) ||
        file->dynamic->p_flags != (PF_R | PF_W)) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "PT_DYNAMIC: expected it readable and writable");
    }
    if (file->dynamic->p_vaddr % sizeof(uint64_t) != 0) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "PT_DYNAMIC: expected an address that is a multiple of 8");
    }
    return DGM_OK;
}

/* The text table ends with a zero, so that every offset inside it names a text. */
static enum dgm_status check_strings(const struct elf_file *file, const struct seen *seen)
{
    size_t offset = 0;
    if (!seen->strings || !seen->strings_size || file->strings_size == 0 ||
        elf_find(file, file->strings, file->strings_size, &offset) == NULL ||
        file->bytes[offset + file->strings_size - 1] != '\0') {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "DT_STRTAB: expected texts that end inside the file");
    }
    if (!seen->name) {
        return DGM_OK;
    }
    if (seen->name_offset >= file->strings_size ||
        strchr((const char *)file->bytes + offset + seen->name_offset, '/') != NULL) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "DT_SONAME: expected a name without a path");
    }
    return DGM_OK;
}

enum dgm_status elf_check_dynamic(struct elf_file *file, struct elf_plugin *plugin)
{
    struct seen seen;
    memset(&seen, 0, sizeof(seen));
    plugin->name_tag_offset = 0;
    enum dgm_status status = check_place(file);
    if (status == DGM_OK) {
        status = read_table(file, &seen, plugin);
    }
    if (status == DGM_OK) {
        status = check_strings(file, &seen);
    }
    if (status != DGM_OK) {
        return status;
    }
    if (!seen.symbols || !seen.symbol_size || !seen.hash) {
        return refuse(file->refusal, DGM_PLUGIN_FILE, "%s: expected one, found none",
                      !seen.hash ? "DT_GNU_HASH" : "DT_SYMTAB");
    }
    return DGM_OK;
}

static bool is_library_name(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length <= ELF_MAX_NEEDED_NAME && strpbrk(name, "/$") == NULL;
}

/* A name without a path is looked for where the system has its libraries. */
enum dgm_status elf_check_needed(struct elf_file *file, struct elf_plugin *plugin)
{
    size_t offset = 0;
    if (file->forbidden != NULL) {
        return refuse(file->refusal, DGM_PLUGIN_CODE, "%s: expected none, found one",
                      file->forbidden);
    }
    (void)elf_find(file, file->strings, file->strings_size, &offset);
    const char *strings = (const char *)file->bytes + offset;
    for (size_t i = 0; i < file->needed_count; i++) {
        if (file->needed[i] >= file->strings_size ||
            !is_library_name(strings + file->needed[i])) {
            return refuse(file->refusal, DGM_PLUGIN_FILE,
                          "DT_NEEDED: expected the name of a library, without a path");
        }
        plugin->needed[i] = offset + (size_t)file->needed[i];
    }
    plugin->needed_count = file->needed_count;
    return DGM_OK;
}
