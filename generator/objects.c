/* SPDX-License-Identifier: MIT */
/*
 * Objects that exist only because items say `to: Service.object`. Neighbours that go to
 * one object are put into a group for it, so that later stages see objects in one form.
 * Where members of one object stand apart, or in a tag loop, where each of them counts
 * where it comes last, a group would not do: they stay where they are and know their
 * object, which opens and closes in passes of its own (passes.c).
 */
#include "lower.h"

#include <string.h>

/* An object below a service, by the first item that goes there. */
struct known {
    const struct item *first;
    bool apart; /* a group would not do */
};

struct objects {
    struct diag *diag;
    struct message *message;
    struct known *items;
    size_t count, capacity;
    bool failed;
};

/* The name number `depth` in the path of the item's object; NULL: there are less. */
static const char *part_of(const struct item *item, unsigned depth, size_t *ret_length)
{
    const char *part = item->object;
    for (; depth > 0 && part != NULL; depth--) {
        part = strchr(part, '.');
        part = part != NULL ? part + 1 : NULL;
    }
    *ret_length = part != NULL ? strcspn(part, ".") : 0;
    return part;
}

static bool same_part(const struct item *left, const struct item *right, unsigned depth)
{
    size_t length, other_length;
    const char *part = part_of(left, depth, &length);
    const char *other = part_of(right, depth, &other_length);
    return part != NULL && other != NULL && left->service == right->service &&
           length == other_length && memcmp(part, other, length) == 0;
}

/* Nothing in it is a member: it may lie between members of an object. */
static bool is_neutral(const struct item *item)
{
    if (item->name != NULL || item->record != NULL || item->object != NULL)
        return false;
    for (size_t i = 0; i < item->fields.count; i++)
        if (!is_neutral(item->fields.items[i]))
            return false;
    return true;
}

static size_t run_end(const struct item_list *list, size_t start, size_t limit,
                      unsigned depth)
{
    size_t end = start + 1;
    for (size_t i = start + 1; i < limit; i++) {
        const struct item *item = list->items[i];
        if (item->object != NULL && same_part(list->items[start], item, depth))
            end = i + 1;
        else if (!is_neutral(item))
            break;
    }
    return end;
}

/* Do the members of each object inside stand together, too? */
static bool is_orderly(const struct item_list *list, size_t start, size_t end,
                       unsigned depth)
{
    size_t length;
    for (size_t i = start; i < end;) {
        const struct item *item = list->items[i];
        size_t next = i + 1;
        if (item->object != NULL && part_of(item, depth, &length) != NULL) {
            next = run_end(list, i, end, depth);
            for (size_t k = next; k < end; k++)
                if (list->items[k]->object != NULL &&
                    same_part(item, list->items[k], depth))
                    return false;
            if (!is_orderly(list, i, next, depth + 1))
                return false;
        }
        i = next;
    }
    return true;
}

static void too_many(struct objects *objects, const struct item *item)
{
    diag_report(objects->diag, RULE_TOO_LARGE, item->to_where,
                "the message has more than %d objects", DGM_MAX_MEMBERS);
    objects->failed = true;
}

static struct known *find_known(const struct objects *objects, const struct item *item)
{
    for (size_t i = 0; i < objects->count; i++)
        if (same_part(objects->items[i].first, item, 0))
            return &objects->items[i];
    return NULL;
}

static struct known *add_known(struct objects *objects, const struct item *item)
{
    if (objects->count == DGM_MAX_MEMBERS) {
        too_many(objects, item);
        return NULL;
    }
    /* What stands for the object keeps its path when that of the item is used up. */
    struct item *first = arena_alloc(objects->diag->arena, sizeof(*first));
    first->object = item->object;
    first->service = item->service;
    objects->items = arena_grow(objects->diag->arena, objects->items, objects->count,
                                &objects->capacity, sizeof(*objects->items));
    struct known *known = &objects->items[objects->count++];
    *known = (struct known){.first = first};
    return known;
}

/* Does the place call for a member that prints on its own? */
static bool is_single_place(const struct item *item)
{
    if (item->parent != NULL && item->parent->form == ITEM_BITS)
        return true;
    for (; item != NULL; item = item->parent)
        if (item->case_of != NULL)
            return true;
    return false;
}

static void note_run(struct objects *objects, const struct item_list *list, size_t start,
                     size_t end)
{
    struct item *item = list->items[start];
    struct known *known = find_known(objects, item);
    bool again = known != NULL;
    if (!again)
        known = add_known(objects, item);
    if (known != NULL && !known->apart)
        known->apart = again || is_single_place(item) || !is_orderly(list, start, end, 1);
}

static void note_list(struct objects *objects, const struct item_list *list)
{
    for (size_t i = 0; i < list->count && !objects->failed;) {
        const struct item *item = list->items[i];
        size_t end = i + 1;
        if (item->object != NULL) {
            end = run_end(list, i, list->count, 0);
            note_run(objects, list, i, end);
        } else if (item->name == NULL && item->record == NULL) {
            note_list(objects, &item->fields);
        }
        i = end;
    }
}

static bool is_inside(const struct item *object, const struct item *outer)
{
    while (object != NULL && object != outer)
        object = object->within;
    return object != NULL;
}

