/* SPDX-License-Identifier: MIT */
/*
 * Encoding by a plan: what stands around the members, and which message is meant. One
 * pass over the text; members that come before the names that tell whose they are wait.
 */
#include "plan_encode_run.h"

#include "checksum.h"
#include "framing.h"
#include "scaling.h"
#include "text.h"

enum { SHORTEST = 16, MID_MOST = 65535, DIGITS_OF_ROLE = 5 };

/* Only the beginning is looked at: other texts are left to the rows. */
static enum dgm_shape shape_of(const struct dgm_call *call, const uint8_t *p)
{
    if (call->shape != DGM_SHAPE_AUTO)
        return call->shape;
    if (memcmp(p, "{\"msgType\":", 11) == 0)
        return DGM_SHAPE_OCEANCONNECT;
    if (memcmp(p, "{\"msg_type\":", 12) == 0)
        return DGM_SHAPE_IOTDA;
    return DGM_SHAPE_PLAIN;
}

static const struct plan_message *message_at(const struct plan_encode *plan,
                                             struct plan_text text, const uint8_t *p,
                                             enum dgm_shape shape)
{
    if (plan->heads[shape].first != NULL)
        return plan_message_among(plan, text, p, shape);
    for (uint32_t i = 0; i < plan->message_count; i++)
        if (plan_head_stands(text, p, &plan->messages[i]->heads[shape]))
            return plan->messages[i];
    return NULL;
}

bool plan_name_is(const struct plan_name *name, const char *text)
{
    size_t length = strlen(text);
    return name->length == length + 2 && memcmp(name->text + 1, text, length) == 0;
}

/* The plain shape names service and command in one. */
static bool path_is(const struct plan_name *name, const char *service, const char *cmd)
{
    size_t before = strlen(service), behind = strlen(cmd);
    return name->length == before + behind + 3 &&
           memcmp(name->text + 1, service, before) == 0 &&
           name->text[1 + before] == '.' &&
           memcmp(name->text + before + 2, cmd, behind) == 0;
}

static bool is_named(const struct plan_run *run, const struct plan_message *message,
                     enum dgm_shape shape)
{
    const struct dgm_codec *codec = run->codec;
    const struct dgm_command *command = &codec->commands[message->message->command];
    const char *service = codec->pool + codec->services[command->service].name;
    const char *name = codec->pool + command->name;
    if (shape == DGM_SHAPE_PLAIN)
        return path_is(&run->command, service, name);
    return plan_name_is(&run->command, name) && plan_name_is(&run->service, service);
}

/* The message that the names given so far are those of. */
static bool choose(struct plan_run *run, enum dgm_shape shape)
{
    const struct plan_encode *plan = run->codec->plan->encode;
    bool has_names = run->command.text != NULL &&
                     (shape == DGM_SHAPE_PLAIN ||
                      (run->service.text != NULL && run->kind == DGM_KIND_COMMAND));
    for (uint32_t i = 0; has_names && i < plan->message_count; i++) {
        const struct plan_message *message = plan->messages[i];
        if (message->heads[shape].length > 0 &&
            message->message->kind == DGM_KIND_COMMAND && is_named(run, message, shape))
            return plan_begin(run, message);
    }
    return false;
}

const uint8_t *plan_read_name(struct plan_text text, const uint8_t *p,
                              struct plan_name *ret)
{
    const uint8_t *begin = p;
    if (!plan_next_is(text, p, '"'))
        return NULL;
    /* Names of the table are plain; what is not is none of them. */
    p++;
    p += text_plain_prefix((const char *)p, (size_t)(text.end - p));
    if (!plan_next_is(text, p, '"'))
        return NULL;
    ret->text = begin;
    ret->length = (size_t)(p + 1 - begin);
    return p + 1;
}

static const uint8_t *read_type(struct plan_run *run, const uint8_t *p,
                                enum dgm_shape shape)
{
    struct plan_name type;
    p = plan_read_name(run->text, p, &type);
    if (p == NULL)
        return NULL;
    bool old = shape == DGM_SHAPE_OCEANCONNECT;
    run->kind = plan_name_is(&type, old ? "cloudReq" : "commands") ? DGM_KIND_COMMAND
                : plan_name_is(&type, old ? "deviceReq" : "properties_report")
                    ? DGM_KIND_REPORT
                    : 0;
    return run->kind != 0 ? p : NULL;
}

