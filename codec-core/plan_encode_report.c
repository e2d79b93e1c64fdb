/* SPDX-License-Identifier: MIT */
/*
 * Encoding by a plan: reports. The first message that takes all the members is the one,
 * so they are tried in that order, as long as each refuses for sure: by a member or
 * service that it does not know, or by one that it misses.
 */
#include "plan_encode_run.h"

#include "calendar.h"

/* What the members of each service had so far. */
struct services {
    uint64_t seen[PLAN_SERVICES];
};

static const uint8_t *read_service(struct plan_run *run, struct services *services,
                                   const struct plan_scope *scope, const uint8_t *p)
{
    return plan_read_members(run, scope, p,
                             &services->seen[scope - run->message->scopes]);
}

/* A time of the platform: only whether it is one. */
static const uint8_t *read_time(const struct plan_run *run, const uint8_t *p)
{
    int64_t milliseconds;
    struct plan_name name;
    p = plan_read_name(run->text, p, &name);
    if (p == NULL)
        return NULL;
    const char *text = (const char *)name.text + 1;
    size_t length = name.length - 2;
    return calendar_read(text, length, CALENDAR_COMPACT, &milliseconds) ||
                   calendar_read(text, length, CALENDAR_ISO_MS, &milliseconds)
               ? p
               : NULL;
}

/* The members of the service that is named; those of an unknown one are not for this
 * message. */
static const struct plan_scope *find_service(struct plan_run *run,
                                             const struct plan_name *name)
{
    const struct plan_message *message = run->message;
    for (unsigned i = 0; i < message->scope_count; i++)
        if (plan_name_is(name, run->codec->pool +
                                   run->codec->services[message->scopes[i].service].name))
            return &message->scopes[i];
    run->is_foreign = true;
    return NULL;
}

/* One service: its name, members and time, in any order. */
static const uint8_t *read_entry(struct plan_run *run, struct services *services,
                                 enum dgm_shape shape, const uint8_t *p)
{
    const struct plan_scope *scope = run->codec->plan->encode->entries[shape];
    const struct plan_field *field = scope->fields;
    struct plan_name service = {NULL, 0};
    const uint8_t *data = NULL, *data_end = NULL;
    uint64_t seen = 0;
    if (!plan_next_is(run->text, p, '{'))
        return NULL;
    for (;; field++) {
        p = plan_find(run, scope, p, seen == 0, &field);
        if (p == NULL || field == NULL)
            break;
        p = plan_blanks(run->text, p);
        if (p == run->text.end || (seen & field->bit) != 0)
            return NULL;
        seen |= field->bit;
        if (field->read == PLAN_ENVELOPE_SERVICE) {
            p = plan_read_name(run->text, p, &service);
        } else if (field->read == PLAN_ENVELOPE_DATA) {
            data = p;
            p = data_end = plan_pass_value(run->text, p);
        } else {
            p = read_time(run, p);
        }
        if (p == NULL)
            return NULL;
    }
    if (p == NULL || data == NULL || service.text == NULL)
        return NULL;
    const struct plan_scope *members = find_service(run, &service);
    return members != NULL && read_service(run, services, members, data) == data_end
               ? p
               : NULL;
}

static const uint8_t *read_entries(struct plan_run *run, struct services *services,
                                   enum dgm_shape shape, const uint8_t *p)
{
    bool more = true;
    if (!plan_next_is(run->text, p, '['))
        return NULL;
    p = plan_blanks(run->text, p + 1);
    if (plan_next_is(run->text, p, ']'))
        return p + 1;
    while (more) {
        p = read_entry(run, services, shape, p);
        if (p != NULL)
            p = plan_read_comma(run->text, p, &more);
        if (p == NULL)
            return NULL;
    }
    return p;
}

/* The plain shape: services stand among the members of the envelope. */
static const uint8_t *read_plain(struct plan_run *run, struct services *services,
                                 const uint8_t *p)
{
    const struct plan_scope *scope = run->message->plain;
    const struct plan_field *field = scope->fields;
    uint64_t seen = 0;
    run->roles_given = 0;
    for (bool is_first = true;; is_first = false, field++) {
        p = plan_find(run, scope, p, is_first, &field);
        if (p == NULL || field == NULL)
            return p;
        p = plan_blanks(run->text, p);
        if (p == run->text.end || (seen & field->bit) != 0)
            return NULL;
        seen |= field->bit;
        if (field->read == PLAN_ENVELOPE_DATA)
            p = read_service(run, services, field->with.scope, p);
        else if (field->read == PLAN_ENVELOPE_ROLE)
            p = plan_read_role(run, p, field->role);
        else
            p = read_time(run, p);
        if (p == NULL)
            return NULL;
    }
}

static bool complete(struct plan_run *run, const struct services *services)
{
    const struct plan_message *message = run->message;
    for (unsigned i = 0; i < message->scope_count; i++)
        if (!plan_complete(run, &message->scopes[i], services->seen[i], NULL))
            return false;
    return true;
}

static bool try_message(struct plan_run *run, enum dgm_shape shape,
                        const struct plan_message *message, const uint8_t *p,
                        const uint8_t *end)
{
    struct services services;
    memset(&services, 0, sizeof(services));
    if (!plan_begin(run, message))
        return false;
    if (shape == DGM_SHAPE_PLAIN) {
        if (message->plain == NULL)
            return false;
        p = read_plain(run, &services, p);
        return p != NULL && plan_blanks(run->text, p) == end && complete(run, &services);
    }
    return read_entries(run, &services, shape, p) == end && complete(run, &services);
}

bool plan_read_report(struct plan_run *run, enum dgm_shape shape, const uint8_t *p,
                      const uint8_t *end)
{
    const struct plan_encode *plan = run->codec->plan->encode;
    for (uint32_t i = 0; i < plan->report_count && plan->reports[i] != NULL; i++) {
        run->is_foreign = false;
        if (try_message(run, shape, plan->reports[i], p, end))
            return true;
        if (!run->is_foreign)
            return false;
    }
    return false;
}
