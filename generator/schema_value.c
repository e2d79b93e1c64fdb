/* SPDX-License-Identifier: MIT */
/* One value of an item: its JSON type, and what wire, scale and limits leave of it. */
#include "schema.h"

#include <string.h>

/* The item as one element of itself. */
static struct item element_of(const struct item *item)
{
    struct item once = *item;
    once.repeat.kind = EXTENT_ONCE;
    once.collects = false;
    return once;
}

/* value * 10^digits as the nearest whole number, or the next one outwards on a tie. */
static bool rounded(struct exact value, unsigned digits, bool up, struct exact *ret)
{
    struct exact power = exact_from_int(1), half = {1, 2};
    for (unsigned i = 0; i < digits; i++)
        if (!exact_mul(power, exact_from_int(10), &power))
            return false;
    if (!exact_mul(value, power, &value) ||
        !(up ? exact_add(value, half, &value) : exact_sub(value, half, &value)))
        return false;
    exact_int whole = value.numerator / value.denominator;
    bool is_cut = !exact_is_whole(value);
    if (is_cut && up && value.numerator < 0)
        whole--;
    if (is_cut && !up && value.numerator > 0)
        whole++;
    return exact_div((struct exact){whole, 1}, power, ret);
}

/* What is rounded can lie a little beyond the bounds of what it is made of. */
struct rounding {
    bool found;
    unsigned depth; /* of values that are made of values */
};

static void note_rounding(struct expr *name, void *user)
{
    enum { DEPTH_MAX = 4 };
    struct rounding *rounding = user;
    const struct item *item = name->item;
    if (rounding->found || name->target != EXPR_TARGET_SLOT || item == NULL)
        return;
    bool rounds = item->has_decimals || item->scaling.div > 1 || item->twin != NULL;
    rounding->found = rounds || rounding->depth == DEPTH_MAX;
    if (rounding->found || item->form != ITEM_VALUE || item->value == NULL)
        return;
    rounding->depth++;
    expr_each_name(item->value, note_rounding, rounding);
    rounding->depth--;
}

static bool is_of_rounded(const struct item *item)
{
    struct rounding rounding = {false, 0};
    if (item->form == ITEM_VALUE && item->value != NULL)
        expr_each_name(item->value, note_rounding, &rounding);
    return rounding.found;
}

/* What the wire can carry, as it prints. */
static struct model_ends wire_ends(const struct item *item)
{
    struct item once = element_of(item);
    struct model_ends ends = {.has_low = false};
    enum expr_type type = item_type(&once);
    bool is_exact = type == EXPR_TYPE_INTEGER || type == EXPR_TYPE_DECIMAL;
    if (item->is_time || !is_exact || is_of_rounded(item) ||
        !item_wire_bounds(&once, &ends.low, &ends.high))
        return ends;
    bool rounds = item->form == ITEM_VALUE ? item->has_decimals
                                           : item->scaling.given && item->scaling.div > 1;
    unsigned digits = item->form == ITEM_VALUE ? item->decimals : item->scaling.digits;
    ends.has_low = !rounds || rounded(ends.low, digits, false, &ends.low);
    ends.has_high = !rounds || rounded(ends.high, digits, true, &ends.high);
    return ends;
}

bool schema_can_be_outside(const struct item *item)
{
    struct model_ends wire = wire_ends(item), ends = model_ends_of(item);
    if (!ends.has_low && !ends.has_high)
        return false;
    return (ends.has_low && (!wire.has_low || exact_compare(wire.low, ends.low) < 0)) ||
           (ends.has_high && (!wire.has_high || exact_compare(wire.high, ends.high) > 0));
}

/* Are values beyond the limits never printed? */
static bool keeps_limits(const struct schema *schema, const struct item *item)
{
    switch (item->valid.outside) {
    case DGM_OUTSIDE_MODEL:
        return schema->is_input || schema->message->wire.reject_limits;
    case DGM_OUTSIDE_WARN:
        return schema->is_input;
    case DGM_OUTSIDE_CLAMP:
        return !schema->is_input; /* encoding clamps, too */
    default:
        return true;
    }
}

