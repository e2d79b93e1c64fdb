/* SPDX-License-Identifier: MIT */
/* The keys of items. */
#ifndef DGM_ITEM_KEYS_H
#define DGM_ITEM_KEYS_H

#include "item.h"

/* Forms of items that a key has a meaning for. */
enum {
    FORM_INTEGER = 1u << ITEM_INTEGER,
    FORM_BYTES = 1u << ITEM_BYTES,
    FORM_BITS = 1u << ITEM_BITS,
    FORM_GROUP = 1u << ITEM_GROUP,
    FORM_VALUE = 1u << ITEM_VALUE,
    FORM_LITERAL = 1u << ITEM_LITERAL,
    FORM_FLOAT = 1u << ITEM_FLOAT,
    FORM_CHECK = 1u << ITEM_CHECK,
    FORM_NOTICE = 1u << ITEM_NOTICE,
    FORM_TLV = 1u << ITEM_TLV,
    FORM_RESERVED = 1u << 16,
    FORM_SWITCH = 1u << 17
};

/* Known keys, and none that is only planned. */
bool item_check_keys(const struct item_context *context, const struct node *map);

/* Once the form is known: has each key a meaning for it? */
bool item_check_form_keys(const struct item_context *context, const struct node *map,
                          const struct item *item);

/* The key that makes the item's form; NULL after a report. */
const struct node *item_find_form(const struct item_context *context,
                                  const struct node *map);

#endif
