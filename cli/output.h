/* SPDX-License-Identifier: MIT */
/* Where results go: standard output or a file, with every failure noticed. */
#ifndef DGM_CLI_OUTPUT_H
#define DGM_CLI_OUTPUT_H

#include "report.h"

#include <stdio.h>

struct output {
    FILE *file;
    const char *name;
    int reason; /* errno, after output_write() failed */
};

/* The file of -o, or standard output. CLI_FINE or CLI_CANNOT. */
int output_open(struct output *output, struct report *report, const char *path);

/* Can more be written? */
bool output_good(const struct output *output);

/* Much will be written. A pipe gets more room, if the system allows it, so that writer
 * and reader wait for each other less often; others stay as they are. */
void output_widen(struct output *output);

/* Write past the buffer of `file`, which must be empty. What fails is told with
 * output_flush() or output_close(). */
void output_write(struct output *output, const char *bytes, size_t length);

/* Write out what is buffered; false after a failure that was told. */
bool output_flush(struct output *output, struct report *report);

/* CLI_FINE if all could be written. */
int output_close(struct output *output, struct report *report);

#endif
