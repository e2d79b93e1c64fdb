/* SPDX-License-Identifier: MIT */
/*
 * Decoded frames as a table, RFC 4180: a column for each member that a message of the
 * product can have, in the order of the profile. Arrays and objects of unknown members
 * stand in a cell as JSON.
 */
#ifndef DGM_CLI_CSV_H
#define DGM_CLI_CSV_H

#include "tables.h"

#include <stdbool.h>
#include <stdio.h>

struct csv {
    const char **columns; /* paths, "Meter.flow" */
    size_t count;
};

/* The columns of all messages that go that way. False if memory is out. */
bool csv_open(struct csv *csv, const struct dgm_codec *codec, bool down);
void csv_close(struct csv *csv);

void csv_head(const struct csv *csv, FILE *file);
/* A line; `json` is zero-terminated, without blanks. */
void csv_line(const struct csv *csv, FILE *file, const char *message, const char *json);

#endif
