/* SPDX-License-Identifier: MIT */
/* Types of the members: how many bits, how many bytes or elements at most. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_TYPE_H
#define DGM_NEIGHBOURS_FIRMWARE_TYPE_H

#include "firmware_plan.h"

/* Fill in the types of all rows. What has no type refuses the message. */
void firmware_set_types(struct firmware_plan *plan);

/* "uint16_t"; of bytes and texts "uint8_t". */
const char *firmware_type(const struct firmware_plan *plan, uint16_t row);

/* Digits and rendering of a row, or NULL. */
const struct dgm_format *firmware_format(const struct firmware_plan *plan,
                                         const struct dgm_row *row);

/* Bytes of the longest text that the platform allows; UINT32_MAX: no limit. */
uint32_t firmware_limit_bytes(const struct firmware_plan *plan,
                              const struct dgm_row *row);

/* Digits: are there half-bytes that are no number and mean something? */
bool firmware_has_patterns(const struct firmware_plan *plan, const struct dgm_row *row);

/* May a text of bytes be shorter than its place? */
bool firmware_is_filled(const struct firmware_plan *plan, const struct dgm_row *row);

#endif
