/* SPDX-License-Identifier: MIT */
/* What an item is in the eyes of the product model. */
#ifndef DGM_MODEL_H
#define DGM_MODEL_H

#include "item.h"

bool model_is_text(const struct item *item);
/* A whole number as it stands, or scaled. */
bool model_is_plain(const struct item *item);
/* For messages; in the arena. */
const char *model_number_text(struct arena *arena, struct exact number);
/* Characters that so many bytes become in JSON. */
uint64_t model_characters(const struct item *item, uint64_t bytes);

#endif
