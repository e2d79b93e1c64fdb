/* SPDX-License-Identifier: MIT */
/* `valid` and `outside`: the range that values keep to, and what becomes of others. */
#include "item.h"

#include "scalar.h"

#include <string.h>

static bool not_here(const struct item_context *context, const struct node *map,
                     const char *key, const char *why)
{
    diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, key)->where,
                "'%s' has no meaning here: %s", key, why);
    return false;
}

static bool parse_end(const char *text, size_t length, bool *ret_given, struct exact *ret)
{
    *ret_given = length > 0;
    return length == 0 || exact_parse(text, length, false, ret);
}

/* -40..85, 0..100.5, ..9.5: ends are values, not raw numbers. */
static bool parse_range(struct diag *diag, const struct node *node, struct valid *ret)
{
    if (!node_expect(diag, node, NODE_SCALAR, "'valid'"))
        return false;
    const char *dots = node->quoted ? NULL : strstr(node->text, "..");
    size_t before = dots != NULL ? (size_t)(dots - node->text) : 0;
    bool fine =
        dots != NULL && node->length > 2 &&
        parse_end(node->text, before, &ret->has_low, &ret->low) &&
        parse_end(dots + 2, node->length - before - 2, &ret->has_high, &ret->high);
    if (fine && ret->has_low && ret->has_high)
        fine = exact_compare(ret->low, ret->high) <= 0;
    if (!fine)
        diag_report(diag, RULE_EXPECTED_RANGE, node->where,
                    "'valid' is a range of values such as -40..85, 0..100.5 or 5..");
    return fine;
}

static const char *number_text(struct arena *arena, struct exact number)
{
    char text[96];
    return arena_copy(arena, text, exact_text(number, text, sizeof(text)));
}

/* An end that no raw value reaches says nothing. */
static bool check_reach(struct diag *diag, const struct item *item)
{
    const struct valid *valid = &item->valid;
    struct exact low, high;
    if (item->form != ITEM_INTEGER || !item_wire_bounds(item, &low, &high))
        return true;
    if ((valid->has_low && exact_compare(valid->low, high) > 0) ||
        (valid->has_high && exact_compare(valid->high, low) < 0)) {
        diag_report(diag, RULE_BAD_VALUE, valid->where,
                    "the field carries %s to %s, and 'valid' lets none of it pass",
                    number_text(diag->arena, low), number_text(diag->arena, high));
        return false;
    }
    bool beyond = (valid->has_low && exact_compare(valid->low, low) < 0) ||
                  (valid->has_high && exact_compare(valid->high, high) > 0);
    if (beyond)
        diag_report(diag, RULE_VALID_RANGE, valid->where,
                    "the field carries %s to %s, 'valid' allows more",
                    number_text(diag->arena, low), number_text(diag->arena, high));
    return true;
}

static bool is_number(const struct item *item)
{
    bool shown = item->show == DGM_SHOW_INT || item->show == DGM_SHOW_DECIMAL ||
                 item->show == DGM_SHOW_PIPE;
    if (item->form == ITEM_FLOAT)
        return true;
    return shown && !item->is_bool && !item->is_time && !item->has_const &&
           item->role == DGM_ROLE_NONE;
}

bool item_parse_valid(const struct item_context *context, const struct node *map,
                      struct item *item)
{
    static const char *const words[] = {"omit", "null", "clamp", "warn", "refuse"};
    const struct node *node = node_get(map, "valid"), *outside = node_get(map, "outside");
    if (node == NULL)
        return outside == NULL ||
               not_here(context, map, "outside", "the item has no 'valid'");
    if (!is_number(item))
        return not_here(context, map, "valid", "the value is no plain number");
    item->valid.where = node->where;
    item->valid.outside = DGM_OUTSIDE_OMIT;
    if (!parse_range(context->diag, node, &item->valid))
        return false;
    if (outside != NULL) {
        int word = scalar_word(context->diag, outside, "'outside'", words, 5);
        if (word < 0)
            return false;
        item->valid.outside = (uint8_t)(DGM_OUTSIDE_OMIT + word);
    }
    if (item->valid.outside == DGM_OUTSIDE_OMIT && item->repeat.kind != EXTENT_ONCE)
        return not_here(context, map, "valid",
                        "an element of a list cannot be left out; add 'outside: null' "
                        "or another policy");
    return check_reach(context->diag, item);
}
