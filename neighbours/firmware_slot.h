/* SPDX-License-Identifier: MIT */
/* What expressions name, as C: values of earlier rows, and what the struct holds. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_SLOT_H
#define DGM_NEIGHBOURS_FIRMWARE_SLOT_H

#include "firmware_expr.h"

/* What operation `code` with its operand pushes where row `at` stands; `ret` is cleared.
 * False if it has no C. */
bool firmware_slot(struct firmware_plan *plan, uint8_t code, uint16_t operand,
                   uint16_t at, struct firmware_value *ret);

#endif
