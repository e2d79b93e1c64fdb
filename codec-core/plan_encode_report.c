/* SPDX-License-Identifier: MIT */
/*
 * Encoding by a plan: reports. The first message that takes all the members is the one,
 * so they are tried in that order, as long as each refuses for sure: by a member or
 * service that it does not know, or by one that it misses.
 */
#include "plan_encode_run.h"

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

/* One service of the report. */
struct report_entry {
    struct plan_name service;
    const uint8_t *data, *data_end; /* members that came before the name */
    bool has_data;
    bool is_first; /* its time is that of the report */
};

static const uint8_t *read_data(struct plan_run *run, struct services *services,
                                const struct plan_name *name, const uint8_t *p)
{
    const struct plan_scope *scope = find_service(run, name);
    return scope != NULL ? read_service(run, services, scope, p) : NULL;
}

static const uint8_t *read_part(struct plan_run *run, struct services *services,
                                const struct plan_field *field, const uint8_t *p,
                                struct report_entry *entry)
{
    int64_t time;
    if (field->read == PLAN_ENVELOPE_SERVICE)
        return plan_read_name(run->text, p, &entry->service);
    if (field->read == PLAN_ENVELOPE_TIME) {
        p = plan_read_time(run, p, &time);
        if (p != NULL && entry->is_first)
            plan_set_time(run, time);
        return p;
    }
    entry->has_data = true;
    if (entry->service.text != NULL)
        return read_data(run, services, &entry->service, p);
    entry->data = p;
    entry->data_end = plan_pass_value(run->text, p);
    return entry->data_end;
}

/* Its name, members and time, in any order. */
static const uint8_t *read_entry(struct plan_run *run, struct services *services,
                                 enum dgm_shape shape, const uint8_t *p, bool is_first)
{
    const struct plan_scope *scope = run->codec->plan->encode->entries[shape];
    const struct plan_field *field = scope->fields;
    struct report_entry entry = {.is_first = is_first};
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
        p = read_part(run, services, field, p, &entry);
        if (p == NULL)
            return NULL;
    }
    if (p == NULL || !entry.has_data || entry.service.text == NULL ||
        (entry.data != NULL &&
         read_data(run, services, &entry.service, entry.data) != entry.data_end))
        return NULL;
    return p;
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
    for (bool is_first = true; more; is_first = false) {
        p = read_entry(run, services, shape, p, is_first);
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
    int64_t time = 0;
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
            p = plan_read_time(run, p, &time);
        if (p == NULL)
            return NULL;
        if (field->read == PLAN_ENVELOPE_TIME)
            plan_set_time(run, time);
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

static const uint8_t *try_message(struct plan_run *run, enum dgm_shape shape,
                                  const struct plan_message *message, const uint8_t *p)
{
    struct services services;
    memset(&services, 0, sizeof(services));
    run->roles_given &= ~((uint32_t)1 << DGM_ROLE_EVENT_TIME);
    if (!plan_begin(run, message))
        return NULL;
    if (shape != DGM_SHAPE_PLAIN) {
        p = read_entries(run, &services, shape, p);
    } else {
        p = message->plain != NULL ? read_plain(run, &services, p) : NULL;
        p = p != NULL ? plan_blanks(run->text, p) : NULL;
    }
    return p != NULL && complete(run, &services) ? p : NULL;
}

const uint8_t *plan_read_report(struct plan_run *run, enum dgm_shape shape,
                                const uint8_t *p)
{
    const struct plan_encode *plan = run->codec->plan->encode;
    for (uint32_t i = 0; i < plan->report_count && plan->reports[i] != NULL; i++) {
        run->is_foreign = false;
        const uint8_t *end = try_message(run, shape, plan->reports[i], p);
        if (end != NULL || !run->is_foreign)
            return end;
    }
    return NULL;
}
