/* SPDX-License-Identifier: MIT */
/* How grave a difference of two product models is: docs/diff.md has the same as a table.
 */
#ifndef DGM_CLI_DIFFRULE_H
#define DGM_CLI_DIFFRULE_H

#include "diffkind.h"

#include <cjson/cJSON.h>

#include <stdbool.h>

/* What part of a model it is about. */
enum diff_role {
    DIFF_ROLE_PRODUCT,
    DIFF_ROLE_SERVICE,
    DIFF_ROLE_PROPERTY,
    DIFF_ROLE_COMMAND,
    DIFF_ROLE_PARAMETER, /* of a command */
    DIFF_ROLE_RESPONSE,
    DIFF_ROLE_EVENT,
    DIFF_ROLE_RESULT, /* a member of a response or an event */
    DIFF_ROLES
};

/* "property" */
const char *diff_role_word(enum diff_role role);

/* A part that only one of the models has. */
enum diff_class diff_rule_part(enum diff_role role, const cJSON *part, bool is_new);

/* A member of a part, "max", that is another one; NULL where it is missing. */
enum diff_class diff_rule_member(enum diff_role role, const char *name, const cJSON *old,
                                 const cJSON *new);

#endif
