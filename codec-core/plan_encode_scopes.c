/* SPDX-License-Identifier: MIT */
/* Plans for encoding: the objects of a message's JSON, and what their members need. */
#include "plan_encode_draft.h"

#include "plan_encode_run.h"
#include "scaling.h"

static bool belongs(const struct dgm_member *member, uint16_t parent, uint16_t service)
{
    return member->parent == parent && (parent != DGM_NONE || member->service == service);
}

static bool add_field(struct draft *draft, uint16_t index)
{
    const struct dgm_codec *codec = draft->codec;
    const struct dgm_member *member = &draft->members[index];
    if (draft->field_count == draft->field_most || member->record != DGM_NONE ||
        (member->flags & DGM_MEMBER_TUPLE) || member->family > 1)
        return false;
    struct plan_field *field = &draft->fields[draft->field_count++];
    field->member = index;
    field->read = PLAN_BOUND;
    if (member->kind == DGM_MEMBER_IGNORED)
        field->read = PLAN_IGNORED;
    if (member->kind == DGM_MEMBER_LITERAL) {
        field->read = PLAN_LITERAL;
        field->with.text = codec->pool + member->text;
        field->text_length = member->text_length;
    }
    return plan_set_key(draft->store, field, codec->pool + member->name,
                        member->name_length);
}

static bool add_scope(struct draft *draft, uint16_t parent, uint16_t service)
{
    if (draft->scope_count == draft->scope_most)
        return false;
    struct plan_scope *scope = &draft->scopes[draft->scope_count++];
    unsigned first = draft->field_count;
    scope->parent = parent;
    scope->service = service;
    for (unsigned i = 0; i < draft->message->member_count; i++)
        if (belongs(&draft->members[i], parent, service) &&
            !add_field(draft, (uint16_t)i))
            return false;
    scope->fields = draft->fields + first;
    scope->count = draft->field_count - first;
    return scope->count <= PLAN_FIELDS;
}

static bool has_service(const struct draft *draft, uint16_t service)
{
    for (unsigned i = 0; i < draft->message->member_count; i++)
        if (draft->members[i].service == service)
            return true;
    return false;
}

static bool add_roots(struct draft *draft)
{
    if (!kind_has_services(draft->message->kind)) {
        if (!add_scope(draft, DGM_NONE, DGM_NONE))
            return false;
    } else {
        for (unsigned i = 0; i < draft->codec->model->services.count; i++)
            if (has_service(draft, (uint16_t)i) &&
                !add_scope(draft, DGM_NONE, (uint16_t)i))
                return false;
    }
    if (draft->scope_count > PLAN_SERVICES)
        return false;
    draft->plan->scopes = draft->scopes;
    draft->plan->scope_count = (uint16_t)draft->scope_count;
    return true;
}

bool draft_scopes(struct draft *draft)
{
    if (!add_roots(draft))
        return false;
    for (unsigned i = 0; i < draft->message->member_count; i++) {
        const struct dgm_member *member = &draft->members[i];
        if (member->kind != DGM_MEMBER_OBJECT && member->kind != DGM_MEMBER_ARRAY)
            continue;
        unsigned index = draft->scope_count;
        struct plan_field *field = draft_field(draft, (uint16_t)i);
        if (field == NULL || !add_scope(draft, (uint16_t)i, member->service))
            return false;
        if (member->kind == DGM_MEMBER_OBJECT) {
            field->read = PLAN_OBJECT;
            field->with.scope = &draft->scopes[index];
        }
    }
    return draft->field_count == draft->message->member_count;
}

struct plan_field *draft_field(const struct draft *draft, uint16_t member)
{
    for (unsigned i = 0; i < draft->field_count; i++)
        if (draft->fields[i].member == member)
            return &draft->fields[i];
    return NULL;
}

