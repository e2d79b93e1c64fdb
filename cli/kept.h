/* SPDX-License-Identifier: MIT */
/* The profile that a plug-in keeps, written out again. */
#ifndef DGM_CLI_KEPT_H
#define DGM_CLI_KEPT_H

#include "report.h"

/*
 * Write the profile of a plug-in to standard output, or it and all that it includes into
 * a folder, which is made if need be; no file is overwritten. Returns an exit code.
 */
int kept_write(struct report *report, const char *path, const char *folder);

#endif
