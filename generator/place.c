/* SPDX-License-Identifier: MIT */
/*
 * Containers: which service each member belongs to, and objects that exist only because
 * items say `to: Service.object`. Neighbours that go to one object are put into a group
 * for it, so that later stages see objects in one form only.
 */
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

/* `to` of a member of a report: service, and the object in it. */
static void place_path(struct placing *placing, struct item *item)
{
    const char *point = strchr(item->to, '.');
    size_t length = point != NULL ? (size_t)(point - item->to) : strlen(item->to);
    const char *name = arena_copy(placing->diag->arena, item->to, length);
    item->service = place_service(placing->source, name);
    if (item->service == DGM_NONE) {
        unknown_service(placing, name, item->to_where);
        return;
    }
    item->object = point != NULL ? point + 1 : NULL;
    if (point != NULL && (point[1] == '\0' || strstr(point, "..") != NULL ||
                          point[strlen(point) - 1] == '.'))
        fail(placing, RULE_BAD_NAME, item->to_where, "'to' ends without a name");
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

/* All members of a bit group go to one object, for bits have no rows between them. */
static void lift_bits(struct placing *placing, struct item *bits)
{
    const struct item *first = NULL;
    for (size_t i = 0; i < bits->fields.count; i++) {
        struct item *field = bits->fields.items[i];
        if (field->name == NULL)
            continue;
        if (first == NULL)
            first = field;
        bool same_object = (field->object == NULL && first->object == NULL) ||
                           (field->object != NULL && first->object != NULL &&
                            field->service == first->service &&
                            strcmp(field->object, first->object) == 0);
        if (!same_object)
            fail(placing, RULE_NOT_SUPPORTED, field->name_where,
                 "members of one bit group in several objects are not supported by this "
                 "version");
    }
    if (first == NULL || first->object == NULL)
        return;
    bits->object = first->object;
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
            lift_bits(placing, item);
    }
}

static size_t first_length(const char *path)
{
    const char *point = strchr(path, '.');
    return point != NULL ? (size_t)(point - path) : strlen(path);
}

static bool same_object(const struct item *left, const struct item *right)
{
    size_t length = first_length(left->object);
    return right->object != NULL && left->service == right->service &&
           length == first_length(right->object) &&
           memcmp(left->object, right->object, length) == 0;
}

/* Nothing in it is a member: it may lie between members of an object. */
static bool is_neutral(const struct item *item)
{
    if (item->name != NULL || item->record != NULL || item->object != NULL)
        return false;
    for (size_t i = 0; i < item->fields.count; i++)
        if (!is_neutral(item->fields.items[i]))
            return false;
    return true;
}

static size_t run_end(const struct item_list *list, size_t start)
{
    size_t end = start + 1;
    for (size_t i = start + 1; i < list->count; i++) {
        const struct item *item = list->items[i];
        if (item->object != NULL && same_object(list->items[start], item))
            end = i + 1;
        else if (!is_neutral(item))
            break;
    }
    return end;
}

static struct item *object_group(struct placing *placing, const struct item_list *list,
                                 size_t start, size_t end)
{
    struct arena *arena = placing->diag->arena;
    const struct item *first = list->items[start];
    struct item *group = arena_alloc(arena, sizeof(*group));
    size_t length = first_length(first->object);
    group->form = ITEM_GROUP;
    group->where = first->to_where;
    group->name_where = first->to_where;
    group->name = arena_copy(arena, first->object, length);
    group->parent = first->parent;
    group->service = first->service;
    group->slot = group->member = group->row = DGM_NONE;
    for (size_t i = start; i < end; i++) {
        struct item *item = list->items[i];
        item->parent = group;
        if (item->object != NULL)
            item->object = item->object[length] == '.' ? item->object + length + 1 : NULL;
        item_append(arena, &group->fields, item);
    }
    return group;
}

static void wrap_list(struct placing *placing, struct item_list *list)
{
    struct item_list wrapped = {NULL, 0, 0};
    for (size_t i = 0; i < list->count;) {
        struct item *item = list->items[i];
        size_t end = i + 1;
        if (item->object != NULL) {
            end = run_end(list, i);
            item = object_group(placing, list, i, end);
        }
        item_append(placing->diag->arena, &wrapped, item);
        wrap_list(placing, &item->fields);
        i = end;
    }
    *list = wrapped;
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
    wrap_list(&placing, &message->items);
    message->flat = (struct item_list){NULL, 0, 0};
    flatten(source->diag->arena, &message->items, &message->flat);
    return !placing.failed;
}
