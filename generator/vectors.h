/* SPDX-License-Identifier: MIT */
/* The vectors of a profile, `tests`, as public test records (language, section 16). */
#ifndef DGM_VECTORS_H
#define DGM_VECTORS_H

#include <dragoman/profile.h>
#include "family.h"

/* What vectors need to know of a message: its name and the way its frames travel. */
struct vectors_message {
    const char *name;
    bool up, down;               /* both: raw */
    const char *const *warnings; /* texts it can give, NULL-terminated; or NULL */
    const char *const *members; /* at the root of its JSON, NULL-terminated; or NULL where
                                   that cannot be told, as with services */
};

/* A model that vectors can be about, and its messages. */
struct vectors_model {
    const char *name; /* NULL: there is only one */
    const struct vectors_message *messages;
    size_t message_count;
};

/*
 * Parse the value of `tests`; NULL stands for no tests. A vector is about the first model
 * of the family, or the one it names; it is left out if that is none of `models`, which
 * are those at hand. Names in `message` are checked against its messages. Problems are
 * reported and their vectors left out. Texts, frames and records live in the arena of the
 * diagnostics.
 */
struct dgm_test *vectors_parse(struct diag *diag, const struct node *tests,
                               const struct family *family,
                               const struct vectors_model *models, size_t model_count,
                               size_t *ret_count);

#endif
