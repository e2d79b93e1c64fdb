/* SPDX-License-Identifier: MIT */
/* Repetitions that end before a mark, and values that are differences to the one before.
 */
#include "item.h"

#include "language.h"
#include "scalar.h"

static bool parse_mark(const struct item_context *context, const struct node *map,
                       struct item *item)
{
    const struct node *type = node_get(map, "type"), *constant = node_get(map, "const");
    struct item mark = {.where = map->where};
    exact_int value;
    if (!node_expect(context->diag, map, NODE_MAP, "'until'") ||
        !language_check_keys(context->diag, map, PLACE_UNTIL))
        return false;
    if (type == NULL || constant == NULL) {
        diag_report(context->diag, RULE_MISSING_KEY, map->where,
                    "'until' needs 'const' and 'type': the mark that ends the "
                    "repetition");
        return false;
    }
    if (!item_parse_type(context, type, &mark))
        return false;
    if (mark.form != ITEM_INTEGER || mark.is_bool) {
        diag_report(context->diag, RULE_BAD_TYPE, type->where, "the mark is an integer");
        return false;
    }
    if (!item_parse_raw(context, constant, "'const'", &mark, &value))
        return false;
    uint64_t mask = mark.width >= 64 ? UINT64_MAX : ((uint64_t)1 << mark.width) - 1;
    item->until =
        (struct until){true, mark.width, mark.order, (uint64_t)value & mask, map->where};
    return true;
}

bool item_parse_until(const struct item_context *context, const struct node *map,
                      struct item *item)
{
    const struct node *node = node_get(map, "until");
    if (node == NULL)
        return true;
    if (item->repeat.kind != EXTENT_REST || item->region.kind != EXTENT_ONCE) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "until")->where,
                    "'until' ends a 'repeat: rest' without a size");
        return false;
    }
    return parse_mark(context, node, item);
}

/* Records of a tag loop are no series. */
static bool is_in_repeat(const struct item *item)
{
    for (; item != NULL && item->case_of == NULL; item = item->parent)
        if (item->repeat.kind != EXTENT_ONCE)
            return true;
    return item != NULL && item->case_of->tag_count == 0;
}

bool item_parse_delta(const struct item_context *context, const struct node *map,
                      struct item *item)
{
    const struct node *node = node_get(map, "delta");
    if (node == NULL)
        return true;
    item->delta_where = node_key(map, "delta")->where;
    bool plain =
        item->show == DGM_SHOW_INT || item->show == DGM_SHOW_DECIMAL || item->is_time;
    const char *wrong = !plain || item->is_bool ? "the value is no plain number"
                        : !is_in_repeat(item)   ? "it does not stand in a repetition"
                        : item->join != NULL    ? "a join is no series"
                        : item->scaling.given && item->scaling.div != 1
                            ? "values that are rounded do not add up"
                            : NULL;
    if (wrong != NULL) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, item->delta_where,
                    "'delta' has no meaning here: %s", wrong);
        return false;
    }
    item->delta = expr_parse(context->diag, node, "'delta'");
    item->series |= SERIES_PREVIOUS;
    if (item->scaling.given)
        return item->delta != NULL;
    item->scaling = (struct scaling_plan){true, 0, 1, 0, 1};
    if (!item->is_time)
        item->show = DGM_SHOW_DECIMAL;
    return item->delta != NULL;
}
