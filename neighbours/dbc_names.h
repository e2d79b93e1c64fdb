/* SPDX-License-Identifier: MIT */
/* What the profile calls things. */
#ifndef DGM_NEIGHBOURS_DBC_NAMES_H
#define DGM_NEIGHBOURS_DBC_NAMES_H

#include "dbc_cases.h"

/* Names of messages that are given away. */
struct dbc_names {
    char **names;
    size_t count, room;
};

void dbc_names_close(struct dbc_names *names);

/* Keep of the long names of a message those that can be used. */
void dbc_names_settle(struct dbc *dbc, struct dbc_message *message);

void dbc_names_put_signal(FILE *file, const struct dbc_signal *signal);

/* A name for a case that no other message has; valid until close. NULL without memory. */
const char *dbc_names_message(struct dbc_names *names, const struct dbc_message *message,
                              const struct dbc_case *one);

#endif
