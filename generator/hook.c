/* SPDX-License-Identifier: MIT */
/*
 * `hooks`, and `hook` on a group. What stands inside is laid out in the plain bytes,
 * which are a frame of their own: offsets, lengths and checksums of the frame on the wire
 * have no meaning there.
 */
#include "hook.h"

#include "language.h"
#include "scalar.h"

#include <string.h>

static bool parse_hook(struct diag *diag, const struct node *name, const struct node *map,
                       struct hook_plan *hook)
{
    exact_int limit;
    hook->name = name->text;
    if (name->length == 0 || name->length > 255) {
        diag_report(diag, RULE_BAD_NAME, name->where,
                    "names of hooks have 1 to 255 bytes");
        return false;
    }
    if (!language_check_keys(diag, map, PLACE_HOOK))
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

/* `process: {xor: "AA 55"}` or `{add: "33"}`: a step that needs no function. */
static bool parse_process(const struct item_context *context, const struct node *node,
                          struct item *item)
{
    struct hook_plan *step = arena_alloc(context->diag->arena, sizeof(*step));
    if (!node_expect(context->diag, node, NODE_MAP, "'process'") ||
        !language_check_keys(context->diag, node, PLACE_PROCESS))
        return false;
    if (node->count != 1) {
        diag_report(context->diag, RULE_BAD_VALUE, node->where,
                    "'process' has one step: xor or add");
        return false;
    }
    step->process = node_get(node, "xor") != NULL ? DGM_PROCESS_XOR : DGM_PROCESS_ADD;
    if (!scalar_hex(context->diag, node->items[0], "the bytes of 'process'", &step->key,
                    &step->key_length))
        return false;
    if (step->key_length == 0 || step->key_length > 256) {
        diag_report(context->diag, RULE_BAD_VALUE, node->items[0]->where,
                    "'process' has 1 to 256 bytes");
        return false;
    }
    step->name = "";
    step->output_limit = DGM_MAX_FRAME;
    item->hook = step;
    return true;
}

/* The steps of one item are not in the list of the profile. */
uint16_t hook_lower(const struct lowering *lowering, struct hook_plan *hook)
{
    if (hook->process == DGM_PROCESS_HOOK)
        return hook->index;
    struct dgm_hook_name row = {0};
    row.output_limit = lowering->message->wire.frame_limit;
    row.key = builder_bytes(lowering->builder, (const char *)hook->key, hook->key_length);
    row.key_length = (uint16_t)hook->key_length;
    row.process = hook->process;
    hook->output_limit = row.output_limit;
    hook->index = builder_hook(lowering->builder, &row);
    return hook->index;
}

static bool find_hook(const struct item_context *context, const struct node *node,
                      struct item *item)
{
    const char *name = scalar_text(context->diag, node, "'hook'");
    if (name == NULL)
        return false;
    for (item->hook = context->hooks; item->hook != NULL; item->hook = item->hook->next)
        if (strcmp(item->hook->name, name) == 0)
            break;
    if (item->hook == NULL) {
        diag_report(context->diag, RULE_UNKNOWN_HOOK, node->where,
                    "there is no hook '%s' under 'hooks'", name);
        return false;
    }
    item->hook->used = true;
    return true;
}

bool item_parse_hook(const struct item_context *context, const struct node *map,
                     struct item *item)
{
    const struct node *key = node_key(map, "hook"), *step = node_key(map, "process");
    if (key == NULL && step == NULL)
        return true;
    if (key != NULL && step != NULL) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, step->where,
                    "a group has one of 'hook' and 'process'");
        return false;
    }
    const struct node *named = key != NULL ? key : step;
    if (node_get(map, "join") != NULL) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, named->where,
                    "what is joined has no bytes of its own for a hook");
        return false;
    }
    item->hook_where = node_get(map, named->text)->where;
    if (!(key != NULL ? find_hook(context, node_get(map, "hook"), item)
                      : parse_process(context, node_get(map, "process"), item)))
        return false;
    if (item->repeat.kind == EXTENT_ONCE && item->record == NULL && !context->in_bits)
        return true;
    diag_report(
        context->diag, RULE_KEY_NOT_HERE, named->where,
        "a repetition has no hook and no process; put it into a group that has one");
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
        struct dgm_hook_name row = {0};
        if (!hook->used)
            continue;
        row.name = builder_text(builder, hook->name);
        row.output_limit = hook->output_limit;
        hook->index = builder_hook(builder, &row);
    }
}
