/* SPDX-License-Identifier: MIT */
/* Groups of items that several messages use, with `$parameters` filled in. */
#include "item.h"

#include "language.h"
#include "scalar.h"

#include <string.h>

/* Parameters of a group and the values for them. */
struct parameters {
    struct diag *diag;
    const struct node *names;  /* list, or NULL */
    const struct node *values; /* map, or NULL */
    bool failed;
};

static bool is_parameter(const struct parameters *parameters, const char *name)
{
    for (size_t i = 0; parameters->names != NULL && i < parameters->names->count; i++)
        if (parameters->names->items[i]->kind == NODE_SCALAR &&
            strcmp(parameters->names->items[i]->text, name) == 0)
            return true;
    return false;
}

/* The node itself, or the value of the parameter it is. */
static struct node *fill_scalar(struct parameters *parameters, struct node *node)
{
    if (node->text[0] != '$' || node->length < 2)
        return node;
    const char *name = node->text + 1;
    if (!is_parameter(parameters, name)) {
        diag_report(parameters->diag, RULE_UNKNOWN_NAME, node->where,
                    "the group has no parameter '%s'", name);
        parameters->failed = true;
        return node;
    }
    struct node *value =
        parameters->values != NULL ? node_get(parameters->values, name) : NULL;
    return value != NULL ? value : node;
}

static struct node *fill(struct parameters *parameters, struct node *node)
{
    struct arena *arena = parameters->diag->arena;
    if (node->kind == NODE_SCALAR)
        return fill_scalar(parameters, node);
    struct node *copy = arena_alloc(arena, sizeof(*copy));
    *copy = *node;
    copy->items = arena_array(arena, node->count + 1, sizeof(*copy->items));
    for (size_t i = 0; i < node->count; i++)
        copy->items[i] = fill(parameters, node->items[i]);
    return copy;
}

/* Each parameter has a value, and each value a parameter. */
static bool check_values(const struct parameters *parameters, const struct node *use)
{
    struct diag *diag = parameters->diag;
    const struct node *names = parameters->names, *values = parameters->values;
    bool fine = true;
    for (size_t i = 0; names != NULL && i < names->count; i++) {
        const char *name = scalar_identifier(diag, names->items[i], "a parameter");
        if (name == NULL)
            return false;
        if (values == NULL || node_get(values, name) == NULL) {
            diag_report(diag, RULE_MISSING_KEY, use->where,
                        "group '%s' needs the parameter '%s' under 'with'", use->text,
                        name);
            fine = false;
        }
    }
    for (size_t i = 0; values != NULL && i < values->count; i++) {
        if (is_parameter(parameters, values->keys[i]->text))
            continue;
        diag_report(diag, RULE_UNKNOWN_KEY, values->keys[i]->where,
                    "group '%s' has no parameter '%s'", use->text, values->keys[i]->text);
        fine = false;
    }
    return fine;
}

static const struct node *find_group(const struct item_context *context,
                                     const struct node *use)
{
    const struct node *groups = context->groups;
    const struct node *group = groups != NULL ? node_get(groups, use->text) : NULL;
    if (group != NULL)
        return group;
    size_t count = groups != NULL ? groups->count : 0;
    const char **names = arena_array(context->diag->arena, count + 1, sizeof(*names));
    for (size_t i = 0; i < count; i++)
        names[i] = groups->keys[i]->text;
    const char *near = diag_nearest(use->text, names, count);
    diag_report(context->diag, RULE_UNKNOWN_NAME, use->where,
                "there is no group '%s'%s%s%s", use->text, near ? "; did you mean '" : "",
                near ? near : "", near ? "'?" : "");
    diag_fix_nearest(context->diag, use->where, use->text, names, count);
    return NULL;
}

const struct node *group_fields(const struct item_context *context,
                                const struct node *use, const struct node *with)
{
    struct diag *diag = context->diag;
    if (!node_expect(diag, use, NODE_SCALAR, "'use'") ||
        (with != NULL && !node_expect(diag, with, NODE_MAP, "'with'")))
        return NULL;
    const struct node *group = find_group(context, use);
    if (group == NULL || !language_check_keys(diag, group, PLACE_GROUP))
        return NULL;
    struct node *fields = node_get(group, "fields");
    if (fields == NULL) {
        diag_report(diag, RULE_MISSING_KEY, group->where, "a group needs 'fields'");
        return NULL;
    }
    struct parameters parameters = {diag, node_get(group, "parameters"), with, false};
    if (parameters.names != NULL &&
        !node_expect(diag, parameters.names, NODE_LIST, "'parameters'"))
        return NULL;
    if (!check_values(&parameters, use))
        return NULL;
    struct node *filled = fill(&parameters, fields);
    return parameters.failed ? NULL : filled;
}
