/* SPDX-License-Identifier: MIT */
/* Enums: raw values and ranges of them that mean a text, a number or a truth value. */
#include "item.h"

#include "scalar.h"

#include <string.h>

static void append(struct arena *arena, struct labels *labels, size_t *capacity,
                   struct label label)
{
    labels->items =
        arena_grow(arena, labels->items, labels->count, capacity, sizeof(*labels->items));
    labels->items[labels->count++] = label;
}

/* A hex number above the signed range names a bit pattern. */
static exact_int signed_pattern(const struct item *item, const struct node *key,
                                exact_int value)
{
    exact_int span = (exact_int)1 << item->width;
    bool hex = strstr(key->text, "0x") != NULL;
    return item->is_signed && hex && value >= span / 2 && value < span ? value - span
                                                                       : value;
}

/* `true` and `false` are 1 and 0. */
static bool is_truth(const struct node *key)
{
    return !key->quoted &&
           (strcmp(key->text, "true") == 0 || strcmp(key->text, "false") == 0);
}

/* Words that others have for `else`. */
static bool means_else(const struct node *key)
{
    static const char *const words[] = {"default", "other",   "others", "otherwise",
                                        "rest",    "unknown", "_",      "*"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(key->text, words[i]) == 0)
            return true;
    return false;
}

bool item_parse_label_key(const struct item_context *context, const struct item *item,
                          const struct node *key, enum rule rule, struct label *ret)
{
    if (is_truth(key)) {
        ret->first = ret->last = key->text[0] == 't';
        ret->where = key->where;
        return true;
    }
    const char *what = rule == RULE_ENUM_KEY ? "an enum key" : "an invalid raw value";
    const exact_int lowest = -((exact_int)1 << 64), highest = (exact_int)1 << 64;
    exact_int low = item_raw_low(item), high = item_raw_high(item);
    if (rule == RULE_ENUM_KEY && means_else(key)) {
        diag_report(context->diag, rule, key->where,
                    "all other values have the key 'else', not '%s'", key->text);
        return false;
    }
    if (item_is_digit_pattern(item, key))
        return item_parse_digit_pattern(context, item, key, rule, ret);
    if (!scalar_range(context->diag, key, what, lowest, highest, &ret->first, &ret->last))
        return false;
    ret->first = ret->first == lowest ? low : signed_pattern(item, key, ret->first);
    ret->last = ret->last == highest ? high : signed_pattern(item, key, ret->last);
    ret->where = key->where;
    if (ret->first >= low && ret->last <= high && ret->first <= ret->last)
        return true;
    diag_report(context->diag, rule, key->where,
                "the %s '%s' is beyond the %u %s bits of the field",
                rule == RULE_ENUM_KEY ? "key" : "raw value", key->text, item->width,
                item->is_signed ? "signed" : "unsigned");
    return false;
}

bool item_insert_label(const struct item_context *context, struct labels *labels,
                       size_t *capacity, struct label label, enum rule rule)
{
    size_t at = labels->count;
    while (at > 0 && labels->items[at - 1].first > label.last)
        at--;
    if (at > 0 && labels->items[at - 1].last >= label.first) {
        diag_report(context->diag, rule, label.where,
                    "this key and that of %s share a raw value",
                    diag_line(context->diag, label.where, labels->items[at - 1].where));
        return false;
    }
    append(context->diag->arena, labels, capacity, label);
    for (size_t i = labels->count - 1; i > at; i--)
        labels->items[i] = labels->items[i - 1];
    labels->items[at] = label;
    return true;
}

/* Raws in no key mean the label of `else`. */
static void fill_gaps(const struct item_context *context, const struct item *item,
                      struct labels *labels, struct label label)
{
    struct labels filled = {.unknown = labels->unknown};
    size_t capacity = 0;
    exact_int next = item_raw_low(item), high = item_raw_high(item);
    label.decode_only = true;
    for (size_t i = 0; i <= labels->count; i++) {
        exact_int end = i < labels->count ? labels->items[i].first - 1 : high;
        label.first = next;
        label.last = end;
        if (next <= end)
            append(context->diag->arena, &filled, &capacity, label);
        if (i < labels->count) {
            append(context->diag->arena, &filled, &capacity, labels->items[i]);
            next = labels->items[i].last + 1;
        }
    }
    *labels = filled;
}

