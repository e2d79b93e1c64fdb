/* SPDX-License-Identifier: MIT */
/*
 * Items that one name means: of the cases of a switch, or under conditions, whichever is
 * there. One slot keeps its value, so they must be alike in all that expressions ask.
 */
#include "lower.h"

#include <string.h>

static bool may_be_absent(const struct item *item, const struct item *place)
{
    for (; item != NULL && !item_is_around(item, place); item = item->parent)
        if (item->when != NULL || item->optional || item->case_of != NULL)
            return true;
    return false;
}

/* What walks over the item more than once, and forgets its value in between. */
static const struct item *loop_around(const struct item *item)
{
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->repeat.kind != EXTENT_ONCE || item->loop != NULL)
            return item;
    return NULL;
}

/* The case of a tag loop that it stands in, or NULL. */
static const struct item *record_around(const struct item *item)
{
    while (item != NULL && item->case_of == NULL)
        item = item->parent;
    return item;
}

/* The other cases of the loop around the record, as far as they stand behind: an earlier
 * record may be of one of them. */
static void find_in_loop(struct profile_source *source, const struct message *message,
                         const struct item *record, const char *text,
                         struct item_list *ret)
{
    const struct item *loop = record->case_of->item;
    bool has_other = false;
    for (size_t i = 0; i < ret->count; i++)
        has_other = has_other || (item_is_around(loop, ret->items[i]) &&
                                  record_around(ret->items[i]) != record);
    for (size_t i = record->end_index + 1u; has_other && i <= loop->end_index; i++)
        if (item_has_name(source, message->flat.items[i], text))
            item_append(source->diag->arena, ret, message->flat.items[i]);
}

/* It stands for no value, as if it were not there. */
static bool is_null(const struct item *item)
{
    return item->form == ITEM_LITERAL && strcmp(item->literal, "null") == 0;
}

void twins_find(struct profile_source *source, const struct message *message,
                const struct item *place, size_t end, const char *text,
                struct item_list *ret)
{
    struct item *excluded = NULL;
    for (size_t i = end; i-- > 0;) {
        struct item *item = message->flat.items[i];
        if (!item_has_name(source, item, text) || item_is_around(item, place))
            continue;
        if (item_excludes(item, place) || is_null(item)) {
            excluded = excluded != NULL ? excluded : item;
            continue;
        }
        item_append(source->diag->arena, ret, item);
        if (!may_be_absent(item, place))
            break;
    }
    if (ret->count == 0 && excluded != NULL)
        item_append(source->diag->arena, ret, excluded);
    const struct item *record = ret->count > 0 ? record_around(place) : NULL;
    for (; record != NULL; record = record_around(record->parent))
        find_in_loop(source, message, record, text, ret);
}

static bool same_text(const char *left, const char *right)
{
    return left == right || (left != NULL && right != NULL && strcmp(left, right) == 0);
}

/* A group that no name before a point can mean. */
static bool is_nameless(const struct item *item)
{
    return item->name == NULL && item->label == NULL &&
           (item->local == NULL || item->local[0] == '(');
}

/* Does each name that means the one mean the other too? */
static bool same_names(const struct item *left, const struct item *right)
{
    bool same = left->role == right->role && left->service == right->service;
    while (same && left != NULL && right != NULL) {
        same = same_text(left->name, right->name) &&
               same_text(left->label, right->label) &&
               same_text(left->local, right->local);
        do
            left = left->parent;
        while (left != NULL && is_nameless(left));
        do
            right = right->parent;
        while (right != NULL && is_nameless(right));
    }
    return same && left == right;
}

/* What kind of value is it, for those whose kinds must agree? */
static const char *kind_of(const struct item *item)
{
    switch (item_type(item)) {
    case EXPR_TYPE_INTEGER:
    case EXPR_TYPE_DECIMAL:
    case EXPR_TYPE_FLOAT:
        return "a number";
    case EXPR_TYPE_BOOL:
        return "true or false";
    case EXPR_TYPE_LIST:
        return "a repetition";
    case EXPR_TYPE_OBJECT:
        return "an object";
    case EXPR_TYPE_BYTES:
        return "a text";
    default:
        return "a value";
    }
}

