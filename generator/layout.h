/* SPDX-License-Identifier: MIT */
/* Checks over the items of a message, and over all messages. */
#ifndef DGM_LAYOUT_H
#define DGM_LAYOUT_H

#include "message.h"

/* After resolving. False after a report of an error. */
bool layout_check(struct profile_source *source, const struct message *message);
/* layout_at.c: does each byte have one owner? */
bool layout_check_places(struct diag *diag, const struct message *message);
/* lint_product.c: properties and commands that no message of any model of the family has.
 */
void layout_lint_product(struct profile_source *const *sources, size_t count);

#endif