/* Objects stand in the order in which they print: behind the last one in `outer`. */
static void insert(struct objects *objects, struct item *object)
{
    struct item_list *list = &objects->message->objects;
    item_append(objects->diag->arena, list, object);
    size_t at = list->count - 1;
    while (object->within != NULL && !is_inside(list->items[at - 1], object->within)) {
        list->items[at] = list->items[at - 1];
        at--;
    }
    list->items[at] = object;
}

static struct item *object_in(struct objects *objects, const struct item *item,
                              struct item *outer, const char *name)
{
    const struct item_list *list = &objects->message->objects;
    for (size_t i = 0; i < list->count; i++) {
        struct item *object = list->items[i];
        if (object->within == outer && object->service == item->service &&
            strcmp(object->name, name) == 0)
            return object;
    }
    if (list->count == DGM_MAX_MEMBERS) {
        too_many(objects, item);
        return outer;
    }
    struct item *object = arena_alloc(objects->diag->arena, sizeof(*object));
    object->form = ITEM_GROUP;
    object->where = object->name_where = object->to_where = item->to_where;
    object->name = name;
    object->service = item->service;
    object->slot = object->member = object->row = DGM_NONE;
    object->within = outer;
    insert(objects, object);
    return object;
}

static struct item *object_of(struct objects *objects, const struct item *item)
{
    struct arena *arena = objects->diag->arena;
    struct item *object = NULL;
    size_t length;
    const char *part = part_of(item, 0, &length);
    for (unsigned depth = 1; part != NULL; depth++) {
        object = object_in(objects, item, object, arena_copy(arena, part, length));
        part = part_of(item, depth, &length);
    }
    return object;
}

/* The item, or each bit of a bit group, knows its object. */
static void set_within(struct objects *objects, struct item *item)
{
    struct item *object = object_of(objects, item);
    item->object = NULL;
    if (item->name != NULL)
        item->within = object;
    for (size_t i = 0; item->name == NULL && i < item->fields.count; i++)
        item->fields.items[i]->within = object;
}

static void wrap_list(struct arena *arena, struct item_list *list);

static struct item *object_group(struct arena *arena, const struct item_list *list,
                                 size_t start, size_t end)
{
    const struct item *first = list->items[start];
    struct item *group = arena_alloc(arena, sizeof(*group));
    size_t length;
    const char *name = part_of(first, 0, &length);
    group->form = ITEM_GROUP;
    group->where = first->to_where;
    group->name_where = first->to_where;
    group->name = arena_copy(arena, name, length);
    group->parent = first->parent;
    group->service = first->service;
    group->slot = group->member = group->row = DGM_NONE;
    for (size_t i = start; i < end; i++) {
        struct item *item = list->items[i];
        item->parent = group;
        if (item->object != NULL)
            item->object = part_of(item, 1, &length);
        item_append(arena, &group->fields, item);
    }
    wrap_list(arena, &group->fields);
    return group;
}

static void wrap_list(struct arena *arena, struct item_list *list)
{
    struct item_list wrapped = {NULL, 0, 0};
    for (size_t i = 0; i < list->count;) {
        struct item *item = list->items[i];
        size_t end = i + 1;
        if (item->object != NULL) {
            end = run_end(list, i, list->count, 0);
            item = object_group(arena, list, i, end);
        }
        item_append(arena, &wrapped, item);
        i = end;
    }
    *list = wrapped;
}

static void place_list(struct objects *objects, struct item_list *list)
{
    struct arena *arena = objects->diag->arena;
    struct item_list placed = {NULL, 0, 0};
    for (size_t i = 0; i < list->count && !objects->failed;) {
        struct item *item = list->items[i];
        size_t end = i + 1;
        if (item->object == NULL) {
            if (item->name == NULL && item->record == NULL)
                place_list(objects, &item->fields);
        } else if (find_known(objects, item)->apart) {
            set_within(objects, item);
        } else {
            end = run_end(list, i, list->count, 0);
            item = object_group(arena, list, i, end);
        }
        item_append(arena, &placed, item);
        i = end;
    }
    *list = placed;
}

/* A member that is called as an object whose members stand elsewhere. */
static void check_name(struct objects *objects, const struct item *item)
{
    for (size_t i = 0; i < objects->message->objects.count; i++) {
        const struct item *object = objects->message->objects.items[i];
        if (object->within != item->within || object->service != item->service ||
            strcmp(object->name, item->name) != 0)
            continue;
        diag_report(objects->diag, RULE_DUPLICATE_MEMBER, item->name_where,
                    "'%s' is the object that 'to' in %s names; members go into it by "
                    "'to' alone",
                    item->name,
                    diag_line(objects->diag, item->name_where, object->to_where));
        objects->failed = true;
        return;
    }
}

static void check_names(struct objects *objects, const struct item_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        if (item->record != NULL)
            continue;
        if (item->name != NULL)
            check_name(objects, item);
        else
            check_names(objects, &item->fields);
    }
}

bool objects_place(struct diag *diag, struct message *message)
{
    struct objects objects = {.diag = diag, .message = message};
    message->objects = (struct item_list){NULL, 0, 0};
    note_list(&objects, &message->items);
    if (!objects.failed)
        place_list(&objects, &message->items);
    if (!objects.failed)
        check_names(&objects, &message->items);
    for (size_t i = 0; i < message->objects.count; i++)
        message->objects.items[i]->order_index = (unsigned)i + 1;
    return !objects.failed;
}
