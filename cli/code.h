/* SPDX-License-Identifier: MIT */
/* Code plug-ins, where the options allow them. */
#ifndef DGM_CLI_CODE_H
#define DGM_CLI_CODE_H

#include <dragoman/worker.h>

#include "report.h"

/* Start the process of a code plug-in, with the settings that the options name. What is
 * wrong with the plug-in is in `ret_status` and `ret_refusal`; the exit code is about the
 * settings. `load` says whose plug-ins are run. */
int code_start(struct dgm_worker **ret_worker, struct report *report,
               const struct cli *cli, const char *path,
               const struct dgm_load_options *load, enum dgm_status *ret_status,
               struct dgm_refusal *ret_refusal);

#endif
