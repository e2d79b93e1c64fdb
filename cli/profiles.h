/* SPDX-License-Identifier: MIT */
/* The profiles that the arguments name: files, and those under folders. */
#ifndef DGM_CLI_PROFILES_H
#define DGM_CLI_PROFILES_H

#include "report.h"

/* Call for each; the gravest exit code of all calls is returned. At least one argument is
 * needed, and a folder must hold at least one profile. */
int profiles_each(struct report *report, const struct cli *cli,
                  int (*call)(void *user, const char *path), void *user);

#endif
