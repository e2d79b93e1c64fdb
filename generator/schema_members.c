/* SPDX-License-Identifier: MIT */
/*
 * The members of an object: all that its items can put there, and which of them are there
 * whatever the frame holds. Several items of one name are alternatives; of a switch, what
 * all of its cases have is sure.
 */
#include "schema.h"

#include <string.h>

/* What is looked for among items. */
struct wanted {
    const char *name; /* NULL: any member */
    uint16_t service; /* of members at the root; DGM_NONE: all */
    uint8_t role;     /* or an envelope member, not DGM_ROLE_NONE */
    bool is_within; /* a member of just this object whose members stand apart, or NULL: */
    const struct item *within;
};

static bool surely_has(const struct schema *schema, const struct item_list *list,
                       const struct wanted *wanted);

/* The group that stands for a repetition without name, whose rounds are collected. */
static const struct item *rounds_of(const struct item *item)
{
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->loop != NULL && item->loop->tag_count == 0)
            return item->parent;
    return NULL;
}

/* Does it stand in the records of another loop, all of which its arrays are about? */
static bool is_in_records(const struct item *item)
{
    for (item = item->parent; item != NULL && item->name == NULL && item->record == NULL;
         item = item->parent)
        if (item->form == ITEM_TLV || item->repeat.kind != EXTENT_ONCE)
            return true;
    return false;
}

/* Rounds of such a repetition, if the profile says how many. */
static bool fixed_rounds(const struct item *item, uint32_t *ret)
{
    const struct item *group = rounds_of(item);
    if (group == NULL || group->region.kind != EXTENT_FIXED || is_in_records(group))
        return false;
    const struct item *one = group->fields.items[0]->loop->tags[0].item;
    uint32_t stride = one->region.count;
    bool is_fixed =
        one->region.kind == EXTENT_FIXED ||
        (one->region.kind == EXTENT_ONCE && item_fixed_size(&one->fields, &stride));
    if (!is_fixed || stride == 0)
        return false;
    *ret = group->region.count / stride;
    return true;
}

static bool is_wanted(const struct item *item, const struct wanted *wanted)
{
    if (item->name == NULL || item->naming != NULL || wanted->role != DGM_ROLE_NONE)
        return false;
    if ((wanted->service != DGM_NONE && item->service != wanted->service) ||
        (wanted->is_within && item->within != wanted->within))
        return false;
    return wanted->name == NULL || strcmp(wanted->name, item->name) == 0;
}

/* Is there an array of what the loop collects, be it empty? Of loops inside its records
 * nothing is sure. */
static bool surely_collects(const struct item_list *list, const struct wanted *wanted)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        uint32_t rounds = 0;
        if (is_wanted(item, wanted)) {
            if (item->collects_always || (fixed_rounds(item, &rounds) && rounds > 0))
                return true;
        } else if (item->name == NULL && item->form != ITEM_TLV &&
                   surely_collects(&item->fields, wanted)) {
            return true;
        }
    }
    return false;
}

/* The member that the item makes, when it is there. */
static bool prints_surely(const struct schema *schema, const struct item *item)
{
    static const struct wanted any = {NULL, DGM_NONE, DGM_ROLE_NONE, false, NULL};
    if (item->kept_in != NULL || item->collects)
        return false;
    if (item_is_list(item) || item->has_place || item->is_tuple)
        return true;
    bool is_object =
        (item->form == ITEM_GROUP || item->form == ITEM_BITS) && item->format == NULL;
    return is_object ? surely_has(schema, &item->fields, &any)
                     : schema_is_certain(schema, item);
}

/* One of the cases from `index` on is there; those that refuse the frame do not count. */
static bool cases_have(const struct schema *schema, const struct item_list *list,
                       size_t index, const struct wanted *wanted)
{
    const struct choice *choice = list->items[index]->choice;
    for (size_t i = index; i < list->count; i++) {
        const struct item *item = list->items[i];
        if (item->choice == choice && !item_is_refused(item) &&
            !surely_has(schema, &item->fields, wanted))
            return false;
    }
    return true;
}

/* A mid of 0 is none where it has a default, and some times are no dates. */
static bool gives_role(const struct schema *schema, const struct item *item)
{
    bool can_be_none = item->role == DGM_ROLE_MID && item->default_json != NULL;
    bool is_date = item->role != DGM_ROLE_EVENT_TIME || item->is_time;
    return !can_be_none && is_date && schema_is_certain(schema, item);
}

static bool item_has(const struct schema *schema, const struct item *item,
                     const struct wanted *wanted)
{
    if (item->record != NULL || item->silent != SILENT_NOT)
        return false;
    bool is_absent = (item->when != NULL || item->optional) &&
                     !(is_wanted(item, wanted) && plan_has_absent_default(item));
    if (is_absent)
        return false;
    if (item->form == ITEM_TLV)
        return surely_collects(&item->fields, wanted);
    if (item->role != DGM_ROLE_NONE)
        return item->role == wanted->role && gives_role(schema, item);
    if (item->name != NULL)
        return is_wanted(item, wanted) && prints_surely(schema, item);
    return item->repeat.kind == EXTENT_ONCE && surely_has(schema, &item->fields, wanted);
}

