/* SPDX-License-Identifier: MIT */
/* Parts of a frame that are masked: each byte with the next of a key, around and around.
 */
#ifndef DGM_NEIGHBOURS_FIRMWARE_MASK_H
#define DGM_NEIGHBOURS_FIRMWARE_MASK_H

#include "firmware_emit.h"

/* Is the group masked? */
bool firmware_is_masked(const struct firmware_plan *plan, uint16_t row);

/* Stand before and behind the rows of the group, in a block of their own. */
void firmware_open_mask(struct firmware_emit *emit, uint16_t row);
void firmware_close_mask(struct firmware_emit *emit, uint16_t row);

/* The same of what is read: `trailer` bytes behind it are not masked. */
void firmware_open_masked(struct firmware_emit *emit, uint16_t row, unsigned trailer);
void firmware_close_masked(struct firmware_emit *emit, uint16_t row, bool ignores);

#endif
