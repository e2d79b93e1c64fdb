/* SPDX-License-Identifier: MIT */
/*
 * Plans for encoding: the envelopes, and how each message begins. Messages stand in the
 * order in which their JSON is tried.
 */
#include "plan_encode.h"

#include <string.h>
#include "text.h"

enum { HEAD_MOST = 512, HEAD_PADDING = 8 };

/* A member of the envelope, in the order in which it is expected. */
struct known {
    const char *name;
    uint8_t read; /* enum plan_envelope_read */
    uint8_t role; /* enum dgm_role */
};

static const struct known oceanconnect[] = {
    {"msgType", PLAN_ENVELOPE_TYPE, 0},
    {"serviceId", PLAN_ENVELOPE_SERVICE, 0},
    {"cmd", PLAN_ENVELOPE_COMMAND, 0},
    {"mid", PLAN_ENVELOPE_ROLE, DGM_ROLE_MID},
    {"hasMore", PLAN_ENVELOPE_ROLE, DGM_ROLE_HAS_MORE},
    {"paras", PLAN_ENVELOPE_MEMBERS, 0},
    {"data", PLAN_ENVELOPE_ENTRIES, 0},
    {"errcode", PLAN_ENVELOPE_ROLE, DGM_ROLE_ERRCODE},
};

static const struct known iotda[] = {
    {"msg_type", PLAN_ENVELOPE_TYPE, 0},
    {"service_id", PLAN_ENVELOPE_SERVICE, 0},
    {"command_name", PLAN_ENVELOPE_COMMAND, 0},
    {"request_id", PLAN_ENVELOPE_ROLE, DGM_ROLE_MID},
    {"has_more", PLAN_ENVELOPE_ROLE, DGM_ROLE_HAS_MORE},
    {"paras", PLAN_ENVELOPE_MEMBERS, 0},
    {"services", PLAN_ENVELOPE_ENTRIES, 0},
    {"result_code", PLAN_ENVELOPE_ROLE, DGM_ROLE_ERRCODE},
    {"object_device_id", PLAN_ENVELOPE_IGNORED, 0},
    {"name", PLAN_ENVELOPE_IGNORED, 0},
    {"id", PLAN_ENVELOPE_IGNORED, 0},
};

static const struct known plain[] = {
    {"command", PLAN_ENVELOPE_COMMAND, 0},
    {"mid", PLAN_ENVELOPE_ROLE, DGM_ROLE_MID},
    {"has_more", PLAN_ENVELOPE_ROLE, DGM_ROLE_HAS_MORE},
    {"paras", PLAN_ENVELOPE_MEMBERS, 0},
};

static const struct known oceanconnect_entry[] = {
    {"serviceId", PLAN_ENVELOPE_SERVICE, 0},
    {"serviceData", PLAN_ENVELOPE_DATA, 0},
    {"eventTime", PLAN_ENVELOPE_TIME, 0},
};

static const struct known iotda_entry[] = {
    {"service_id", PLAN_ENVELOPE_SERVICE, 0},
    {"properties", PLAN_ENVELOPE_DATA, 0},
    {"event_time", PLAN_ENVELOPE_TIME, 0},
};

/* Members of the envelope beside the services of a plain report. */
static const struct known plain_report[] = {
    {"mid", PLAN_ENVELOPE_ROLE, DGM_ROLE_MID},
    {"has_more", PLAN_ENVELOPE_ROLE, DGM_ROLE_HAS_MORE},
    {"event_time", PLAN_ENVELOPE_TIME, 0},
};

