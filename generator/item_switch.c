/* SPDX-License-Identifier: MIT */
/*
 * `switch`: a hidden value keeps what is chosen by, and each case is a group that is
 * there when the value is the case's. What no case covers is the default's, or refused.
 */
#include "item.h"

#include "scalar.h"

#include <string.h>

/* Cases whose conditions one expression can hold: eight operations each. */
enum { CHAIN = 6 };

struct switching {
    const struct item_context *context; /* for what stands inside */
    struct item *item;                  /* the group */
    struct choice *choice;
    struct expr *none; /* true while no case of the chain holds */
    unsigned chained;
};

static struct expr *new_expr(struct switching *switching, enum expr_kind kind,
                             struct location where)
{
    struct expr *expr = arena_alloc(switching->context->diag->arena, sizeof(*expr));
    expr->kind = kind;
    expr->where = where;
    return expr;
}

static struct expr *operation(struct switching *switching, uint8_t code,
                              struct expr *left, struct expr *right)
{
    struct expr *expr = new_expr(switching, EXPR_OPERATION, left->where);
    expr->code = code;
    expr->args[0] = left;
    expr->args[1] = right;
    expr->arg_count = right != NULL ? 2 : 1;
    return expr;
}

static struct expr *name_of(struct switching *switching, const struct item *item,
                            struct location where)
{
    struct expr *expr = new_expr(switching, EXPR_NAME, where);
    expr->text = item->local;
    return expr;
}

static struct item *new_item(struct switching *switching, enum item_form form,
                             struct location where)
{
    struct arena *arena = switching->context->diag->arena;
    struct item *item = arena_alloc(arena, sizeof(*item));
    item->form = form;
    item->where = item->name_where = where;
    item->parent = switching->item;
    item->slot = item->member = item->service = item->row = DGM_NONE;
    item->to = switching->context->to;
    item->to_where = switching->context->to_where;
    item_append(arena, &switching->item->fields, item);
    return item;
}

static struct item *new_value(struct switching *switching, const char *what,
                              struct expr *value)
{
    struct item *item = new_item(switching, ITEM_VALUE, value->where);
    item->local = diag_hidden_name(switching->context->diag, what, value->where);
    item->value = value;
    item->show = DGM_SHOW_INT;
    return item;
}

/* selector == 3, selector in 4..9, or the selector itself for `true`. */
static struct expr *condition_of(struct switching *switching, const struct item *one,
                                 bool is_truth)
{
    struct arena *arena = switching->context->diag->arena;
    const struct item *selector = switching->choice->selector;
    struct expr *name = name_of(switching, selector, one->where);
    if (is_truth)
        return one->case_low != 0 ? name : operation(switching, DGM_CODE_NOT, name, NULL);
    struct exact first = {one->case_low, 1}, last = {one->case_high, 1};
    struct expr *low = expr_constant(arena, first, one->where);
    struct expr *high = expr_constant(arena, last, one->where);
    if (one->case_low == one->case_high)
        return operation(switching, DGM_CODE_EQ, name, low);
    struct expr *again = name_of(switching, selector, one->where);
    return operation(switching, DGM_CODE_AND,
                     operation(switching, DGM_CODE_GE, name, low),
                     operation(switching, DGM_CODE_LE, again, high));
}

static bool parse_case_value(struct switching *switching, const struct node *key,
                             struct item *one, bool *ret_truth)
{
    struct diag *diag = switching->context->diag;
    *ret_truth = !key->quoted &&
                 (strcmp(key->text, "true") == 0 || strcmp(key->text, "false") == 0);
    if (*ret_truth)
        one->case_low = one->case_high = key->text[0] == 't';
    else if (!scalar_range(diag, key, "a case", INT64_MIN, INT64_MAX, &one->case_low,
                           &one->case_high))
        return false;
    const struct item_list *cases = &switching->choice->cases;
    for (size_t i = 0; i < cases->count; i++) {
        const struct item *other = cases->items[i];
        if (other->case_high < one->case_low || one->case_high < other->case_low)
            continue;
        diag_report(diag, RULE_CASE_OVERLAP, key->where,
                    "the case of %s covers a value of this one already",
                    diag_line(diag, key->where, other->where));
        return false;
    }
    return true;
}