/* What is calculated is taken with the rest by encoding, and not looked at. */
static bool is_dropped(const struct item *item)
{
    return item->form == ITEM_VALUE && item->moment == NULL;
}

static struct model_ends ends_of(const struct schema *schema, const struct item *item)
{
    struct model_ends ends = wire_ends(item), limits = model_ends_of(item);
    if (schema->is_input &&
        (is_dropped(item) || item->valid.outside == DGM_OUTSIDE_CLAMP))
        return (struct model_ends){.has_low = false};
    if (!keeps_limits(schema, item))
        return ends;
    if (limits.has_low && (!ends.has_low || exact_compare(limits.low, ends.low) > 0)) {
        ends.has_low = true;
        ends.low = limits.low;
    }
    if (limits.has_high &&
        (!ends.has_high || exact_compare(limits.high, ends.high) < 0)) {
        ends.has_high = true;
        ends.high = limits.high;
    }
    return ends;
}

/* `,"minimum":-40`: both ends lie on decimals, so that a reader that rounds to binary
 * floating point rounds values alike and keeps the order. */
static const char *end_text(const struct schema *schema, const char *key, bool given,
                            struct exact value)
{
    char text[96];
    unsigned digits;
    if (!given || !exact_digits(value, &digits))
        return "";
    (void)exact_text(value, text, sizeof(text));
    return arena_format(schema->arena, ",\"%s\":%s", key, text);
}

static bool is_whole(const struct item *item)
{
    struct item once = element_of(item);
    if (item->has_decimals && item->decimals == 0)
        return true;
    if (item->show == DGM_SHOW_TIME_EPOCH_MS)
        return true;
    return item->form != ITEM_FLOAT && !item->is_piped && item->delta == NULL &&
           item_type(&once) == EXPR_TYPE_INTEGER;
}

static void add_number(const struct schema *schema, const struct item *item,
                       struct schema_values *ret)
{
    struct model_ends ends = ends_of(schema, item);
    schema_add(schema, ret, "\"type\":\"%s\"%s%s", is_whole(item) ? "integer" : "number",
               end_text(schema, "minimum", ends.has_low, ends.low),
               end_text(schema, "maximum", ends.has_high, ends.high));
}

static void add_text(const struct schema *schema, const struct item *item,
                     struct schema_values *ret)
{
    const char *pattern = schema_text_of(schema, item);
    struct out out;
    out_init(&out, schema->arena);
    out_text(&out, "\"type\":\"string\"");
    if (item->form == ITEM_BYTES && item->format == NULL) {
        struct schema_length length = schema_length_of(schema, item);
        if (length.least > 0)
            out_format(&out, ",\"minLength\":%llu", (unsigned long long)length.least);
        if (length.has_most)
            out_format(&out, ",\"maxLength\":%llu", (unsigned long long)length.most);
    }
    if (pattern != NULL && !(schema->is_input && is_dropped(item))) {
        const char *whole = arena_format(schema->arena, "^%s$", pattern);
        out_format(&out, ",\"pattern\":%s", schema_quote(schema, whole));
    }
    schema_add(schema, ret, "%s", out.text);
}

/* Numbers of one value have one place in an enum, however they are written. */
static bool is_same_value(const char *left, const char *right)
{
    struct exact one, other;
    if (strcmp(left, right) == 0)
        return true;
    return exact_parse(left, strlen(left), false, &one) &&
           exact_parse(right, strlen(right), false, &other) &&
           exact_compare(one, other) == 0;
}

static bool is_new(const struct labels *labels, size_t index, bool is_input)
{
    const struct label *label = &labels->items[index];
    if (label->omit || (is_input && label->decode_only))
        return false;
    for (size_t i = 0; i < index; i++)
        if (!labels->items[i].omit && !(is_input && labels->items[i].decode_only) &&
            is_same_value(labels->items[i].json, label->json))
            return false;
    return true;
}

