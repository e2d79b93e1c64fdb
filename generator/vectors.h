/* SPDX-License-Identifier: MIT */
/* The vectors of a profile, `tests`, as public test records (language, section 16). */
#ifndef DGM_VECTORS_H
#define DGM_VECTORS_H

#include <dragoman/profile.h>
#include "tree.h"

/* What vectors need to know of a message: its name and the way its frames travel. */
struct vectors_message {
    const char *name;
    bool up, down;               /* both: raw */
    const char *const *warnings; /* texts it can give, NULL-terminated; or NULL */
};

/*
 * Parse the value of `tests`; NULL stands for no tests. Names in `message` are checked
 * against `messages`. Problems are reported and their vectors left out. Texts, frames and
 * records live in the arena of the diagnostics.
 */
struct dgm_test *vectors_parse(struct diag *diag, const struct node *tests,
                               const struct vectors_message *messages,
                               size_t message_count, size_t *ret_count);

#endif
