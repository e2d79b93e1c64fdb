/* SPDX-License-Identifier: MIT */
/*
 * Lengths, counts and checksums of other items of the message, before or behind them:
 * which item it is, what the table keeps of it, and where the two are compared.
 */
#include "lower.h"

#include <string.h>

static const struct item *repetition_of(const struct item *item)
{
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->repeat.kind != EXTENT_ONCE)
            return item;
    return NULL;
}

static bool is_named(const struct item *item, const char *name)
{
    const char *const names[] = {item->name, item->local, item->label};
    for (unsigned i = 0; i < 3; i++)
        if (names[i] != NULL && strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* The innermost item that holds both, as how deep it stands. */
static unsigned depth_in_common(const struct item *left, const struct item *right)
{
    unsigned depth = 0;
    while (left != NULL && !item_is_around(left, right))
        left = left->parent;
    for (; left != NULL; left = left->parent)
        depth++;
    return depth;
}

static bool can_be_subject(const struct item *item, const struct item *teller)
{
    return item != teller && is_named(item, teller->subject_name) &&
           repetition_of(item) == repetition_of(teller) && !item_excludes(item, teller);
}

/* The nearest item of that name in the same repetition; `ret_other` is as near. */
static struct item *find_subject(const struct message *message, const struct item *teller,
                                 const struct item **ret_other)
{
    struct item *found = NULL;
    unsigned nearest = 0;
    for (size_t i = 0; i < message->flat.count; i++) {
        struct item *item = message->flat.items[i];
        if (!can_be_subject(item, teller))
            continue;
        unsigned depth = depth_in_common(item, teller);
        if (found != NULL && depth <= nearest) {
            *ret_other = depth == nearest ? item : *ret_other;
            continue;
        }
        found = item;
        nearest = depth;
        *ret_other = NULL;
    }
    return found;
}

static bool refuse(struct profile_source *source, const struct item *teller,
                   enum rule rule, const char *why)
{
    diag_report(source->diag, rule, teller->subject_where, "'%s': %s",
                teller->subject_name, why);
    return false;
}

bool agree_resolve(struct profile_source *source, struct message *message,
                   struct item *teller)
{
    if (teller->subject_name == NULL)
        return true;
    const struct item *other = NULL;
    struct item *subject = find_subject(message, teller, &other);
    if (subject == NULL)
        return refuse(source, teller, RULE_UNKNOWN_NAME,
                      "there is no such item in the same repetition");
    if (other != NULL)
        return refuse(
            source, teller, RULE_AMBIGUOUS_NAME,
            "several items have this name; tell of a group that is around all of them");
    bool counts = teller->length_of == LENGTH_COUNT;
    bool in_bits = subject->parent != NULL && subject->parent->form == ITEM_BITS;
    for (const struct item *outer = teller->parent; outer != NULL; outer = outer->parent)
        if (outer == subject)
            return refuse(source, teller, RULE_CHECKSUM_RANGE,
                          "it holds the item that tells of it");
    if (counts && subject->repeat.kind == EXTENT_ONCE)
        return refuse(source, teller, RULE_EXPRESSION_TYPE,
                      "only repetitions are counted");
    if (!counts && (in_bits || !item_on_wire(subject) || subject->is_skip))
        return refuse(source, teller, RULE_EXPRESSION_TYPE,
                      "it is no whole bytes in the running list");
    if (teller->has_at)
        return refuse(source, teller, RULE_NOT_SUPPORTED,
                      "what stands elsewhere does not tell of others in this version");
    teller->subject = subject;
    teller->needs_slot = true;
    subject->is_used = true;
    if (counts)
        subject->needs_slot = true;
    else
        subject->is_spanned = true;
    return true;
}

/* The rows that compare, behind the later of the two. */
void agree_plan(struct lowering *lowering, struct item *item)
{
    const struct item_list *flat = &lowering->message->flat;
    if (item->subject != NULL && item->subject->order_index < item->order_index)
        plan_add(lowering, DGM_OP_AGREE, item);
    for (size_t i = 0; i < item->order_index; i++)
        if (flat->items[i]->subject == item)
            plan_add(lowering, DGM_OP_AGREE, flat->items[i]);
}

void agree_fill(struct lowering *lowering, const struct item *teller, struct dgm_row *row)
{
    const struct item *subject = teller->subject;
    struct expr_code code = {.length = 0};
    row->slot = DGM_NONE;
    row->spec = teller->row;
    if (teller->form == ITEM_CHECK)
        return;
    bool counts = teller->length_of == LENGTH_COUNT;
    expr_code_operation(&code, DGM_CODE_SLOT, 0);
    expr_code_u16(&code, counts ? subject->slot : subject->span_slot);
    (void)expr_code_constant(&code, exact_from_int(0));
    expr_code_operation(&code, DGM_CODE_OR_ELSE, 2);
    row->expr =
        expr_code_finish(&code, lowering->builder, lowering->diag, teller->subject_where);
}
