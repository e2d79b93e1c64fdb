/* SPDX-License-Identifier: MIT */
/* The values of a multiplexor, in classes that have the same signals. */
#ifndef DGM_NEIGHBOURS_DBC_SPLIT_H
#define DGM_NEIGHBOURS_DBC_SPLIT_H

#include "dbc_model.h"

/* A signal that the multiplexor selects. */
struct dbc_child {
    size_t member; /* its number among the signals of the message */
    const struct dbc_span *spans;
    size_t span_count;
};

/* Values fall into intervals; a class is named by its first interval. */
struct dbc_split {
    const struct dbc_child *children;
    size_t child_count;
    uint64_t most;     /* the largest value */
    uint64_t *borders; /* the first value of each interval, ascending */
    size_t border_count;
    size_t *class_of;
    uint8_t *sets; /* of each interval, a bit for each child that is there */
    size_t set_size;
};

/* False without memory; close it in any case. */
bool dbc_split_open(struct dbc_split *split, uint64_t most,
                    const struct dbc_child *children, size_t child_count);
void dbc_split_close(struct dbc_split *split);

uint64_t dbc_split_end(const struct dbc_split *split, size_t interval);
bool dbc_split_has(const struct dbc_split *split, size_t interval, size_t child);
bool dbc_split_has_any(const struct dbc_split *split, size_t interval);

/* How many values a class has, or UINT64_MAX. */
uint64_t dbc_split_size(const struct dbc_split *split, size_t class);

#endif