static bool surely_has(const struct schema *schema, const struct item_list *list,
                       const struct wanted *wanted)
{
    const struct choice *seen = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        if (item->choice != NULL) {
            if (item->choice != seen && cases_have(schema, list, i, wanted))
                return true;
            seen = item->choice;
        } else if (item_has(schema, item, wanted)) {
            return true;
        }
    }
    return false;
}

bool schema_has_some(const struct schema *schema, const struct item_list *list,
                     uint16_t service)
{
    const struct wanted any = {NULL, service, DGM_ROLE_NONE, false, NULL};
    return surely_has(schema, list, &any);
}

bool schema_has_role(const struct schema *schema, const struct item_list *list,
                     uint8_t role)
{
    const struct wanted wanted = {NULL, DGM_NONE, role, false, NULL};
    return surely_has(schema, list, &wanted);
}

/* What encoding wants. */
static bool is_needed(const struct schema *schema, const struct item *item)
{
    return item->member < schema->message->member_count &&
           schema->message->members[item->member].required;
}

static bool is_object(const struct item *item)
{
    return (item->form == ITEM_GROUP || item->form == ITEM_BITS) && item->format == NULL;
}

static void add_places(const struct schema *schema, const struct item_list *list,
                       struct out *out, size_t *count);

/* Can a value be missing where something must stand for it? */
static bool leaves_gaps(const struct schema *schema, const struct item *item)
{
    for (const struct item *outer = item->parent; outer != NULL; outer = outer->parent)
        if (outer->silent != SILENT_NOT)
            return true;
    return !is_object(item) && !schema_is_certain(schema, item);
}

static void add_object(const struct schema *schema, const struct item *item,
                       struct schema_values *ret)
{
    struct schema_object object = {NULL, 0, 0};
    struct out out;
    size_t places = 0;
    if (item->is_tuple) {
        out_init(&out, schema->arena);
        add_places(schema, &item->fields, &out, &places);
        schema_add(schema, ret,
                   "\"type\":\"array\",\"items\":[%s],\"additionalItems\":false,"
                   "\"minItems\":%zu,\"maxItems\":%zu",
                   out.text, places, places);
        return;
    }
    schema_collect(schema, &item->fields, DGM_NONE, &object);
    bool vanishes = !item_is_list(item) && !item->has_place && !schema->is_input;
    schema_add(schema, ret, "%s", schema_of_object(schema, &object, vanishes));
}

static void add_once(const struct schema *schema, const struct item *item,
                     struct schema_values *ret)
{
    if (is_object(item))
        add_object(schema, item, ret);
    else
        schema_add_values(schema, item, ret);
}

/* Elements of a repetition at most: each takes a byte at least. */
static uint64_t most_rounds(const struct schema *schema, const struct item *item)
{
    struct item once = *item;
    uint32_t size = 0;
    once.repeat.kind = EXTENT_ONCE;
    bool is_known = item->form == ITEM_GROUP ? item_fixed_size(&item->fields, &size)
                                             : item_own_size(&once, &size);
    if (item->region.kind == EXTENT_FIXED)
        size = item->region.count;
    for (const struct item *outer = item; outer != NULL; outer = outer->parent)
        if (outer->hook != NULL)
            return DGM_MAX_FRAME;
    return schema->message->wire.frame_limit / (is_known && size > 0 ? size : 1);
}

static void array_ends(const struct schema *schema, const struct item *item,
                       uint64_t *ret_least, uint64_t *ret_most)
{
    struct exact low, high;
    uint32_t rounds;
    *ret_least = 0;
    *ret_most = most_rounds(schema, item);
    if (item->collects) {
        *ret_least = item->collects_always || schema->is_input ? 0 : 1;
        *ret_most = schema->message->wire.frame_limit;
        if (fixed_rounds(item, &rounds))
            *ret_least = *ret_most = rounds;
        return;
    }
    if (item->repeat.kind == EXTENT_FIXED) {
        *ret_least = *ret_most = item->repeat.count;
    } else if (item->repeat.kind == EXTENT_EXPR &&
               expr_bounds(item->repeat.expr, &low, &high)) {
        exact_int least = low.numerator > 0 ? low.numerator / low.denominator : 0;
        exact_int most = high.numerator > 0 ? high.numerator / high.denominator : 0;
        *ret_least = least < DGM_MAX_FRAME ? (uint64_t)least : 0;
        *ret_most = most < (exact_int)*ret_most ? (uint64_t)most : *ret_most;
    }
}

static void add_list(const struct schema *schema, const struct item *item,
                     struct schema_values *ret)
{
    struct schema_values elements = {NULL, 0, 0};
    uint64_t least, most;
    array_ends(schema, item, &least, &most);
    add_once(schema, item, &elements);
    if (leaves_gaps(schema, item))
        schema_add(schema, &elements, "\"type\":\"null\"");
    struct out out;
    out_init(&out, schema->arena);
    if (least > 0)
        out_format(&out, ",\"minItems\":%llu", (unsigned long long)least);
    schema_add(schema, ret, "\"type\":\"array\",\"items\":%s%s,\"maxItems\":%llu",
               schema_of_values(schema, &elements, NULL), out.text,
               (unsigned long long)most);
}

