/* SPDX-License-Identifier: MIT */
/* Texts as YAML writes them. */
#ifndef DGM_NEIGHBOURS_YAMLTEXT_H
#define DGM_NEIGHBOURS_YAMLTEXT_H

#include <stdbool.h>

/* Can the text stand without quotes, also between braces, and does every reader take it
 * for a text? */
bool yamltext_is_plain(const char *text);

#endif