const uint8_t *plan_read_role(struct plan_run *run, const uint8_t *p, uint8_t role)
{
    uint64_t value;
    p = plan_digits(run->text, p, &value);
    if (p == NULL || value > (role == DGM_ROLE_MID ? MID_MOST : 1u))
        return NULL;
    /* A mid of 0 stands for none. */
    if (role == DGM_ROLE_MID && value == 0)
        return p;
    run->roles[role] = (uint16_t)value;
    run->roles_given |= (uint32_t)1 << role;
    return p;
}

/* Where the members stand, or the services of a report. */
struct members {
    const uint8_t *at, *end; /* NULL: nowhere, or read already */
    uint64_t seen;
    bool are_entries;
};

static const uint8_t *read_members(struct plan_run *run, enum dgm_shape shape,
                                   const uint8_t *p, struct members *members)
{
    if (members->at != NULL)
        return NULL;
    if (run->message == NULL && !choose(run, shape)) {
        members->at = p;
        members->end = plan_pass_value(run->text, p);
        return *p == '{' ? members->end : NULL;
    }
    return plan_read_members(run, run->message->scopes, p, &members->seen);
}

/* They are read at once if it is known that this is a report. */
static const uint8_t *read_entries(struct plan_run *run, enum dgm_shape shape,
                                   const uint8_t *p, struct members *members)
{
    if (members->at != NULL || *p != '[')
        return NULL;
    members->at = p;
    members->end = run->kind == DGM_KIND_REPORT ? plan_read_report(run, shape, p)
                                                : plan_pass_value(run->text, p);
    members->are_entries = true;
    return members->end;
}

static const uint8_t *read_part(struct plan_run *run, enum dgm_shape shape,
                                const struct plan_field *field, const uint8_t *p,
                                struct members *members)
{
    switch (field->read) {
    case PLAN_ENVELOPE_TYPE:
        return read_type(run, p, shape);
    case PLAN_ENVELOPE_SERVICE:
        return plan_read_name(run->text, p, &run->service);
    case PLAN_ENVELOPE_COMMAND:
        return plan_read_name(run->text, p, &run->command);
    case PLAN_ENVELOPE_ROLE:
        return plan_read_role(run, p, field->role);
    case PLAN_ENVELOPE_MEMBERS:
        return read_members(run, shape, p, members);
    case PLAN_ENVELOPE_ENTRIES:
        return read_entries(run, shape, p, members);
    case PLAN_ENVELOPE_IGNORED:
        return plan_check_value(run, p);
    default:
        return NULL;
    }
}

/* The object around everything, from behind its head or from its brace. */
static const uint8_t *read_envelope(struct plan_run *run, enum dgm_shape shape,
                                    const struct plan_head *head, const uint8_t *p,
                                    struct members *members)
{
    const struct plan_scope *scope = run->codec->plan->encode->envelopes[shape];
    const struct plan_text text = run->text;
    const struct plan_field *const end = scope->fields + scope->count;
    const struct plan_field *field = scope->fields + (head != NULL ? head->next : 0);
    uint64_t seen = head != NULL ? head->seen : 0;
    uint64_t mask = head != NULL ? UINT64_MAX : ~(uint64_t)0xFF;
    for (;; field++) {
        if (field < end && plan_field_follows(text, p, field, mask)) {
            p += field->key_length;
        } else if (plan_next_is(text, p, '}')) {
            return p + 1;
        } else {
            p = plan_find(run, scope, p, mask != UINT64_MAX, &field);
            if (p == NULL || field == NULL)
                return p;
        }
        if ((seen & field->bit) != 0)
            return NULL;
        seen |= field->bit;
        mask = UINT64_MAX;
        p = plan_blanks(text, p);
        if (p == text.end)
            return NULL;
        p = read_part(run, shape, field, p, members);
        if (p == NULL)
            return NULL;
    }
}

/*
 * What usually follows the head of a command: its mid, no more to come, the members, the
 * end. NULL: it is something else, or is wrong; then nothing has happened that matters.
 */
