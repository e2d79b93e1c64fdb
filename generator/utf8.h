/* SPDX-License-Identifier: MIT */
/* Characters out of UTF-8 bytes. */
#ifndef DGM_UTF8_H
#define DGM_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The character at the start of `length` > 0 bytes and the number of its bytes; 0 if they
 * are no valid UTF-8 (overlong forms and surrogates are not), `ret` is then the byte.
 */
size_t utf8_decode(const char *text, size_t length, uint32_t *ret);

/* Characters that must not reach a terminal as they are: controls, separators of lines,
 * and those that turn the direction of reading. */
bool utf8_is_hidden(uint32_t character);

/* Columns that a terminal gives a character: 0, 1 or 2. */
unsigned utf8_cells(uint32_t character);

#endif
