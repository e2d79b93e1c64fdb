/* SPDX-License-Identifier: MIT */
/* Where a plug-in keeps its profile. */
#ifndef DGM_ELF_SOURCE_H
#define DGM_ELF_SOURCE_H

#include <dragoman/host.h>

/*
 * Find the content of the note with the profile, in a file that passed elf_check(). What
 * is found lies inside the file. DGM_NOTHING: there is none. DGM_PLUGIN_MANIFEST: there
 * are several, or the section headers that lead to it are damaged.
 */
enum dgm_status elf_find_source(const uint8_t *bytes, size_t size, size_t *ret_offset,
                                size_t *ret_size, struct dgm_refusal *refusal);

#endif