/* Records of unknown tags, by tag. */
static void add_kept(const struct schema *schema, struct schema_values *ret)
{
    schema_add(schema, ret,
               "\"type\":\"object\",\"patternProperties\":{\"^[0-9a-f]+$\":{\"type\":"
               "\"string\",\"pattern\":\"^(?:[0-9a-f]{2})*$\"}},\"minProperties\":1,"
               "\"maxProperties\":64,\"additionalProperties\":false");
}

static void add_member_values(const struct schema *schema, const struct item *item,
                              struct schema_values *ret)
{
    if (item->kept_in != NULL)
        add_kept(schema, ret);
    else if (item_is_list(item))
        add_list(schema, item, ret);
    else
        add_once(schema, item, ret);
}

static void add_places(const struct schema *schema, const struct item_list *list,
                       struct out *out, size_t *count)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        struct schema_values values = {NULL, 0, 0};
        if (!item->has_place) {
            add_places(schema, &item->fields, out, count);
            continue;
        }
        add_member_values(schema, item, &values);
        if (!item_is_list(item) && leaves_gaps(schema, item))
            schema_add(schema, &values, "\"type\":\"null\"");
        out_text(out, (*count)++ == 0 ? "" : ",");
        out_text(out, schema_of_values(schema, &values, item->name));
    }
}

static const char *describe(const struct schema *schema, const struct item *item)
{
    const struct product_field *field = item->field;
    const char *text = item->description != NULL ? item->description
                       : field != NULL           ? field->description
                                                 : NULL;
    const char *unit = field != NULL && field->unit != NULL ? field->unit : item->unit;
    if (text == NULL || unit == NULL)
        return text != NULL   ? text
               : unit != NULL ? arena_format(schema->arena, "in %s", unit)
                              : NULL;
    return arena_format(schema->arena, "%s, in %s", text, unit);
}

static void collect_member(const struct schema *schema, const struct item_list *list,
                           uint16_t service, const struct item *item,
                           struct schema_object *ret)
{
    const struct wanted wanted = {item->name, service, DGM_ROLE_NONE, true, item->within};
    bool is_pattern = item->naming != NULL;
    const char *name = item->name;
    if (is_pattern)
        name = arena_format(schema->arena, "^%s$", schema_text_of_names(schema, item));
    struct schema_member *member = schema_member(schema, ret, name, is_pattern);
    if (member->about == NULL)
        member->about = describe(schema, item);
    add_member_values(schema, item, &member->values);
    if (plan_has_absent_default(item) && !schema->is_input)
        schema_add(schema, &member->values, "\"const\":%s", item->default_json);
    member->required =
        !is_pattern &&
        (schema->is_input ? is_needed(schema, item) : surely_has(schema, list, &wanted));
}

/* What is looked for, and among which items. */
struct search {
    const struct schema *schema;
    const struct item_list *whole;
    uint16_t service;
    const struct item *within; /* object whose members stand apart, or NULL */
};

static void collect(const struct search *search, const struct item_list *list,
                    struct schema_object *ret)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        if (item->record != NULL)
            continue;
        if (item->name == NULL)
            collect(search, &item->fields, ret);
        else if ((search->service == DGM_NONE || item->service == search->service) &&
                 item->within == search->within)
            collect_member(search->schema, search->whole, search->service, item, ret);
    }
}

static void collect_apart(const struct search *search, struct schema_object *ret);

/* An object of the one that is searched, or of the root, whose members stand apart. */
static void add_apart(const struct search *search, const struct item *object,
                      struct schema_object *ret)
{
    const struct schema *schema = search->schema;
    const struct search inner = {schema, search->whole, search->service, object};
    const struct wanted any = {NULL, search->service, DGM_ROLE_NONE, true, object};
    struct schema_member *member = schema_member(schema, ret, object->name, false);
    struct schema_object members = {NULL, 0, 0};
    collect(&inner, search->whole, &members);
    collect_apart(&inner, &members);
    member->required = schema->is_input ? is_needed(schema, object)
                                        : surely_has(schema, search->whole, &any);
    schema_add(schema, &member->values, "%s",
               schema_of_object(schema, &members, !schema->is_input));
}

static void collect_apart(const struct search *search, struct schema_object *ret)
{
    const struct item_list *objects = &search->schema->message->objects;
    for (size_t i = 0; i < objects->count; i++) {
        const struct item *object = objects->items[i];
        if (object->within == search->within &&
            (search->service == DGM_NONE || object->service == search->service))
            add_apart(search, object, ret);
    }
}

void schema_collect(const struct schema *schema, const struct item_list *list,
                    uint16_t service, struct schema_object *ret)
{
    const struct search search = {schema, list, service, NULL};
    collect(&search, list, ret);
    if (list == &schema->message->items)
        collect_apart(&search, ret);
}
