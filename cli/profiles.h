/* SPDX-License-Identifier: MIT */
/* The profiles that the arguments name: files, and those under folders. */
#ifndef DGM_CLI_PROFILES_H
#define DGM_CLI_PROFILES_H

#include "report.h"

#include <dragoman/profile.h>

/* Which model of the profiles is wanted, and how many profiles had it. */
struct profiles_choice {
    const char *model; /* NULL: all */
    size_t found;
};

/* Call for each; the gravest exit code of all calls is returned. At least one argument is
 * needed, and a folder must hold at least one profile. */
int profiles_each(struct report *report, const struct cli *cli,
                  int (*call)(void *user, const char *path), void *user);

/* Load one, as if the wanted model were its only one. NULL with DGM_OK: it has none such,
 * which is for profiles_check() to tell if none of them has. */
enum dgm_status profiles_load(struct profiles_choice *choice, const char *path,
                              struct dgm_profile **ret_profile);

/* Had any of them the model? Returns an exit code. */
int profiles_check(const struct profiles_choice *choice, struct report *report);

#endif