/* Names that a service of a plain report has not: they mean something else there. */
static const char *const taken[] = {
    "command",  "reply",        "identifier", "mid",          "errcode",
    "has_more", "event_time",   "paras",      "body",         "event",
    "set",      "set_response", "get",        "get_response", "message_up",
    "raw",      "message_down", "msgType",    "msg_type",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* NULL if the store only counts. */
static const struct plan_scope *make_envelope(struct plan_store *store,
                                              const struct known *known, unsigned count)
{
    struct plan_scope *scope = plan_take(store, sizeof(*scope));
    struct plan_field *fields = plan_take(store, count * sizeof(*fields));
    for (unsigned i = 0; i < count; i++) {
        struct plan_field field;
        memset(&field, 0, sizeof(field));
        field.read = known[i].read;
        field.role = known[i].role;
        field.bit = (uint64_t)1 << i;
        bool is_set = plan_set_key(store, &field, known[i].name, strlen(known[i].name));
        if (fields != NULL && is_set)
            fields[i] = field;
    }
    if (scope == NULL || fields == NULL || store->full)
        return NULL;
    scope->fields = fields;
    scope->count = count;
    return scope;
}

/* `,"hasMore":0,"paras":` as if it were the name of a field. */
static void make_between(struct plan_store *store, const struct plan_scope *envelope,
                         struct plan_field *ret)
{
    enum { BETWEEN_MOST = 64 };
    const struct plan_field *more = NULL, *members = NULL;
    char *text = plan_take(store, BETWEEN_MOST);
    for (uint32_t i = 0; envelope != NULL && i < envelope->count; i++) {
        if (envelope->fields[i].role == DGM_ROLE_HAS_MORE)
            more = &envelope->fields[i];
        if (envelope->fields[i].read == PLAN_ENVELOPE_MEMBERS)
            members = &envelope->fields[i];
    }
    if (text == NULL || more == NULL || members == NULL)
        return;
    memcpy(text, more->key, more->key_length);
    text[more->key_length] = '0';
    memcpy(text + more->key_length + 1, members->key, members->key_length);
    plan_name_key(ret, text, more->key_length + 1 + members->key_length);
}

/* A text that grows; nothing is added once it is full. */
struct growing {
    char *text;
    size_t length, size;
};

static void grow(struct growing *growing, const char *text)
{
    size_t length = strlen(text);
    if (text_plain_prefix(text, length) != length ||
        length > growing->size - growing->length) {
        growing->size = growing->length = 0;
        return;
    }
    memcpy(growing->text + growing->length, text, length);
    growing->length += length;
}

/* The same for text of our own, which has quotes. */
static void grow_own(struct growing *growing, const char *text)
{
    size_t length = strlen(text);
    if (length > growing->size - growing->length) {
        growing->size = growing->length = 0;
        return;
    }
    memcpy(growing->text + growing->length, text, length);
    growing->length += length;
}

static const char *head_of(enum dgm_shape shape)
{
    if (shape == DGM_SHAPE_OCEANCONNECT)
        return "{\"msgType\":\"cloudReq\",\"serviceId\":\"";
    if (shape == DGM_SHAPE_IOTDA)
        return "{\"msg_type\":\"commands\",\"service_id\":\"";
    return "{\"command\":\"";
}

static void make_command_head(const struct dgm_codec *codec, enum dgm_shape shape,
                              const struct dgm_message *message, struct growing *text)
{
    const struct dgm_command *command = &codec->commands[message->command];
    grow_own(text, head_of(shape));
    grow(text, codec->pool + codec->services[command->service].name);
    if (shape == DGM_SHAPE_OCEANCONNECT)
        grow_own(text, "\",\"cmd\":\"");
    else if (shape == DGM_SHAPE_IOTDA)
        grow_own(text, "\",\"command_name\":\"");
    else
        grow_own(text, ".");
    grow(text, codec->pool + command->name);
    grow_own(text, "\"");
}

static void make_head(const struct dgm_codec *codec, struct plan_store *store,
                      enum dgm_shape shape, const struct dgm_message *message,
                      struct plan_head *ret)
{
    char *text = plan_take(store, HEAD_MOST + HEAD_PADDING);
    struct growing growing = {text, 0, HEAD_MOST};
    bool is_bare = (codec->model->flags & DGM_MODEL_BARE) != 0;
    if (text == NULL || (shape == DGM_SHAPE_PLAIN && is_bare))
        return;
    make_command_head(codec, shape, message, &growing);
    /* What is not used of the text is given back. */
    store->used -= (HEAD_MOST - growing.length) & ~(size_t)7;
    ret->text = text;
    ret->length = growing.length >= 8 ? (uint32_t)growing.length : 0;
    ret->next = shape == DGM_SHAPE_PLAIN ? 1 : 3;
    ret->seen = ((uint64_t)1 << ret->next) - 1;
}

static bool same(const char *left, const char *right)
{
    size_t length = strlen(left);
    return length == strlen(right) && memcmp(left, right, length) == 0;
}

static bool is_taken(const char *name)
{
    for (unsigned i = 0; i < COUNT(taken); i++)
        if (strlen(name) == strlen(taken[i]) && memcmp(name, taken[i], strlen(name)) == 0)
            return true;
    return false;
}

/* The services of a report, and the members of the envelope among them. */
static const struct plan_scope *make_plain(const struct dgm_codec *codec,
                                           struct plan_store *store,
                                           const struct plan_message *message)
{
    unsigned count = message->scope_count + (unsigned)COUNT(plain_report);
    struct plan_scope *scope = plan_take(store, sizeof(*scope));
    struct plan_field *fields = plan_take(store, count * sizeof(*fields));
    if (scope == NULL || fields == NULL || (codec->model->flags & DGM_MODEL_BARE))
        return NULL;
    for (unsigned i = 0; i < count; i++) {
        struct plan_field *field = &fields[i];
        const char *name;
        field->bit = (uint64_t)1 << i;
        if (i < message->scope_count) {
            name = codec->pool + codec->services[message->scopes[i].service].name;
            field->read = PLAN_ENVELOPE_DATA;
            field->with.scope = &message->scopes[i];
        } else {
            const struct known *known = &plain_report[i - message->scope_count];
            name = known->name;
            field->read = known->read;
            field->role = known->role;
        }
        if ((i < message->scope_count && is_taken(name)) ||
            !plan_set_key(store, field, name, strlen(name)))
            return NULL;
    }
    scope->fields = fields;
    scope->count = count;
    return scope;
}

static size_t plain_bytes(const struct dgm_codec *codec)
{
    size_t bytes = sizeof(struct plan_scope) + 16;
    for (unsigned i = 0; i < COUNT(plain_report); i++)
        bytes += sizeof(struct plan_field) + plan_key_bytes(strlen(plain_report[i].name));
    for (unsigned i = 0; i < codec->model->services.count; i++)
        bytes += sizeof(struct plan_field) +
                 plan_key_bytes(strlen(codec->pool + codec->services[i].name));
    return bytes;
}

/* Does a command's path, by which the rows know it in the plain shape, have its names? */
static bool has_usual_path(const struct dgm_codec *codec,
                           const struct dgm_command *command)
{
    const char *names[] = {"\"", codec->pool + codec->services[command->service].name,
                           ".", codec->pool + command->name, "\""};
    const char *path = codec->pool + command->path;
    for (unsigned i = 0; i < COUNT(names); i++) {
        size_t length = strlen(names[i]);
        if (strlen(path) < length || memcmp(path, names[i], length) != 0)
            return false;
        path += length;
    }
    return *path == 0;
}

/* Is there another message that the same JSON may be for, or is this one named by halves?
 */
static bool is_rivalled(const struct dgm_codec *codec, unsigned index)
{
    const struct dgm_message *message = &codec->messages[index];
    if (message->kind != DGM_KIND_COMMAND)
        return false;
    const struct dgm_command *command = &codec->commands[message->command];
    if (!has_usual_path(codec, command))
        return true;
    for (unsigned i = 0; i < codec->model->messages.count; i++) {
        const struct dgm_message *other = &codec->messages[i];
        if (i == index || other->kind != message->kind ||
            (other->flags & DGM_MESSAGE_DECODE_ONLY))
            continue;
        const struct dgm_command *rival = &codec->commands[other->command];
        const char *left = codec->pool + codec->services[command->service].name;
        const char *right = codec->pool + codec->services[rival->service].name;
        if ((same(codec->pool + command->name, codec->pool + rival->name) &&
             same(left, right)) ||
            same(codec->pool + command->path, codec->pool + rival->path))
            return true;
    }
    return false;
}

static bool is_wanted(const struct dgm_codec *codec, unsigned index, bool report)
{
    const struct dgm_message *message = &codec->messages[index];
    return message->kind == (report ? DGM_KIND_REPORT : DGM_KIND_COMMAND) &&
           !(message->flags & DGM_MESSAGE_DECODE_ONLY) && !is_rivalled(codec, index);
}

static const struct plan_message *make_message(const struct dgm_codec *codec,
                                               struct plan_store *store, unsigned index)
{
    size_t before = store->used;
    const struct plan_message *made = plan_message_make(codec, store, index);
    if (made == NULL) {
        if (!store->full)
            store->used = before;
        return NULL;
    }
    struct plan_message *message =
        (struct plan_message *)(void *)(store->memory +
                                        ((const uint8_t *)made - store->memory));
    if (message->message->kind == DGM_KIND_REPORT) {
        message->plain = make_plain(codec, store, message);
        return message;
    }
    for (unsigned shape = 0; shape < PLAN_SHAPES; shape++)
        make_head(codec, store, (enum dgm_shape)shape, message->message,
                  &message->heads[shape]);
    return message;
}

static size_t count_message(const struct dgm_codec *codec, unsigned index)
{
    return plan_message_bytes(codec, index) + plain_bytes(codec) +
           PLAN_SHAPES * ((size_t)HEAD_MOST + HEAD_PADDING);
}

/* All messages of the kind that are wanted, in the order of the table; with a fallback
 * those behind the others. Reports that could not be made keep their place. */
static uint32_t make_messages(const struct dgm_codec *codec, struct plan_store *store,
                              bool reports, const struct plan_message **ret)
{
    uint32_t made = 0;
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned i = 0; i < codec->model->messages.count; i++) {
            bool fallback = (codec->messages[i].flags & DGM_MESSAGE_FALLBACK) != 0;
            if (!is_wanted(codec, i, reports) || fallback != (round == 1))
                continue;
            if (store->memory == NULL) {
                (void)plan_take(store, count_message(codec, i));
                continue;
            }
            const struct plan_message *message = make_message(codec, store, i);
            if (ret != NULL && (message != NULL || reports))
                ret[made++] = message;
        }
    }
    return made;
}

