/* SPDX-License-Identifier: MIT */
/* Which bits of a message's integers frames had both as 0 and as 1. */
#ifndef DGM_CLI_BITCOVER_H
#define DGM_CLI_BITCOVER_H

#include "lab.h"

/* For each row of the message at work. */
struct bitcover {
    struct bitcover_row {
        uint64_t set, clear; /* bits that were 1, and that were 0 */
    } * rows;
};

/* False if memory is out. */
bool bitcover_open(struct bitcover *cover, const struct lab *lab);
void bitcover_close(struct bitcover *cover);

/* Note the bits of the last frame. */
void bitcover_note(struct bitcover *cover, const struct lab *lab,
                   const struct specimen *specimen);

/* How many bits there are that a device or a command can choose, and how many of them
 * were seen both ways: constants, what is reserved, tags, lengths and checksums are left
 * out. */
void bitcover_count(const struct bitcover *cover, const struct lab *lab, size_t *ret_seen,
                    size_t *ret_all);

/* A line for each row with others: "Meter.valve: bits never set 3..2; never clear 0". */
void bitcover_put(const struct bitcover *cover, const struct lab *lab);

#endif
