/* SPDX-License-Identifier: MIT */
/* What a plug-in says about itself without being loaded: compact JSON text. */
#ifndef DGM_MANIFEST_H
#define DGM_MANIFEST_H

#include "emit.h"

/* The text lives in the arena of the first builder. Heads and messages must be complete.
 * `license` may be NULL: the profile states none. */
const char *manifest_json(const struct emit_model *models, size_t count,
                          const char *license);

#endif
