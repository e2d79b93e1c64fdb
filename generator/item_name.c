/* SPDX-License-Identifier: MIT */
/* The names that expressions and other items know an item by. */
#include "lower.h"

#include <string.h>

static bool is_text(const char *left, const char *right)
{
    return left != NULL && strcmp(left, right) == 0;
}

/* Does the word before the point name what the item stands in? */
static bool stands_in(const struct profile_source *source, const struct item *item,
                      const char *outer)
{
    for (const struct item *parent = item->parent; parent != NULL;
         parent = parent->parent) {
        if (is_text(parent->local, outer) || is_text(parent->label, outer))
            return true;
        if (parent->name != NULL)
            return strcmp(parent->name, outer) == 0;
    }
    if (item->within != NULL)
        return strcmp(item->within->name, outer) == 0;
    return item->service < source->product->service_count &&
           strcmp(source->product->services[item->service].name, outer) == 0;
}

bool item_has_name(const struct profile_source *source, const struct item *item,
                   const char *text)
{
    const char *point = strrchr(text, '.');
    if (item->form == ITEM_LITERAL && item->role != DGM_ROLE_NONE)
        return false; /* it has no value */
    if (point == NULL)
        return is_text(item->label, text) || is_text(item->local, text) ||
               is_text(item->name, text) ||
               (item->role != 0 && strcmp(role_name(item->role), text) == 0);
    const char *outer = arena_copy(source->diag->arena, text, (size_t)(point - text));
    const char *last = strrchr(outer, '.');
    bool is_it = is_text(item->name, point + 1) ||
                 (item->role != 0 && strcmp(role_name(item->role), point + 1) == 0);
    return is_it && stands_in(source, item, last != NULL ? last + 1 : outer);
}

bool item_is_around(const struct item *outer, const struct item *item)
{
    return item != NULL && outer->order_index <= item->order_index &&
           item->order_index <= outer->end_index;
}
