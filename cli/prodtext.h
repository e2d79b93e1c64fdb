/* SPDX-License-Identifier: MIT */
/* Texts of a product model as a profile can hold them. */
#ifndef DGM_CLI_PRODTEXT_H
#define DGM_CLI_PRODTEXT_H

#include "jsontree.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a name, which is a key of the profile: YAML takes no key of over 1024
 * characters. */
enum { PRODTEXT_NAME = 255 };

/* Each character that letters_is_hidden() becomes another. Were there any? */
bool prodtext_replace(char *text, char other);

/* Cut what is longer, between two characters. */
void prodtext_cut(char *text, size_t most);

/* Blank such characters in each text of a tree, and say whether there were any. False if
 * no profile can hold the tree: nested too deeply, with too many members, or with a name
 * that is too long or stands twice. */
bool prodtext_tidy(cJSON *item, bool *ret_changed);

#endif
