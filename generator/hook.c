/* SPDX-License-Identifier: MIT */
/*
 * `hooks`, and `hook` on a group. What stands inside is laid out in the plain bytes,
 * which are a frame of their own: offsets, lengths and checksums of the frame on the wire
 * have no meaning there.
 */
#include "hook.h"

#include "scalar.h"

#include <string.h>

static bool parse_hook(struct diag *diag, const struct node *name, const struct node *map,
                       struct hook_plan *hook)
{
    static const char *const keys[] = {"output_limit", "description"};
    exact_int limit;
    hook->name = name->text;
    if (name->length == 0 || name->length > 255) {
        diag_report(diag, RULE_BAD_NAME, name->where,
                    "names of hooks have 1 to 255 bytes");
        return false;
    }
    if (!node_check_keys(diag, map, "a hook", keys, sizeof(keys) / sizeof(keys[0])))
        return false;
    const struct node *most = node_get(map, "output_limit");
    const struct node *description = node_get(map, "description");
    if (most == NULL) {
        diag_report(diag, RULE_MISSING_KEY, name->where,
                    "a hook needs 'output_limit': bytes of the longest plain form");
        return false;
    }
    if (!scalar_integer(diag, most, "'output_limit'", 1, DGM_MAX_FRAME, &limit) ||
        (description != NULL && scalar_text(diag, description, "'description'") == NULL))
        return false;
    hook->output_limit = (uint32_t)limit;
    return true;
}

bool hooks_parse(struct profile_source *source, const struct node *map)
{
    struct diag *diag = source->diag;
    bool fine = true;
    if (map == NULL)
        return true;
    if (!node_expect(diag, map, NODE_MAP, "'hooks'"))
        return false;
    for (size_t i = map->count; i-- > 0;) {
        struct hook_plan *hook = arena_alloc(diag->arena, sizeof(*hook));
        fine = parse_hook(diag, map->keys[i], map->items[i], hook) && fine;
        hook->next = source->hooks;
        source->hooks = hook;
    }
    return fine;
}

bool item_parse_hook(const struct item_context *context, const struct node *map,
                     struct item *item)
{
    const struct node *node = node_get(map, "hook");
    if (node == NULL)
        return true;
    const char *name = scalar_text(context->diag, node, "'hook'");
    if (name == NULL)
        return false;
    item->hook_where = node->where;
    for (item->hook = context->hooks; item->hook != NULL; item->hook = item->hook->next)
        if (strcmp(item->hook->name, name) == 0)
            break;
    if (item->hook == NULL) {
        diag_report(context->diag, RULE_UNKNOWN_HOOK, node->where,
                    "there is no hook '%s' under 'hooks'", name);
        return false;
    }
    if (item->repeat.kind == EXTENT_ONCE && item->record == NULL && !context->in_bits)
        return true;
    diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "hook")->where,
                "a repetition has no hook; put it into a group that has one");
    return false;
}

const struct item *hook_around(const struct item *item)
{
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->hook != NULL)
            return item;
    return NULL;
}

static const char *wrong_inside(const struct item *item)
{
    if (item->hook != NULL)
        return "hooks do not stand inside one another";
    if (item->has_at || item->is_skip)
        return "places in the frame have no meaning inside a hook";
    if (item->form == ITEM_CHECK || item->length_of != LENGTH_NONE)
        return "lengths and checksums of the frame have no meaning inside a hook";
    if ((item->form == ITEM_BYTES || item->digits.given) && item->role != DGM_ROLE_NONE)
        return "a text of the envelope cannot stand inside a hook";
    if (item->join != NULL && item->form == ITEM_BYTES)
        return "bytes cannot be joined inside a hook";
    return NULL;
}

bool hook_check(struct diag *diag, const struct message *message)
{
    bool fine = true;
    for (size_t i = 0; i < message->flat.count; i++) {
        const struct item *item = message->flat.items[i];
        const char *wrong = hook_around(item) != NULL ? wrong_inside(item) : NULL;
        if (item->hook != NULL && item->format != NULL)
            wrong = "a text composed of fields has no hook; put it into a group that has";
        if (wrong == NULL)
            continue;
        diag_report(diag, RULE_HOOK_PLACE,
                    item->hook != NULL ? item->hook_where : item->name_where, "%s",
                    wrong);
        fine = false;
    }
    return fine;
}

void hooks_lower(struct profile_source *source, struct builder *builder)
{
    for (struct hook_plan *hook = source->hooks; hook != NULL; hook = hook->next) {
        struct dgm_hook_name row = {builder_text(builder, hook->name),
                                    hook->output_limit};
        hook->index = builder_hook(builder, &row);
    }
}
