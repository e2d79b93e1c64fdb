/* SPDX-License-Identifier: MIT */
/* Members against the product model: do they exist, do types and limits go together? */
#include "lower.h"

#include "model.h"
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
    bool text = model_is_text(item);
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
               (type == PRODUCT_STRING_LIST && !is_group && model_is_text(item));
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

static void lint_step(struct diag *diag, const struct item *item)
{
    const struct product_number *step = &item->field->step;
    struct exact ratio;
    if (!step->given || exact_is_zero(step->value) ||
        !exact_div(item->scale, step->value, &ratio) || exact_is_whole(ratio))
        return;
    diag_report(diag, RULE_STEP_SCALE, item->name_where,
                "the property has steps of %s, the field has steps of %s",
                model_number_text(diag->arena, step->value),
                model_number_text(diag->arena, item->scale));
}

static void lint_range(struct diag *diag, const struct item *item)
{
    const struct product_field *field = item->field;
    struct exact low, high;
    if (!model_is_plain(item) || item->has_const || !item_bounds(item, &low, &high))
        return;
    bool wider = (field->min.given && exact_compare(field->min.value, low) < 0) ||
                 (field->max.given && exact_compare(field->max.value, high) > 0);
    bool narrower = (field->min.given && exact_compare(field->min.value, low) > 0) ||
                    (field->max.given && exact_compare(field->max.value, high) < 0);
    if (wider)
        diag_report(diag, RULE_RANGE_WIDER_THAN_FIELD, item->name_where,
                    "the field carries %s to %s, the model allows more",
                    model_number_text(diag->arena, low),
                    model_number_text(diag->arena, high));
    else if (narrower)
        diag_report(diag, RULE_RANGE_NARROWER_THAN_FIELD, item->name_where,
                    "the field carries %s to %s, the model allows less",
                    model_number_text(diag->arena, low),
                    model_number_text(diag->arena, high));
    lint_step(diag, item);
}

static void lint_length(struct diag *diag, const struct item *item)
{
    const struct product_field *field = item->field;
    if (item->form != ITEM_BYTES || !field->has_max_length ||
        item->size.kind != EXTENT_FIXED)
        return;
    uint64_t length = model_characters(item, item->size.count);
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
