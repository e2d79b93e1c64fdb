/* SPDX-License-Identifier: MIT */
/*
 * Is the output of a peer the one expected?
 */
#ifndef DRAGOMAN_BENCH_AGREE_H
#define DRAGOMAN_BENCH_AGREE_H

#include "frames.h"
#include "load.h"

/*
 * Does an output agree with the one expected? Frames and the JSON of exact peers byte by
 * byte; other JSON by its meaning: the same members of the same types, numbers equal as
 * binary64, those that the frame has as a single equal as singles.
 */
bool output_agrees(enum bench_job job, bool exact, struct bench_bytes expected,
                   const uint8_t *output, size_t length);

/* Tell on standard error what came in place of what. */
void output_blame(const char *name, enum bench_job job, size_t frame,
                  struct bench_bytes expected, const uint8_t *output, size_t length);

/* All frames of a job by all peers that do it; the first wrong output is told. */
bool peers_check(const struct peers *peers, enum bench_job job,
                 const struct bench_frames *frames);

#endif
