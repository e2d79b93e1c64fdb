/* SPDX-License-Identifier: MIT */
/* Floats in expressions: they are compared as doubles. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_REAL_H
#define DGM_NEIGHBOURS_FIRMWARE_REAL_H

#include "firmware_operate.h"

/* The float of the row as it stands on the wire, widened; `holder` is "in->" or "out->".
 * False if something is calculated with it. */
bool firmware_real_value(struct firmware_plan *plan, uint16_t row, const char *holder,
                         struct firmware_value *ret);

/* The two on top of the stack, of which one is a float at least. */
bool firmware_compare_reals(struct firmware_stack *work, const char *word);

#endif
