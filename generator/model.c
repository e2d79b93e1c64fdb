/* SPDX-License-Identifier: MIT */
/* Members against the product model: do they exist, do types and limits go together? */
#include "lower.h"

#include "scalar.h"

#include <string.h>

static const struct product_fields *fields_of(const struct profile_source *source,
                                              const struct message *message,
                                              const struct item *item)
{
    if (message->parameters != NULL)
        return message->parameters;
    if (!message_has_services(message) || item->service >= source->product->service_count)
        return NULL;
    return &source->product->services[item->service].properties;
}

static bool is_text(const struct item *item)
{
    return item->format != NULL || item_is_text(item);
}

/* Do all labels begin as that kind of JSON value does? */
static bool labels_are(const struct labels *labels, const char *first_letters)
{
    for (size_t i = 0; i < labels->count; i++)
        if (strchr(first_letters, labels->items[i].json[0]) == NULL)
            return false;
    return true;
}

static bool literal_fits(const char *json, enum product_type type)
{
    switch (type) {
    case PRODUCT_INT:
    case PRODUCT_LONG:
    case PRODUCT_DECIMAL:
        return strchr("-0123456789", json[0]) != NULL;
    case PRODUCT_BOOLEAN:
        return json[0] == 't' || json[0] == 'f';
    case PRODUCT_JSON_OBJECT:
        return json[0] == '{' || json[0] == '[';
    case PRODUCT_STRING_LIST:
        return json[0] == '[';
    default:
        return json[0] == '"';
    }
}

static bool labels_fit(const struct labels *labels, enum product_type type)
{
    switch (type) {
    case PRODUCT_INT:
    case PRODUCT_LONG:
    case PRODUCT_DECIMAL:
        return labels_are(labels, "-0123456789n");
    case PRODUCT_BOOLEAN:
        return labels_are(labels, "tfn");
    case PRODUCT_STRING:
    case PRODUCT_ENUM:
        return labels_are(labels, "\"n");
    default:
        return false;
    }
}

static bool value_fits(const struct item *item, enum product_type type)
{
    bool text = is_text(item);
    bool number = !text && !item->is_bool && item->show != DGM_SHOW_BYTES_ARRAY;
    if (item->flags != NULL)
        return type == PRODUCT_STRING_LIST || type == PRODUCT_JSON_OBJECT;
    switch (type) {
    case PRODUCT_INT:
    case PRODUCT_LONG: {
        bool rounds = item->has_decimals && item->decimals == 0;
        bool fraction = ((item->form == ITEM_FLOAT || item->is_piped) && !rounds) ||
                        item->show == DGM_SHOW_TEXT_NUMBER ||
                        (item->scaling.given && item->scaling.digits > 0 &&
                         item->show == DGM_SHOW_DECIMAL);
        return number && !fraction;
    }
    case PRODUCT_DECIMAL:
        return number;
    case PRODUCT_BOOLEAN:
        return item->is_bool;
    case PRODUCT_STRING:
    case PRODUCT_DATE_TIME:
    case PRODUCT_ENUM:
        return text;
    case PRODUCT_JSON_OBJECT:
        return item->form == ITEM_BYTES || item->show == DGM_SHOW_BYTES_ARRAY;
    default:
        return false;
    }
}

/* What stands in for "no reading" is null, or a value of the type itself. */
static bool invalid_fits(const struct labels *invalid, enum product_type type)
{
    for (size_t i = 0; i < invalid->count; i++)
        if (invalid->items[i].json[0] != 'n' &&
            !literal_fits(invalid->items[i].json, type))
            return false;
    return true;
}

