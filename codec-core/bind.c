/* SPDX-License-Identifier: MIT */
/*
 * Binding: which JSON value belongs to which member of a message. It remembers places,
 * not values, and so costs one small entry per member of the table, however long the JSON
 * is. Members of records and of array elements are bound again for each record and
 * element.
 */
#include "encode.h"

#include <string.h>

/* The members that one JSON object is looked up among. */
struct scope {
    uint16_t parent, service, record;
    bool skips_time; /* plain record: event_time is no member */
    bool is_root;    /* bare model: envelope members stand beside the members */
};

static bool in_scope(const struct dgm_member *member, const struct scope *scope)
{
    return member->parent == scope->parent && member->record == scope->record &&
           (member->parent != DGM_NONE || member->service == scope->service);
}

static uint16_t find_member(const struct encoder *encoder, const struct scope *scope,
                            const struct json_string *name)
{
    for (unsigned i = 0; i < encoder->message->member_count; i++) {
        const struct dgm_member *member = &encoder->members[i];
        if (in_scope(member, scope) &&
            json_string_is(name, encoder->codec->pool + member->name,
                           member->name_length))
            return (uint16_t)i;
    }
    return DGM_NONE;
}

static enum dgm_status type_fault(struct encoder *encoder,
                                  const struct dgm_member *member, size_t at,
                                  const char *detail)
{
    return encode_fail_text(encoder, DGM_TYPE, member->path, at, detail);
}

/* Are its members, or those of its elements, found by their place? */
static bool is_tuple(const struct dgm_member *member)
{
    return (member->flags & DGM_MEMBER_TUPLE) != 0;
}

/* Check what can be seen without a row: containers and literals. */
static enum dgm_status check_bound(struct encoder *encoder,
                                   const struct dgm_member *member, enum json_type type,
                                   size_t at, size_t length)
{
    bool is_array = member->kind == DGM_MEMBER_ARRAY ||
                    (member->kind == DGM_MEMBER_OBJECT && is_tuple(member));
    if (member->kind == DGM_MEMBER_OBJECT && !is_array && type != JSON_OBJECT)
        return type_fault(encoder, member, at, "an object is expected");
    if (is_array && type != JSON_ARRAY)
        return type_fault(encoder, member, at, "an array is expected");
    if (member->kind == DGM_MEMBER_LITERAL &&
        !json_text_equal(encoder->json + at, length, encoder->codec->pool + member->text,
                         member->text_length))
        return encode_fail(encoder, DGM_CONST, member->path, at);
    return DGM_OK;
}

/* Bind the members of one object, nested ones not yet. */
static enum dgm_status bind_object(struct encoder *encoder, const struct scope *scope,
                                   size_t at)
{
    struct json_reader reader;
    struct json_string name;
    encode_reader(encoder, at, &reader);
    json_begin_object(&reader);
    while (json_next_member(&reader, &name)) {
        size_t name_at = (size_t)(name.raw - encoder->json) - 1;
        uint16_t index = find_member(encoder, scope, &name);
        enum json_type type = json_peek(&reader);
        size_t value_at = reader.position;
        json_skip(&reader);
        if (index == DGM_NONE && scope->is_root && envelope_is_plain_name(&name))
            continue;
        if (index == DGM_NONE && scope->skips_time &&
            json_string_is(&name, "event_time", 10))
            continue;
        if (index == DGM_NONE)
            return encode_fail(encoder, DGM_UNKNOWN_MEMBER, 0, name_at);
        const struct dgm_member *member = &encoder->members[index];
        if (encoder->bound[index].type != 0)
            return encode_fail(encoder, DGM_DUPLICATE_MEMBER, member->path, name_at);
        enum dgm_status status =
            check_bound(encoder, member, type, value_at, reader.position - value_at);
        if (status != DGM_OK)
            return status;
        encoder->bound[index].at = (uint32_t)value_at;
        encoder->bound[index].type = (uint8_t)type;
    }
    return DGM_OK;
}

/* Bind the elements of an array whose members are known by their place. */
static enum dgm_status bind_tuple(struct encoder *encoder, const struct scope *scope,
                                  size_t at)
{
    struct json_reader reader;
    unsigned index = 0;
    encode_reader(encoder, at, &reader);
    json_begin_array(&reader);
    while (json_next_element(&reader)) {
        enum json_type type = json_peek(&reader);
        size_t value_at = reader.position;
        json_skip(&reader);
        while (index < encoder->message->member_count &&
               !in_scope(&encoder->members[index], scope))
            index++;
        if (index == encoder->message->member_count)
            return encode_fail_text(encoder, DGM_UNKNOWN_MEMBER, 0, value_at,
                                    "the array has more elements than the profile");
        const struct dgm_member *member = &encoder->members[index];
        enum dgm_status status =
            check_bound(encoder, member, type, value_at, reader.position - value_at);
        if (status != DGM_OK)
            return status;
        encoder->bound[index].at = (uint32_t)value_at;
        encoder->bound[index].type = (uint8_t)type;
        index++;
    }
    return DGM_OK;
}

