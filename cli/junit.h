/* SPDX-License-Identifier: MIT */
/* A report in the XML that build servers read. */
#ifndef DGM_CLI_JUNIT_H
#define DGM_CLI_JUNIT_H

#include "vector.h"

#include <stdio.h>

void junit_begin(FILE *file);
void junit_end(FILE *file);
void junit_suite(FILE *file, const char *name);
void junit_suite_end(FILE *file);
void junit_case(FILE *file, const char *suite, unsigned line,
                const struct vector_result *result);

#endif
