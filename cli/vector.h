/* SPDX-License-Identifier: MIT */
/* One vector of a profile: does the codec do what it says? */
#ifndef DGM_CLI_VECTOR_H
#define DGM_CLI_VECTOR_H

#include "worker.h"

/* What failed. The texts are memory, or NULL if nothing failed. */
struct vector_result {
    bool passed;
    const char *step; /* "decode", "encode", "decode again" */
    char *expected, *found;
    const char *hint; /* what would mend it, or NULL */
};

/* What a call about the vector knows beside its bytes. */
struct dgm_call vector_call(const struct dgm_test *test);

/* Run a vector. False if memory is out. */
bool vector_run(struct worker *worker, const struct dgm_test *test,
                struct vector_result *ret);
void vector_free(struct vector_result *result);

#endif
