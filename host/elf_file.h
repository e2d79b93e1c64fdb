/* SPDX-License-Identifier: MIT */
/* The parts of the ELF check, and what they hand on to each other. */
#ifndef DGM_ELF_FILE_H
#define DGM_ELF_FILE_H

#include "elf_check.h"

#include <link.h>

enum {
    ELF_MAX_SEGMENTS = 32,
    ELF_MAX_DYNAMIC = 64,
    ELF_MAX_SYMBOLS = 64, /* and words of the hash table */
    ELF_MAX_CODE_SYMBOLS = 4096
};

struct elf_file {
    const uint8_t *bytes;
    size_t size;
    struct dgm_refusal *refusal;
    bool code; /* a code plug-in, of which less is asked */
    ElfW(Phdr) segments[ELF_MAX_SEGMENTS];
    size_t segment_count;
    size_t headers_offset;      /* of the program headers */
    uint64_t page;              /* bytes of a page of this machine */
    const ElfW(Phdr) * dynamic; /* the one PT_DYNAMIC */
    /* Addresses and values of the dynamic table. */
    uint64_t strings, strings_size, symbols, hash;
    /* Code plug-ins: offsets of names in the text table, and what must not be there. */
    uint64_t needed[ELF_MAX_NEEDED];
    size_t needed_count;
    const char *forbidden;
};

/* A segment that holds `length` bytes from `address` as they stand in the file, or NULL.
 * `ret_offset` is where. */
const ElfW(Phdr) * elf_find(const struct elf_file *file, uint64_t address,
                            uint64_t length, size_t *ret_offset);

/* Head and program headers; copies the latter. */
enum dgm_status elf_check_segments(struct elf_file *file);
/* The dynamic table; fills the addresses, and finds the name. */
enum dgm_status elf_check_dynamic(struct elf_file *file, struct elf_plugin *plugin);
/* Code plug-ins: libraries of the system by name, and nothing of other places. */
enum dgm_status elf_check_needed(struct elf_file *file, struct elf_plugin *plugin);
/* Hash table and symbols; finds the descriptor. */
enum dgm_status elf_check_symbols(struct elf_file *file, struct elf_plugin *plugin);
/* The manifest among the notes. */
enum dgm_status elf_check_notes(struct elf_file *file, struct elf_plugin *plugin);

#endif
