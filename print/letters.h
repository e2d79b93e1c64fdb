/* SPDX-License-Identifier: MIT */
/* Characters of texts from outside. */
#ifndef DGM_PRINT_LETTERS_H
#define DGM_PRINT_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Bytes of the UTF-8 character at `text`, of which `left` bytes are there; 0 if it is
 * none. */
size_t letters_length(const char *text, size_t left);

/* Is the character of so many bytes one that shows nothing and does something: a control,
 * or one that turns the direction of writing, and the like? A profile takes these in
 * escapes only, or not at all. */
bool letters_is_hidden(const char *text, size_t size);

/* For people: what is hidden, or no UTF-8, is written as bytes, "\x1B", for a terminal
 * may take it for orders, or show the text otherwise than it is. */
void letters_put(FILE *file, const char *text);
/* The same, with blanks up to so many bytes. */
void letters_pad(FILE *file, const char *text, size_t width);

#endif
