/* SPDX-License-Identifier: MIT */
/* Properties and parameters of a product model: what their values mean together. */
#ifndef DGM_CLI_PRODFIELD_H
#define DGM_CLI_PRODFIELD_H

#include "prodread.h"

/* See to it that type, limits, enum_list and default fit together; tell what did not. */
void prodfield_settle(struct prodread *reader, const struct prodat *at, cJSON *field);

/* The platform's spelling of a data type; the nearest for what others call it; NULL if it
 * is anybody's guess. */
const char *prodfield_type(const char *word);

/* Is it a type of numbers? */
bool prodfield_is_number(const char *type);

#endif
