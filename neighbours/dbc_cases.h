/* SPDX-License-Identifier: MIT */
/* Which signals are together in one frame. */
#ifndef DGM_NEIGHBOURS_DBC_CASES_H
#define DGM_NEIGHBOURS_DBC_CASES_H

#include "dbc_model.h"

enum { DBC_CHOICES_MAX = 8, DBC_CASES_MAX = 512, DBC_VALUES_MAX = 256 };

/* A multiplexor and the values that lead here. */
struct dbc_choice {
    const struct dbc_signal *selector;
    const struct dbc_span *spans;
    size_t span_count;
    bool is_rest; /* none of its signals is there */
    bool is_open; /* whatever no other case takes: the spans say nothing */
};

struct dbc_case {
    const struct dbc_choice *choices;
    size_t choice_count;
    struct dbc_signal **signals; /* the caller may sort them */
    size_t signal_count;
};

struct dbc_cases {
    const struct dbc *dbc;
    const struct dbc_message *message;
    void *user;
    bool (*take)(void *user, const struct dbc_case *one); /* false ends it */
};

/* Every case of the message, one after the other. False without memory, or after take().
 */
bool dbc_cases_each(const struct dbc_cases *cases);

#endif
