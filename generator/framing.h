/* SPDX-License-Identifier: MIT */
/* `framing` of `wire`: what stands around and inside every frame on the line. */
#ifndef DGM_FRAMING_PLAN_H
#define DGM_FRAMING_PLAN_H

#include "builder.h"
#include "message.h"

/* Parse `framing`, if there is one; sets it in the source. False after a report. */
bool framing_parse(struct profile_source *source, const struct node *map);

/* Once the messages are known: can the longest frame be carried? Then the table gets the
 * framing. False after a report. */
bool framing_lower(struct profile_source *source, struct builder *builder);

/* Bytes on the line of the shortest and longest frame with so much content. */
uint32_t framing_line_least(const struct builder *builder, uint32_t content);
uint32_t framing_line_most(const struct builder *builder, uint32_t content);

#endif
