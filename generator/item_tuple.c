/* SPDX-License-Identifier: MIT */
/*
 * `as: array` of a group: its members form an array, each at its place. The names then
 * are for expressions and errors alone.
 */
#include "item.h"

#include "scalar.h"

#include <string.h>

static bool refuse(const struct item_context *context, const struct node *map,
                   const char *key, const char *why)
{
    diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, key)->where, "%s", why);
    return false;
}

bool item_parse_tuple(const struct item_context *context, const struct node *map,
                      struct item *item)
{
    static const char *const words[] = {"array"};
    const struct node *as = node_get(map, "as");
    if (as == NULL)
        return true;
    if (scalar_word(context->diag, as, "'as' of a group", words, 1) < 0)
        return false;
    if (item->name == NULL)
        return refuse(context, map, "as", "an array needs a name");
    if (node_get(map, "format") != NULL)
        return refuse(context, map, "format", "an array has no 'format'");
    item->is_tuple = true;
    return true;
}

/* Each element is there, once, whatever the frame holds: else the others would move. */
bool item_check_place(const struct item_context *context, const struct node *map,
                      const struct node *form, struct item *item)
{
    static const char *const others[] = {"when", "optional", "collect"};
    bool is_structure =
        strcmp(form->text, "switch") == 0 || strcmp(form->text, "tlv") == 0;
    bool is_group = strcmp(form->text, "fields") == 0 || strcmp(form->text, "use") == 0;
    if (!context->in_tuple)
        return true;
    if (is_structure)
        return refuse(context, map, form->text,
                      "an array with places has the same items in every frame");
    item->has_place = item->name != NULL;
    if (item->has_place && item->naming != NULL)
        return refuse(context, map, "name", "the name of a place cannot be computed");
    if (is_group && item->name == NULL && item->repeat.kind != EXTENT_ONCE)
        return refuse(context, map, "repeat", "what repeats in an array needs a name");
    if ((is_group || strcmp(form->text, "bits") == 0) && node_get(map, "invalid") != NULL)
        return refuse(context, map, "invalid",
                      "a group without a reading would leave its place; give its fields "
                      "'invalid' of their own");
    bool holds = item->has_place || is_group || strcmp(form->text, "bits") == 0;
    for (size_t i = 0; holds && i < sizeof(others) / sizeof(others[0]); i++)
        if (node_get(map, others[i]) != NULL)
            return refuse(context, map, others[i],
                          "an array with places has each of them in every frame");
    return true;
}

static bool has_places(const struct item_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->has_place || has_places(&list->items[i]->fields))
            return true;
    return false;
}

bool item_finish_tuple(const struct item_context *context, const struct node *map,
                       const struct item *item)
{
    return !item->is_tuple || has_places(&item->fields) ||
           refuse(context, map, "as", "nothing in the group has a place in the array");
}

void item_enter_group(struct item_context *context, const struct item *item)
{
    if (item->name == NULL && item->record == NULL)
        return;
    context->in_object = true;
    context->in_tuple = item->is_tuple;
}