/* Bind what the JSON value at `at` has for the scope. */
static enum dgm_status bind_members(struct encoder *encoder, const struct scope *scope,
                                    size_t at)
{
    bool by_place =
        scope->parent != DGM_NONE && is_tuple(&encoder->members[scope->parent]);
    return by_place ? bind_tuple(encoder, scope, at) : bind_object(encoder, scope, at);
}

/* Is the member below `ancestor`, at any depth? */
static bool is_below(const struct encoder *encoder, unsigned index, uint16_t ancestor)
{
    uint16_t parent = encoder->members[index].parent;
    while (parent != DGM_NONE && parent != ancestor)
        parent = encoder->members[parent].parent;
    return parent == ancestor;
}

/* Does the sweep of this scope reach the member? Not through arrays: elements bind on
 * their own. */
static bool is_reached(const struct encoder *encoder, unsigned index,
                       const struct scope *scope)
{
    const struct dgm_member *member = &encoder->members[index];
    if (member->record != scope->record)
        return false;
    if (scope->parent == DGM_NONE && member->parent == DGM_NONE)
        return member->service == scope->service;
    while (member->parent != DGM_NONE && member->parent != scope->parent) {
        member = &encoder->members[member->parent];
        if (member->kind == DGM_MEMBER_ARRAY)
            return false;
    }
    return member->parent == scope->parent &&
           (scope->parent != DGM_NONE || member->service == scope->service);
}

