/* SPDX-License-Identifier: MIT */
/*
 * `invalid`: raw values that are no reading. A number gets them beside its scaling, an
 * enum as further keys, and a boolean becomes an enum for their sake.
 */
#include "item.h"

#include "scalar.h"

#include <string.h>

static bool not_here(const struct item_context *context, const struct node *map,
                     const char *why)
{
    diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "invalid")->where,
                "'invalid' has no meaning here: %s", why);
    return false;
}

static bool is_earlier(const struct labels *labels, const struct label *label)
{
    for (size_t i = 0; i < labels->count; i++)
        if (labels->items[i].omit == label->omit &&
            (label->omit || strcmp(labels->items[i].json, label->json) == 0))
            return true;
    return false;
}

/* A raw or range, and the JSON value it stands for; NULL or a plain `omit`: none. */
static bool add_raw(const struct item_context *context, struct item *item,
                    const struct node *key, const struct node *value, size_t *capacity)
{
    struct label label = {.json = "null", .omit = true};
    if (!node_expect(context->diag, key, NODE_SCALAR, "an invalid raw value"))
        return false;
    if (value != NULL && !node_expect(context->diag, value, NODE_SCALAR,
                                      "what an invalid raw value stands for"))
        return false;
    label.omit = value == NULL || (!value->quoted && strcmp(value->text, "omit") == 0);
    if (!label.omit)
        label.json = scalar_json(context->diag, value);
    if (label.json == NULL ||
        !item_parse_label_key(context, item, key, RULE_INVALID_RAW, &label))
        return false;
    label.decode_only = is_earlier(item->invalid, &label);
    return item_insert_label(context, item->invalid, capacity, label, RULE_INVALID_RAW);
}

/* The labels of a boolean, for one whose other raws mean something. */
static void name_truth(const struct item_context *context, struct item *item)
{
    static const struct label truth[2] = {{.first = 0, .last = 0, .json = "false"},
                                          {.first = 1, .last = 1, .json = "true"}};
    struct labels *labels = arena_alloc(context->diag->arena, sizeof(*labels));
    size_t capacity = 0;
    labels->unknown = DGM_UNKNOWN_REFUSE;
    for (size_t i = 0; i < 2; i++)
        (void)item_insert_label(context, labels, &capacity, truth[i], RULE_INVALID_RAW);
    item->labels = labels;
}

static bool finish_bool(const struct item_context *context, struct item *item)
{
    bool fine = true;
    struct labels *labels = item->labels;
    size_t capacity = labels->count;
    for (size_t i = 0; i < item->invalid->count; i++)
        fine = item_insert_label(context, labels, &capacity, item->invalid->items[i],
                                 RULE_INVALID_RAW) &&
               fine;
    item->invalid = NULL;
    item->is_bool = false;
    item->show = DGM_SHOW_ENUM;
    return fine;
}

bool item_parse_invalid(const struct item_context *context, const struct node *map,
                        struct item *item)
{
    const struct node *node = node_get(map, "invalid");
    size_t capacity = 0, count;
    bool fine = true;
    if (node == NULL)
        return true;
    if (item->has_const || item->role != DGM_ROLE_NONE)
        return not_here(context, map,
                        item->has_const ? "a constant is no reading"
                                        : "the envelope needs its members");
    item->invalid = arena_alloc(context->diag->arena, sizeof(*item->invalid));
    count = node->kind == NODE_SCALAR ? 1 : node->count;
    for (size_t i = 0; i < count; i++) {
        const struct node *key = node->kind == NODE_SCALAR ? node
                                 : node->kind == NODE_MAP  ? node->keys[i]
                                                           : node->items[i];
        const struct node *value = node->kind == NODE_MAP ? node->items[i] : NULL;
        fine = add_raw(context, item, key, value, &capacity) && fine;
    }
    if (!fine || count > 0)
        return fine;
    diag_report(context->diag, RULE_BAD_VALUE, node->where,
                "'invalid' names no raw value");
    return false;
}

bool item_has_omission(const struct item *item)
{
    const struct labels *labels = item->labels != NULL ? item->labels : item->invalid;
    for (size_t i = 0; labels != NULL && i < labels->count; i++)
        if (labels->items[i].omit)
            return true;
    return false;
}

/* A number without a scale gets one that changes nothing, to keep its invalid raws. */
static void give_scaling(struct item *item)
{
    if (item->form == ITEM_FLOAT || item->is_piped)
        return;
    if (!item->scaling.given)
        item->scaling = (struct scaling_plan){true, 0, 1, 0, 1};
    if (item->show == DGM_SHOW_INT)
        item->show = DGM_SHOW_DECIMAL;
}

bool item_finish_invalid(const struct item_context *context, const struct node *map,
                         struct item *item)
{
    if (node_get(map, "invalid") == NULL)
        return true;
    if (item->is_bool) {
        name_truth(context, item);
        if (!finish_bool(context, item))
            return false;
    } else if (item->labels == NULL) {
        if (item->show == DGM_SHOW_HEX || item->show == DGM_SHOW_HEX_UPPER)
            return not_here(context, map, "hex shows raw bits");
        if (item->flags != NULL)
            return not_here(context, map, "flags show every bit");
        give_scaling(item);
    }
    const struct node *standing_in = node_key(map, "default");
    if (standing_in != NULL && item->name != NULL && item_has_omission(item))
        diag_report(context->diag, RULE_DEFAULT_BEATS_INVALID, standing_in->where,
                    "where 'invalid' leaves '%s' out, encoding writes the default",
                    item->name);
    if (item->repeat.kind == EXTENT_ONCE || !item_has_omission(item))
        return true;
    return not_here(context, map,
                    "an element of a list cannot be left out; give it null or a text");
}
