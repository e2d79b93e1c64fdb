/* SPDX-License-Identifier: MIT */
/*
 * Work on blocks of lines, by one thread or several. What comes out keeps the order of
 * what goes in, and memory is bounded by the number of blocks.
 */
#ifndef DGM_CLI_CREW_H
#define DGM_CLI_CREW_H

#include "lines.h"
#include "results.h"

enum { CREW_MOST = 32 }; /* threads: memory is under 32 MiB whatever is read */

/* Some lines, how far they are done, and what came of them. */
struct block {
    struct lines_block lines;
    size_t at;           /* bytes that are done */
    unsigned long taken; /* lines that are done */
    unsigned long base;  /* lines in front, as places count them */
    struct results results;
    enum { BLOCK_FREE, BLOCK_AT_WORK, BLOCK_DONE } state;
    bool ahead; /* worked on before its turn */
};

/*
 * What one thread needs to work on blocks. A lane with a sink has the turn: it does all
 * of a block. One without works ahead, and stops where it would have to know what came
 * before, or has no more room.
 */
struct crew_ways {
    void (*work)(void *lane, struct block *block);
    /* Are the lines that follow independent of those before? */
    bool (*settled)(const void *lane);
    /* There are no more lines: results that are still to come. */
    void (*end)(void *lane, struct results *results);
};

struct crew {
    struct lines *lines;
    const char *source; /* name of the input */
    struct sink *sink;
    const struct crew_ways *ways;
    void *turn;           /* the lane with the sink */
    void **ahead;         /* one lane a thread, `jobs` of them, if there are several */
    size_t jobs;          /* threads, at least 1 */
    bool counts;          /* results show numbers of lines */
    unsigned long number; /* lines so far */
};

/* All lines there are. Results and failures are told; sink->code is the gravest. */
void crew_run(struct crew *crew);

/* What --jobs says: 1 to CREW_MOST. Returns an exit code. */
int crew_jobs(const struct cli *cli, struct report *report, size_t *ret_jobs);

#endif
