/* SPDX-License-Identifier: MIT */
/*
 * Parallel arrays: the rounds of a repetition without name give each array one element.
 * That is a tag loop without a tag, whose records all are of one case; a count becomes
 * the size of the part around it.
 */
#include "item.h"

#include <string.h>

/* Arrays of one repetition; the encoder has the same limit. */
enum { ARRAYS_MAX = 32 };

static bool collects(const struct node *fields)
{
    for (size_t i = 0; fields->kind == NODE_LIST && i < fields->count; i++) {
        const struct node *field = fields->items[i];
        const struct node *inner =
            field->kind == NODE_MAP ? node_get(field, "fields") : NULL;
        if (field->kind == NODE_MAP && node_get(field, "collect") != NULL)
            return true;
        if (inner != NULL && collects(inner))
            return true;
    }
    return false;
}

bool item_collects_rounds(const struct node *fields, const struct item *item)
{
    return item->repeat.kind != EXTENT_ONCE && item->name == NULL &&
           item->record == NULL && fields != NULL && collects(fields);
}

bool item_is_in_rounds(const struct item *item)
{
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->case_of != NULL && item->case_of->tag_count == 0)
            return true;
    return false;
}

static struct item *new_item(const struct item_context *context, enum item_form form,
                             struct item *parent)
{
    struct item *item = arena_alloc(context->diag->arena, sizeof(*item));
    item->form = form;
    item->where = item->name_where = parent->where;
    item->parent = parent;
    item->slot = item->member = item->service = item->row = DGM_NONE;
    item->to = parent->to;
    item->to_where = parent->to_where;
    item->scale = exact_from_int(1);
    item->offset = exact_from_int(0);
    item_append(context->diag->arena, &parent->fields, item);
    return item;
}

/* The loop, with one case that nothing has to choose. */
static struct item *new_loop(const struct item_context *context, struct item *item)
{
    struct arena *arena = context->diag->arena;
    struct tag_loop *loop = arena_alloc(arena, sizeof(*loop));
    loop->where = item->where;
    loop->align = 1;
    loop->size = item->region;
    loop->item = new_item(context, ITEM_TLV, item);
    loop->item->loop = loop;
    loop->chooser = new_item(context, ITEM_VALUE, loop->item);
    loop->chooser->local = diag_hidden_name(context->diag, "select", item->where);
    loop->chooser->value = expr_constant(arena, exact_from_int(0), item->where);
    loop->chooser->show = DGM_SHOW_INT;
    loop->chooser->chooses_in = loop;
    struct item *one = new_item(context, ITEM_GROUP, loop->item);
    one->case_of = loop;
    one->region = loop->size;
    loop->tags = arena_alloc(arena, sizeof(*loop->tags));
    loop->tags[0] = (struct tag_range){.item = one, .where = item->where};
    loop->tag_range_count = loop->tag_capacity = 1;
    return one;
}

/* Is it absent from some rounds? Then its array would have fewer elements. */
static bool is_conditional(const struct item *field)
{
    return field->when != NULL || field->optional || field->choice != NULL ||
           field->loop != NULL;
}

/* Nothing but arrays comes out of the rounds, and each round gives one element to each.
 */
static bool check_members(const struct item_context *context,
                          const struct item_list *list, bool always, unsigned *ret_count)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *field = list->items[i];
        bool is_always = always && !is_conditional(field);
        if (field->name != NULL && !field->collects) {
            diag_report(context->diag, RULE_KEY_NOT_HERE, field->name_where,
                        "'%s' stands in a repetition that collects, and does not",
                        field->name);
            return false;
        }
        if (field->name != NULL && !is_always) {
            diag_report(context->diag, RULE_KEY_NOT_HERE, field->name_where,
                        "'%s' is not there in each round, so its elements would not "
                        "stand beside those of other arrays",
                        field->name);
            return false;
        }
        *ret_count += field->name != NULL;
        if (field->name == NULL &&
            !check_members(context, &field->fields, is_always, ret_count))
            return false;
    }
    if (*ret_count <= ARRAYS_MAX)
        return true;
    diag_report(context->diag, RULE_TOO_LARGE, list->items[0]->where,
                "a repetition collects at most %d arrays", ARRAYS_MAX);
    return false;
}

static bool refuse(const struct item_context *context, const struct item *item,
                   const char *text)
{
    diag_report(context->diag, RULE_NOT_SUPPORTED, item->where, "%s", text);
    return false;
}

/* So many rounds are so many bytes. */
static bool set_size(const struct item_context *context, struct item *item,
                     const struct item *one)
{
    struct arena *arena = context->diag->arena;
    struct extent repeat = item->repeat;
    uint32_t stride = one->region.count;
    item->repeat = item->region = (struct extent){.kind = EXTENT_ONCE};
    if (repeat.kind == EXTENT_REST)
        return true;
    bool fixed =
        one->region.kind == EXTENT_FIXED ||
        (one->region.kind == EXTENT_ONCE && item_fixed_size(&one->fields, &stride));
    if (!fixed || stride == 0)
        return refuse(context, item,
                      "a count of rounds without a fixed size is not supported by this "
                      "version where they are collected");
    item->region = repeat;
    if (repeat.kind == EXTENT_FIXED) {
        if ((uint64_t)repeat.count * stride <= DGM_MAX_FRAME) {
            item->region.count *= stride;
            return true;
        }
        diag_report(context->diag, RULE_TOO_LARGE, repeat.where,
                    "the rounds are longer than any frame");
        return false;
    }
    struct expr *bytes = arena_alloc(arena, sizeof(*bytes));
    bytes->kind = EXPR_OPERATION;
    bytes->where = repeat.where;
    bytes->code = DGM_CODE_MUL;
    bytes->args[0] = repeat.expr;
    bytes->args[1] = expr_constant(arena, exact_from_int(stride), repeat.where);
    bytes->arg_count = 2;
    item->region.expr = bytes;
    return true;
}

bool item_parse_rounds(const struct item_context *context, const struct node *fields,
                       struct item *item)
{
    struct item_context inner = *context;
    unsigned count = 0;
    if (item->until.given)
        return refuse(context, item,
                      "'until' is not supported by this version where rounds are "
                      "collected");
    if (item_is_in_rounds(item)) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, item->where,
                    "rounds inside others give no one element to each array of those; "
                    "give this repetition a name");
        return false;
    }
    if (!item_check_loops(context, item->where))
        return false;
    inner.to = item->to;
    inner.to_where = item->to_where;
    inner.loops++;
    inner.tlv_in_object = context->in_object;
    inner.depth += 3;
    if (inner.depth > DGM_MAX_DEPTH - 2) {
        diag_report(context->diag, RULE_TOO_LARGE, item->where,
                    "groups are nested more than %d deep", DGM_MAX_DEPTH - 2);
        return false;
    }
    struct item *one = new_loop(context, item);
    return item_parse_list(&inner, fields, one, &one->fields) &&
           check_members(context, &one->fields, true, &count) &&
           set_size(context, item, one);
}
