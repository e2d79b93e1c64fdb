/* SPDX-License-Identifier: MIT */
/* Which service each member belongs to, and the path of its object below that. */
#include "lower.h"

#include <string.h>

struct placing {
    struct profile_source *source;
    struct diag *diag;
    struct message *message;
    bool failed;
};

uint16_t place_service(const struct profile_source *source, const char *name)
{
    for (size_t i = 0; i < source->product->service_count; i++)
        if (strcmp(source->product->services[i].name, name) == 0)
            return (uint16_t)i;
    return DGM_NONE;
}

static void fail(struct placing *placing, enum rule rule, struct location where,
                 const char *text)
{
    diag_report(placing->diag, rule, where, "%s", text);
    placing->failed = true;
}

static void unknown_service(struct placing *placing, const char *name,
                            struct location where)
{
    const char *near =
        product_nearest_service(placing->diag->arena, placing->source->product, name);
    diag_report(placing->diag, RULE_UNKNOWN_SERVICE, where,
                "the product has no service '%s'%s%s%s", name,
                near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    placing->failed = true;
}

/* The path of an object: names between points. */
static void check_path(struct placing *placing, const struct item *item)
{
    size_t parts = 1, length = strlen(item->object);
    for (size_t i = 0; i < length; i++)
        parts += item->object[i] == '.';
    bool lacks_name = length == 0 || item->object[0] == '.' ||
                      strstr(item->object, "..") != NULL ||
                      item->object[length - 1] == '.';
    if (lacks_name)
        fail(placing, RULE_BAD_NAME, item->to_where, "'to' lacks a name");
    else if (parts > DGM_MAX_DEPTH)
        fail(placing, RULE_TOO_LARGE, item->to_where,
             "'to' leads through too many objects");
}

/* `to` of a member of a report: service, and the object in it. */
static void place_path(struct placing *placing, struct item *item)
{
    if (!placing->source->product->has_services) {
        item->service = 0;
        item->object = item->to;
        check_path(placing, item);
        return;
    }
    const char *point = strchr(item->to, '.');
    size_t length = point != NULL ? (size_t)(point - item->to) : strlen(item->to);
    const char *name = arena_copy(placing->diag->arena, item->to, length);
    item->service = place_service(placing->source, name);
    if (item->service == DGM_NONE) {
        unknown_service(placing, name, item->to_where);
        return;
    }
    item->object = point != NULL ? point + 1 : NULL;
    if (point != NULL)
        check_path(placing, item);
}

static void place_report_member(struct placing *placing, struct item *item)
{
    const struct product *product = placing->source->product;
    if (item->to != NULL) {
        place_path(placing, item);
        return;
    }
    if (!product->has_services || product->service_count == 1) {
        item->service = 0;
        return;
    }
    diag_report(placing->diag, RULE_AMBIGUOUS_SERVICE, item->name_where,
                "the product has %zu services; say with 'to' which one '%s' belongs to",
                product->service_count, item_title(item));
    placing->failed = true;
}

/* A member that stands in no object and no record. */
static void place_member(struct placing *placing, struct item *item)
{
    switch (placing->message->kind) {
    case DGM_KIND_REPORT:
    case DGM_KIND_SET:
    case DGM_KIND_GET_RESPONSE:
        place_report_member(placing, item);
        return;
    case DGM_KIND_REPLY:
        fail(placing, RULE_KEY_NOT_HERE, item->name_where,
             "a reply has no members; use 'local' or 'role'");
        return;
    case DGM_KIND_SET_RESPONSE:
    case DGM_KIND_GET:
        fail(placing, RULE_KEY_NOT_HERE, item->name_where,
             "this kind of message has no members; use 'local' or 'role'");
        return;
    default:
        if (item->to != NULL)
            fail(placing, RULE_KEY_NOT_HERE, item->to_where,
                 "members of this kind of message have no service of their own");
        return;
    }
}

static void place_record(struct placing *placing, struct item *item)
{
    if (!message_has_services(placing->message)) {
        fail(placing, RULE_KEY_NOT_HERE, item->record_where,
             "records stand in reports only");
        return;
    }
    bool is_default = !placing->source->product->has_services &&
                      strcmp(item->record, PRODUCT_DERIVED_SERVICE) == 0;
    item->service = is_default ? 0 : place_service(placing->source, item->record);
    if (item->service == DGM_NONE)
        unknown_service(placing, item->record, item->record_where);
    for (const struct item *outer = item->parent; outer != NULL; outer = outer->parent)
        if (outer->repeat.kind != EXTENT_ONCE && message_encodes(placing->message))
            fail(placing, RULE_NOT_ENCODABLE, item->record_where,
                 "which round of the repetition around it a record belongs to, the JSON "
                 "does not say; mark the message 'only: decode'");
}

static void set_service(struct item *item, uint16_t service)
{
    item->service = service;
    for (size_t i = 0; i < item->fields.count; i++)
        set_service(item->fields.items[i], service);
}

/* Bits have no rows between them: where all of them go to one object, the bit group goes
 * there. */
static void lift_bits(struct item *bits)
{
    const struct item *first = NULL;
    for (size_t i = 0; i < bits->fields.count; i++) {
        const struct item *field = bits->fields.items[i];
        if (field->name == NULL)
            continue;
        first = first != NULL ? first : field;
        if (field->object == NULL || first->object == NULL ||
            field->service != first->service || strcmp(field->object, first->object) != 0)
            return;
    }
    if (first == NULL)
        return;
    bits->object = first->object;
    bits->to_where = first->to_where;
    bits->service = first->service;
    for (size_t i = 0; i < bits->fields.count; i++)
        bits->fields.items[i]->object = NULL;
}

static void place_list(struct placing *placing, struct item_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct item *item = list->items[i];
        if (item->record != NULL)
            place_record(placing, item);
        else if (item->name != NULL)
            place_member(placing, item);
        if (item->record != NULL || item->name != NULL) {
            for (size_t k = 0; k < item->fields.count; k++)
                set_service(item->fields.items[k], item->service);
            continue;
        }
        place_list(placing, &item->fields);
        if (item->form == ITEM_BITS)
            lift_bits(item);
    }
}

static void flatten(struct arena *arena, const struct item_list *list,
                    struct item_list *ret)
{
    for (size_t i = 0; i < list->count; i++) {
        struct item *item = list->items[i];
        item->order_index = (unsigned)ret->count;
        item_append(arena, ret, item);
        flatten(arena, &item->fields, ret);
        item->end_index = (unsigned)ret->count - 1;
    }
}

bool place_items(struct profile_source *source, struct message *message)
{
    struct placing placing = {source, source->diag, message, false};
    place_list(&placing, &message->items);
    if (!placing.failed && !objects_place(source->diag, message))
        placing.failed = true;
    message->flat = (struct item_list){NULL, 0, 0};
    flatten(source->diag->arena, &message->items, &message->flat);
    return !placing.failed;
}
