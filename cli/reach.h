/* SPDX-License-Identifier: MIT */
/* What of a message's table was reached by frames: rows, tags, values that have a name.
 */
#ifndef DGM_CLI_REACH_H
#define DGM_CLI_REACH_H

#include "lab.h"

enum reach_kind {
    REACH_ITEM,    /* a row that was there */
    REACH_ABSENCE, /* a row with a condition that was not there */
    REACH_CASE,    /* a tag of a loop */
    REACH_VALUE,   /* a text of an enum, a flag, a raw that is no reading */
    REACH_ROUNDS   /* a repetition of none, one, or several rounds */
};

/* One thing that can be reached. */
struct reach_mark {
    uint8_t kind; /* enum reach_kind */
    bool done;
    uint16_t row;  /* of the message */
    uint32_t item; /* tag or choice in the table; rounds: 0, 1, 2 */
};

struct reach {
    struct reach_mark *marks;
    size_t count, capacity, done;
    uint32_t *first; /* mark of each row; one more at the end */
};

/* List what the message at work has. False if memory is out. */
bool reach_open(struct reach *reach, const struct lab *lab);
void reach_close(struct reach *reach);

/* Note what the last frame reached; true if some of it is new. */
bool reach_note(struct reach *reach, const struct lab *lab,
                const struct specimen *specimen);

/* Name of a mark's row, and what of it: "Meter.valve", "open". The second one is empty
 * for items. */
enum { REACH_TEXT = 160 };
void reach_describe(const struct lab *lab, const struct reach_mark *mark, char *name,
                    char *what);

#endif
