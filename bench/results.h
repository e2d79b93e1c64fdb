/* SPDX-License-Identifier: MIT */
/*
 * What was measured, by job and peer, as the table and the JSON want it.
 */
#ifndef DRAGOMAN_BENCH_RESULTS_H
#define DRAGOMAN_BENCH_RESULTS_H

#include "frames.h"
#include "report.h"

#include <stdio.h>

enum { NAME_SIZE = 64, RESULT_PEERS = 48, NOTES_MAX = 8, NOTE_SIZE = 256 };

/* One peer at one job. Costs per frame; below zero: not known. */
struct result {
    double times[ROUNDS_MAX * REPETITIONS_MAX]; /* ns by round and repetition, or < 0 */
    double median, low, high;                   /* of the times; 10th, 90th per cent */
    double ratio; /* median of the quotients with straight-line C of the same turn */
    double instructions, allocations;
};

struct results {
    unsigned note_count, peer_count;
    char notes[NOTES_MAX][2][NOTE_SIZE];
    char peers[RESULT_PEERS][NAME_SIZE];
    struct {
        unsigned frames;
        double input, output; /* mean bytes */
        struct result peers[RESULT_PEERS];
    } jobs[BENCH_JOBS];
};

/* Read the lines and work the medians out; what is no line of ours is told. */
bool results_read(struct results *results, FILE *file);

/* Was the peer timed at this job? */
bool result_is_there(const struct result *result);

/* Megabytes of JSON in a second, at the median. */
double result_speed(const struct results *results, enum bench_job job,
                    const struct result *result);

#endif
