/* SPDX-License-Identifier: MIT */
/* Where results go: standard output or a file, with every failure noticed. */
#ifndef DGM_CLI_OUTPUT_H
#define DGM_CLI_OUTPUT_H

#include "report.h"

#include <stdio.h>

struct output {
    FILE *file;
    const char *name;
};

/* The file of -o, or standard output. CLI_FINE or CLI_CANNOT. */
int output_open(struct output *output, struct report *report, const char *path);

/* Write out what is buffered; false after a failure that was told. */
bool output_flush(struct output *output, struct report *report);

/* CLI_FINE if all could be written. */
int output_close(struct output *output, struct report *report);

#endif
