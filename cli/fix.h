/* SPDX-License-Identifier: MIT */
/* Mistakes in profiles mended where it is certain what was meant. */
#ifndef DGM_CLI_FIX_H
#define DGM_CLI_FIX_H

#include "report.h"

#include <dragoman/profile.h>

/* A profile's text before and after. */
struct fixed {
    char *before, *after; /* the caller's to free; NULL: there is nothing to mend */
    size_t before_length, after_length;
};

void fixed_free(struct fixed *fixed);

/* Load a profile as it would be with everything mended that can be, round by round,
 * because one mistake hides another. Each change is told. The file stays as it is.
 * Returns an exit code; the profile is NULL if that is not CLI_FINE. */
int fix_load(struct report *report, const char *path, struct dgm_profile **ret_profile,
             enum dgm_status *ret_status, struct fixed *ret);

/* The difference as patch reads it. */
void fix_put_diff(const char *path, const struct fixed *fixed);

#endif
