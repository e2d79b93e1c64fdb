/* SPDX-License-Identifier: MIT */
/*
 * Hooks beside those of groups: text and bytes whose plain form is made by one, and whole
 * messages. Both become a group that has the hook, around what is described.
 */
#include "item.h"

#include <string.h>

static struct item *new_group(const struct item_context *context, struct location where)
{
    struct item *group = arena_alloc(context->diag->arena, sizeof(*group));
    group->form = ITEM_GROUP;
    group->where = group->name_where = where;
    group->slot = group->member = group->service = group->row = DGM_NONE;
    group->to = context->to;
    group->to_where = context->to_where;
    return group;
}

struct item *item_wrap_hooked(const struct item_context *context, struct item *item,
                              struct item_list *ret)
{
    struct item *group = new_group(context, item->where);
    group->parent = item->parent;
    group->hook = item->hook;
    group->hook_where = item->hook_where;
    group->when = item->when;
    group->optional = item->optional;
    group->has_at = item->has_at;
    group->at = item->at;
    group->at_where = item->at_where;
    group->is_again = item->is_again;
    item->parent = group;
    item->hook = NULL;
    item->when = NULL;
    item->optional = item->has_at = item->is_again = false;
    item_append(context->diag->arena, &group->fields, item);
    item_append(context->diag->arena, ret, group);
    return group;
}

bool item_finish_hooked(const struct item_context *context, struct item *group)
{
    struct item *item = group->fields.items[0];
    const char *wrong = item->digits.given ? "digits have no hook and no process"
                        : item->has_const  ? "a constant has no hook and no process"
                        : item->is_padded  ? "'pad' has no meaning beside a hook"
                        : item->default_json != NULL && (group->when || group->optional)
                            ? "a 'default' for an absent item has no hook"
                            : NULL;
    if (wrong != NULL) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, group->hook_where, "%s", wrong);
        return false;
    }
    /* The size is that of the bytes on the wire. */
    if (item->size.kind != EXTENT_REST)
        group->region = item->size;
    item->size.kind = EXTENT_REST;
    item->size.expr = NULL;
    return true;
}

bool item_parse_hooked_list(const struct item_context *context, const struct node *map,
                            const struct node *fields, struct item_list *ret)
{
    struct item_context inner = *context;
    struct item *group = new_group(context, map->where);
    inner.depth++;
    item_append(context->diag->arena, ret, group);
    return item_parse_hook(context, map, group) &&
           item_parse_list(&inner, fields, group, &group->fields);
}
