/* SPDX-License-Identifier: MIT */
/* Which bits of a frame a signal has. */
#ifndef DGM_NEIGHBOURS_DBC_BITS_H
#define DGM_NEIGHBOURS_DBC_BITS_H

#include "dbc_model.h"

/* Bits of a byte; the low one of all is 0. */
struct dbc_part {
    unsigned low, high;
};

struct dbc_bytes {
    uint32_t first, last;
};

struct dbc_bytes dbc_signal_bytes(const struct dbc_signal *signal);

/* The bits that the signal has in one of its bytes. */
struct dbc_part dbc_signal_part(const struct dbc_signal *signal, uint32_t byte);

/* For qsort() of pointers: by the first byte, then as in the file. */
int dbc_signal_order(const void *left, const void *right);

#endif
