/* SPDX-License-Identifier: MIT */
/* From a file that was looked into to codecs. */
#ifndef DGM_LOAD_H
#define DGM_LOAD_H

#include "info.h"

/*
 * Load a table plug-in into this process. Of a code plug-in, read the tables: nothing of
 * it is loaded. The bytes of `info` lose the name that the object gives itself.
 * `ret_loaded` is freed with dgm_plugin_unload().
 */
enum dgm_status load_info(struct dgm_plugin_info *info, struct dgm_loaded **ret_loaded,
                          struct dgm_refusal *refusal);

#endif
