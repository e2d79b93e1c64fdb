/* SPDX-License-Identifier: MIT */
/* The profile that a plug-in keeps: compiled, or written out again. */
#ifndef DGM_CLI_KEPT_H
#define DGM_CLI_KEPT_H

#include <dragoman/host.h>
#include <dragoman/profile.h>

#include "report.h"

/*
 * Write the profile of a plug-in to standard output, or it and all that it includes into
 * a folder, which is made if need be; no file is overwritten. Returns an exit code.
 */
int kept_write(struct report *report, const char *path, const char *folder);

/*
 * Compile it. `ret_profile` is NULL if the plug-in keeps none, and `ret_refusal` says
 * why; otherwise `ret_compiled` says how that went. False if memory is out.
 */
bool kept_compile(const struct dgm_plugin_info *info, struct dgm_profile **ret_profile,
                  enum dgm_status *ret_compiled, struct dgm_refusal *ret_refusal);

#endif