bool twins_check(struct profile_source *source, const char *text, struct location where,
                 const struct item *first, const struct item *other)
{
    struct diag *diag = source->diag;
    const char *one = kind_of(other), *two = kind_of(first);
    const char *line = diag_line(diag, where, other->name_where);
    if (strcmp(one, two) != 0) {
        diag_report(diag, RULE_EXPRESSION_TYPE, where,
                    "'%s' is %s in %s and %s in %s; give each a label", text, one, line,
                    two, diag_line(diag, where, first->name_where));
        return false;
    }
    if (same_names(first, other) && loop_around(first) == loop_around(other))
        return true;
    diag_report(diag, RULE_AMBIGUOUS_NAME, where,
                "'%s' can be that of %s or that of %s, which other names or loops keep "
                "apart; give each a label",
                text, line, diag_line(diag, where, first->name_where));
    return false;
}

bool twins_refuse(struct profile_source *source, const char *text, struct location where,
                  const struct item_list *found)
{
    struct diag *diag = source->diag;
    if (found->count < 2)
        return true;
    diag_report(diag, RULE_AMBIGUOUS_NAME, where,
                "'%s' can be that of %s or that of %s, and only one item can stand here",
                text, diag_line(diag, where, found->items[1]->name_where),
                diag_line(diag, where, found->items[0]->name_where));
    return false;
}

bool item_is_twin(const struct item *item, const struct item *other)
{
    const struct item *twin = item;
    do {
        if (twin == other)
            return true;
        twin = twin->twin;
    } while (twin != NULL && twin != item);
    return false;
}

/* Two rings become one. */
static void join(struct item *left, struct item *right)
{
    if (item_is_twin(left, right))
        return;
    struct item *next = left->twin != NULL ? left->twin : left;
    left->twin = right->twin != NULL ? right->twin : right;
    right->twin = next;
}

bool twins_join(struct profile_source *source, const char *text, struct location where,
                const struct item_list *found)
{
    for (size_t i = 1; i < found->count; i++) {
        if (!twins_check(source, text, where, found->items[0], found->items[i]))
            return false;
        join(found->items[0], found->items[i]);
    }
    return true;
}

enum expr_type twins_type(const struct item *item)
{
    enum expr_type type = item_type(item);
    const struct item *twin = item->twin;
    for (; twin != NULL && twin != item; twin = twin->twin) {
        enum expr_type other = item_type(twin);
        if (type == EXPR_TYPE_INTEGER || other == EXPR_TYPE_FLOAT)
            type = other;
    }
    return type;
}

bool twins_bounds(const struct item *item, struct exact *ret_low, struct exact *ret_high)
{
    struct exact low, high;
    if (!item_bounds(item, ret_low, ret_high))
        return false;
    const struct item *twin = item->twin;
    for (; twin != NULL && twin != item; twin = twin->twin) {
        if (!item_bounds(twin, &low, &high))
            return false;
        if (exact_compare(low, *ret_low) < 0)
            *ret_low = low;
        if (exact_compare(high, *ret_high) > 0)
            *ret_high = high;
    }
    return true;
}

static bool same_labels(const struct labels *left, const struct labels *right)
{
    if (left == right)
        return true;
    if (left == NULL || right == NULL || left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; i++) {
        const struct label *one = &left->items[i], *two = &right->items[i];
        if (one->first != two->first || one->last != two->last ||
            strcmp(one->json, two->json) != 0)
            return false;
    }
    return true;
}

const struct item *twins_other_labels(const struct item *item)
{
    const struct item *twin = item->twin;
    for (; twin != NULL && twin != item; twin = twin->twin)
        if (!same_labels(item->labels, twin->labels))
            return twin;
    return NULL;
}

uint16_t twins_slot(const struct item *item)
{
    const struct item *twin = item;
    do {
        if (twin->slot != DGM_NONE)
            return twin->slot;
        twin = twin->twin;
    } while (twin != NULL && twin != item);
    return DGM_NONE;
}

bool twins_are_placed(const struct item *item)
{
    const struct item *twin = item;
    do {
        if (twin->is_placed)
            return true;
        twin = twin->twin;
    } while (twin != NULL && twin != item);
    return false;
}
