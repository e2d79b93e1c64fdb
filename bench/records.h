/* SPDX-License-Identifier: MIT */
/*
 * Inputs and outputs as files, for peers that are programs of their own: a number of
 * records, each a length and its bytes; numbers have four bytes, the lowest first.
 */
#ifndef DRAGOMAN_BENCH_RECORDS_H
#define DRAGOMAN_BENCH_RECORDS_H

#include "frames.h"

/* Write the inputs of a job to FOLDER/JOB.in; says on standard error why it cannot. */
bool records_export(const char *folder, enum bench_job job,
                    const struct bench_frames *frames);

/* Compare FOLDER/JOB.out, that the named peer wrote, with what is expected; likewise. */
bool records_compare(const char *folder, enum bench_job job, const char *name,
                     const struct bench_frames *frames);

#endif
