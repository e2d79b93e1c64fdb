/* SPDX-License-Identifier: MIT */
/* The profile with all that it includes, packed for a plug-in to keep. */
#ifndef DGM_PACKED_H
#define DGM_PACKED_H

#include <stdint.h>

#include "include.h"

/* The texts that a profile is made of, as they are read. */
struct packed_source {
    const char *path; /* of the profile, or its name in findings */
    const char *text;
    size_t length;
    const struct includes *includes;
};

/* FNV-1a 64 over the texts, in the order of reading and each of them once. */
uint64_t packed_hash(const struct packed_source *source);

/*
 * C source of the note of a plug-in that holds the texts; it stands behind that of the
 * tables. The same texts give the same bytes with the same zlib. Lives in the arena.
 */
const char *packed_note(struct arena *arena, const struct packed_source *source);

#endif
