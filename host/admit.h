/* SPDX-License-Identifier: MIT */
/* From a path to a file that was read, whose signature is as the host wants it, and that
 * was looked into: what loading a table plug-in and starting a code plug-in begin with.
 */
#ifndef DGM_ADMIT_H
#define DGM_ADMIT_H

#include "info.h"

/*
 * The signature is checked first, on the bytes that `ret_info` keeps. `ret_told` says
 * what is wrong with it, whether that matters or not; `refusal` why it was not DGM_OK.
 * Free `ret_info` with dgm_plugin_info_free(); it is NULL unless DGM_OK.
 */
enum dgm_status admit(const char *path, const struct dgm_load_options *options,
                      struct dgm_plugin_info **ret_info, struct dgm_refusal *ret_told,
                      struct dgm_refusal *refusal);

#endif