const struct plan_encode *plan_encode_make(const struct dgm_codec *codec,
                                           struct plan_store *store)
{
    unsigned count = codec->model->messages.count;
    struct plan_encode *plan = plan_take(store, sizeof(*plan));
    const struct plan_message **messages = plan_take(store, count * sizeof(*messages));
    const struct plan_message **reports = plan_take(store, count * sizeof(*reports));
    const struct plan_scope *envelopes[] = {
        make_envelope(store, oceanconnect, COUNT(oceanconnect)),
        make_envelope(store, iotda, COUNT(iotda)),
        make_envelope(store, plain, COUNT(plain))};
    const struct plan_scope *entries[] = {
        make_envelope(store, oceanconnect_entry, COUNT(oceanconnect_entry)),
        make_envelope(store, iotda_entry, COUNT(iotda_entry)), NULL};
    struct plan_field between[PLAN_SHAPES];
    memset(between, 0, sizeof(between));
    for (unsigned shape = 0; shape < PLAN_SHAPES; shape++)
        make_between(store, envelopes[shape], &between[shape]);
    uint32_t message_count = make_messages(codec, store, false, messages);
    uint32_t report_count = make_messages(codec, store, true, reports);
    struct plan_heads heads[PLAN_SHAPES];
    memset(heads, 0, sizeof(heads));
    for (unsigned shape = 0; shape < PLAN_SHAPES; shape++)
        plan_heads_make(store, count, messages, message_count, (enum dgm_shape)shape,
                        &heads[shape]);
    if (plan == NULL || messages == NULL || reports == NULL || store->full)
        return NULL;
    for (unsigned shape = 0; shape < PLAN_SHAPES; shape++)
        plan->between[shape] = between[shape];
    memcpy(plan->heads, heads, sizeof(heads));
    memcpy(plan->envelopes, envelopes, sizeof(envelopes));
    memcpy(plan->entries, entries, sizeof(entries));
    plan->messages = messages;
    plan->message_count = message_count;
    plan->reports = reports;
    plan->report_count = report_count;
    return plan;
}
