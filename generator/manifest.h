/* SPDX-License-Identifier: MIT */
/* What a plug-in says about itself without being loaded: compact JSON text. */
#ifndef DGM_MANIFEST_H
#define DGM_MANIFEST_H

#include "builder.h"

/* The text lives in the builder's arena. The head and the messages must be complete. */
const char *manifest_json(struct builder *builder);

#endif
