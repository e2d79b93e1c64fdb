/* SPDX-License-Identifier: MIT */
/*
 * The inputs of the six jobs with the outputs expected for them: seeded, different from
 * one to the next, and made without the codec core.
 */
#ifndef DRAGOMAN_BENCH_FRAMES_H
#define DRAGOMAN_BENCH_FRAMES_H

#include "bench.h"

enum { FRAMES_MAX = 10000 };

struct bench_bytes {
    const uint8_t *at;
    size_t length;
};

struct bench_frames {
    const struct bench_frames *before; /* made before it, so that none is lost */
    size_t count;
    struct bench_bytes input[FRAMES_MAX];    /* each with BENCH_PADDING zeros behind */
    struct bench_bytes expected[FRAMES_MAX]; /* likewise */
};

/* Name of a job: "meter". */
const char *bench_job_name(enum bench_job job);

/* Is it a command, from JSON to bytes? */
bool bench_job_encodes(enum bench_job job);

/*
 * Make the first `count` inputs of a job, at most FRAMES_MAX; always the same ones.
 * Leaves the process if there is no memory. What was made lives until the process ends.
 */
const struct bench_frames *bench_frames_make(enum bench_job job, size_t count);

#endif
