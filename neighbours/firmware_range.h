/* SPDX-License-Identifier: MIT */
/* Which raw values a member may have: bounds of the wire and of the product, names, and
 * raws that are no reading. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_RANGE_H
#define DGM_NEIGHBOURS_FIRMWARE_RANGE_H

#include "firmware_expr.h"

/* What the C type holds, and what the wire does. */
void firmware_type_range(const struct firmware_row *at, firmware_wide *low,
                         firmware_wide *high);
void firmware_wire_range(const struct firmware_plan *plan, const struct dgm_row *row,
                         firmware_wide *low, firmware_wide *high);

/* The same within the product's limits; false if no raw value is. */
bool firmware_raw_range(const struct firmware_plan *plan, const struct dgm_row *row,
                        firmware_wide *low, firmware_wide *high);

/* Is the value a float, or calculated as one? */
bool firmware_is_piped(const struct dgm_row *row);

/* Has it limits that are about more than the raw value? */
bool firmware_is_unchecked(const struct firmware_plan *plan, const struct dgm_row *row);

firmware_wide firmware_power(unsigned digits);

/* A raw value of the table, signed as the row is. */
firmware_wide firmware_raw(const struct dgm_row *row, uint64_t bits);

/* Condition that `raw`, a number in C, may stand there; empty if all that the type holds
 * may. False if it has no C. */
bool firmware_valid(struct firmware_plan *plan, uint16_t index, const char *raw,
                    char text[FIRMWARE_TEXT * 4]);

/* Condition that `raw` is no reading; false if it has no C. */
bool firmware_no_reading(const struct firmware_plan *plan, uint16_t index,
                         const char *raw, char text[FIRMWARE_TEXT]);

/* A raw value as a literal of the member's type. */
void firmware_raw_literal(const struct firmware_row *at, firmware_wide value,
                          char text[FIRMWARE_LITERAL]);

#endif
