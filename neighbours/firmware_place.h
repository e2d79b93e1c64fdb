/* SPDX-License-Identifier: MIT */
/* Rows at places of their own. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_PLACE_H
#define DGM_NEIGHBOURS_FIRMWARE_PLACE_H

#include "firmware_plan.h"

/* May some byte be a part of two members: of one at a place of its own, and of one that
 * stands in the order of the layout? Then both would write it. */
bool firmware_reads_twice(const struct firmware_plan *plan);

#endif
