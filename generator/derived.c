/* SPDX-License-Identifier: MIT */
#include "derived.h"

#include <string.h>

/* A string says how long it may be. Where the wire sets no bound, this is one that the
 * platform takes. */
enum { STRING_MOST = 1024 };

static bool is_inside_member(const struct item *item)
{
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->name != NULL)
            return true;
    return false;
}

/* The object that an item from afar belongs to is the member, not the item. */
static const struct item *outermost(const struct item *item)
{
    while (item->within != NULL)
        item = item->within;
    return item;
}

void derived_each(const struct profile_source *source,
                  void (*take)(void *user, const struct message *message,
                               const struct item *item),
                  void *user)
{
    for (size_t i = 0; i < source->messages.count; i++) {
        const struct message *message = &source->messages.items[i];
        if (!message_has_services(message))
            continue;
        for (size_t k = 0; k < message->flat.count; k++) {
            const struct item *item = message->flat.items[k];
            if (item->name != NULL && !is_inside_member(item))
                take(user, message, outermost(item));
        }
    }
}

static bool is_quoted(const char *json)
{
    return json[0] == '"';
}

static bool are_texts(const struct labels *labels)
{
    for (size_t i = 0; i < labels->count; i++)
        if (!labels->items[i].omit && !is_quoted(labels->items[i].json))
            return false;
    return labels->unknown != DGM_UNKNOWN_NUMBER;
}

static bool are_truths(const struct labels *labels)
{
    for (size_t i = 0; i < labels->count; i++) {
        const char *json = labels->items[i].json;
        if (!labels->items[i].omit && strcmp(json, "true") != 0 &&
            strcmp(json, "false") != 0)
            return false;
    }
    return labels->unknown != DGM_UNKNOWN_NUMBER;
}

/* One of several values: what the platform has no type for is an object to it. */
static enum product_type type_of_labels(const struct labels *labels)
{
    return are_truths(labels)  ? PRODUCT_BOOLEAN
           : are_texts(labels) ? PRODUCT_ENUM
                               : PRODUCT_JSON_OBJECT;
}

static enum product_type type_of_integer(const struct item *item)
{
    const struct exact least = {INT32_MIN, 1}, most = {INT32_MAX, 1};
    struct exact low, high;
    return item_bounds(item, &low, &high) && exact_compare(low, least) >= 0 &&
                   exact_compare(high, most) <= 0
               ? PRODUCT_INT
               : PRODUCT_LONG;
}

static enum product_type type_of_value(const struct item *item)
{
    switch (item->form == ITEM_LITERAL ? EXPR_TYPE_ANY : item_type(item)) {
    case EXPR_TYPE_INTEGER:
        return type_of_integer(item);
    case EXPR_TYPE_BOOL:
        return PRODUCT_BOOLEAN;
    case EXPR_TYPE_DECIMAL:
    case EXPR_TYPE_FLOAT:
        return PRODUCT_DECIMAL;
    case EXPR_TYPE_BYTES:
    case EXPR_TYPE_TEXT:
        return PRODUCT_STRING;
    default:
        return PRODUCT_JSON_OBJECT;
    }
}

static enum product_type type_of(const struct item *item)
{
    if (item->flags != NULL)
        return are_texts(item->flags) ? PRODUCT_STRING_LIST : PRODUCT_JSON_OBJECT;
    if (item_is_list(item) || item->is_tuple)
        return PRODUCT_JSON_OBJECT;
    if (item->labels != NULL)
        return type_of_labels(item->labels);
    if (item->is_time && item->show == DGM_SHOW_TIME_COMPACT)
        return PRODUCT_DATE_TIME;
    if (item->text != NULL || item->format != NULL || item_is_text(item) ||
        (item->form == ITEM_LITERAL && is_quoted(item->literal)))
        return PRODUCT_STRING;
    return item->is_bool || item->show == DGM_SHOW_BOOL ? PRODUCT_BOOLEAN
                                                        : type_of_value(item);
}

static void add_labels(struct arena *arena, const struct labels *labels,
                       struct product_field *field)
{
    field->enum_list = arena_array(arena, labels->count + 1, sizeof(*field->enum_list));
    for (size_t i = 0; i < labels->count; i++)
        if (!labels->items[i].omit && !labels->items[i].decode_only)
            field->enum_list[field->enum_count++] = (struct product_label){
                item_unquoted(arena, labels->items[i].json), labels->items[i].where};
}

