/* SPDX-License-Identifier: MIT */
/*
 * Parts of a frame with a size of their own: which earlier field tells the size, and may
 * so be filled in by the encoder when the part is written.
 */
#include "hook.h"
#include "lower.h"

/* A use of a size before the part that it is of has ended. */
struct search {
    const struct item *told;
    const struct expr *found;
};

static void look(struct expr *name, void *user)
{
    struct search *search = user;
    if (name->target == EXPR_TARGET_SLOT && item_is_twin(name->item, search->told))
        search->found = name;
}

static void look_in(struct search *search, struct expr *expr)
{
    if (expr != NULL)
        expr_each_name(expr, look, search);
}

static void look_at(struct search *search, const struct item *item)
{
    look_in(search, item->when);
    look_in(search, item->repeat.expr);
    look_in(search, item->size.expr);
    look_in(search, item->encode);
    if (item->sized_by != search->told)
        look_in(search, item->region.expr);
    if (item->needs_slot)
        look_in(search, item->value);
}

/* While the part is written its size is not known yet. */
static bool check_uses(struct profile_source *source, const struct message *message,
                       const struct item *part)
{
    struct search search = {part->sized_by, NULL};
    for (size_t i = part->sized_by->order_index + 1; i <= part->end_index; i++)
        look_at(&search, message->flat.items[i]);
    if (search.found == NULL)
        return true;
    diag_report(source->diag, RULE_NOT_ENCODABLE, search.found->where,
                "'%s' is filled in when the part that it counts is written; it cannot "
                "decide about anything before, or inside",
                item_title(part->sized_by));
    return false;
}

static const struct item *repetition_of(const struct item *item)
{
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->repeat.kind != EXTENT_ONCE)
            return item;
    return NULL;
}

static bool can_tell(const struct item *told, const struct item *part)
{
    bool in_stream = told->parent != NULL && told->parent->is_stream;
    return told->form == ITEM_INTEGER && !told->is_piped && !in_stream &&
           told->repeat.kind == EXTENT_ONCE &&
           (told->name != NULL || told->local != NULL) && !source_is_own(told) &&
           told->measures == NULL && told->join == NULL &&
           repetition_of(told) == repetition_of(part) &&
           hook_around(told) == hook_around(part);
}

static bool same(struct exact left, struct exact right)
{
    return exact_compare(left, right) == 0;
}

static void note_region(struct item *part)
{
    struct item *told;
    struct exact factor, shift;
    if (!expr_linear(part->region.expr, &told, &factor, &shift) || !can_tell(told, part))
        return;
    bool again = told->measures_region != NULL;
    if (again && !(same(told->factor, factor) && same(told->shift, shift)))
        return;
    told->measures_region = part;
    told->factor = factor;
    told->shift = shift;
    part->sized_by = told;
}

bool region_find_all(struct profile_source *source, struct message *message)
{
    bool fine = true;
    for (size_t i = 0; i < message->flat.count; i++) {
        struct item *item = message->flat.items[i];
        if (item->region.kind == EXTENT_EXPR)
            note_region(item);
        if (item->sized_by != NULL && message_encodes(message))
            fine = check_uses(source, message, item) && fine;
    }
    return fine;
}
