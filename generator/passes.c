/* SPDX-License-Identifier: MIT */
/*
 * What prints in which pass over the frame. A service prints in one piece, services in
 * order of first mention. As long as that is the order of the wire, one pass does; a
 * service that begins before the one ahead of it has ended waits for the next pass.
 * Likewise an object whose members stand apart: behind the plain members of what it is
 * in, which stays open meanwhile.
 */
#include "lower.h"

enum { MAX_PASSES = 200 };

/* Members of one service that print together: its own, those of an object whose members
 * stand apart, or those of one record item. */
struct run {
    uint16_t service;
    struct item *object;       /* or NULL */
    unsigned mention;          /* place of the first member of the service */
    struct item *record;       /* or NULL */
    struct item *first, *last; /* what its brackets stand before and behind */
    uint8_t pass;
};

struct run_list {
    struct run *items;
    size_t count, capacity;
};

/* The outermost part around the member that cannot be divided by a bracket. */
static struct item *anchor_of(struct item *item)
{
    struct item *anchor = item;
    for (struct item *outer = item->parent; outer != NULL; outer = outer->parent)
        if (outer->form == ITEM_BITS || outer->form == ITEM_TLV ||
            outer->repeat.kind != EXTENT_ONCE)
            anchor = outer;
    return anchor;
}

static bool is_inside(const struct item *item, const struct item *outer)
{
    return outer == NULL || (item->order_index >= outer->order_index &&
                             item->order_index <= outer->end_index);
}

/* The ancestor of the item, or itself, that stands directly in `outer`. */
static struct item *child_of(struct item *item, const struct item *outer)
{
    while (item->parent != outer)
        item = item->parent;
    return item;
}

/* Widen the run so that it holds the member, both ends in one list. */
static void extend(struct run *run, struct item *anchor)
{
    const struct item *outer = run->first->parent;
    while (!is_inside(anchor, outer))
        outer = outer->parent;
    run->first = child_of(run->first, outer);
    run->last = child_of(run->last, outer);
    struct item *child = child_of(anchor, outer);
    if (child->order_index > run->last->order_index)
        run->last = child;
}

/* What is no record has one run. */
static struct run *find_run(struct run_list *runs, const struct item *item)
{
    for (size_t i = 0; i < runs->count; i++)
        if (runs->items[i].service == item->service &&
            runs->items[i].object == item->within && runs->items[i].record == NULL)
            return &runs->items[i];
    return NULL;
}

/* Place of the first member of the service. */
static unsigned mention_of(const struct run_list *runs, const struct item *item)
{
    for (size_t i = 0; i < runs->count; i++)
        if (runs->items[i].service == item->service)
            return runs->items[i].mention;
    return item->order_index;
}

static void add_run(struct lowering *lowering, struct run_list *runs, struct item *item)
{
    unsigned mention = mention_of(runs, item);
    runs->items = arena_grow(lowering->diag->arena, runs->items, runs->count,
                             &runs->capacity, sizeof(*runs->items));
    struct item *anchor = item->record != NULL ? item : anchor_of(item);
    runs->items[runs->count++] =
        (struct run){.service = item->service,
                     .object = item->within,
                     .mention = mention,
                     .record = item->record != NULL ? item : NULL,
                     .first = anchor,
                     .last = anchor};
}

static void collect(struct lowering *lowering, struct run_list *runs,
                    const struct item_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct item *item = list->items[i];
        if (item->record != NULL) {
            lowering->has_records = true;
            add_run(lowering, runs, item);
        } else if (item->name != NULL) {
            struct run *run = find_run(runs, item);
            if (run != NULL)
                extend(run, anchor_of(item));
            else
                add_run(lowering, runs, item);
        } else {
            collect(lowering, runs, &item->fields);
        }
    }
}

/* By first mention of the service; within it its own members, then those of its objects,
 * then its records. */
static bool stands_before(const struct run *left, const struct run *right)
{
    if (left->mention != right->mention)
        return left->mention < right->mention;
    if ((left->record != NULL) != (right->record != NULL))
        return left->record == NULL;
    unsigned object = left->object != NULL ? left->object->order_index : 0;
    unsigned other = right->object != NULL ? right->object->order_index : 0;
    if (object != other)
        return object < other;
    return left->first->order_index < right->first->order_index;
}

static void sort_runs(struct run_list *runs)
{
    for (size_t i = 1; i < runs->count; i++) {
        struct run run = runs->items[i];
        size_t at = i;
        while (at > 0 && stands_before(&run, &runs->items[at - 1])) {
            runs->items[at] = runs->items[at - 1];
            at--;
        }
        runs->items[at] = run;
    }
}

static void set_pass(struct item *item, uint8_t pass)
{
    item->pass = pass;
    for (size_t i = 0; i < item->fields.count; i++)
        set_pass(item->fields.items[i], pass);
}