/* An item, or a list of them. */
static bool parse_body(struct switching *switching, struct node *body, struct item *one)
{
    struct node list = {.kind = NODE_LIST, .where = body->where, .count = 1};
    list.items = &body;
    return item_parse_list(switching->context, body->kind == NODE_MAP ? &list : body, one,
                           &one->fields);
}

/* The default's condition grows with each case; when it is long, a value keeps it. */
static void chain(struct switching *switching, const struct item *one, bool is_truth)
{
    struct expr *other =
        operation(switching, DGM_CODE_NOT, condition_of(switching, one, is_truth), NULL);
    if (switching->chained == CHAIN) {
        const struct item *kept = new_value(switching, "none", switching->none);
        switching->none = name_of(switching, kept, one->where);
        switching->chained = 0;
    }
    switching->none = switching->none == NULL
                          ? other
                          : operation(switching, DGM_CODE_AND, switching->none, other);
    switching->none->where = one->where;
    switching->chained++;
}

static bool parse_case(struct switching *switching, const struct node *key,
                       struct node *body)
{
    struct item *one = new_item(switching, ITEM_GROUP, key->where);
    bool is_truth;
    if (!parse_case_value(switching, key, one, &is_truth))
        return false;
    one->choice = switching->choice;
    one->when = condition_of(switching, one, is_truth);
    item_append(switching->context->diag->arena, &switching->choice->cases, one);
    bool fine = parse_body(switching, body, one);
    chain(switching, one, is_truth);
    return fine;
}

static bool parse_default(struct switching *switching, const struct node *map)
{
    struct node *body = node_get(map, "default");
    const struct node *selector = node_get(map, "switch");
    struct arena *arena = switching->context->diag->arena;
    bool refuses = body == NULL || (body->kind == NODE_SCALAR && !body->quoted &&
                                    strcmp(body->text, "refuse") == 0);
    struct item *one =
        new_item(switching, ITEM_GROUP, body != NULL ? body->where : selector->where);
    one->choice = switching->choice;
    one->is_default_case = true;
    one->when = switching->none;
    if (!refuses) {
        switching->choice->other = one;
        return parse_body(switching, body, one);
    }
    const char *text = arena_format(arena, "no case for this %s", selector->text);
    item_append(arena, &one->fields,
                item_new_refusal(switching->context, text, one->where, one));
    return true;
}

bool item_parse_switch(const struct item_context *context, const struct node *map,
                       struct item *item)
{
    struct item_context inner = *context;
    struct switching switching = {.context = &inner, .item = item};
    const struct node *cases = node_get(map, "cases");
    struct diag *diag = context->diag;
    inner.to = item->to;
    inner.to_where = item->to_where;
    inner.depth += 2;
    if (inner.depth > DGM_MAX_DEPTH - 2) {
        diag_report(diag, RULE_TOO_LARGE, item->where,
                    "groups are nested more than %d deep", DGM_MAX_DEPTH - 2);
        return false;
    }
    if (cases == NULL || (cases->kind == NODE_MAP && cases->count == 0)) {
        diag_report(diag, RULE_MISSING_KEY, item->where, "a switch needs 'cases'");
        return false;
    }
    struct expr *selector = expr_parse(diag, node_get(map, "switch"), "'switch'");
    if (selector == NULL || !node_expect(diag, cases, NODE_MAP, "'cases'"))
        return false;
    switching.choice = arena_alloc(diag->arena, sizeof(*switching.choice));
    switching.choice->where = node_key(map, "switch")->where;
    switching.choice->selector = new_value(&switching, "switch", selector);
    bool fine = true;
    for (size_t i = 0; i < cases->count; i++)
        fine = parse_case(&switching, cases->keys[i], cases->items[i]) && fine;
    return fine && parse_default(&switching, map);
}