void schema_add_labels(const struct schema *schema, const struct labels *labels,
                       struct schema_values *ret)
{
    struct out out;
    size_t count = 0;
    out_init(&out, schema->arena);
    for (size_t i = 0; labels != NULL && i < labels->count; i++)
        if (is_new(labels, i, schema->is_input))
            out_format(&out, "%s%s", count++ == 0 ? "" : ",", labels->items[i].json);
    if (count > 0)
        schema_add(schema, ret, "\"enum\":[%s]", out.text);
}

static void add_enum(const struct schema *schema, const struct item *item,
                     struct schema_values *ret)
{
    schema_add_labels(schema, item->labels, ret);
    struct exact low = {item_raw_low(item), 1}, high = {item_raw_high(item), 1};
    bool is_bounded = item->form == ITEM_INTEGER;
    if (item->labels->unknown == DGM_UNKNOWN_NUMBER)
        schema_add(schema, ret, "\"type\":\"integer\"%s%s",
                   end_text(schema, "minimum", is_bounded, low),
                   end_text(schema, "maximum", is_bounded, high));
}

/* Texts of bits, none of them twice; a bit without a text may be refused. */
static void add_flags(const struct schema *schema, const struct item *item,
                      struct schema_values *ret)
{
    struct schema_values texts = {NULL, 0, 0};
    schema_add_labels(schema, item->flags, &texts);
    schema_add(schema, ret,
               "\"type\":\"array\",\"items\":%s,\"uniqueItems\":true,\"maxItems\":%zu",
               schema_of_values(schema, &texts, NULL), item->flags->count);
}

static void add_byte_array(const struct schema *schema, const struct item *item,
                           struct schema_values *ret)
{
    struct schema_length length = schema_bytes_of(schema, item);
    struct out out;
    out_init(&out, schema->arena);
    if (length.least > 0)
        out_format(&out, ",\"minItems\":%llu", (unsigned long long)length.least);
    if (length.has_most)
        out_format(&out, ",\"maxItems\":%llu", (unsigned long long)length.most);
    schema_add(schema, ret,
               "\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":0,"
               "\"maximum\":255}%s",
               out.text);
}

/* A constant that is a member, too. */
static bool add_constants(const struct schema *schema, const struct item *item,
                          struct schema_values *ret)
{
    struct out out;
    char text[96];
    bool is_plain = item->show == DGM_SHOW_INT && !item->quoted;
    if (item->form != ITEM_INTEGER || !item->has_const || !is_plain)
        return false;
    out_init(&out, schema->arena);
    size_t count = item->constants != NULL ? item->constant_count : 1;
    for (size_t i = 0; i < count; i++) {
        exact_int one = item->constants != NULL ? item->constants[i] : item->constant;
        (void)exact_text((struct exact){one, 1}, text, sizeof(text));
        out_format(&out, "%s%s", i == 0 ? "" : ",", text);
    }
    schema_add(schema, ret, "\"enum\":[%s]", out.text);
    return true;
}

/* Without what stands for no reading. */
static void add_plain(const struct schema *schema, const struct item *item,
                      struct schema_values *ret)
{
    struct item once = element_of(item);
    if (item->form == ITEM_LITERAL)
        schema_add(schema, ret, "\"const\":%s", item->literal);
    else if (item->labels != NULL)
        add_enum(schema, item, ret);
    else if (item->flags != NULL)
        add_flags(schema, item, ret);
    else if (item->show == DGM_SHOW_BYTES_ARRAY)
        add_byte_array(schema, item, ret);
    else if (item->format != NULL || item_is_text(item))
        add_text(schema, item, ret);
    else if (item->show == DGM_SHOW_BOOL || item_type(&once) == EXPR_TYPE_BOOL)
        schema_add(schema, ret, "\"type\":\"boolean\"");
    else if (!add_constants(schema, item, ret))
        add_number(schema, item, ret);
}

void schema_add_values(const struct schema *schema, const struct item *item,
                       struct schema_values *ret)
{
    add_plain(schema, item, ret);
    if (item->labels == NULL && !item->is_together)
        schema_add_labels(schema, item->invalid, ret);
    if (item->valid.outside == DGM_OUTSIDE_NULL && !schema->is_input &&
        schema_can_be_outside(item))
        schema_add(schema, ret, "\"type\":\"null\"");
}
