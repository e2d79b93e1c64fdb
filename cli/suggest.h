/* SPDX-License-Identifier: MIT */
/* The name of a product that was probably meant by one in its JSON. */
#ifndef DGM_CLI_SUGGEST_H
#define DGM_CLI_SUGGEST_H

#include <dragoman/codec.h>

enum { SUGGEST_TEXT = 128 };

/* The member, service or command nearest to `word`. False if none is near, or if the
 * word is one of them. */
bool suggest_name(const struct dgm_codec *codec, const char *word,
                  char text[SUGGEST_TEXT]);

#endif
