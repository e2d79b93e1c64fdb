/* SPDX-License-Identifier: MIT */
/*
 * What a frame costs: time, instructions, allocations. Results are lines of words with
 * tabs between them, on standard output; report.h reads them.
 */
#ifndef DRAGOMAN_BENCH_MEASURE_H
#define DRAGOMAN_BENCH_MEASURE_H

#include "frames.h"
#include "load.h"

/* time JOB PEER ROUND REPETITION NANOSECONDS; all peers take turns. */
void measure_time(const struct peers *peers, enum bench_job job,
                  const struct bench_frames *frames, unsigned round,
                  unsigned repetitions);

/*
 * allocations JOB PEER COUNT. Needs count_allocations.c in front of the C library.
 *
 * @return Is it there?
 */
bool measure_allocations(const struct peers *peers, enum bench_job job,
                         const struct bench_frames *frames);

/*
 * One pass without a clock, for callgrind: it collects inside bench_region() and dumps at
 * bench_region_end(), once for each line `instructions JOB PEER FRAMES`, in this order.
 */
void measure_instructions(const struct peers *peers, enum bench_job job,
                          const struct bench_frames *frames);

#endif
