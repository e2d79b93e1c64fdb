/* SPDX-License-Identifier: MIT */
/* What is signed: files that the arguments name, and the plug-ins of folders. */
#ifndef DGM_CLI_SIGNING_H
#define DGM_CLI_SIGNING_H

#include <dragoman/host.h>

#include "report.h"

struct signing_files {
    char **paths;
    size_t count;
};

/* The plug-ins of a folder, by name. There must be one. Returns an exit code; free in any
 * case. */
int signing_files_of(struct signing_files *files, struct report *report,
                     const char *folder);
void signing_files_free(struct signing_files *files);

/* "folder/name"; NULL if memory is out. */
char *signing_join(const char *folder, const char *name);

/* Tell what a call has refused. */
void signing_tell(struct report *report, const char *path,
                  const struct dgm_refusal *refusal);

#endif
