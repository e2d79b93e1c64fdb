/* SPDX-License-Identifier: MIT */
/* Differences as text for people and as JSON for scripts. */
#ifndef DGM_CLI_DIFFPUT_H
#define DGM_CLI_DIFFPUT_H

#include "diffsearch.h"

#include <stdio.h>

/* One pair of models. */
struct diff_result {
    const struct diff_search *search;
    const char *model; /* of a family; NULL: there is one only */
    bool agree;        /* the tables are the same */
    bool all;          /* show what follows from other differences as well */
    enum diff_class class;
};

/* Without the name of the model. */
void diff_put_text(FILE *file, const struct diff_result *result);

/* One object in one line. */
void diff_put_json(FILE *file, const struct diff_result *result);

#endif