/* The members themselves, by the service they belong to. */
static void set_member_passes(const struct item_list *list, const struct run *run)
{
    for (size_t i = 0; i < list->count; i++) {
        struct item *item = list->items[i];
        if (item->record == NULL && item->name == NULL)
            set_member_passes(&item->fields, run);
        else if (item->record == NULL && item->service == run->service &&
                 item->within == run->object)
            set_pass(item, run->pass);
    }
}

/* Where objects open and close, no condition may keep that from happening. */
static void widen(struct run *run)
{
    if (run->record != NULL)
        return;
    run->first = child_of(run->first, NULL);
    run->last = child_of(run->last, NULL);
}

static void add_bracket(struct arena *arena, struct bracket **list, const struct run *run,
                        struct item *object)
{
    struct bracket *bracket = arena_alloc(arena, sizeof(*bracket));
    *bracket = (struct bracket){run->service, object, run->pass, *list};
    *list = bracket;
}

/* Do the two have the service open between them? */
static bool are_together(const struct run *run, const struct run *other)
{
    return other != NULL && other->record == NULL && run->service == other->service;
}

static bool is_around(const struct item *object, const struct run *run)
{
    const struct item *inner = run->object;
    while (inner != NULL && inner != object)
        inner = inner->within;
    return inner != NULL;
}

/* What the one before has not opened. Added in front: the innermost object first. */
static void open_run(struct arena *arena, const struct run *run, const struct run *before)
{
    bool together = are_together(run, before);
    struct item *object = run->object;
    for (; object != NULL && !(together && is_around(object, before));
         object = object->within)
        add_bracket(arena, &run->first->opens, run, object);
    if (!together)
        add_bracket(arena, &run->first->opens, run, NULL);
}

/* The objects of the run from the outermost one on, as far as the one behind has not got
 * them. */
static void close_objects(struct arena *arena, const struct run *run, struct item *object,
                          const struct run *behind)
{
    if (object == NULL || (behind != NULL && is_around(object, behind)))
        return;
    close_objects(arena, run, object->within, behind);
    add_bracket(arena, &run->last->closes, run, object);
}

static void close_run(struct arena *arena, const struct run *run,
                      const struct run *behind)
{
    bool together = are_together(run, behind);
    if (!together)
        add_bracket(arena, &run->last->closes, run, NULL);
    close_objects(arena, run, run->object, together ? behind : NULL);
}

static bool assign(struct lowering *lowering, struct run_list *runs)
{
    unsigned pass = 1;
    for (size_t i = 0; i < runs->count; i++) {
        struct run *run = &runs->items[i];
        if (i > 0 && run->first->order_index <= runs->items[i - 1].last->end_index)
            pass++;
        if (pass > MAX_PASSES) {
            diag_report(lowering->diag, RULE_TOO_LARGE, lowering->message->where,
                        "the members are in such disorder that more than %d passes over "
                        "the frame would be needed",
                        MAX_PASSES);
            return false;
        }
        run->pass = (uint8_t)pass;
        if (run->record != NULL) {
            set_pass(run->record, run->pass);
            continue;
        }
        set_member_passes(&lowering->message->items, run);
    }
    lowering->passes = pass;
    return true;
}

static void add_brackets(struct arena *arena, const struct run_list *runs)
{
    for (size_t i = 0; i < runs->count; i++) {
        const struct run *run = &runs->items[i];
        if (run->record != NULL)
            continue;
        open_run(arena, run, i > 0 ? run - 1 : NULL);
        close_run(arena, run, i + 1 < runs->count ? run + 1 : NULL);
    }
}

static bool is_in_record(const struct item *item)
{
    for (; item != NULL; item = item->parent)
        if (item->record != NULL)
            return true;
    return false;
}

/* Envelope members print before the first service: are they read in time? */
static bool needs_prepass(const struct lowering *lowering, const struct run_list *runs)
{
    if (runs->count == 0)
        return false;
    unsigned opens = runs->items[0].first->order_index;
    /* The first record closes inside its item, a service behind its last member. */
    unsigned closes =
        runs->items[0].record != NULL ? opens : runs->items[0].last->end_index;
    const struct item_list *flat = &lowering->message->flat;
    for (size_t i = 0; i < flat->count; i++) {
        const struct item *item = flat->items[i];
        if (item->role == DGM_ROLE_NONE || is_in_record(item))
            continue;
        unsigned limit = item->role == DGM_ROLE_EVENT_TIME ? closes : opens;
        if (item->order_index > limit)
            return true;
    }
    return false;
}

bool pass_assign(struct lowering *lowering)
{
    struct run_list runs = {NULL, 0, 0};
    collect(lowering, &runs, &lowering->message->items);
    sort_runs(&runs);
    for (size_t i = 0; lowering->message->objects.count > 0 && i < runs.count; i++)
        widen(&runs.items[i]);
    if (!assign(lowering, &runs))
        return false;
    add_brackets(lowering->diag->arena, &runs);
    lowering->prepass = needs_prepass(lowering, &runs);
    return true;
}
