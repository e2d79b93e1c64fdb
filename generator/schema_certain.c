/* SPDX-License-Identifier: MIT */
/*
 * Has an item a value wherever it is there? Only what is sure counts: a value that could
 * be missing, or that its policy leaves out, is not.
 */
#include "schema.h"

static bool expr_is_certain(const struct schema *schema, const struct expr *expr,
                            const struct item *place);

static bool is_conditional(const struct item *item)
{
    return item->when != NULL || item->optional || item->silent != SILENT_NOT ||
           item->repeat.kind != EXTENT_ONCE || item->form == ITEM_TLV ||
           item->case_of != NULL;
}

static bool is_around(const struct item *outer, const struct item *item)
{
    for (; item != NULL; item = item->parent)
        if (item == outer)
            return true;
    return false;
}

/* Is the earlier item there, with a value, whenever `place` is? */
static bool slot_is_certain(const struct schema *schema, const struct item *item,
                            const struct item *place)
{
    if (item == NULL || item->twin != NULL || item->invalid != NULL ||
        (item->valid.outside == DGM_OUTSIDE_NULL && schema_can_be_outside(item)))
        return false; /* what stands for no reading is missing to others */
    for (const struct item *outer = item; outer != NULL; outer = outer->parent)
        if (is_conditional(outer) && !is_around(outer, place))
            return false;
    return item->form != ITEM_GROUP && item->form != ITEM_BITS &&
           schema_is_certain(schema, item);
}

static bool name_is_certain(const struct schema *schema, const struct expr *expr,
                            const struct item *place)
{
    if (expr->target == EXPR_TARGET_SLOT)
        return slot_is_certain(schema, expr->item, place);
    return expr->target == EXPR_TARGET_INPUT &&
           (expr->code == DGM_CODE_INDEX || expr->code == DGM_CODE_FRAME_LENGTH ||
            expr->code == DGM_CODE_LEFT);
}

static bool are_certain(const struct schema *schema, const struct expr *expr,
                        unsigned first, const struct item *place)
{
    for (unsigned i = first; i < expr->arg_count; i++)
        if (!expr_is_certain(schema, expr->args[i], place))
            return false;
    return true;
}

static bool operation_is_certain(const struct schema *schema, const struct expr *expr,
                                 const struct item *place)
{
    struct exact divisor;
    switch (expr->code) {
    case DGM_CODE_HAS:
    case DGM_CODE_AND:
    case DGM_CODE_OR:
    case DGM_CODE_EQ:
    case DGM_CODE_NE:
    case DGM_CODE_LT:
    case DGM_CODE_LE:
    case DGM_CODE_GT:
    case DGM_CODE_GE:
        return true; /* with something missing they are false */
    case DGM_CODE_OR_ELSE:
        return expr_is_certain(schema, expr->args[0], place) ||
               expr_is_certain(schema, expr->args[1], place);
    case DGM_CODE_DIV:
    case DGM_CODE_FLOOR_DIV:
    case DGM_CODE_MOD:
        return expr->args[0]->type != EXPR_TYPE_FLOAT &&
               expr_value(expr->args[1], &divisor) && !exact_is_zero(divisor) &&
               expr_is_certain(schema, expr->args[0], place);
    case DGM_CODE_NOT:
    case DGM_CODE_NEG:
    case DGM_CODE_ADD:
    case DGM_CODE_SUB:
    case DGM_CODE_MUL:
    case DGM_CODE_MIN:
    case DGM_CODE_MAX:
    case DGM_CODE_ABS:
    case DGM_CODE_SIGN:
    case DGM_CODE_FLOOR:
    case DGM_CODE_CEIL:
    case DGM_CODE_ROUND:
    case DGM_CODE_BIT_AND:
    case DGM_CODE_BIT_OR:
    case DGM_CODE_BIT_XOR:
    case DGM_CODE_ONES:
        return expr->type != EXPR_TYPE_FLOAT && are_certain(schema, expr, 0, place);
    default:
        return false;
    }
}

static bool expr_is_certain(const struct schema *schema, const struct expr *expr,
                            const struct item *place)
{
    switch (expr->kind) {
    case EXPR_NUMBER:
    case EXPR_BOOL:
        return true;
    case EXPR_NAME:
        return name_is_certain(schema, expr, place);
    case EXPR_OPERATION:
        return operation_is_certain(schema, expr, place);
    default:
        return false;
    }
}

static bool has_omission(const struct labels *labels)
{
    for (size_t i = 0; labels != NULL && i < labels->count; i++)
        if (labels->items[i].omit)
            return true;
    return false;
}

