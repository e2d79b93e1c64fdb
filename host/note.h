/* SPDX-License-Identifier: MIT */
/*
 * One note of an ELF file: size of the owner's name, size of the content, type, then name
 * and content, both padded to 4.
 */
#ifndef DGM_NOTE_H
#define DGM_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct note {
    uint32_t name_size, content_size, type;
    size_t name_offset, content_offset; /* in the file */
    size_t end;                         /* where the next one starts */
};

/* The note at `offset` of some that end at `end`, which is inside the file. False if it
 * reaches further. */
bool note_read(const uint8_t *bytes, size_t offset, size_t end, struct note *ret);

/* Is its owner Dragoman? */
bool note_is_ours(const uint8_t *bytes, const struct note *note);

#endif
