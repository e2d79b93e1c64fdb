/* SPDX-License-Identifier: MIT */
/* Constants of the wire: one, or any of a list; and what fills reserved parts. */
#include "item.h"

#include "scalar.h"

#include <string.h>

enum { MAX_CONSTANTS = 256 };

bool item_parse_raw(const struct item_context *context, const struct node *node,
                    const char *what, const struct item *item, exact_int *ret)
{
    const exact_int low = item_raw_low(item), high = item_raw_high(item);
    exact_int value, span = (exact_int)1 << item->width;
    if (!scalar_integer(context->diag, node, what, -((exact_int)1 << 64),
                        (exact_int)1 << 64, &value))
        return false;
    if (item_is_digit_pattern(item, node)) {
        diag_report(context->diag, RULE_BAD_VALUE, node->where,
                    "%s of digits is a number; write it in decimal", what);
        return false;
    }
    if (item->is_signed && value > high && value < span &&
        strncmp(node->text, "0x", 2) == 0)
        value -= span;
    if (value < low || value > high) {
        diag_report(context->diag, RULE_CONST_WIDTH, node->where,
                    "%s %s does not fit %u %s bits", what, node->text, item->width,
                    item->is_signed ? "signed" : "unsigned");
        return false;
    }
    *ret = value;
    return true;
}

static bool has_constant(const struct item *item, exact_int value)
{
    if (item->constants == NULL)
        return item->constant == value;
    for (size_t i = 0; i < item->constant_count; i++)
        if (item->constants[i] == value)
            return true;
    return false;
}

bool item_constants_meet(const struct item *left, const struct item *right)
{
    if (left->constants == NULL)
        return has_constant(right, left->constant);
    for (size_t i = 0; i < left->constant_count; i++)
        if (has_constant(right, left->constants[i]))
            return true;
    return false;
}

/* Any of them; encoding writes the first. */
static bool parse_list(const struct item_context *context, const struct node *list,
                       struct item *item)
{
    struct diag *diag = context->diag;
    if (list->count == 0 || list->count > MAX_CONSTANTS) {
        diag_report(diag, RULE_BAD_VALUE, list->where,
                    "a list of constants has 1 to %d of them", MAX_CONSTANTS);
        return false;
    }
    item->constants = arena_array(diag->arena, list->count, sizeof(exact_int));
    for (size_t i = 0; i < list->count; i++) {
        exact_int value;
        if (!item_parse_raw(context, list->items[i], "'const'", item, &value))
            return false;
        if (i > 0 && has_constant(item, value)) {
            diag_report(diag, RULE_BAD_VALUE, list->items[i]->where,
                        "'const' lists %s twice", list->items[i]->text);
            return false;
        }
        item->constants[item->constant_count++] = value;
    }
    item->constant = item->constants[0];
    return true;
}

bool item_parse_constant(const struct item_context *context, const struct node *map,
                         struct item *item)
{
    const char *what = item->is_reserved ? "'fill'" : "'const'";
    const struct node *node = node_get(map, item->is_reserved ? "fill" : "const");
    if (node == NULL)
        return true;
    if (item->form == ITEM_BYTES) {
        item->has_const = !item->is_reserved; /* see item_expand_constant() */
        return true;
    }
    item->has_const = !item->is_reserved;
    if (node->kind == NODE_LIST && item->has_const)
        return parse_list(context, node, item);
    return item_parse_raw(context, node, what, item, &item->constant);
}
