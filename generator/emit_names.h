/* SPDX-License-Identifier: MIT */
/* Words that generated C, headers and manifests share. */
#ifndef DGM_EMIT_NAMES_H
#define DGM_EMIT_NAMES_H

#include "builder.h"

/* A stem or message name as part of an identifier: other characters become '_', and a
 * digit in front gets one. In capitals for macros. */
const char *emit_identifier(struct arena *arena, const char *name, bool upper);

/* The identifier of a message in capitals, made unique among those of the table. */
const char *emit_message_identifier(struct builder *builder, size_t message);

/* Text of the pool. */
const char *emit_pool_text(const struct builder *builder, uint32_t offset);

#endif
