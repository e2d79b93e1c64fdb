/* SPDX-License-Identifier: MIT */
/* The folders in which plug-ins are looked for. */
#ifndef DGM_CLI_PLUGINPATH_H
#define DGM_CLI_PLUGINPATH_H

#include "report.h"

/*
 * Call for each folder of --plugin-path, of DRAGOMAN_PLUGIN_PATH, and for the one of the
 * installation. Never for the current folder: empty parts are passed over with a warning,
 * and so are relative ones of the environment, which mean another place in each folder. A
 * folder that is not there is passed over in silence. One that everybody may write to is
 * taken with a warning. Returns an exit code.
 */
int pluginpath_each(const struct cli *cli, struct report *report,
                    int (*call)(void *user, const char *path), void *user);

#endif
