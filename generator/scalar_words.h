/* SPDX-License-Identifier: MIT */
/* What YAML readers take plain words for: the union of the guesses of versions 1.1 and
 * 1.2. */
#ifndef DGM_SCALAR_WORDS_H
#define DGM_SCALAR_WORDS_H

#include <stdbool.h>

/* "a truth value", "null", "a number", "a date", ...; NULL for a word that every reader
 * takes for text. */
const char *scalar_guess(const char *word);

/* A truth value or null in any spelling. */
bool scalar_is_constant(const char *word);

/* An integer in some notation of YAML: 010, 0o7, 0b1, 1_000, 12:30, +5, 0x1F, 12. */
bool scalar_is_integer(const char *word);

/* A number of YAML that is none of these: 1.5, .5, 5., 1e3, .inf. */
bool scalar_is_float(const char *word);

#endif
