/* SPDX-License-Identifier: MIT */
/* Does the manifest tell the truth? */
#ifndef DGM_MANIFEST_CHECK_H
#define DGM_MANIFEST_CHECK_H

#include <dragoman/host.h>
#include <dragoman/plugin.h>

#include "manifest.h"

/*
 * Hold all that the manifest says about one model against its table, which passed
 * dgm_codec_open(): whatever a table can prove must be there, once, and be the same. What
 * no table can prove, and what later versions add, is passed over.
 *
 * @param model  Which model; of the first also what is said about the plug-in.
 */
enum dgm_status manifest_check(const struct manifest *manifest,
                               const struct dgm_plugin *plugin,
                               const struct dgm_codec *codec, size_t model,
                               struct dgm_refusal *refusal);

#endif
