/* SPDX-License-Identifier: MIT */
/*
 * The order of the file checks, and the head and segments of the file.
 *
 * Everything is compared with what this very machine runs, so the structures of the
 * system's own class and byte order are enough; they are copied out before they are read.
 */
#include "elf_file.h"
#include "refuse.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ELF_OUR_MACHINE EM_X86_64
#elif defined(__i386__)
#define ELF_OUR_MACHINE EM_386
#elif defined(__aarch64__)
#define ELF_OUR_MACHINE EM_AARCH64
#elif defined(__arm__)
#define ELF_OUR_MACHINE EM_ARM
#elif defined(__riscv)
#define ELF_OUR_MACHINE EM_RISCV
#elif defined(__powerpc64__)
#define ELF_OUR_MACHINE EM_PPC64
#elif defined(__powerpc__)
#define ELF_OUR_MACHINE EM_PPC
#elif defined(__s390x__)
#define ELF_OUR_MACHINE EM_S390
#elif defined(__mips__)
#define ELF_OUR_MACHINE EM_MIPS
#else
#error "add the machine's number from elf.h"
#endif

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ELF_OUR_DATA ELFDATA2LSB
#else
#define ELF_OUR_DATA ELFDATA2MSB
#endif

#define ELF_OUR_CLASS (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32)

const ElfW(Phdr) * elf_find(const struct elf_file *file, uint64_t address,
                            uint64_t length, size_t *ret_offset)
{
    for (size_t i = 0; i < file->segment_count; i++) {
        const ElfW(Phdr) *segment = &file->segments[i];
        if (segment->p_type == PT_LOAD && address >= segment->p_vaddr &&
            address - segment->p_vaddr <= segment->p_filesz &&
            length <= segment->p_filesz - (address - segment->p_vaddr)) {
            *ret_offset = (size_t)(segment->p_offset + (address - segment->p_vaddr));
            return segment;
        }
    }
    return NULL;
}

/* One named number of the file against what it must be. */
static enum dgm_status expect(const struct elf_file *file, const char *field,
                              uint64_t expected, uint64_t found)
{
    if (expected == found) {
        return DGM_OK;
    }
    return refuse(file->refusal, DGM_PLUGIN_FILE,
                  "%s: expected %" PRIu64 ", found %" PRIu64, field, expected, found);
}

static enum dgm_status check_head(const struct elf_file *file, ElfW(Ehdr) * ret_head)
{
    if (file->size < sizeof(*ret_head)) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "file size: expected at least %zu, found %zu", sizeof(*ret_head),
                      file->size);
    }
    memcpy(ret_head, file->bytes, sizeof(*ret_head));
    if (memcmp(ret_head->e_ident, ELFMAG, SELFMAG) != 0) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "ELF magic: expected 7f454c46, found %02x%02x%02x%02x",
                      ret_head->e_ident[0], ret_head->e_ident[1], ret_head->e_ident[2],
                      ret_head->e_ident[3]);
    }
    const struct {
        const char *field;
        uint64_t expected, found;
    } fields[] = {
        {"ELF class", ELF_OUR_CLASS, ret_head->e_ident[EI_CLASS]},
        {"ELF data", ELF_OUR_DATA, ret_head->e_ident[EI_DATA]},
        {"ELF version", EV_CURRENT, ret_head->e_ident[EI_VERSION]},
        {"e_type", ET_DYN, ret_head->e_type},
        {"e_machine", ELF_OUR_MACHINE, ret_head->e_machine},
        {"e_version", EV_CURRENT, ret_head->e_version},
        {"e_ehsize", sizeof(ElfW(Ehdr)), ret_head->e_ehsize},
        {"e_phentsize", sizeof(ElfW(Phdr)), ret_head->e_phentsize},
    };
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        enum dgm_status status =
            expect(file, fields[i].field, fields[i].expected, fields[i].found);
        if (status != DGM_OK) {
            return status;
        }
    }
    return DGM_OK;
}

static enum dgm_status copy_segments(struct elf_file *file, const ElfW(Ehdr) * head)
{
    size_t count = head->e_phnum;
    if (count == 0 || count > ELF_MAX_SEGMENTS) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "e_phnum: expected 1 to %d, found %zu", ELF_MAX_SEGMENTS, count);
    }
    size_t bytes = count * sizeof(file->segments[0]);
    if (head->e_phoff > file->size || bytes > file->size - head->e_phoff) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "e_phoff: %zu program headers at %" PRIu64
                      " reach beyond the file's %zu bytes",
                      count, (uint64_t)head->e_phoff, file->size);
    }
    memcpy(file->segments, file->bytes + head->e_phoff, bytes);
    file->segment_count = count;
    file->headers_offset = (size_t)head->e_phoff;
    return DGM_OK;
}

/* Kinds of segments that data can have. Those of a processor are the processor's own
 * business; the loader does not run them. */