/* The raw value of a default, as if the JSON had it. */
static bool read_preset(const struct draft *draft, struct plan_field *field)
{
    enum { LONGEST = 64, ROOM = 8 };
    const struct dgm_member *member = &draft->members[field->member];
    static const struct dgm_call call = DGM_CALL_INIT;
    char text[ROOM + LONGEST];
    if (field->read > PLAN_OTHER || member->text_length > LONGEST)
        return false;
    if (member->text_length == 0)
        return encode_no_reading(draft->codec, field->row, &field->preset);
    memset(text, ' ', sizeof(text));
    memcpy(text + ROOM, draft->codec->pool + member->text, member->text_length);
    struct plan_run run;
    memset(&run, 0, sizeof(run));
    run.codec = draft->codec;
    run.call = &call;
    run.json = text;
    const uint8_t *begin = (const uint8_t *)text + ROOM;
    run.text.end = begin + member->text_length;
    run.text.last = run.text.end - ROOM;
    return plan_read_raw(&run, run.text, begin, field, &field->preset) == run.text.end;
}

/* Reading and storing in one step? */
static uint8_t op_of(const struct plan_field *field)
{
    static const uint8_t ops[PLAN_OTHER][PLAN_BITS8 + 1] = {
        [PLAN_INT] = {[PLAN_U8] = PLAN_INT_U8,
                      [PLAN_BE16] = PLAN_INT_BE16,
                      [PLAN_BE32] = PLAN_INT_BE32,
                      [PLAN_LE16] = PLAN_ANY,
                      [PLAN_LE32] = PLAN_ANY,
                      [PLAN_BITS8] = PLAN_INT_BITS8},
        [PLAN_DECIMAL] = {[PLAN_U8] = PLAN_DECIMAL_U8,
                          [PLAN_BE16] = PLAN_DECIMAL_BE16,
                          [PLAN_BE32] = PLAN_DECIMAL_BE32,
                          [PLAN_LE16] = PLAN_ANY,
                          [PLAN_LE32] = PLAN_ANY,
                          [PLAN_BITS8] = PLAN_ANY},
        [PLAN_BOOL] = {PLAN_BOOL_U8, PLAN_ANY, PLAN_ANY, PLAN_ANY, PLAN_ANY,
                       PLAN_BOOL_BITS8},
        [PLAN_WORD] = {PLAN_WORD_U8, PLAN_ANY, PLAN_ANY, PLAN_ANY, PLAN_ANY,
                       PLAN_WORD_BITS8}};
    if (field->read >= PLAN_STRING)
        return PLAN_VARIABLE;
    if (field->read == PLAN_OBJECT)
        return PLAN_INSIDE;
    if (field->read > PLAN_OTHER)
        return PLAN_WHOLE;
    bool is_number = field->read == PLAN_INT || field->read == PLAN_DECIMAL;
    if (field->read == PLAN_OTHER || field->place.how > PLAN_BITS8 ||
        (is_number && (field->mul != 1 || field->of_list)))
        return PLAN_ANY;
    return ops[field->read][field->place.how];
}

void draft_missing(struct draft *draft)
{
    for (unsigned i = 0; i < draft->field_count; i++)
        draft->fields[i].op = op_of(&draft->fields[i]);
    for (unsigned s = 0; s < draft->scope_count; s++) {
        struct plan_scope *scope = &draft->scopes[s];
        struct plan_field *fields = draft->fields + (scope->fields - draft->fields);
        for (unsigned i = 0; i < scope->count; i++) {
            struct plan_field *field = &fields[i];
            field->bit = (uint64_t)1 << i;
            const struct dgm_member *member = &draft->members[field->member];
            bool is_read = field->row != NULL && field->read < PLAN_VALUES;
            bool is_needed = (member->flags & DGM_MEMBER_REQUIRED) ||
                             field->read == PLAN_OBJECT || is_read;
            uint64_t raw;
            bool is_certain = (member->flags & DGM_MEMBER_REQUIRED) ||
                              (is_read && member->text_length == 0 &&
                               !encode_no_reading(draft->codec, field->row, &raw));
            field->has_preset = is_read && read_preset(draft, field);
            scope->certain |= (uint64_t)is_certain << i;
            if (field->has_preset && !(member->flags & DGM_MEMBER_REQUIRED))
                scope->presets |= (uint64_t)1 << i;
            else if (is_needed)
                scope->required |= (uint64_t)1 << i;
        }
    }
}
