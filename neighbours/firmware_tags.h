/* SPDX-License-Identifier: MIT */
/*
 * Tags of a loop that are more than the number of a case. What the code finds out by
 * itself, such as the size of the record, it writes and compares; a part that stays open,
 * such as a channel, is a member of each record, and the records of a case are an array.
 */
#ifndef DGM_NEIGHBOURS_FIRMWARE_TAGS_H
#define DGM_NEIGHBOURS_FIRMWARE_TAGS_H

#include "firmware_plan.h"

/* Find the parts of tags that stay open, and those that tell sizes. */
void firmware_find_tags(struct firmware_plan *plan);

/* The loop of which the row is part of the tag, or DGM_NONE. */
uint16_t firmware_loop_of_tag(const struct firmware_plan *plan, uint16_t row);

/* Has a loop an open part in its tag? */
bool firmware_is_open_loop(const struct firmware_plan *plan, uint16_t loop);

/* Is the row an open part of the tag of that record, which is a row of op CASE? */
bool firmware_is_part_of(const struct firmware_plan *plan, uint16_t row, uint16_t record);

/* From now on open parts of the loop's tag are those of `record`; DGM_NONE: of none. */
void firmware_take_tags(struct firmware_plan *plan, uint16_t loop, uint16_t record);

#endif
