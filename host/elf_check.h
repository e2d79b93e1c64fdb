/* SPDX-License-Identifier: MIT */
/*
 * Is this file a plug-in of pure data for this machine? Answered from its bytes alone:
 * program headers, dynamic table, symbols, notes. Section headers are not looked at,
 * because the loader does not look at them either.
 */
#ifndef DGM_ELF_CHECK_H
#define DGM_ELF_CHECK_H

#include <dragoman/host.h>

enum { ELF_MAX_NEEDED = 16, ELF_MAX_NEEDED_NAME = 127 };

/* Where the parts of a plug-in that matter lie in its file. */
struct elf_plugin {
    size_t symbol_offset, symbol_size;     /* the descriptor object */
    uint64_t symbol_address;               /* its address before loading */
    size_t manifest_offset, manifest_size; /* the note's content */
    /* Of code plug-ins. */
    bool exports_code;
    size_t needed[ELF_MAX_NEEDED]; /* names of libraries, zero-terminated */
    size_t needed_count;
    size_t name_tag_offset; /* DT_SONAME in the dynamic table; 0: there is none */
};

/*
 * Whatever passes is safe to give to the dynamic loader: every offset and address that it
 * follows lies inside the file, and there is nothing in it to run, relocate or look up.
 */
enum dgm_status elf_check(const uint8_t *bytes, size_t size, struct elf_plugin *ret,
                          struct dgm_refusal *refusal);

/*
 * The same for a code plug-in, which a worker process loads: its tables and its manifest
 * can be read from the file, it says that it has code, and it takes libraries only from
 * where the system has them. It may still do anything at all when it is loaded.
 *
 * `ret->exports_code` is set whatever the outcome.
 */
enum dgm_status elf_check_code(const uint8_t *bytes, size_t size, struct elf_plugin *ret,
                               struct dgm_refusal *refusal);

#endif
