/* SPDX-License-Identifier: MIT */
/*
 * Objects of one name in several cases of a tag loop. Of those in a frame the last one
 * counts, as a whole, which where they have other members is seldom what is meant.
 */
#include "lower.h"

#include <string.h>

/* The names of an object's members, through groups without a name. */
static void gather_names(struct arena *arena, const struct item_list *list,
                         struct item_list *ret)
{
    for (size_t i = 0; i < list->count; i++) {
        struct item *item = list->items[i];
        if (item->name != NULL)
            item_append(arena, ret, item);
        else
            gather_names(arena, &item->fields, ret);
    }
}

static bool has_name(const struct item_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i]->name, name) == 0)
            return true;
    return false;
}

static bool has_all(const struct item_list *list, const struct item_list *wanted)
{
    for (size_t i = 0; i < wanted->count; i++)
        if (!has_name(list, wanted->items[i]->name))
            return false;
    return true;
}

static bool same_members(struct arena *arena, const struct item *left,
                         const struct item *right)
{
    struct item_list names = {NULL, 0, 0}, others = {NULL, 0, 0};
    gather_names(arena, &left->fields, &names);
    gather_names(arena, &right->fields, &others);
    return has_all(&names, &others) && has_all(&others, &names);
}

static const struct item *case_around(const struct item *item)
{
    while (item != NULL && item->case_of == NULL)
        item = item->parent;
    return item;
}

static bool is_object(const struct item *item)
{
    bool is_group = item->form == ITEM_GROUP || item->form == ITEM_BITS;
    return is_group && !item_is_list(item) && !item->is_tuple && item->format == NULL &&
           item->naming == NULL;
}

/* Objects in the cases of tag loops, of those that stand beside plain members. */
static void gather_objects(struct arena *arena, const struct item_list *list,
                           struct item_list *ret)
{
    for (size_t i = 0; i < list->count; i++) {
        struct item *item = list->items[i];
        if (item->record != NULL)
            continue;
        if (item->name == NULL)
            gather_objects(arena, &item->fields, ret);
        else if (is_object(item) && case_around(item) != NULL)
            item_append(arena, ret, item);
    }
}

static bool replaces(const struct item *item, const struct item *earlier)
{
    return case_around(item) != case_around(earlier) &&
           item->service == earlier->service && item->within == earlier->within &&
           strcmp(item->name, earlier->name) == 0;
}

/* The first of those before number `end` that the item replaces, or NULL. */
static const struct item *find_earlier(const struct item_list *objects, size_t end)
{
    for (size_t i = 0; i < end; i++)
        if (replaces(objects->items[end], objects->items[i]))
            return objects->items[i];
    return NULL;
}

void replaced_lint(struct profile_source *source, const struct message *message)
{
    struct diag *diag = source->diag;
    struct item_list objects = {NULL, 0, 0};
    gather_objects(diag->arena, &message->items, &objects);
    for (size_t i = 0; i < objects.count; i++) {
        const struct item *item = objects.items[i];
        const struct item *earlier = find_earlier(&objects, i);
        if (earlier == NULL || same_members(diag->arena, item, earlier))
            continue;
        diag_report(diag, RULE_OBJECT_REPLACED, item->name_where,
                    "of '%s' here and in %s the one that comes last replaces the other; "
                    "members that say 'to' come into one object",
                    item->name, diag_line(diag, item->name_where, earlier->name_where));
    }
}
