/* SPDX-License-Identifier: MIT */
/* The wire's defaults. */
#ifndef DGM_MESSAGE_WIRE_H
#define DGM_MESSAGE_WIRE_H

#include "message.h"

/* The map may be NULL. False after a report. */
bool wire_parse(struct diag *diag, const struct node *map, struct wire *ret);
/* The keys that messages have as well; what is not given stays as it is. */
bool wire_parse_common(struct diag *diag, const struct node *map, struct wire *wire);

#endif
