/* SPDX-License-Identifier: MIT */
/* Words of other tools and languages for what has another name here. */
#ifndef DGM_SYNONYMS_H
#define DGM_SYNONYMS_H

#include <stdbool.h>
#include "arena.h"

/* What to write for a key, if one of the keys allowed at this place means the same, with
 * its quotes: "'scale'" for "factor". NULL: nothing is known. */
const char *synonym_of_key(struct arena *arena, const char *word,
                           const char *const *allowed, size_t count);

/* The key itself, where it can stand in place of the word as it is; or NULL. */
const char *synonym_exact_key(const char *word, const char *const *allowed, size_t count);

/* Likewise for one of some words, without quotes: "little" for "le". */
const char *synonym_of_word(const char *word, const char *const *allowed, size_t count);

/* What to write for a type: "'u16le'" for "uint16_le". NULL: nothing is known. */
const char *synonym_of_type(struct arena *arena, const char *word, bool in_bits);

#endif
