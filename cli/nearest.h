/* SPDX-License-Identifier: MIT */
/* The word that was probably meant. */
#ifndef DGM_CLI_NEAREST_H
#define DGM_CLI_NEAREST_H

#include <stddef.h>

/* A search goes over any number of words: start, offer each, look at `best`. */
struct nearest {
    const char *word; /* what was written */
    const char *best; /* the nearest so far, or NULL */
    unsigned edits;   /* between the two */
};

void nearest_start(struct nearest *nearest, const char *word);
void nearest_offer(struct nearest *nearest, const char *candidate);

#endif
