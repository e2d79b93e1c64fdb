/* SPDX-License-Identifier: MIT */
/* Instants on the wire, digits of one or numbers of their own: is there such a date? */
#ifndef DGM_NEIGHBOURS_FIRMWARE_MOMENT_H
#define DGM_NEIGHBOURS_FIRMWARE_MOMENT_H

#include "firmware_expr.h"

/* Condition that the digits of `raw` by the row's pattern are an instant; empty if they
 * are no instant at all. */
void firmware_moment_digits(const struct firmware_plan *plan, uint16_t row,
                            const char *raw, char text[FIRMWARE_TEXT]);

/* Condition that the parts of a MOMENT row are an instant, or one is missing; false if it
 * has no C. */
bool firmware_moment_parts(struct firmware_plan *plan, uint16_t row,
                           char text[FIRMWARE_TEXT]);

/* Seconds since 1970 that a calendar has, whatever the zone. */
bool firmware_moment_range(const struct dgm_row *row, int64_t *low, int64_t *high);

#endif
