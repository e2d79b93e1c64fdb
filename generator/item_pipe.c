/* SPDX-License-Identifier: MIT */
/*
 * Numbers that a scaling of whole numbers does not suffice for: floats, curves, a scale
 * or offset that depends on earlier fields, and computed values with decimals.
 */
#include "item.h"

#include "scalar.h"

#include <string.h>

/* Is it an expression rather than a number? */
static bool is_expression(const struct node *node)
{
    struct exact number;
    if (node == NULL || node->kind != NODE_SCALAR ||
        exact_parse(node->text, node->length, false, &number))
        return false;
    for (size_t i = 0; i < node->length; i++)
        if ((node->text[i] >= 'a' && node->text[i] <= 'z') ||
            (node->text[i] >= 'A' && node->text[i] <= 'Z') || node->text[i] == '_')
            return true;
    return false;
}

bool item_wants_pipe(const struct node *map, const struct item *item)
{
    bool rounds = node_get(map, "decimals") != NULL || node_get(map, "ties") != NULL;
    if (item->form == ITEM_FLOAT)
        return true;
    if (item->form == ITEM_VALUE)
        return rounds;
    return node_get(map, "curve") != NULL || is_expression(node_get(map, "scale")) ||
           is_expression(node_get(map, "offset"));
}

/* A number that is no decimal is a quotient. */
static struct expr *constant(struct arena *arena, struct exact number,
                             struct location where)
{
    unsigned digits;
    if (exact_digits(number, &digits))
        return expr_constant(arena, number, where);
    struct expr *expr = arena_alloc(arena, sizeof(*expr));
    expr->kind = EXPR_OPERATION;
    expr->where = where;
    expr->code = DGM_CODE_DIV;
    expr->args[0] = expr_constant(arena, (struct exact){number.numerator, 1}, where);
    expr->args[1] = expr_constant(arena, (struct exact){number.denominator, 1}, where);
    expr->arg_count = 2;
    return expr;
}

static bool parse_factor(const struct item_context *context, const struct node *map,
                         const char *key, struct item *item, struct exact *ret_number,
                         struct expr **ret_expr)
{
    const struct node *node = node_get(map, key);
    const char *what = arena_format(context->diag->arena, "'%s'", key);
    if (node == NULL)
        return true;
    item->scale_where = node->where;
    if (is_expression(node)) {
        *ret_expr = expr_parse(context->diag, node, what);
        item->scale_depends = true;
        return *ret_expr != NULL;
    }
    if (!scalar_number(context->diag, node, what, ret_number))
        return false;
    *ret_expr = constant(context->diag->arena, *ret_number, node->where);
    return true;
}

static bool parse_curve(const struct item_context *context, const struct node *map,
                        struct item *item)
{
    const struct node *node = node_get(map, "curve");
    if (node == NULL)
        return true;
    const char *name = scalar_text(context->diag, node, "'curve'");
    if (name == NULL)
        return false;
    item->curve = curves_use(context->diag, context->curves, name, node->where);
    if (item->curve == NULL)
        return false;
    item->curve_index = item->curve->index;
    item->curve_where = node->where;
    return true;
}

bool item_parse_pipe(const struct item_context *context, const struct node *map,
                     struct item *item)
{
    static const char *const others[] = {"length_of", "role", "const"};
    for (size_t i = 0; item->form == ITEM_INTEGER && i < 3; i++) {
        if (node_get(map, others[i]) == NULL)
            continue;
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, others[i])->where,
                    "'%s' has no meaning beside a curve or a scale of other fields",
                    others[i]);
        return false;
    }
    item->is_scaled = node_get(map, "scale") != NULL || node_get(map, "offset") != NULL;
    if (!parse_factor(context, map, "scale", item, &item->scale, &item->scale_expr) ||
        !parse_factor(context, map, "offset", item, &item->offset, &item->offset_expr) ||
        !parse_curve(context, map, item))
        return false;
    if (exact_is_zero(item->scale)) {
        diag_report(context->diag, RULE_BAD_SCALE, item->scale_where,
                    "a scale of 0 loses the value");
        return false;
    }
    if (item->form != ITEM_FLOAT) {
        item->is_piped = true;
        item->show = DGM_SHOW_PIPE;
    }
    return true;
}
