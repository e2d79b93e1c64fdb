/* SPDX-License-Identifier: MIT */
/*
 * The table of the benchmark out of the lines that the measurements wrote:
 *
 *     note NAME TEXT                                machine, compiler, command
 *     size JOB FRAMES INPUT OUTPUT                  mean bytes
 *     time JOB PEER ROUND REPETITION NANOSECONDS    per frame
 *     allocations JOB PEER COUNT                    per frame
 *     counted JOB PEER INSTRUCTIONS                 per frame
 *
 * with tabs between the words.
 */
#ifndef DRAGOMAN_BENCH_REPORT_H
#define DRAGOMAN_BENCH_REPORT_H

#include <stdbool.h>

enum { ROUNDS_MAX = 20, REPETITIONS_MAX = 101 };

/*
 * Read a file of lines, print a table as Markdown or everything as JSON on standard
 * output. Says on standard error why it cannot.
 */
bool report_print(const char *path, bool json);

#endif
