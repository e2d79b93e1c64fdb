/* SPDX-License-Identifier: MIT */
/* Findings about a profile: collected, at most 20 errors kept, rendered as file:line:col
 * with a caret. */
#ifndef DGM_DIAG_H
#define DGM_DIAG_H

#include <dragoman/profile.h>
#include "arena.h"
#include "rules.h"

/* A place in the text of a file; line and column count from 1, columns in characters. */
struct location {
    unsigned line, column, width;
    unsigned file; /* index in the diagnostics; 0 is the profile itself */
};

/* A text that findings are about. */
struct diag_file {
    const char *name;
    const char *text; /* the whole of it, for the line shown */
    size_t length;
};

struct diag {
    struct arena *arena;
    struct diag_file *files; /* the profile, and what it includes */
    size_t file_count, file_capacity;
    const char *model; /* the further model of the family at work, or NULL */
    struct dgm_diagnostic *items;
    size_t count, capacity;
    size_t errors; /* all there were, kept or not */
    size_t last;   /* the finding reported last; SIZE_MAX: it was dropped */
};

enum { DIAG_MAX_ERRORS = 20 };

void diag_init(struct diag *diag, struct arena *arena, const char *file, const char *text,
               size_t text_length);

/* Another file; its index. The text must live as long as the diagnostics. */
unsigned diag_add_file(struct diag *diag, const char *name, const char *text,
                       size_t length);

/* The line with that number, as the reader counts: \n, \r\n and \r end lines. */
const char *diag_find_line(const struct diag_file *file, unsigned number,
                           size_t *ret_length);

/* "line 12", as seen from a finding at `from`: with the file, if that is another one. */
const char *diag_line(const struct diag *diag, struct location from,
                      struct location where);

/*
 * Report a finding of a rule (generator/rules.h gives its id and severity). The text is
 * one sentence, lower case, no full stop, offending words in single quotes. A second
 * finding of the same rule at the same place is dropped.
 */
void diag_report(struct diag *diag, enum rule rule, struct location where,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

/*
 * What mends the finding reported last: the word at a place becomes another one. Nothing
 * happens if that finding was dropped, or if something else stands at the place. A word
 * in quotes stays in them.
 */
void diag_fix(struct diag *diag, struct location where, const char *word,
              const char *instead);

/* The same, with the nearest of some words, if no other one is as near. */
void diag_fix_nearest(struct diag *diag, struct location where, const char *word,
                      const char *const *candidates, size_t count);

/* The same for a whole scalar in one line: its quotes go, too. */
void diag_fix_scalar(struct diag *diag, struct location where, const char *word,
                     const char *instead);

/* What stands from one place up to the end of another in the same line gets quotes, if it
 * has none and its brackets are even. */
void diag_fix_quotes(struct diag *diag, struct location from, struct location to);

/* A name for what has none, and for no other place: "(tag 3:5)". A name with a bracket
 * can be in no profile. */
const char *diag_hidden_name(const struct diag *diag, const char *what,
                             struct location where);

/* The candidate nearest to `word` by edit distance, or NULL if none is near enough. */
const char *diag_nearest(const char *word, const char *const *candidates, size_t count);

/* The same, but NULL if two of them are as near, or if the word is so short or so far
 * away that something else may have been meant. */
const char *diag_surely_nearest(const char *word, const char *const *candidates,
                                size_t count);

#endif
