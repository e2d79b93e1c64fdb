/* SPDX-License-Identifier: MIT */
/* What people add to JSON: comments, and commas behind the last element. And characters
 * that nobody can read. */
#ifndef DGM_CLI_JSONLOOSE_H
#define DGM_CLI_JSONLOOSE_H

#include <stdbool.h>
#include <stddef.h>

/* Blank both out, outside of texts; all else stays where it is. True if there was any,
 * with the offset of the first. */
bool jsonloose_blank(char *text, size_t length, size_t *ret_offset);

/* The escapes \u0000 and \u0001, which no tree can keep (jsontree.h), become another
 * control character, \u0002. */
void jsonloose_tame(char *text, size_t length);

#endif