static bool is_earlier_text(const struct labels *labels, const char *json)
{
    for (size_t i = 0; i < labels->count; i++)
        if (strcmp(labels->items[i].json, json) == 0)
            return true;
    return false;
}

static bool parse_labels(const struct item_context *context, const struct node *map,
                         const struct item *item, struct labels *labels)
{
    bool fine = true, has_else = false;
    struct label rest = {.json = NULL};
    size_t capacity = 0;
    for (size_t i = 0; i < map->count; i++) {
        struct label label = {.where = map->keys[i]->where};
        label.json = scalar_json(context->diag, map->items[i]);
        if (label.json == NULL || map->items[i]->kind != NODE_SCALAR) {
            fine = node_expect(context->diag, map->items[i], NODE_SCALAR, "a label") &&
                   false;
            continue;
        }
        if (strcmp(map->keys[i]->text, "else") == 0) {
            has_else = true;
            rest = label;
            continue;
        }
        label.decode_only = is_earlier_text(labels, label.json);
        fine = item_parse_label_key(context, item, map->keys[i], RULE_ENUM_KEY, &label) &&
               item_insert_label(context, labels, &capacity, label, RULE_ENUM_KEY) &&
               fine;
    }
    for (size_t i = 0; item->invalid != NULL && i < item->invalid->count; i++)
        fine = item_insert_label(context, labels, &capacity, item->invalid->items[i],
                                 RULE_INVALID_RAW) &&
               fine;
    if (fine && has_else)
        fill_gaps(context, item, labels, rest);
    return fine;
}

/* The mapping itself, or the one it names. */
static const struct node *find_map(const struct item_context *context,
                                   const struct node *node)
{
    if (node->kind != NODE_SCALAR)
        return node;
    const struct node *map =
        context->enums != NULL ? node_get(context->enums, node->text) : NULL;
    if (map != NULL)
        return map;
    size_t count = context->enums != NULL ? context->enums->count : 0;
    const char **names = arena_array(context->diag->arena, count + 1, sizeof(*names));
    for (size_t i = 0; i < count; i++)
        names[i] = context->enums->keys[i]->text;
    const char *near = diag_nearest(node->text, names, count);
    diag_report(context->diag, RULE_UNKNOWN_ENUM, node->where,
                "there is no enum '%s'%s%s%s", node->text, near ? "; did you mean '" : "",
                near ? near : "", near ? "'?" : "");
    diag_fix_nearest(context->diag, node->where, node->text, names, count);
    return NULL;
}

static bool map_is_of_truth(const struct node *map)
{
    return map->count > 0 && is_truth(map->keys[0]);
}

/* Labels of a truth value are for both, and for nothing else. */
static bool check_truth(const struct item_context *context, const struct node *map,
                        const struct item *item)
{
    bool fits = item->is_bool || item->form == ITEM_VALUE;
    for (size_t i = 0; i < map->count && fits; i++)
        fits = is_truth(map->keys[i]);
    if (fits)
        return true;
    diag_report(context->diag, RULE_ENUM_KEY, map->where,
                "the labels of a truth value have the keys 'true' and 'false'");
    return false;
}

bool item_parse_enum(const struct item_context *context, const struct node *node,
                     const struct node *unknown, struct item *item)
{
    static const char *const words[] = {"omit", "number", "refuse"};
    struct labels *labels = arena_alloc(context->diag->arena, sizeof(*labels));
    if (unknown != NULL) {
        int word = scalar_word(context->diag, unknown, "'unknown'", words, 3);
        if (word < 0)
            return false;
        labels->unknown = (uint8_t)word;
    }
    const struct node *map = find_map(context, node);
    if (map == NULL || !node_expect(context->diag, map, NODE_MAP, "'enum'"))
        return false;
    if (map->count == 0) {
        diag_report(context->diag, RULE_BAD_VALUE, map->where, "the enum has no key");
        return false;
    }
    if (item->is_bool || map_is_of_truth(map)) {
        labels->of_truth = true;
        labels->unknown = unknown != NULL ? labels->unknown : DGM_UNKNOWN_REFUSE;
        if (!check_truth(context, map, item))
            return false;
        item->is_bool = false;
    }
    item->show = DGM_SHOW_ENUM;
    bool fine = parse_labels(context, map, item, labels);
    item->labels = labels;
    item->invalid = NULL;
    return fine;
}
