/* SPDX-License-Identifier: MIT */
/* The number pipeline of an item: constants, scale, enum, time, rendering, default. */
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

static bool parse_number_key(const struct item_context *context, const struct node *map,
                             const char *key, struct exact *ret)
{
    const struct node *node = node_get(map, key);
    if (node == NULL)
        return true;
    const char *what = arena_format(context->diag->arena, "'%s'", key);
    return scalar_number(context->diag, node, what, ret);
}

static exact_int gcd(exact_int left, exact_int right)
{
    while (right != 0) {
        exact_int rest = left % right;
        left = right;
        right = rest;
    }
    return left;
}

static bool fits_i64(exact_int value)
{
    return value >= INT64_MIN && value <= INT64_MAX;
}

/* Do all raws keep raw * mul + add within 127 bits? */
static bool is_carried(const struct item *item)
{
    const exact_int raws[2] = {item_raw_low(item), item_raw_high(item)};
    for (unsigned i = 0; i < 2; i++) {
        exact_int value;
        if (__builtin_mul_overflow(raws[i], (exact_int)item->scaling.mul, &value) ||
            __builtin_add_overflow(value, (exact_int)item->scaling.add, &value))
            return false;
    }
    return true;
}

static bool scaled_exact(struct exact value, unsigned digits, struct exact *ret)
{
    *ret = value;
    for (unsigned i = 0; i < digits; i++)
        if (!exact_mul(*ret, exact_from_int(10), ret))
            return false;
    return true;
}

/* value = (raw * mul + add) / div / 10^digits; div is 1 where decimals suffice. */
static bool plan_scaling(struct item *item, unsigned digits)
{
    struct exact scale, offset;
    struct scaling_plan *plan = &item->scaling;
    if (!scaled_exact(item->scale, digits, &scale) ||
        !scaled_exact(item->offset, digits, &offset))
        return false;
    exact_int common = scale.denominator / gcd(scale.denominator, offset.denominator);
    exact_int div, mul, add;
    if (__builtin_mul_overflow(common, offset.denominator, &div) ||
        __builtin_mul_overflow(scale.numerator, div / scale.denominator, &mul) ||
        __builtin_mul_overflow(offset.numerator, div / offset.denominator, &add) ||
        !fits_i64(mul) || !fits_i64(add) || !fits_i64(div))
        return false;
    *plan =
        (struct scaling_plan){true, digits, (int64_t)mul, (int64_t)add, (uint64_t)div};
    return is_carried(item);
}

static bool natural_digits(const struct item *item, unsigned *ret)
{
    unsigned scale, offset;
    if (!exact_digits(item->scale, &scale) || !exact_digits(item->offset, &offset))
        return false;
    *ret = scale > offset ? scale : offset;
    return true;
}

static bool set_scaling(const struct item_context *context, struct item *item)
{
    unsigned digits = 0;
    if (exact_is_zero(item->scale)) {
        diag_report(context->diag, RULE_BAD_SCALE, item->scale_where,
                    "a scale of 0 loses the value");
        return false;
    }
    bool finite = natural_digits(item, &digits);
    if (!finite && !item->has_decimals) {
        diag_report(context->diag, RULE_NEEDS_DECIMALS, item->scale_where,
                    "the value has endless decimals; say with 'decimals' how many to "
                    "print");
        return false;
    }
    if (!finite || (item->has_decimals && item->decimals < digits))
        digits = item->decimals;
    if (!plan_scaling(item, digits)) {
        diag_report(context->diag, RULE_BAD_SCALE, item->scale_where,
                    "scale and offset are too large or too fine for %u bits",
                    item->width);
        return false;
    }
    item->show = DGM_SHOW_DECIMAL;
    return true;
}

static bool parse_decimals(const struct item_context *context, const struct node *map,
                           struct item *item)
{
    static const char *const ties[] = {"away", "even"};
    const struct node *node = node_get(map, "decimals");
    exact_int value;
    if (node != NULL) {
        if (!scalar_integer(context->diag, node, "'decimals'", 0, DGM_MAX_DIGITS, &value))
            return false;
        item->has_decimals = true;
        item->decimals = (unsigned)value;
    }
    node = node_get(map, "ties");
    if (node == NULL)
        return true;
    int word = scalar_word(context->diag, node, "'ties'", ties, 2);
    item->ties_even = word == 1;
    return word >= 0;
}

static bool parse_scale(const struct item_context *context, const struct node *map,
                        struct item *item)
{
    const struct node *node = node_get(map, "scale");
    bool is_piped = item_wants_pipe(map, item);
    if (node == NULL)
        node = node_get(map, "offset");
    if (node == NULL)
        node = node_get(map, "curve");
    if (node == NULL && !is_piped) {
        const char *keys[] = {"decimals", "ties"};
        for (unsigned i = 0; i < 2; i++)
            if (node_get(map, keys[i]) != NULL)
                return not_here(context, map, keys[i], "the value has no scale");
        return true;
    }
    if (item->is_bool || node_get(map, "enum") != NULL || item->flags != NULL ||
        node_get(map, "time") != NULL)
        return not_here(context, map,
                        node_get(map, "scale") != NULL    ? "scale"
                        : node_get(map, "offset") != NULL ? "offset"
                        : node_get(map, "curve") != NULL  ? "curve"
                                                          : "decimals",
                        "the value is no plain number");
    if (is_piped)
        return parse_decimals(context, map, item) && item_parse_pipe(context, map, item);
    item->is_scaled = true;
    item->scale_where = node->where;
    if (!parse_decimals(context, map, item) ||
        !parse_number_key(context, map, "scale", &item->scale) ||
        !parse_number_key(context, map, "offset", &item->offset))
        return false;
    return set_scaling(context, item);
}

