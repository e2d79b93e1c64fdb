/* SPDX-License-Identifier: MIT */
#include "tree_anchor.h"

#include <string.h>

void anchors_keep(struct anchors *anchors, struct arena *arena, struct anchor anchor)
{
    anchors->items = arena_grow(arena, anchors->items, anchors->count, &anchors->capacity,
                                sizeof(*anchors->items));
    anchors->items[anchors->count++] = anchor;
}

const struct anchor *anchors_find(const struct anchors *anchors, const char *name)
{
    for (size_t i = anchors->count; i-- > 0;)
        if (strcmp(anchors->items[i].name, name) == 0)
            return &anchors->items[i];
    return NULL;
}