/* Do the labels, which ascend, leave no raw value out? */
static bool labels_cover(const struct item *item)
{
    const struct labels *labels = item->labels;
    exact_int next = item_raw_low(item), high = item_raw_high(item);
    if (labels->unknown != DGM_UNKNOWN_OMIT)
        return true;
    if (item->form != ITEM_INTEGER || item->digits.given)
        return false;
    for (size_t i = 0; i < labels->count && labels->items[i].first <= next; i++)
        next = labels->items[i].last + 1;
    return next > high;
}

/* What `valid` and labels leave out; null is a value. */
static bool policy_is_certain(const struct item *item)
{
    if (item->valid.outside == DGM_OUTSIDE_OMIT && schema_can_be_outside(item))
        return false;
    if (item->labels != NULL)
        return !has_omission(item->labels) && labels_cover(item);
    return item->is_together || !has_omission(item->invalid);
}

static bool pipe_is_certain(const struct schema *schema, const struct item *item)
{
    const struct expr *parts[2] = {item->scale_expr, item->offset_expr};
    for (unsigned i = 0; i < 2; i++)
        if (parts[i] != NULL && (parts[i]->type == EXPR_TYPE_FLOAT ||
                                 !expr_is_certain(schema, parts[i], item)))
            return false;
    return true;
}

static bool is_moderate(struct exact number)
{
    const struct exact most = {(exact_int)1 << 100, 1};
    const struct exact least = {-most.numerator, 1};
    return exact_compare(number, most) < 0 && exact_compare(least, number) < 0;
}

/* What a small format holds stays finite under a scale that is a number. */
static bool float_is_certain(const struct schema *schema, const struct item *item)
{
    enum { SINGLE_EXPONENT = 8 };
    bool is_special = (item->float_format.flags & DGM_FLOAT_SPECIAL) != 0;
    bool calculates = item->scale_expr != NULL || item->offset_expr != NULL;
    if (is_special && !schema->message->wire.reject_limits)
        return false;
    if (item->curve != NULL || item->scale_depends)
        return false;
    return !calculates || (item->float_format.exponent <= SINGLE_EXPONENT &&
                           is_moderate(item->scale) && is_moderate(item->offset));
}

static bool moment_is_certain(const struct schema *schema, const struct item *item)
{
    for (unsigned i = 0; i < DGM_MOMENT_PARTS; i++) {
        const struct item *part = item->moment->parts[i];
        if (part != NULL && !slot_is_certain(schema, part, item))
            return false;
    }
    return true;
}

static bool value_is_certain(const struct schema *schema, const struct item *item)
{
    struct exact from;
    if (item->moment != NULL)
        return moment_is_certain(schema, item);
    if (item->is_echo)
        return item->echo_to == NULL && expr_value(item->echo_from, &from) &&
               exact_is_zero(from);
    bool rounds_float = item->value->type == EXPR_TYPE_FLOAT;
    return !rounds_float && expr_is_certain(schema, item->value, item);
}

/* A part that is null is no value, and the text has none without it. */
static bool text_is_certain(const struct schema *schema, const struct item *item)
{
    for (size_t i = 0; i + 1 < item->format->count; i++) {
        const struct item *part = item->format->parts[i].item;
        bool can_be_null = false;
        for (size_t k = 0; part->labels != NULL && k < part->labels->count; k++)
            can_be_null = can_be_null || part->labels->items[k].json[0] == 'n';
        if (can_be_null || !slot_is_certain(schema, part, item))
            return false;
    }
    return true;
}

static bool find_out(const struct schema *schema, const struct item *item)
{
    if (item->format != NULL)
        return text_is_certain(schema, item);
    switch (item->form) {
    case ITEM_INTEGER:
        return policy_is_certain(item) && pipe_is_certain(schema, item) &&
               (item->delta == NULL || expr_is_certain(schema, item->delta, item));
    case ITEM_FLOAT:
        return policy_is_certain(item) && float_is_certain(schema, item);
    case ITEM_VALUE:
        return policy_is_certain(item) && value_is_certain(schema, item);
    case ITEM_BYTES:
    case ITEM_LITERAL:
        return true;
    default:
        return false;
    }
}

/* Values may be made of values: each is looked at once. */
bool schema_is_certain(const struct schema *schema, const struct item *item)
{
    uint8_t *known = &schema->certain[item->order_index];
    if (*known == 0)
        *known = find_out(schema, item) ? 2 : 1;
    return *known == 2;
}