static bool type_is_allowed(uint32_t type)
{
    switch (type) {
    case PT_NULL:
    case PT_LOAD:
    case PT_DYNAMIC:
    case PT_NOTE:
    case PT_PHDR:
    case PT_GNU_EH_FRAME:
    case PT_GNU_STACK:
    case PT_GNU_RELRO:
    case PT_GNU_PROPERTY:
        return true;
    default:
        return type >= PT_LOPROC && type <= PT_HIPROC;
    }
}

/* Code may be there in a code plug-in, but not where it could be written. */
static enum dgm_status check_executable(const struct elf_file *file, size_t i)
{
    const ElfW(Phdr) *segment = &file->segments[i];
    if ((segment->p_flags & PF_X) == 0) {
        return DGM_OK;
    }
    if (segment->p_type == PT_GNU_STACK) {
        return refuse(file->refusal, DGM_PLUGIN_CODE,
                      "PT_GNU_STACK: expected no executable stack, found one");
    }
    if (!file->code) {
        return refuse(file->refusal, DGM_PLUGIN_CODE,
                      "segment %zu: expected data only, found it executable", i);
    }
    if ((segment->p_flags & PF_W) != 0) {
        return refuse(file->refusal, DGM_PLUGIN_CODE,
                      "segment %zu: expected code, found it writable, too", i);
    }
    return DGM_OK;
}

static bool size_is_allowed(const struct elf_file *file, const ElfW(Phdr) * segment)
{
    bool open_ended = segment->p_type == PT_GNU_STACK || segment->p_type == PT_GNU_RELRO;
    return open_ended || segment->p_memsz == segment->p_filesz ||
           (file->code && segment->p_memsz > segment->p_filesz);
}

static enum dgm_status check_kind(const struct elf_file *file, size_t i)
{
    const ElfW(Phdr) *segment = &file->segments[i];
    enum dgm_status status = check_executable(file, i);
    if (status != DGM_OK) {
        return status;
    }
    if (segment->p_type == PT_INTERP || (segment->p_type == PT_TLS && !file->code)) {
        return refuse(file->refusal, DGM_PLUGIN_CODE, "segment %zu: expected none of %s",
                      i, segment->p_type == PT_INTERP ? "PT_INTERP" : "PT_TLS");
    }
    if (!type_is_allowed(segment->p_type) && !file->code) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "segment %zu: found unknown type 0x%" PRIx32, i,
                      (uint32_t)segment->p_type);
    }
    if (segment->p_offset > file->size ||
        segment->p_filesz > file->size - segment->p_offset) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "segment %zu: ends at %" PRIu64 ", beyond the file's %zu bytes", i,
                      (uint64_t)segment->p_offset + segment->p_filesz, file->size);
    }
    if (!size_is_allowed(file, segment)) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "segment %zu: p_memsz: expected %" PRIu64 ", found %" PRIu64, i,
                      (uint64_t)segment->p_filesz, (uint64_t)segment->p_memsz);
    }
    return DGM_OK;
}

/* Loaded segments ascend, keep to their own pages (the loader maps whole ones), and stand
 * at the address that their alignment asks for. `*end` is where the last one ended. */
static enum dgm_status check_load(const struct elf_file *file, size_t i, uint64_t *end)
{
    const ElfW(Phdr) *segment = &file->segments[i];
    uint64_t align = segment->p_align;
    if ((segment->p_flags & PF_R) == 0) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "segment %zu: p_flags: expected it readable, found 0x%" PRIx32, i,
                      (uint32_t)segment->p_flags);
    }
    if (align < file->page || align > DGM_MAX_BLOCK || (align & (align - 1)) != 0) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "segment %zu: p_align: expected a power of two from %" PRIu64
                      ", found %" PRIu64,
                      i, file->page, align);
    }
    if (((segment->p_vaddr - segment->p_offset) & (align - 1)) != 0) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "segment %zu: address and offset differ in the alignment", i);
    }
    uint64_t start = segment->p_vaddr & ~(file->page - 1);
    if (segment->p_memsz == 0 || (segment->p_filesz == 0 && !file->code) ||
        start < *end || segment->p_memsz > UINT32_MAX ||
        segment->p_vaddr > UINT32_MAX - segment->p_memsz) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "segment %zu: address 0x%" PRIx64
                      ": expected it behind the segment before",
                      i, (uint64_t)segment->p_vaddr);
    }
    *end = segment->p_vaddr + segment->p_memsz;
    return DGM_OK;
}

/* What the loader write-protects after loading ends with its segment's last page. */
static bool relro_fits(const struct elf_file *file, const ElfW(Phdr) * relro,
                       const ElfW(Phdr) * load)
{
    uint64_t end = (load->p_vaddr + load->p_filesz + file->page - 1) & ~(file->page - 1);
    return relro->p_memsz <= end - relro->p_vaddr;
}

