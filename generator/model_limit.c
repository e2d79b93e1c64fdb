/* SPDX-License-Identifier: MIT */
/* The limits of a row: what `valid` and the product model let through. */
#include "lower.h"

#include "model.h"
#include "scalar.h"

#include <string.h>

/* Most characters that the item can have; false if only the frame bounds it. */
static bool most_characters(const struct item *item, uint64_t *ret)
{
    struct exact low, high;
    if (item->size.kind == EXTENT_FIXED) {
        *ret = model_characters(item, item->size.count);
        return true;
    }
    if (item->size.kind != EXTENT_EXPR || !expr_bounds(item->size.expr, &low, &high) ||
        high.numerator > (exact_int)DGM_MAX_FRAME * high.denominator)
        return false;
    exact_int count = high.numerator < 0 ? 0 : high.numerator / high.denominator;
    *ret = model_characters(item, (uint64_t)count);
    return true;
}

static void narrow_low(struct model_ends *ends, struct exact low)
{
    if (!ends->has_low || exact_compare(low, ends->low) > 0)
        ends->low = low;
    ends->has_low = true;
}

static void narrow_high(struct model_ends *ends, struct exact high)
{
    if (!ends->has_high || exact_compare(high, ends->high) < 0)
        ends->high = high;
    ends->has_high = true;
}

/* `valid` and the product model hold together; what is clamped goes by `valid` alone. */
static struct model_ends ends_of(const struct item *item)
{
    const struct valid *valid = &item->valid;
    struct model_ends ends = {valid->has_low, valid->has_high, valid->low, valid->high};
    const struct product_field *field =
        item->repeat.kind == EXTENT_ONCE && valid->outside != DGM_OUTSIDE_CLAMP
            ? item->field
            : NULL;
    if (field != NULL && field->min.given)
        narrow_low(&ends, field->min.value);
    if (field != NULL && field->max.given)
        narrow_high(&ends, field->max.value);
    return ends;
}

/* Decimals of a limit where the row has none of its own. */
static unsigned own_digits(const struct model_ends *ends)
{
    unsigned low = 0, high = 0;
    if (ends->has_low && !exact_digits(ends->low, &low))
        low = 9;
    if (ends->has_high && !exact_digits(ends->high, &high))
        high = 9;
    unsigned digits = low > high ? low : high;
    return digits > 9 ? 9 : digits;
}

static bool are_inside(const struct model_ends *ends, struct exact low, struct exact high)
{
    return (!ends->has_low || exact_compare(ends->low, low) <= 0) &&
           (!ends->has_high || exact_compare(ends->high, high) >= 0);
}

/* Can neither the wire nor a rounded value pass the limits? */
static bool is_needless(const struct item *item, const struct model_ends *ends,
                        struct exact low, struct exact high)
{
    struct exact half = exact_from_int(0), two = exact_from_int(2);
    if (item->scaling.given) {
        struct exact scale = item->scale;
        if (scale.numerator < 0)
            scale.numerator = -scale.numerator;
        if (!exact_div(scale, two, &half))
            return false;
    }
    return exact_sub(low, half, &low) && exact_add(high, half, &high) &&
           are_inside(ends, low, high);
}

/* Can the table hold it in units of 10^-digits? */
static bool is_held(struct exact end, unsigned digits)
{
    struct exact ten = exact_from_int(10);
    bool fine = true;
    for (; digits > 0 && fine; digits--)
        fine = exact_mul(end, ten, &end);
    return fine && exact_compare(end, exact_from_int(INT64_MIN)) >= 0 &&
           exact_compare(end, exact_from_int(INT64_MAX)) <= 0;
}

/* What the table cannot hold must not matter. */
static bool may_drop(const struct item *item, const struct model_ends *end)
{
    struct exact low, high;
    return item->valid.outside != DGM_OUTSIDE_CLAMP && item->form == ITEM_INTEGER &&
           item_wire_bounds(item, &low, &high) && is_needless(item, end, low, high);
}

static void check_end(struct lowering *lowering, const struct item *item,
                      const struct model_ends *end, struct exact value, unsigned digits)
{
    bool has_valid = item->valid.has_low || item->valid.has_high;
    struct location where = has_valid ? item->valid.where : item->name_where;
    if (!may_drop(item, end))
        diag_report(lowering->diag, RULE_BAD_VALUE, where,
                    "an end has 64 bits and a sign, with the field's %u decimals, and %s "
                    "needs more: leave it open",
                    digits, model_number_text(lowering->diag->arena, value));
}

