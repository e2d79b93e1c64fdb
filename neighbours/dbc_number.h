/* SPDX-License-Identifier: MIT */
/* Numbers as a DBC file writes them, exact: no digit passes through binary floats. */
#ifndef DGM_NEIGHBOURS_DBC_NUMBER_H
#define DGM_NEIGHBOURS_DBC_NUMBER_H

#include "dbc_scan.h"

#include <stdint.h>

enum { DBC_NUMBER_SIZE = 96 }; /* bytes of the text */

__extension__ typedef unsigned __int128 dbc_digits;

/* digits * 10^exponent, without zeros at the end of the digits. */
struct dbc_number {
    bool negative;
    dbc_digits digits;
    int exponent;
};

/* "0.10", "+1E-005". False if it has more than 36 digits or an exponent beyond 60. */
bool dbc_number_read(struct dbc_text text, struct dbc_number *ret);
void dbc_number_write(const struct dbc_number *number, char ret[DBC_NUMBER_SIZE]);

bool dbc_number_is(const struct dbc_number *number, uint64_t whole);

/* `*ret` = raw * factor + offset. False if it has too many digits. */
bool dbc_number_line(const struct dbc_number *raw, const struct dbc_number *factor,
                     const struct dbc_number *offset, struct dbc_number *ret);

/* Below 0, 0, above 0. False if they are too far apart for their digits to be compared.
 */
bool dbc_number_compare(const struct dbc_number *left, const struct dbc_number *right,
                        int *ret);

#endif