/* A segment that names a part of a loaded one must lie in it, at the same place in the
 * file as in memory. */
static enum dgm_status check_part(const struct elf_file *file, size_t i)
{
    const ElfW(Phdr) *segment = &file->segments[i];
    size_t offset = 0;
    const ElfW(Phdr) *load = elf_find(file, segment->p_vaddr, segment->p_filesz, &offset);
    if (load == NULL || offset != segment->p_offset ||
        (segment->p_type == PT_GNU_RELRO && !relro_fits(file, segment, load))) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "segment %zu: expected it to lie in a loaded segment", i);
    }
    if (segment->p_type == PT_PHDR &&
        (offset != file->headers_offset ||
         segment->p_filesz < file->segment_count * sizeof(*segment))) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "PT_PHDR: expected offset %zu, found %zu", file->headers_offset,
                      offset);
    }
    return DGM_OK;
}

static enum dgm_status check_loads(const struct elf_file *file)
{
    uint64_t end = 0;
    for (size_t i = 0; i < file->segment_count; i++) {
        enum dgm_status status = check_kind(file, i);
        if (status == DGM_OK && file->segments[i].p_type == PT_LOAD) {
            status = check_load(file, i, &end);
        }
        if (status != DGM_OK) {
            return status;
        }
    }
    if (end == 0) {
        return refuse(file->refusal, DGM_PLUGIN_FILE,
                      "PT_LOAD: expected one, found none");
    }
    return DGM_OK;
}

static enum dgm_status check_parts(const struct elf_file *file)
{
    for (size_t i = 0; i < file->segment_count; i++) {
        uint32_t type = file->segments[i].p_type;
        if (type == PT_LOAD || type == PT_NULL || type == PT_GNU_STACK ||
            (type >= PT_LOPROC && type <= PT_HIPROC) || !type_is_allowed(type)) {
            continue;
        }
        enum dgm_status status = check_part(file, i);
        if (status != DGM_OK) {
            return status;
        }
    }
    return DGM_OK;
}

/* How many segments of a type there are, and the last of them. */
static size_t count_type(const struct elf_file *file, uint32_t type,
                         const ElfW(Phdr) * *ret_last)
{
    size_t count = 0;
    for (size_t i = 0; i < file->segment_count; i++) {
        if (file->segments[i].p_type == type) {
            *ret_last = &file->segments[i];
            count++;
        }
    }
    return count;
}

/* One stack mark: without it the loader takes the stack to be executable. */
static enum dgm_status check_single(struct elf_file *file)
{
    const ElfW(Phdr) *last = NULL;
    enum dgm_status status =
        expect(file, "count of PT_GNU_STACK", 1, count_type(file, PT_GNU_STACK, &last));
    if (status == DGM_OK) {
        status = expect(file, "count of PT_DYNAMIC", 1,
                        count_type(file, PT_DYNAMIC, &file->dynamic));
    }
    return status;
}

enum dgm_status elf_check_segments(struct elf_file *file)
{
    ElfW(Ehdr) head;
    enum dgm_status status = check_head(file, &head);
    if (status == DGM_OK) {
        status = copy_segments(file, &head);
    }
    if (status == DGM_OK) {
        status = check_loads(file);
    }
    if (status == DGM_OK) {
        status = check_parts(file);
    }
    if (status == DGM_OK) {
        status = check_single(file);
    }
    return status;
}

static enum dgm_status check_all(struct elf_file *file, struct elf_plugin *ret)
{
    enum dgm_status status = elf_check_segments(file);
    if (status == DGM_OK) {
        status = elf_check_dynamic(file, ret);
    }
    if (status == DGM_OK) {
        status = elf_check_symbols(file, ret);
    }
    if (status == DGM_OK && file->code) {
        status = elf_check_needed(file, ret);
    }
    if (status == DGM_OK) {
        status = elf_check_notes(file, ret);
    }
    return status;
}

static enum dgm_status check_file(const uint8_t *bytes, size_t size, bool code,
                                  struct elf_plugin *ret, struct dgm_refusal *refusal)
{
    struct elf_file file;
    memset(&file, 0, sizeof(file));
    file.bytes = bytes;
    file.size = size;
    file.refusal = refusal;
    file.code = code;
    file.page = (uint64_t)sysconf(_SC_PAGESIZE);
    memset(ret, 0, sizeof(*ret));
    return check_all(&file, ret);
}

enum dgm_status elf_check(const uint8_t *bytes, size_t size, struct elf_plugin *ret,
                          struct dgm_refusal *refusal)
{
    return check_file(bytes, size, /* code */ false, ret, refusal);
}

enum dgm_status elf_check_code(const uint8_t *bytes, size_t size, struct elf_plugin *ret,
                               struct dgm_refusal *refusal)
{
    return check_file(bytes, size, /* code */ true, ret, refusal);
}