static bool parse_number_as(const struct item_context *context, const struct node *map,
                            const struct node *node, struct item *item)
{
    static const char *const words[] = {"text", "hex", "HEX", "binary"};
    int word = scalar_word(context->diag, node, "'as'", words, 4);
    if (word < 0)
        return false;
    if (item->is_bool || item->labels != NULL || item->flags != NULL)
        return not_here(context, map, "as", "the value is no plain number");
    if (item->form == ITEM_FLOAT && word != 0)
        return not_here(context, map, "as", "a float is shown as a number or as text");
    if (word == 0) {
        item->quoted = true;
        return true;
    }
    if (item->is_scaled || item->is_piped || item->form == ITEM_VALUE)
        return not_here(context, map, "as", "hex shows raw bits");
    if (item->digits.given)
        return not_here(context, map, "as", "digits have no other bits; use 'digits'");
    item->show = word == 1   ? DGM_SHOW_HEX
                 : word == 2 ? DGM_SHOW_HEX_UPPER
                             : DGM_SHOW_BINARY;
    return true;
}

static bool parse_as(const struct item_context *context, const struct node *map,
                     struct item *item)
{
    const struct node *node = node_get(map, "as");
    if (item->form == ITEM_BYTES || item->is_echo)
        return item_parse_bytes_as(context, map, node, item);
    if (item->separator != NULL)
        return not_here(context, map, "separator", "it is for bytes");
    if (node == NULL)
        return true;
    return item->is_time ? item_parse_time_as(context, node, item)
                         : parse_number_as(context, map, node, item);
}

/* What a JSON value must look like for the item: its first letter tells. */
static bool default_fits(const struct item *item, const char *json)
{
    bool text = json[0] == '"';
    bool number = json[0] == '-' || (json[0] >= '0' && json[0] <= '9');
    if (item->labels != NULL) {
        for (size_t i = 0; i < item->labels->count; i++)
            if (!item->labels->items[i].omit &&
                strcmp(item->labels->items[i].json, json) == 0)
                return true;
        return false;
    }
    if (item->flags != NULL)
        return false;
    if (item->is_bool)
        return json[0] == 't' || json[0] == 'f';
    if (item->show == DGM_SHOW_BYTES_ARRAY)
        return false;
    bool wants_text = item_is_text(item);
    return wants_text ? text : number;
}

static bool parse_default(const struct item_context *context, const struct node *map,
                          struct item *item)
{
    const struct node *node = node_get(map, "default");
    if (node == NULL || node_get(map, "format") != NULL)
        return true; /* of a composed text it is the text's own */
    if (!node_expect(context->diag, node, NODE_SCALAR, "'default'"))
        return false;
    item->default_json = scalar_json(context->diag, node);
    item->default_where = node->where;
    if (item->default_json == NULL)
        return false;
    if (item->role == DGM_ROLE_EVENT_TIME)
        return item_parse_default_time(context, node, item);
    if (default_fits(item, item->default_json))
        return true;
    diag_report(context->diag, RULE_BAD_VALUE, node->where,
                "'default' is %s, which is no value of this item", item->default_json);
    return false;
}

bool item_parse_inexact(const struct item_context *context, const struct node *map,
                        struct item *item)
{
    static const char *const words[] = {"nearest", "refuse"};
    const struct node *node = node_get(map, "inexact");
    item->exact_only = context->exact_only;
    if (node == NULL)
        return true;
    int word = scalar_word(context->diag, node, "'inexact'", words, 2);
    item->exact_only = word == 1;
    return word >= 0;
}

bool item_parse_pipeline(const struct item_context *context, const struct node *map,
                         struct item *item)
{
    const struct node *labels = node_get(map, "enum");
    item->scale = exact_from_int(1);
    item->offset = exact_from_int(0);
    if (!item_parse_constant(context, map, item) ||
        !item_parse_inexact(context, map, item))
        return false;
    if (!item_parse_invalid(context, map, item))
        return false;
    if (labels != NULL &&
        !item_parse_enum(context, labels, node_get(map, "unknown"), item))
        return false;
    bool has_flags = node_get(map, "flags") != NULL;
    if (labels == NULL && !has_flags && node_get(map, "unknown") != NULL)
        return not_here(context, map, "unknown", "the item has no enum");
    return item_parse_flags(context, map, item) && parse_scale(context, map, item) &&
           item_parse_time(context, map, item) && item_parse_bytes(context, map, item) &&
           parse_as(context, map, item) && item_finish_invalid(context, map, item) &&
           item_parse_valid(context, map, item) && parse_default(context, map, item);
}