static const uint8_t *read_usual(struct plan_run *run, enum dgm_shape shape,
                                 const struct plan_head *head, const uint8_t *p,
                                 struct members *members)
{
    const struct plan_encode *plan = run->codec->plan->encode;
    const struct plan_field *mid = &plan->envelopes[shape]->fields[head->next];
    const struct plan_field *between = &plan->between[shape];
    const struct plan_text text = run->text;
    uint64_t value;
    if (!plan_field_follows(text, p, mid, UINT64_MAX))
        return NULL;
    p = plan_digits(text, p + mid->key_length, &value);
    if (p == NULL || value > MID_MOST ||
        !plan_field_follows(text, p, between, UINT64_MAX))
        return NULL;
    p = plan_read_members(run, run->message->scopes, p + between->key_length,
                          &members->seen);
    if (p == NULL || !plan_next_is(text, p, '}'))
        return NULL;
    run->roles[DGM_ROLE_MID] = (uint16_t)value;
    run->roles[DGM_ROLE_HAS_MORE] = 0;
    run->roles_given = (uint32_t)1 << DGM_ROLE_HAS_MORE | (uint32_t)(value != 0)
                                                              << DGM_ROLE_MID;
    return p + 1;
}

/* From the head on. */
static const uint8_t *read_command(struct plan_run *run, enum dgm_shape shape,
                                   const struct plan_message *message, const uint8_t *p,
                                   struct members *members)
{
    const struct plan_head *head = &message->heads[shape];
    if (!plan_begin(run, message))
        return NULL;
    const uint8_t *end = read_usual(run, shape, head, p + head->length, members);
    if (PLAN_LIKELY(end != NULL))
        return end;
    members->seen = 0;
    return plan_begin(run, message)
               ? read_envelope(run, shape, head, p + head->length, members)
               : NULL;
}

/* The members that waited, and what is missing. */
static bool finish_members(struct plan_run *run, enum dgm_shape shape,
                           struct members *members)
{
    bool is_report = run->kind == DGM_KIND_REPORT;
    if (members->are_entries != is_report)
        return false;
    if (is_report)
        return run->service.text == NULL && run->command.text == NULL &&
               (run->message != NULL ||
                plan_read_report(run, shape, members->at) == members->end);
    if (run->message == NULL && !choose(run, shape))
        return false;
    const struct plan_scope *scope = run->message->scopes;
    if (members->at != NULL &&
        plan_read_members(run, scope, members->at, &members->seen) != members->end)
        return false;
    return plan_complete(run, scope, members->seen, NULL);
}

static bool write_roles(struct plan_run *run)
{
    const struct plan_message *message = run->message;
    for (unsigned i = 0; i < message->role_count; i++) {
        const struct plan_role *role = &message->roles[i];
        bool is_given = (run->roles_given >> role->role & 1) != 0;
        if (!is_given && !role->has_preset)
            return false;
        plan_put(&role->place, run->bases[role->place.part],
                 is_given ? run->roles[role->role] : role->preset);
    }
    return true;
}

static bool write_length(struct plan_run *run, const struct plan_fixup *fixup,
                         size_t length)
{
    struct number number = {wide_from_u64(length), 0};
    struct wide whole;
    uint64_t raw;
    if (scaling_invert(&run->codec->scalings[fixup->row->detail], &number, &whole) !=
            DGM_OK ||
        !raw_fits(fixup->row, whole, &raw))
        return false;
    uint8_t *to = run->bases[fixup->place.part] + fixup->place.at;
    frame_store(to, fixup->row->width / 8u, fixup->row->order, raw);
    return true;
}

static bool write_check(struct plan_run *run, const struct plan_fixup *fixup,
                        size_t length)
{
    struct checksum checksum;
    uint8_t *to = run->bases[fixup->place.part] + fixup->place.at;
    if (!checksum_compute(&run->codec->checks[fixup->row->detail], run->frame, length,
                          (size_t)(to - run->frame), &checksum))
        return false;
    checksum_store(&checksum, fixup->row->width / 8u, fixup->row->order, to);
    return true;
}

/* Lengths first, because checksums cover them. */
static bool write_fixups(struct plan_run *run, size_t length)
{
    const struct plan_message *message = run->message;
    for (unsigned i = 0; i < message->fixup_count; i++)
        if (message->fixups[i].row->op != DGM_OP_CHECK &&
            !write_length(run, &message->fixups[i], length))
            return false;
    for (unsigned i = 0; i < message->fixup_count; i++)
        if (message->fixups[i].row->op == DGM_OP_CHECK &&
            !write_check(run, &message->fixups[i], length))
            return false;
    return true;
}

