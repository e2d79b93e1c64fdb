/* SPDX-License-Identifier: MIT */
/* Hooks: functions of the program that make plain bytes of those on the wire. */
#ifndef DGM_HOOK_PLAN_H
#define DGM_HOOK_PLAN_H

#include "lower.h"

/* Parse the section `hooks`. False after a report. */
bool hooks_parse(struct profile_source *source, const struct node *map);
/* The group with a hook that the item stands in, or NULL. */
const struct item *hook_around(const struct item *item);
/* What cannot stand in one. False after a report. */
bool hook_check(struct diag *diag, const struct message *message);
/* Put them into the table. */
void hooks_lower(struct profile_source *source, struct builder *builder);
/* Index of a group's hook; its `process` is put into the table. */
uint16_t hook_lower(const struct lowering *lowering, struct hook_plan *hook);

#endif
