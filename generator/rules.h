/* SPDX-License-Identifier: MIT */
/*
 * The rules of the profile checker: `enum rule` for the compiler, dgm_rule_at() for
 * everybody. A new rule is one entry in rules_list.h and one profile in
 * tests/generator/bad that breaks it.
 */
#ifndef DGM_RULES_H
#define DGM_RULES_H

#include <dragoman/profile.h>

enum rule {
#define RULE(name, id, severity, summary, explanation) RULE_##name,
#include "rules_list.h"
#undef RULE
    RULE_COUNT
};

/* Never NULL for a member of the enum. */
const struct dgm_rule *rule_get(enum rule rule);

#endif