/* Parents stand before their members, so that one sweep binds every depth. */
static enum dgm_status bind_nested(struct encoder *encoder, const struct scope *scope)
{
    for (unsigned i = 0; i < encoder->message->member_count; i++) {
        if (encoder->members[i].kind != DGM_MEMBER_OBJECT ||
            encoder->bound[i].type == 0 || !is_reached(encoder, i, scope))
            continue;
        struct scope inner = *scope;
        inner.parent = (uint16_t)i;
        inner.skips_time = false;
        inner.is_root = false;
        enum dgm_status status = bind_members(encoder, &inner, encoder->bound[i].at);
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

static enum dgm_status check_required(struct encoder *encoder, const struct scope *scope,
                                      size_t object_at)
{
    for (unsigned i = 0; i < encoder->message->member_count; i++) {
        const struct dgm_member *member = &encoder->members[i];
        if (!(member->flags & DGM_MEMBER_REQUIRED) || encoder->bound[i].type != 0 ||
            !is_reached(encoder, i, scope))
            continue;
        bool parent_given = member->parent == DGM_NONE ||
                            member->parent == scope->parent ||
                            encoder->bound[member->parent].type != 0;
        if (parent_given)
            return encode_fail(encoder, DGM_MISSING_MEMBER, member->path, object_at);
    }
    return DGM_OK;
}

static enum dgm_status bind_scope(struct encoder *encoder, const struct scope *scope,
                                  size_t at)
{
    enum dgm_status status = bind_members(encoder, scope, at);
    return status == DGM_OK ? bind_nested(encoder, scope) : status;
}

static void forget_record(struct encoder *encoder, uint16_t record)
{
    for (unsigned i = 0; i < encoder->message->member_count; i++)
        if (encoder->members[i].record == record)
            memset(&encoder->bound[i], 0, sizeof(encoder->bound[i]));
}

enum dgm_status bind_record(struct encoder *encoder, const struct entry *entry,
                            uint16_t row)
{
    struct scope scope = {DGM_NONE, entry->service, row, entry->time_is_member, false};
    forget_record(encoder, row);
    enum dgm_status status = bind_scope(encoder, &scope, entry->data);
    return status == DGM_OK ? check_required(encoder, &scope, entry->data) : status;
}

enum dgm_status bind_element(struct encoder *encoder, uint16_t array_member, size_t at)
{
    const struct dgm_member *array = &encoder->members[array_member];
    struct scope scope = {array_member, array->service, array->record, false, false};
    struct json_reader reader;
    for (unsigned i = 0; i < encoder->message->member_count; i++)
        if (is_below(encoder, i, array_member))
            memset(&encoder->bound[i], 0, sizeof(encoder->bound[i]));
    encode_reader(encoder, at, &reader);
    if (json_peek(&reader) != (is_tuple(array) ? JSON_ARRAY : JSON_OBJECT))
        return type_fault(encoder, array, at,
                          is_tuple(array) ? "an array is expected"
                                          : "an object is expected");
    enum dgm_status status = bind_scope(encoder, &scope, at);
    return status == DGM_OK ? check_required(encoder, &scope, at) : status;
}

/* Does the first member of the entry belong to the message itself rather than to a
 * record? */
static bool begins_with_own_member(struct encoder *encoder, const struct entry *entry)
{
    struct scope scope = {DGM_NONE, entry->service, DGM_NONE, false, false};
    struct json_reader reader;
    struct json_string name;
    encode_reader(encoder, entry->data, &reader);
    json_begin_object(&reader);
    return json_next_member(&reader, &name) &&
           find_member(encoder, &scope, &name) != DGM_NONE;
}

/*
 * A service may have members of the report itself beside its records, of the same names
 * even: then the first entry is the report's own, and those behind it are records.
 */
static bool is_own_entry(struct encoder *encoder, const struct entry *entry)
{
    struct entries entries;
    struct entry earlier;
    bool more = true;
    if (!begins_with_own_member(encoder, entry))
        return false;
    entries_begin(encoder, &entries);
    while (entries_next(encoder, &entries, &earlier, &more) == DGM_OK && more) {
        if (earlier.service == entry->service &&
            begins_with_own_member(encoder, &earlier))
            return earlier.data == entry->data;
    }
    return false;
}

enum dgm_status bind_record_row(struct encoder *encoder, const struct entry *entry,
                                uint16_t *ret)
{
    *ret = DGM_NONE;
    for (unsigned i = 0; i < encoder->message->row_count; i++) {
        const struct dgm_row *row = &encoder->rows[i];
        if (row->op == DGM_OP_REPEAT && (row->flags & DGM_ROW_RECORD) &&
            row->limit == entry->service) {
            *ret = is_own_entry(encoder, entry) ? DGM_NONE : (uint16_t)i;
            return DGM_OK;
        }
    }
    return DGM_OK;
}

/* Is there a member of this service at all? */
static bool takes_service(const struct encoder *encoder, uint16_t service)
{
    for (unsigned i = 0; i < encoder->message->member_count; i++)
        if (encoder->members[i].service == service)
            return true;
    return false;
}

static enum dgm_status bind_entry(struct encoder *encoder, const struct entry *entry)
{
    uint16_t row;
    if (!takes_service(encoder, entry->service))
        return encode_fail_text(encoder, DGM_UNKNOWN_MEMBER, 0, entry->at,
                                "the message has nothing for this service");
    enum dgm_status status = bind_record_row(encoder, entry, &row);
    if (status != DGM_OK)
        return status;
    if (row != DGM_NONE) {
        status = bind_record(encoder, entry, row);
        forget_record(encoder, row);
        return status;
    }
    struct scope scope = {DGM_NONE, entry->service, DGM_NONE, entry->time_is_member,
                          encoder->envelope.bare};
    return bind_scope(encoder, &scope, entry->data);
}

static enum dgm_status check_all_required(struct encoder *encoder)
{
    struct scope scope = {DGM_NONE, DGM_NONE, DGM_NONE, false, encoder->envelope.bare};
    for (unsigned i = 0; i < encoder->codec->model->services.count; i++) {
        scope.service = (uint16_t)i;
        enum dgm_status status =
            check_required(encoder, &scope, encoder->envelope.entries);
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

static enum dgm_status bind_report(struct encoder *encoder)
{
    struct entries entries;
    struct entry entry;
    bool more;
    bool is_first = true;
    encoder->report_time = encoder->envelope.roles[DGM_ROLE_EVENT_TIME];
    entries_begin(encoder, &entries);
    for (;;) {
        enum dgm_status status = entries_next(encoder, &entries, &entry, &more);
        if (status != DGM_OK)
            return status;
        if (!more)
            break;
        status = bind_entry(encoder, &entry);
        if (status != DGM_OK)
            return status;
        if (is_first && encoder->report_time.kind == VALUE_MISSING)
            encoder->report_time = entry.time;
        is_first = false;
    }
    return check_all_required(encoder);
}

static enum dgm_status bind_parameters(struct encoder *encoder)
{
    struct scope scope = {DGM_NONE, DGM_NONE, DGM_NONE, false, encoder->envelope.bare};
    struct json_reader reader;
    encoder->report_time = encoder->envelope.roles[DGM_ROLE_EVENT_TIME];
    encode_reader(encoder, encoder->envelope.members, &reader);
    if (encoder->envelope.members > 0 || encoder->envelope.bare) {
        enum dgm_status status = bind_scope(encoder, &scope, encoder->envelope.members);
        if (status != DGM_OK)
            return status;
    }
    return check_required(encoder, &scope, encoder->envelope.members);
}

enum dgm_status bind_message(struct encoder *encoder)
{
    if (encoder->message->member_count > 0)
        memset(encoder->bound, 0,
               encoder->message->member_count * sizeof(*encoder->bound));
    uint8_t kind = encoder->message->kind;
    if (kind == DGM_KIND_REPLY)
        return DGM_OK;
    return kind_has_services(kind) ? bind_report(encoder) : bind_parameters(encoder);
}

uint32_t bind_count_records(struct encoder *encoder, uint16_t row)
{
    struct entries entries;
    struct entry entry;
    uint16_t found;
    bool more = true;
    uint32_t count = 0;
    entries_begin(encoder, &entries);
    while (entries_next(encoder, &entries, &entry, &more) == DGM_OK && more)
        if (bind_record_row(encoder, &entry, &found) == DGM_OK && found == row)
            count++;
    return count;
}
