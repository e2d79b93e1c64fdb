/* SPDX-License-Identifier: MIT */
/* Floats on the wire as they stand next to a number. */
#ifndef DGM_CLI_FLOATS_H
#define DGM_CLI_FLOATS_H

#include "tables.h"

/* mantissa * 10^-digits. */
double float_decimal(int64_t mantissa, unsigned digits);

/* Is the raw value of the row a float? */
bool float_row(const struct dgm_row *row);

/* The raw float that gives about this value. False if the row's way to the value cannot
 * be gone back, or the float cannot hold it. */
bool float_near(const struct tables *tables, const struct dgm_row *row, double value,
                uint64_t *ret);

#endif
