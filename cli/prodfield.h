/* SPDX-License-Identifier: MIT */
/* Properties and parameters of a product model: what their values mean together. */
#ifndef DGM_CLI_PRODFIELD_H
#define DGM_CLI_PRODFIELD_H

#include "prodread.h"

/* See to it that type, limits, enum_list and default fit together; tell what did not. */
void prodfield_settle(struct prodread *reader, const struct prodat *at, cJSON *field);

#endif
