/* SPDX-License-Identifier: MIT */
/* The registry of rules, from the one list. */
#include "rules.h"

static const struct dgm_rule rules[] = {
#define RULE(name, id, severity, summary, explanation)                                   \
    {id, DGM_SEVERITY_##severity, summary, explanation},
#include "rules_list.h"
#undef RULE
};

const struct dgm_rule *rule_get(enum rule rule)
{
    return &rules[rule];
}

const struct dgm_rule *dgm_rule_at(size_t position)
{
    return position < RULE_COUNT ? &rules[position] : NULL;
}
