/* SPDX-License-Identifier: MIT */
/* Code plug-ins, where the options allow them. */
#ifndef DGM_CLI_CODE_H
#define DGM_CLI_CODE_H

#include <dragoman/worker.h>

#include "report.h"

/* For the plug-in's code, such as keys. */
struct code_settings {
    char *text; /* memory, or NULL */
    size_t length;
};

/* Read the file that the options name, if they do. Returns an exit code. */
int code_settings_read(struct code_settings *settings, struct report *report,
                       const struct cli *cli);
void code_settings_free(struct code_settings *settings);

/* Start the process of a code plug-in. `settings` and `load` may be NULL. */
enum dgm_status code_start_with(struct dgm_worker **ret_worker, const char *path,
                                const struct code_settings *settings,
                                const struct dgm_load_options *load,
                                struct dgm_refusal *ret_refusal);

/* The same with the settings that the options name. What is
 * wrong with the plug-in is in `ret_status` and `ret_refusal`; the exit code is about the
 * settings. `load` says whose plug-ins are run. */
int code_start(struct dgm_worker **ret_worker, struct report *report,
               const struct cli *cli, const char *path,
               const struct dgm_load_options *load, enum dgm_status *ret_status,
               struct dgm_refusal *ret_refusal);

#endif