static bool fits_direction(const struct dgm_call *call, uint8_t kind)
{
    return call->direction == DGM_DIRECTION_AUTO ||
           kind_is_up(kind) == (call->direction == DGM_DIRECTION_UP);
}

/* All bytes of the content are there: what is around them, and what the caller is told.
 */
static bool finish_frame(struct plan_run *run, size_t length, uint8_t *frame, size_t size,
                         struct dgm_outcome *ret)
{
    const struct dgm_codec *codec = run->codec;
    const struct dgm_message *message = run->message->message;
    if (length == 0 || length > message->frame_max ||
        !fits_direction(run->call, message->kind) ||
        (run->message->check_fits &&
         !message_fits(codec, message, NULL, run->frame, length)))
        return false;
    if (codec->framing != NULL) {
        length = framing_add(codec->framing, run->frame, length, frame, size);
        if (length > size || !framing_length_holds(codec->framing, frame, length))
            return false;
    }
    memset(ret, 0, sizeof(*ret));
    ret->length = length;
    ret->message = run->message->index;
    ret->kind = message->kind;
    ret->has_channel = (message->flags & DGM_MESSAGE_CHANNEL) != 0;
    ret->channel = message->channel;
    ret->topic = message->topic != 0 ? codec->pool + message->topic : NULL;
    return true;
}

static bool begin_run(struct plan_run *run, const struct dgm_codec *codec,
                      const struct dgm_call *call, const char *json, size_t json_length,
                      uint8_t *frame, size_t frame_size)
{
    struct scratch scratch;
    if (codec->plan->encode == NULL || json_length < SHORTEST || json_length > UINT32_MAX)
        return false;
    run->codec = codec;
    run->call = call;
    run->json = json;
    run->text.end = (const uint8_t *)json + json_length;
    run->text.last = run->text.end - sizeof(uint64_t);
    run->frame = frame;
    run->frame_end = frame + frame_size;
    run->message = NULL;
    run->is_foreign = false;
    run->kind = 0;
    run->roles_given = 0;
    run->service.text = run->command.text = NULL;
    if (codec->framing == NULL)
        return frame_size > 0;
    if (scratch_divide(codec, call, &scratch, NULL) != DGM_OK)
        return false;
    run->frame = scratch.content;
    run->frame_end = scratch.content + codec->content_size;
    return true;
}

static bool read_text(struct plan_run *run, enum dgm_shape shape,
                      const struct plan_message *message, const uint8_t *p,
                      struct members *members)
{
    const uint8_t *begin = p;
    if (message != NULL)
        p = read_command(run, shape, message, p, members);
    else
        p = read_envelope(run, shape, NULL, p, members);
    if (p != NULL)
        return plan_blanks(run->text, p) == run->text.end &&
               finish_members(run, shape, members);
    /* A plain report has an envelope of its own. */
    return shape == DGM_SHAPE_PLAIN && message == NULL && run->command.text == NULL &&
           members->at == NULL && plan_read_report(run, shape, begin) == run->text.end;
}

bool plan_encode_run(const struct dgm_codec *codec, const struct dgm_call *call,
                     const char *json, size_t json_length, uint8_t *frame,
                     size_t frame_size, struct dgm_outcome *ret)
{
    struct plan_run run;
    struct members members = {NULL, NULL, 0, false};
    size_t length;
    if (!begin_run(&run, codec, call, json, json_length, frame, frame_size))
        return false;
    const uint8_t *p = plan_blanks(run.text, (const uint8_t *)json);
    if (run.text.end - p < SHORTEST || *p != '{')
        return false;
    enum dgm_shape shape = shape_of(call, p);
    const struct plan_message *message =
        message_at(codec->plan->encode, run.text, p, shape);
    if (!read_text(&run, shape, message, p, &members))
        return false;
    return plan_end(&run, &length) && write_roles(&run) &&
           (!run.message->has_time || plan_write_time(&run)) &&
           write_fixups(&run, length) &&
           finish_frame(&run, length, frame, frame_size, ret);
}