static void check_ends(struct lowering *lowering, const struct item *item,
                       struct model_ends *ends, unsigned digits)
{
    const struct model_ends low = {.has_low = ends->has_low, .low = ends->low};
    const struct model_ends high = {.has_high = ends->has_high, .high = ends->high};
    if (low.has_low && !is_held(low.low, digits)) {
        check_end(lowering, item, &low, low.low, digits);
        ends->has_low = false;
    }
    if (high.has_high && !is_held(high.high, digits)) {
        check_end(lowering, item, &high, high.high, digits);
        ends->has_high = false;
    }
}

static uint16_t number_limit(struct lowering *lowering, const struct item *item)
{
    struct model_ends ends = ends_of(item);
    struct exact low, high;
    struct dgm_limit limit = {.outside = item->valid.outside};
    bool has_digits = item->form == ITEM_INTEGER && !item->is_piped;
    unsigned digits =
        has_digits ? item->scaling.given ? item->scaling.digits : 0 : own_digits(&ends);
    if (!ends.has_low && !ends.has_high)
        return DGM_NONE;
    check_ends(lowering, item, &ends, digits);
    limit.scale = (uint8_t)digits;
    if (ends.has_low) {
        limit.flags |= DGM_LIMIT_LOW;
        limit.low = exact_scaled_bound(ends.low, digits, true);
    }
    if (ends.has_high) {
        limit.flags |= DGM_LIMIT_HIGH;
        limit.high = exact_scaled_bound(ends.high, digits, false);
    }
    bool clamps = limit.outside == DGM_OUTSIDE_CLAMP;
    if (limit.flags == 0)
        return DGM_NONE;
    if (!clamps && item->form == ITEM_INTEGER && item_wire_bounds(item, &low, &high)) {
        if (is_needless(item, &ends, low, high))
            return DGM_NONE;
        if (are_inside(&ends, low, high))
            limit.flags |= DGM_LIMIT_ENCODE_ONLY;
    }
    return builder_limit(lowering->builder, &limit);
}

static uint16_t text_limit(struct lowering *lowering, const struct item *item)
{
    const struct product_field *field = item->field;
    struct builder *builder = lowering->builder;
    struct dgm_limit limit = {0};
    uint64_t most;
    bool may_pass = !most_characters(item, &most) || most > field->max_length;
    if (field->has_max_length && may_pass) {
        limit.flags |= DGM_LIMIT_LENGTH;
        limit.max_length = field->max_length;
    }
    if (field->type == PRODUCT_ENUM && field->enum_count > 0) {
        limit.flags |= DGM_LIMIT_TEXTS;
        limit.first_choice = (uint16_t)builder->choices.count;
        limit.choice_count = (uint16_t)field->enum_count;
        for (size_t i = 0; i < field->enum_count; i++) {
            struct dgm_choice choice = {0};
            const char *text = field->enum_list[i].text;
            const char *json =
                scalar_json_string(lowering->diag->arena, text, strlen(text));
            choice.text = builder_text(builder, json);
            choice.text_length = (uint16_t)strlen(json);
            (void)builder_choice(builder, &choice);
        }
    }
    return limit.flags != 0 ? builder_limit(builder, &limit) : DGM_NONE;
}

static bool has_number_limit(const struct item *item)
{
    bool has_valid = item->valid.has_low || item->valid.has_high;
    if (has_valid && !item->is_bool)
        return true;
    if (item->field == NULL || item_is_list(item))
        return false;
    return model_is_plain(item) || item->form == ITEM_FLOAT ||
           (item->form == ITEM_VALUE && !item->is_bool && !model_is_text(item));
}

struct model_ends model_ends_of(const struct item *item)
{
    struct model_ends none = {.has_low = false};
    return has_number_limit(item) ? ends_of(item) : none;
}

uint16_t model_limit(struct lowering *lowering, const struct item *item)
{
    if (has_number_limit(item))
        return number_limit(lowering, item);
    if (item->field == NULL || item_is_list(item))
        return DGM_NONE;
    return item->form == ITEM_BYTES ? text_limit(lowering, item) : DGM_NONE;
}