static bool is_number(const struct product_field *field)
{
    return field->type == PRODUCT_INT || field->type == PRODUCT_LONG ||
           field->type == PRODUCT_DECIMAL;
}

static struct product_number number_of(struct exact value)
{
    unsigned digits;
    return (struct product_number){.given = exact_digits(value, &digits), .value = value};
}

static void add_bounds(const struct item *item, struct product_field *field)
{
    struct exact low, high;
    bool is_exact = item->form == ITEM_INTEGER || item->form == ITEM_VALUE;
    if (!is_number(field) || !is_exact || !item_bounds(item, &low, &high))
        return;
    field->min = number_of(low);
    field->max = number_of(high);
}

static struct product_field field_of(struct arena *arena, const struct item *item)
{
    const struct node *text =
        item->source != NULL ? node_get(item->source, "description") : NULL;
    struct product_field field = {
        .name = item->name,
        .type = type_of(item),
        .unit = item->unit,
        .description = text != NULL && text->kind == NODE_SCALAR ? text->text : NULL,
    };
    if (field.type == PRODUCT_ENUM)
        add_labels(arena, item->labels, &field);
    if (field.type == PRODUCT_STRING) {
        field.has_max_length = true;
        field.max_length = STRING_MOST;
    }
    add_bounds(item, &field);
    return field;
}

struct property_list {
    struct arena *arena;
    struct product_field *items;
    size_t count, capacity;
};

static struct product_field *known(const struct property_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return &list->items[i];
    return NULL;
}

/* A bound holds if both have it. */
static void widen(struct product_number *number, const struct product_number *other,
                  int sign)
{
    if (!number->given || !other->given)
        number->given = false;
    else if (exact_compare(other->value, number->value) * sign > 0)
        number->value = other->value;
}

static void add_label(struct arena *arena, struct product_field *field,
                      const struct product_label *label)
{
    for (size_t i = 0; i < field->enum_count; i++)
        if (strcmp(field->enum_list[i].text, label->text) == 0)
            return;
    struct product_label *labels =
        arena_array(arena, field->enum_count + 1, sizeof(*labels));
    memcpy(labels, field->enum_list, field->enum_count * sizeof(*labels));
    labels[field->enum_count++] = *label;
    field->enum_list = labels;
}

/* What two messages say of a property: it takes what either of them gives. */
static void join(struct arena *arena, struct product_field *field,
                 const struct product_field *other)
{
    if (is_number(field) && is_number(other))
        field->type = other->type > field->type ? other->type : field->type;
    else if (field->type != other->type)
        field->type = PRODUCT_JSON_OBJECT;
    widen(&field->min, &other->min, -1);
    widen(&field->max, &other->max, 1);
    field->has_max_length = field->has_max_length && other->has_max_length;
    for (size_t i = 0; i < other->enum_count && field->type == PRODUCT_ENUM; i++)
        add_label(arena, field, &other->enum_list[i]);
    if (field->type != PRODUCT_ENUM)
        field->enum_count = 0;
}

static void derive_property(void *user, const struct message *message,
                            const struct item *item)
{
    struct property_list *list = user;
    struct product_field field = field_of(list->arena, item);
    struct product_field *same = known(list, field.name);
    if (same == NULL) {
        list->items = arena_grow(list->arena, list->items, list->count, &list->capacity,
                                 sizeof(*list->items));
        same = &list->items[list->count++];
        *same = field;
    } else {
        join(list->arena, same, &field);
    }
    same->method |= message_is_up(message) ? PRODUCT_READ | PRODUCT_EVENT : PRODUCT_WRITE;
}

const struct product_service *derived_service(struct arena *arena,
                                              const struct profile_source *source)
{
    struct property_list list = {.arena = arena};
    struct product_service *service = arena_alloc(arena, sizeof(*service));
    derived_each(source, derive_property, &list);
    *service = (struct product_service){
        .name = PRODUCT_DERIVED_SERVICE,
        .service_type = PRODUCT_DERIVED_SERVICE,
        .properties = {list.items, list.count},
    };
    return service;
}