static bool type_fits(const struct item *item, enum product_type type)
{
    bool is_group =
        (item->form == ITEM_GROUP || item->form == ITEM_BITS) && item->format == NULL;
    if (item_is_list(item))
        return type == PRODUCT_JSON_OBJECT ||
               (type == PRODUCT_STRING_LIST && !is_group && is_text(item));
    if (is_group)
        return type == PRODUCT_JSON_OBJECT;
    if (item->form == ITEM_LITERAL)
        return literal_fits(item->literal, type);
    if (item->labels != NULL)
        return labels_fit(item->labels, type);
    return value_fits(item, type) &&
           (item->invalid == NULL || invalid_fits(item->invalid, type));
}

static bool has_label(struct arena *arena, const struct product_field *field,
                      const char *json)
{
    for (size_t i = 0; i < field->enum_count; i++) {
        const char *text = field->enum_list[i].text;
        if (strcmp(scalar_json_string(arena, text, strlen(text)), json) == 0)
            return true;
    }
    return false;
}

static bool check_labels(struct diag *diag, const struct item *item)
{
    const struct product_field *field = item->field;
    bool fine = true;
    if (field->type != PRODUCT_ENUM || item->labels == NULL)
        return true;
    for (size_t i = 0; i < item->labels->count; i++) {
        const struct label *label = &item->labels->items[i];
        if (label->json[0] != '"' || has_label(diag->arena, field, label->json))
            continue;
        diag_report(diag, RULE_ENUM_LABEL, label->where,
                    "%s is not in the enum_list of property '%s'", label->json,
                    field->name);
        fine = false;
    }
    return fine;
}

static bool is_plain_number(const struct item *item)
{
    return item->form == ITEM_INTEGER && item->labels == NULL && item->flags == NULL &&
           !item->is_bool && !is_text(item) && !item_is_list(item);
}

static const char *number_text(struct arena *arena, struct exact number)
{
    char text[96];
    return arena_copy(arena, text, exact_text(number, text, sizeof(text)));
}

static void lint_step(struct diag *diag, const struct item *item)
{
    const struct product_number *step = &item->field->step;
    struct exact ratio;
    if (!step->given || exact_is_zero(step->value) ||
        !exact_div(item->scale, step->value, &ratio) || exact_is_whole(ratio))
        return;
    diag_report(diag, RULE_STEP_SCALE, item->name_where,
                "the property has steps of %s, the field has steps of %s",
                number_text(diag->arena, step->value),
                number_text(diag->arena, item->scale));
}

static void lint_range(struct diag *diag, const struct item *item)
{
    const struct product_field *field = item->field;
    struct exact low, high;
    if (!is_plain_number(item) || item->has_const || !item_bounds(item, &low, &high))
        return;
    bool wider = (field->min.given && exact_compare(field->min.value, low) < 0) ||
                 (field->max.given && exact_compare(field->max.value, high) > 0);
    bool narrower = (field->min.given && exact_compare(field->min.value, low) > 0) ||
                    (field->max.given && exact_compare(field->max.value, high) < 0);
    if (wider)
        diag_report(diag, RULE_RANGE_WIDER_THAN_FIELD, item->name_where,
                    "the field carries %s to %s, the model allows more",
                    number_text(diag->arena, low), number_text(diag->arena, high));
    else if (narrower)
        diag_report(diag, RULE_RANGE_NARROWER_THAN_FIELD, item->name_where,
                    "the field carries %s to %s, the model allows less",
                    number_text(diag->arena, low), number_text(diag->arena, high));
    lint_step(diag, item);
}

/* Characters that so many bytes become in JSON. */
static uint64_t characters_of(const struct item *item, uint64_t bytes)
{
    switch (item->show) {
    case DGM_SHOW_BASE64:
        return (bytes + 2) / 3 * 4;
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        return bytes * (2 + (item->separator != NULL ? strlen(item->separator) : 0));
    case DGM_SHOW_BYTES_DOTTED:
        return bytes * (3 + (item->separator != NULL ? strlen(item->separator) : 1));
    default:
        return bytes;
    }
}

