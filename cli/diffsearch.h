/* SPDX-License-Identifier: MIT */
/*
 * Looks for frames and commands that show a difference: frames that either product might
 * send or get, and the vectors of both. The first one of each difference is made as small
 * as it gets.
 */
#ifndef DGM_CLI_DIFFSEARCH_H
#define DGM_CLI_DIFFSEARCH_H

#include "diffset.h"

/* What was tried of a message. */
struct diff_tried {
    size_t frames;
    bool reached; /* all that the message has */
};

struct diff_search {
    struct diff_side *sides;
    struct diff_set *set;
    struct diff_trial trial;
    struct diff_tried *tried[DIFF_SIDES]; /* by message; memory */
    size_t budget;                        /* decodes for each message */
    uint64_t seed;
};

/* False if memory is out; close it anyway. */
bool diff_search_open(struct diff_search *search, struct diff_side *sides,
                      struct diff_set *set, size_t budget, uint64_t seed);
void diff_search_close(struct diff_search *search);

/* False if memory is out. */
bool diff_search(struct diff_search *search);

#endif
