/* SPDX-License-Identifier: MIT */
/*
 * `models`: a family of products in one profile. Each model is compiled as if it had a
 * profile of its own, which the tree of this one makes: other words under `product`,
 * fewer services and messages.
 */
#ifndef DGM_FAMILY_H
#define DGM_FAMILY_H

#include "tree.h"

enum { FAMILY_MAX_MODELS = 64 };

struct family_model {
    const char *name;       /* NULL: the profile has no `models`, and is the model */
    struct location where;  /* of the name */
    const struct node *map; /* what is different, or NULL */
};

struct family {
    const struct node *root; /* of the profile */
    struct family_model models[FAMILY_MAX_MODELS];
    size_t count; /* at least 1; the first is that of `product` */
};

/* Parse the key `models`. False after a report. */
bool family_parse(struct diag *diag, const struct node *root, struct family *ret);

/* The tree of one model. Its diagnostics name it, but for the first. NULL after a
 * report. */
const struct node *family_root(struct diag *diag, const struct family *family,
                               size_t index);

/* The model of that name; the count if there is none. */
size_t family_find(const struct family *family, const char *name);

/* ", the models are 'A', 'B'" or "; did you mean 'A'?" */
const char *family_advice(struct arena *arena, const struct family *family,
                          const char *name);

#endif
