/* SPDX-License-Identifier: MIT */
/* What the aliases of a YAML file stand for. */
#ifndef DGM_TREE_ANCHOR_H
#define DGM_TREE_ANCHOR_H

#include "tree.h"

/* A node that is complete, and how much of it there is. */
struct anchor {
    const char *name;
    struct node *node;
    size_t nodes, height; /* with all that is inside */
};

struct anchors {
    struct anchor *items;
    size_t count, capacity;
};

void anchors_keep(struct anchors *anchors, struct arena *arena, struct anchor anchor);

/* The last one of that name, or NULL. */
const struct anchor *anchors_find(const struct anchors *anchors, const char *name);

#endif
