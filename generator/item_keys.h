/* SPDX-License-Identifier: MIT */
/* The keys of items. */
#ifndef DGM_ITEM_KEYS_H
#define DGM_ITEM_KEYS_H

#include "item.h"

/* Known keys, and none that is only planned. */
bool item_check_keys(const struct item_context *context, const struct node *map);

/* Once the form is known: has each key a meaning for it? */
bool item_check_form_keys(const struct item_context *context, const struct node *map,
                          const struct item *item);

/* The key that makes the item's form; NULL after a report. */
const struct node *item_find_form(const struct item_context *context,
                                  const struct node *map);

#endif