/* Most characters that the item can have; false if only the frame bounds it. */
static bool most_characters(const struct item *item, uint64_t *ret)
{
    struct exact low, high;
    if (item->size.kind == EXTENT_FIXED) {
        *ret = characters_of(item, item->size.count);
        return true;
    }
    if (item->size.kind != EXTENT_EXPR || !expr_bounds(item->size.expr, &low, &high) ||
        high.numerator > (exact_int)DGM_MAX_FRAME * high.denominator)
        return false;
    exact_int count = high.numerator < 0 ? 0 : high.numerator / high.denominator;
    *ret = characters_of(item, (uint64_t)count);
    return true;
}

static void lint_length(struct diag *diag, const struct item *item)
{
    const struct product_field *field = item->field;
    if (item->form != ITEM_BYTES || !field->has_max_length ||
        item->size.kind != EXTENT_FIXED)
        return;
    uint64_t length = characters_of(item, item->size.count);
    if (length > field->max_length)
        diag_report(diag, RULE_TEXT_LENGTH, item->name_where,
                    "the text has up to %llu characters, the property at most %lu",
                    (unsigned long long)length, (unsigned long)field->max_length);
}

static bool unknown_property(struct profile_source *source, const struct message *message,
                             const struct item *item, const struct product_fields *fields)
{
    struct diag *diag = source->diag;
    const char *near = product_nearest_field(diag->arena, fields, item->name);
    bool of_service = message->parameters == NULL;
    const char *owner = of_service ? source->product->services[item->service].name
                                   : message_subject(message);
    const char *what = of_service                           ? "property"
                       : message->kind == DGM_KIND_RESPONSE ? "response parameter"
                                                            : "parameter";
    diag_report(diag, RULE_UNKNOWN_PROPERTY, item->name_where,
                "'%s' has no %s '%s'%s%s%s", owner, what, item->name,
                near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    return false;
}

/* The first property that a form of a computed name is. */
static const struct product_field *named_field(struct arena *arena,
                                               const struct product_fields *fields,
                                               const struct item *item)
{
    for (uint32_t i = 0; i < item->naming->family; i++) {
        const struct product_field *field =
            product_field(fields, item_name_of(arena, item, i));
        if (field != NULL)
            return field;
    }
    return NULL;
}

static bool check_member(struct profile_source *source, const struct message *message,
                         struct item *item)
{
    struct diag *diag = source->diag;
    const struct product_fields *fields = fields_of(source, message, item);
    if (fields == NULL)
        return true;
    item->field = item->naming != NULL ? named_field(diag->arena, fields, item)
                                       : product_field(fields, item->name);
    if (item->field == NULL)
        return unknown_property(source, message, item, fields);
    if (!type_fits(item, item->field->type)) {
        diag_report(diag, RULE_TYPE_MISMATCH, item->name_where,
                    "'%s' is of type %s in the product model, which this item does not "
                    "give",
                    item->name, product_type_name(item->field->type));
        return false;
    }
    lint_range(diag, item);
    lint_length(diag, item);
    return check_labels(diag, item);
}

static bool check_list(struct profile_source *source, const struct message *message,
                       const struct item_list *list)
{
    bool fine = true;
    for (size_t i = 0; i < list->count; i++) {
        struct item *item = list->items[i];
        /* What stands in an object is no property, but the object is. */
        if (item->within != NULL)
            continue;
        if (item->name != NULL)
            fine = check_member(source, message, item) && fine;
        else
            fine = check_list(source, message, &item->fields) && fine;
    }
    return fine;
}

bool model_check(struct profile_source *source, struct message *message)
{
    if (!source->product->has_services || message->kind == DGM_KIND_REPLY)
        return true;
    bool fine = check_list(source, message, &message->objects);
    return check_list(source, message, &message->items) && fine;
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
                    digits, number_text(lowering->diag->arena, value));
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
    return is_plain_number(item) || item->form == ITEM_FLOAT ||
           (item->form == ITEM_VALUE && !item->is_bool && !is_text(item));
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
