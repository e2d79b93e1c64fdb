/* SPDX-License-Identifier: MIT */
/* Findings about a profile: collected, at most 20 errors kept, rendered as file:line:col
 * with a caret. */
#ifndef DGM_DIAG_H
#define DGM_DIAG_H

#include <dragoman/profile.h>
#include "arena.h"
#include "rules.h"

/* A place in the profile's text; line and column count from 1, columns in characters. */
struct location {
    unsigned line, column, width;
};

struct diag {
    struct arena *arena;
    const char *file;
    const char *text; /* the whole source, for the line shown */
    size_t text_length;
    struct dgm_diagnostic *items;
    size_t count, capacity;
    size_t errors; /* all there were, kept or not */
};

enum { DIAG_MAX_ERRORS = 20 };

void diag_init(struct diag *diag, struct arena *arena, const char *file, const char *text,
               size_t text_length);

/*
 * Report a finding of a rule (generator/rules.h gives its id and severity). The text is
 * one sentence, lower case, no full stop, offending words in single quotes. A second
 * finding of the same rule at the same place is dropped.
 */
void diag_report(struct diag *diag, enum rule rule, struct location where,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The candidate nearest to `word` by edit distance, or NULL if none is near enough. */
const char *diag_nearest(const char *word, const char *const *candidates, size_t count);

#endif
