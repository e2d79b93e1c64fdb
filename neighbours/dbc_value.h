/* SPDX-License-Identifier: MIT */
/* How a profile describes the value of a signal: what it can hold, and no more. */
#ifndef DGM_NEIGHBOURS_DBC_VALUE_H
#define DGM_NEIGHBOURS_DBC_VALUE_H

#include "dbc_model.h"
#include "dbc_number.h"

/* Texts are empty where there is nothing to be said. */
struct dbc_value {
    char scale[DBC_NUMBER_SIZE], offset[DBC_NUMBER_SIZE];
    char valid[2 * DBC_NUMBER_SIZE];
    bool has_labels;
    bool is_rounded; /* to as many decimals as there can be */
};

/* Settles everything, and tells what is lost; a signal that cannot be described at all is
 * lost. False without memory. */
bool dbc_value_settle(struct dbc *dbc, struct dbc_signal *signal, struct dbc_value *ret);

/* "type: u12, scale: 0.1, ...": what stands behind the name. `order` is "", "le" or "be".
 */
void dbc_value_put(FILE *file, const struct dbc *dbc, const struct dbc_signal *signal,
                   const struct dbc_value *value, const char *order);

#endif
