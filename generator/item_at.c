/* SPDX-License-Identifier: MIT */
/* Items that stand elsewhere, and the bytes that the running list passes over for them.
 */
#include "item.h"

#include "item_keys.h"
#include "scalar.h"

bool item_parse_at(const struct item_context *context, const struct node *map,
                   struct item *item)
{
    static const char *const others[] = {"repeat", "size", "optional", "collect"};
    const struct node *node = node_get(map, "at");
    struct diag *diag = context->diag;
    exact_int value;
    if (node == NULL && node_get(map, "again") != NULL) {
        diag_report(diag, RULE_KEY_NOT_HERE, node_key(map, "again")->where,
                    "'again' needs 'at', the place of what is read once more");
        return false;
    }
    if (node == NULL)
        return true;
    item->at_where = node->where;
    const struct node *again = node_get(map, "again");
    if (again != NULL && !scalar_bool(diag, again, "'again'", &item->is_again))
        return false;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (node_get(map, others[i]) == NULL)
            continue;
        diag_report(diag, RULE_KEY_NOT_HERE, node_key(map, others[i])->where,
                    "'%s' has no meaning beside 'at'; it may stand inside the group that "
                    "stands there",
                    others[i]);
        return false;
    }
    bool is_inside = context->in_bits;
    for (const struct item *outer = item->parent; outer != NULL; outer = outer->parent)
        is_inside = is_inside || outer->has_at;
    if (is_inside) {
        diag_report(diag, RULE_KEY_NOT_HERE, node_key(map, "at")->where,
                    "'at' belongs to the outermost part that stands elsewhere");
        return false;
    }
    if (!scalar_integer(diag, node, "'at'", -DGM_MAX_FRAME, DGM_MAX_FRAME, &value))
        return false;
    item->has_at = true;
    item->at = (int32_t)value;
    return true;
}

bool item_parse_skip(const struct item_context *context, const struct node *map,
                     struct item *item)
{
    const struct node *node = node_get(map, "skip");
    exact_int value;
    item->form = ITEM_BYTES;
    item->is_reserved = item->is_skip = true;
    item->show = DGM_SHOW_NONE;
    if (!item_check_form_keys(context, map, item) ||
        !scalar_integer(context->diag, node, "'skip'", 1, DGM_MAX_FRAME, &value))
        return false;
    if (context->in_bits) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "skip")->where,
                    "'skip' passes over whole bytes");
        return false;
    }
    item->size = (struct extent){
        .kind = EXTENT_FIXED, .count = (uint32_t)value, .where = item->where};
    return true;
}
