/* SPDX-License-Identifier: MIT */
/*
 * Decoded frames as a table, RFC 4180: a column for each member that a message of the
 * product can have, in the order of the profile. Arrays, and the records of a service,
 * stand in a cell as JSON.
 */
#ifndef DGM_CLI_CSV_H
#define DGM_CLI_CSV_H

#include "tables.h"

#include <stdbool.h>
#include <stdio.h>

/* A column, and which messages have it. */
struct csv_column {
    char *path;  /* "Meter.flow"; memory */
    bool *of;    /* by message; memory */
    bool is_top; /* a member of the envelope: mid, event_time, ... */
};

struct csv {
    struct csv_column *columns;
    size_t count, capacity;
    size_t messages;
    bool failed; /* memory is out */
};

/* The columns of all messages that go that way. False if memory is out. */
bool csv_open(struct csv *csv, const struct dgm_codec *codec, bool down);
void csv_close(struct csv *csv);

void csv_head(const struct csv *csv, FILE *file);
/* A line; `json` is zero-terminated plain JSON, without blanks. False if memory is out.
 */
bool csv_line(const struct csv *csv, FILE *file, uint16_t message, const char *name,
              const char *json);

#endif
