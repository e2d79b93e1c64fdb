/* SPDX-License-Identifier: MIT */
/* A new folder with the files of a project. */
#ifndef DGM_CLI_PROJECT_H
#define DGM_CLI_PROJECT_H

#include "report.h"
#include "starter.h"

/* Make the folder and write all files, or none: what was begun is taken back. A folder
 * that is there is left alone. Returns an exit code. */
int project_write(struct report *report, const char *folder,
                  const struct starter *starter);

#endif
