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

/* How many characters the bytes have. */
size_t letters_count(const char *text, size_t length);
/* Of a text with more than `most` bytes, how many to keep so that the last character is
 * whole. */
size_t letters_cut(const char *text, size_t most);

/* For people: what is hidden, or no UTF-8, is written as bytes, "\x1B", for a terminal
 * may take it for orders, or show the text otherwise than it is. */
void letters_put(FILE *file, const char *text);
/* The same, with blanks up to so many bytes. */
void letters_pad(FILE *file, const char *text, size_t width);

#endif
