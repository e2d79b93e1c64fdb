/* SPDX-License-Identifier: MIT */
/*
 * Binding: which JSON value belongs to which member of a message. It remembers places,
 * not values, and so costs one small entry per member of the table, however long the JSON
 * is. Members of records and of array elements are bound again for each record and
 * element.
 */
#include "encode.h"

#include <string.h>

static enum dgm_status type_fault(struct encoder *encoder,
                                  const struct dgm_member *member, size_t at,
                                  const char *detail)
{
    return encode_fail_text(encoder, DGM_TYPE, member->path, at, detail);
}

/* Some of the members of the message, from `first` up to `end`. */
struct span {
    unsigned first, end;
};

/* Are its members, or those of its elements, found by their place? */
static bool is_tuple(const struct dgm_member *member)
{
    return HAS_PLACES && (member->flags & DGM_MEMBER_TUPLE) != 0;
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

/* Is the name, which no member has, one of the envelope's that stand beside them? */
static bool is_beside(const struct scope *scope, const struct json_string *name)
{
    return (scope->is_root && envelope_is_plain_name(name)) ||
           (scope->skips_time && json_string_is(name, "event_time", 10));
}

/* Bind a member of the message to its value. */
static enum dgm_status bind_value(struct encoder *encoder, unsigned index,
                                  enum json_type type, size_t at, size_t length)
{
    enum dgm_status status =
        check_bound(encoder, &encoder->members[index], type, at, length);
    if (status != DGM_OK)
        return status;
    encoder->bound[index].at = (uint32_t)at;
    encoder->bound[index].type = (uint8_t)type;
    if (encoder->members[index].kind == DGM_MEMBER_OBJECT)
        encoder->has_objects = true;
    return DGM_OK;
}

/* Bind the members of one object, nested ones not yet; `next` is likely the first one. */
static enum dgm_status bind_object(struct encoder *encoder, const struct scope *scope,
                                   unsigned next, size_t at)
{
    struct json_reader reader;
    struct json_string name;
    encode_reader(encoder, at, &reader);
    json_begin_object(&reader);
    while (json_next_member(&reader, &name)) {
        size_t name_at = (size_t)(name.raw - encoder->json) - 1;
        uint16_t index = bind_find(encoder, scope, &name, &next);
        enum json_type type = json_peek(&reader);
        size_t value_at = reader.position;
        json_skip(&reader);
        if (index == DGM_NONE && is_beside(scope, &name))
            continue;
        if (index == DGM_NONE && encode_ignores(encoder)) {
            encoder->left_out++;
            continue;
        }
        if (index == DGM_NONE)
            return encode_fail(encoder, DGM_UNKNOWN_MEMBER, 0, name_at);
        if (encoder->bound[index].type != 0)
            return encode_fail(encoder, DGM_DUPLICATE_MEMBER,
                               encoder->members[index].path, name_at);
        enum dgm_status status =
            bind_value(encoder, index, type, value_at, reader.position - value_at);
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

/* Bind the elements of an array whose members are known by their place. */
static enum dgm_status bind_tuple(struct encoder *encoder, const struct scope *scope,
                                  unsigned index, size_t at)
{
    struct json_reader reader;
    encode_reader(encoder, at, &reader);
    json_begin_array(&reader);
    while (json_next_element(&reader)) {
        enum json_type type = json_peek(&reader);
        size_t value_at = reader.position;
        json_skip(&reader);
        while (index < encoder->message->member_count &&
               !scope_has(scope, &encoder->members[index]))
            index++;
        if (index == encoder->message->member_count && encode_ignores(encoder)) {
            encoder->left_out++;
            continue;
        }
        if (index == encoder->message->member_count)
            return encode_fail_text(encoder, DGM_UNKNOWN_MEMBER, 0, value_at,
                                    "the array has more elements than the profile");
        enum dgm_status status =
            bind_value(encoder, index, type, value_at, reader.position - value_at);
        if (status != DGM_OK)
            return status;
        index++;
    }
    return DGM_OK;
}

/* Bind what the JSON value at `at` has for the scope. */
static enum dgm_status bind_members(struct encoder *encoder, const struct scope *scope,
                                    unsigned first, size_t at)
{
    bool by_place =
        scope->parent != DGM_NONE && is_tuple(&encoder->members[scope->parent]);
    return by_place ? bind_tuple(encoder, scope, first, at)
                    : bind_object(encoder, scope, first, at);
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
static enum dgm_status bind_nested(struct encoder *encoder, const struct scope *scope,
                                   struct span span)
{
    for (unsigned i = span.first; i < span.end; i++) {
        if (encoder->members[i].kind != DGM_MEMBER_OBJECT ||
            encoder->bound[i].type == 0 || !is_reached(encoder, i, scope))
            continue;
        struct scope inner = *scope;
        inner.parent = (uint16_t)i;
        inner.skips_time = false;
        inner.is_root = false;
        enum dgm_status status =
            bind_members(encoder, &inner, i + 1u, encoder->bound[i].at);
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

static enum dgm_status check_required(struct encoder *encoder, const struct scope *scope,
                                      struct span span, size_t object_at)
{
    for (unsigned i = span.first; i < span.end; i++) {
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

/* Bind the members of the scope, which are among those of the span; `first` is likely the
 * first one of the JSON. */
static enum dgm_status bind_scope(struct encoder *encoder, const struct scope *scope,
                                  struct span span, unsigned first, size_t at)
{
    encoder->has_objects = false;
    enum dgm_status status = bind_members(encoder, scope, first, at);
    if (status != DGM_OK || !encoder->has_objects)
        return status;
    return bind_nested(encoder, scope, span);
}

static struct span all_members(const struct encoder *encoder)
{
    struct span all = {0, encoder->message->member_count};
    return all;
}

/* Do the members inside each one stand right behind it? */
static bool is_nested_in_order(const struct encoder *encoder)
{
    for (unsigned i = 1; i < encoder->message->member_count; i++) {
        uint16_t parent = encoder->members[i].parent;
        if (parent != DGM_NONE && parent != i - 1 && !is_below(encoder, i - 1, parent))
            return false;
    }
    return true;
}

/* Where the members inside a member stand. */
static struct span inner_members(struct encoder *encoder, uint16_t member)
{
    struct span span = {member + 1u, encoder->message->member_count};
    if (encoder->nesting == NESTING_UNKNOWN)
        encoder->nesting = is_nested_in_order(encoder) ? NESTING_IN_ORDER : NESTING_APART;
    if (encoder->nesting != NESTING_IN_ORDER)
        return span;
    span.end = span.first;
    while (span.end < encoder->message->member_count &&
           is_below(encoder, span.end, member))
        span.end++;
    return span;
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
    struct span all = all_members(encoder);
    forget_record(encoder, row);
    enum dgm_status status = bind_scope(encoder, &scope, all, 0, entry->data);
    return status == DGM_OK ? check_required(encoder, &scope, all, entry->data) : status;
}

enum dgm_status bind_element(struct encoder *encoder, uint16_t array_member, size_t at)
{
    const struct dgm_member *array = &encoder->members[array_member];
    struct scope scope = {array_member, array->service, array->record, false, false};
    struct json_reader reader;
    struct span span = inner_members(encoder, array_member);
    for (unsigned i = span.first; i < span.end; i++)
        if (is_below(encoder, i, array_member))
            memset(&encoder->bound[i], 0, sizeof(encoder->bound[i]));
    encode_reader(encoder, at, &reader);
    if (json_peek(&reader) != (is_tuple(array) ? JSON_ARRAY : JSON_OBJECT))
        return type_fault(encoder, array, at,
                          is_tuple(array) ? "an array is expected"
                                          : "an object is expected");
    enum dgm_status status = bind_scope(encoder, &scope, span, span.first, at);
    return status == DGM_OK ? check_required(encoder, &scope, span, at) : status;
}

/* Is a member of the message itself bound that belongs to the service? */
static bool has_own_bound(const struct encoder *encoder, uint16_t service)
{
    for (unsigned i = 0; i < encoder->message->member_count; i++) {
        const struct dgm_member *member = &encoder->members[i];
        if (member->service == service && member->record == DGM_NONE &&
            encoder->bound[i].type != 0)
            return true;
    }
    return false;
}

/*
 * A service may have members of the report itself beside its records, of the same names
 * even: then the first entry that begins with one is the report's own, and those behind
 * it are records. It is the one whose members are bound, or will be if none are yet.
 */
static bool is_own_entry(struct encoder *encoder, const struct entry *entry)
{
    struct scope scope = {DGM_NONE, entry->service, DGM_NONE, false, false};
    struct json_reader reader;
    struct json_string name;
    unsigned next = 0;
    encode_reader(encoder, entry->data, &reader);
    json_begin_object(&reader);
    if (!json_next_member(&reader, &name))
        return false;
    uint16_t first = bind_find(encoder, &scope, &name, &next);
    if (first == DGM_NONE)
        return false;
    if (encoder->bound[first].type == 0)
        return !has_own_bound(encoder, entry->service);
    encode_reader(encoder, entry->data, &reader);
    json_skip(&reader);
    size_t at = encoder->bound[first].at;
    return entry->data < at && at < reader.position;
}

enum dgm_status bind_record_row(struct encoder *encoder, const struct entry *entry,
                                uint16_t *ret)
{
    *ret = DGM_NONE;
    if (!(encoder->message->flags & DGM_MESSAGE_RECORDS))
        return DGM_OK;
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

/* The first member of this service, looked for behind that of the last one; or the count
 * of all. */
static unsigned service_member(struct encoder *encoder, uint16_t service)
{
    unsigned count = encoder->message->member_count, i = encoder->service_member;
    for (unsigned looks = 0; looks < count; looks++, i++) {
        if (i >= count)
            i = 0;
        bool behind_another = i == 0 || encoder->members[i - 1].service != service;
        if (encoder->members[i].service == service && behind_another) {
            encoder->service_member = i;
            return i;
        }
    }
    return count;
}

static enum dgm_status bind_entry(struct encoder *encoder, const struct entry *entry)
{
    uint16_t row;
    struct span all = all_members(encoder);
    unsigned first = service_member(encoder, entry->service);
    bool takes = first < all.end;
    if (!takes && encode_ignores(encoder)) {
        encoder->left_out++;
        return DGM_OK;
    }
    if (!takes)
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
    return bind_scope(encoder, &scope, all, first, entry->data);
}

/* Of each service in turn; those of one stand together, mostly. */
static enum dgm_status check_all_required(struct encoder *encoder)
{
    struct scope scope = {DGM_NONE, DGM_NONE, DGM_NONE, false, encoder->envelope.bare};
    struct span span = {0, 0};
    for (; span.first < encoder->message->member_count; span.first = span.end) {
        scope.service = encoder->members[span.first].service;
        while (span.end < encoder->message->member_count &&
               encoder->members[span.end].service == scope.service)
            span.end++;
        enum dgm_status status =
            scope.service == DGM_NONE
                ? DGM_OK
                : check_required(encoder, &scope, span, encoder->envelope.entries);
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

static ONE_COPY void keep_report_time(struct encoder *encoder)
{
    encoder->report_time = encoder->envelope.roles[DGM_ROLE_EVENT_TIME];
    if (HAS_DETAILS)
        encoder->report_time_at = encoder->envelope.role_at[DGM_ROLE_EVENT_TIME];
}

static enum dgm_status bind_report(struct encoder *encoder)
{
    struct entries entries;
    struct entry entry;
    bool more;
    bool is_first = true;
    keep_report_time(encoder);
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
        if (is_first && encoder->report_time.kind == VALUE_MISSING) {
            encoder->report_time = entry.time;
            if (HAS_DETAILS)
                encoder->report_time_at = entry.time_at;
        }
        is_first = false;
    }
    return check_all_required(encoder);
}

static enum dgm_status bind_parameters(struct encoder *encoder)
{
    struct scope scope = {DGM_NONE, DGM_NONE, DGM_NONE, false, encoder->envelope.bare};
    struct span all = all_members(encoder);
    keep_report_time(encoder);
    if (encoder->envelope.members > 0 || encoder->envelope.bare) {
        enum dgm_status status =
            bind_scope(encoder, &scope, all, 0, encoder->envelope.members);
        if (status != DGM_OK)
            return status;
    }
    return check_required(encoder, &scope, all, encoder->envelope.members);
}

enum dgm_status bind_message(struct encoder *encoder)
{
    encoder->is_indexed = false;
    encoder->looks = 0;
    encoder->left_out = 0;
    encoder->service_member = 0;
    encoder->nesting = NESTING_UNKNOWN;
    if (encoder->message->member_count > 0)
        memset(encoder->bound, 0,
               encoder->message->member_count * sizeof(*encoder->bound));
    uint8_t kind = encoder->message->kind;
    if (kind == DGM_KIND_REPLY)
        return DGM_OK;
    return kind_has_services(kind) ? bind_report(encoder) : bind_parameters(encoder);
}

ONE_COPY uint32_t bind_count_records(struct encoder *encoder, uint16_t row)
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
