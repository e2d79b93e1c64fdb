/* SPDX-License-Identifier: MIT */
/* Where signals stand, as items of a profile. */
#ifndef DGM_NEIGHBOURS_DBC_LAYOUT_H
#define DGM_NEIGHBOURS_DBC_LAYOUT_H

#include "dbc_value.h"

/* A message, or a case of one. */
struct dbc_layout {
    const struct dbc *dbc;
    const struct dbc_value *values; /* of all signals of the file */
    bool is_big;                    /* the orders that the profile has for all messages */
    uint32_t size;                  /* bytes */
    struct dbc_signal **signals;    /* that are there together; sorted here */
    size_t count;
};

enum dbc_put {
    DBC_PUT,
    DBC_NOT_PUT, /* a multiplexor would be in pieces, which was told */
    DBC_NO_MEMORY
};

/* Writes the items. A signal that cannot be put is lost, and told. */
enum dbc_put dbc_layout_put(FILE *file, struct dbc_layout *layout);

#endif
