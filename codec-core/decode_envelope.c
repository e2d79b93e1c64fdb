/* SPDX-License-Identifier: MIT */
/*
 * What stands around the members: the platform's two dialects and the plain shape.
 *
 *   oceanconnect
 * {"msgType":"deviceReq","hasMore":0,"data":[{"serviceId":"Meter","serviceData":{...},
 *                 "eventTime":"..."}]}
 *   iotda
 * {"msg_type":"properties_report","services":[{"service_id":"Meter","properties":{...}}]}
 *   plain         {"has_more":0,"Meter":{...}}, with records
 * {"Meter":[{...,"event_time":"..."}]}
 *
 * The older dialect, oceanconnect, knows four kinds of message only.
 */
#include "decode.h"

#include <string.h>
#include "plan_decode.h"
#include "text.h"

/* Spellings that differ between the shapes. */
struct dialect {
    const char *kind[DGM_KIND_RAW + 1];    /* by enum dgm_kind; NULL: not in this shape */
    const char *entries;                   /* of a report */
    const char *entry_open, *entry_middle; /* around the quoted service */
    const char *event_time;
    const char *roles[DGM_ROLE_COUNT];
    const char *body, *paras;
};

static const struct dialect oceanconnect = {
    .kind = {NULL, "\"msgType\":\"deviceReq\"", "\"msgType\":\"deviceRsp\"",
             "\"msgType\":\"cloudReq\"", "\"msgType\":\"cloudRsp\""},
    .entries = ",\"data\":[",
    .entry_open = "{\"serviceId\":",
    .entry_middle = ",\"serviceData\":{",
    .event_time = ",\"eventTime\":",
    .roles = {NULL, ",\"mid\":", ",\"errcode\":", ",\"hasMore\":", NULL,
              "\"identifier\":"},
    .body = ",\"body\":{",
    .paras = ",\"paras\":{",
};

static const struct dialect iotda = {
    .kind = {NULL, "\"msg_type\":\"properties_report\"",
             "\"msg_type\":\"command_response\"", "\"msg_type\":\"commands\"",
             "\"msg_type\":\"properties_report_reply\"", "\"msg_type\":\"event_up\"",
             "\"msg_type\":\"properties_set\"",
             "\"msg_type\":\"properties_set_response\"",
             "\"msg_type\":\"properties_get\"",
             "\"msg_type\":\"properties_get_response\"", "\"msg_type\":\"message_up\"",
             "\"msg_type\":\"message_down\"", "\"msg_type\":\"message_up\""},
    .entries = ",\"services\":[",
    .entry_open = "{\"service_id\":",
    .entry_middle = ",\"properties\":{",
    .event_time = ",\"event_time\":",
    .roles = {NULL, ",\"request_id\":", ",\"result_code\":", NULL, NULL, NULL},
    .body = ",\"paras\":{",
    .paras = ",\"paras\":{",
};

static const struct dialect plain = {
    .event_time = ",\"event_time\":",
    .roles = {NULL, ",\"mid\":", ",\"errcode\":", ",\"has_more\":", ",\"event_time\":",
              ",\"identifier\":"},
    .body = ",\"body\":{",
    .paras = ",\"paras\":{",
};

static const struct dialect *dialect_of(unsigned shape)
{
    if (shape_is_old(shape))
        return &oceanconnect;
    return shape_is_new(shape) ? &iotda : &plain;
}

static void put(struct decoder *decoder, const char *text)
{
    json_put(&decoder->out, text, strlen(text));
}

/* Text that begins with a comma, which the first member of the object does without. */
static void put_member(struct decoder *decoder, const char *text)
{
    put(decoder, decoder->first ? text + 1 : text);
    decoder->first = false;
}

/* The quoted name out of a ready key `,"name":`. */
static void put_key_name(struct decoder *decoder, uint32_t key, uint16_t length)
{
    json_put(&decoder->out, decoder->codec->pool + key + 1, length - 2u);
}

void envelope_put_role(struct decoder *decoder, enum dgm_role role)
{
    const struct role *details = &decoder->role_details[role];
    const struct value *value = &decoder->roles[role];
    char text[NUMBER_TEXT_MAX];
    if (HAS_PLANS && decoder->maker != NULL) {
        plan_make_role(decoder->maker, role);
        return;
    }
    if (details->literal != NULL) {
        json_put(&decoder->out, decoder->codec->pool + details->literal->text,
                 details->literal->text_length);
        return;
    }
    if (details->is_text) {
        decode_put_text_role(decoder, details);
        return;
    }
    bool quoted = role == DGM_ROLE_IDENTIFIER;
    if (quoted)
        json_put_char(&decoder->out, '"');
    json_put(&decoder->out, text, number_write(text, value->number));
    if (quoted)
        json_put_char(&decoder->out, '"');
}

/* mid 0 stands for "none" (see decode_value.c). */
static bool role_given(const struct decoder *decoder, enum dgm_role role)
{
    const struct value *value = &decoder->roles[role];
    if (value->kind == VALUE_MISSING)
        return false;
    return role != DGM_ROLE_MID || !wide_is_zero(value->number.mantissa);
}

static void put_role(struct decoder *decoder, enum dgm_role role)
{
    const char *key = dialect_of(decoder->shape)->roles[role];
    if (key == NULL || !role_given(decoder, role))
        return;
    put_member(decoder, key);
    envelope_put_role(decoder, role);
}

static void put_command(struct decoder *decoder)
{
    const struct dgm_codec *codec = decoder->codec;
    if (decoder->message->command == DGM_NONE)
        return;
    const struct dgm_command *command = &codec->commands[decoder->message->command];
    const struct dgm_service *service = &codec->services[command->service];
    bool is_old = shape_is_old(decoder->shape);
    if (is_old && decoder->message->kind != DGM_KIND_COMMAND)
        return;
    put_member(decoder, is_old ? ",\"serviceId\":" : ",\"service_id\":");
    put_key_name(decoder, service->key, service->key_length);
    put_member(decoder, is_old ? ",\"cmd\":" : ",\"command_name\":");
    put_key_name(decoder, command->key, command->key_length);
}

/* The answered bytes, as text of the shape. */
static void put_request(struct decoder *decoder)
{
    const struct dgm_call *call = decoder->call;
    bool base64 = shape_is_old(decoder->shape);
    if (call->request == NULL || shape_is_plain(decoder->shape))
        return;
    if (call->request_format != DGM_REQUEST_BY_SHAPE)
        base64 = call->request_format == DGM_REQUEST_BASE64;
    put_member(decoder, ",\"request\":\"");
    if (base64)
        json_put_base64(&decoder->out, call->request, call->request_length);
    else
        json_put_hex(&decoder->out, call->request, call->request_length, true);
    json_put_char(&decoder->out, '"');
}

/* The service that a query asks for; null for all of them. */
static void put_asked_service(struct decoder *decoder, const char *key)
{
    const struct dgm_codec *codec = decoder->codec;
    uint16_t index = decoder->message->service;
    put_member(decoder, key);
    if (index == DGM_NONE)
        put(decoder, "null");
    else
        put_key_name(decoder, codec->services[index].key,
                     codec->services[index].key_length);
}

/* What a message of the plain shape is: the member that only its kind has. */
static void put_plain_kind(struct decoder *decoder)
{
    const struct dgm_codec *codec = decoder->codec;
    const struct dgm_message *message = decoder->message;
    switch (message->kind) {
    case DGM_KIND_REPLY:
    case DGM_KIND_SET_RESPONSE:
        put_member(decoder, !HAS_KINDS || message->kind == DGM_KIND_REPLY
                                ? ",\"reply\":"
                                : ",\"set_response\":");
        put_key_name(decoder, message->key, message->key_length);
        return;
    case DGM_KIND_GET:
        if (HAS_KINDS)
            put_asked_service(decoder, ",\"get\":");
        return;
    case DGM_KIND_COMMAND:
    case DGM_KIND_RESPONSE:
    case DGM_KIND_EVENT:
        put_member(decoder, HAS_KINDS && message->kind == DGM_KIND_EVENT
                                ? ",\"event\":"
                                : ",\"command\":");
        put(decoder, codec->pool + codec->commands[message->command].path);
        return;
    default:
        return;
    }
}

static bool is_bare(const struct decoder *decoder)
{
    return shape_is_plain(decoder->shape) &&
           (decoder->codec->model->flags & DGM_MODEL_BARE) &&
           decoder->message->kind != DGM_KIND_REPLY;
}

static void plain_head(struct decoder *decoder)
{
    uint8_t kind = decoder->message->kind;
    bool nests = HAS_KINDS && (kind == DGM_KIND_SET || kind == DGM_KIND_GET_RESPONSE);
    if (!is_bare(decoder))
        put_plain_kind(decoder);
    put_role(decoder, DGM_ROLE_IDENTIFIER);
    put_role(decoder, DGM_ROLE_MID);
    put_role(decoder, DGM_ROLE_ERRCODE);
    put_role(decoder, DGM_ROLE_HAS_MORE);
    if (!nests || is_bare(decoder))
        return;
    put_member(decoder, kind == DGM_KIND_SET ? ",\"set\":{" : ",\"get_response\":{");
    decoder->first = true;
}

/* What the device calls an event stands in a list of one service. */
static void put_event(struct decoder *decoder)
{
    const struct dgm_codec *codec = decoder->codec;
    const struct dgm_command *event = &codec->commands[decoder->message->command];
    const struct dgm_service *service = &codec->services[event->service];
    put(decoder, ",\"services\":[{\"service_id\":");
    put_key_name(decoder, service->key, service->key_length);
    put(decoder, ",\"event_type\":");
    put_key_name(decoder, event->key, event->key_length);
}

static void platform_head(struct decoder *decoder)
{
    const struct dialect *dialect = dialect_of(decoder->shape);
    uint8_t kind = decoder->message->kind;
    if (dialect->roles[DGM_ROLE_IDENTIFIER] != NULL &&
        role_given(decoder, DGM_ROLE_IDENTIFIER)) {
        put(decoder, dialect->roles[DGM_ROLE_IDENTIFIER]);
        envelope_put_role(decoder, DGM_ROLE_IDENTIFIER);
        json_put_char(&decoder->out, ',');
    }
    if (HAS_KINDS && kind == DGM_KIND_RAW &&
        decoder->call->direction == DGM_DIRECTION_DOWN)
        kind = DGM_KIND_MESSAGE_DOWN;
    put(decoder, dialect->kind[kind]);
    decoder->first = false;
    if (kind == DGM_KIND_REPLY)
        put_request(decoder);
    put_role(decoder, DGM_ROLE_MID);
    put_role(decoder, DGM_ROLE_ERRCODE);
    put_role(decoder, DGM_ROLE_HAS_MORE);
    if (kind == DGM_KIND_COMMAND || kind == DGM_KIND_RESPONSE)
        put_command(decoder);
    if (HAS_KINDS && kind == DGM_KIND_EVENT)
        put_event(decoder);
    if (HAS_KINDS && kind == DGM_KIND_GET && decoder->message->service != DGM_NONE)
        put_asked_service(decoder, ",\"service_id\":");
    if (kind_has_services(kind)) {
        put(decoder, dialect->entries);
        decoder->first = true;
    }
}

void envelope_begin(struct decoder *decoder)
{
    if (decoder->head_done)
        return;
    decoder->head_done = true;
    json_put_char(&decoder->out, '{');
    decoder->first = true;
    if (shape_is_plain(decoder->shape))
        plain_head(decoder);
    else
        platform_head(decoder);
}

static void close_array(struct decoder *decoder)
{
    if (decoder->array_service == DGM_NONE)
        return;
    json_put_char(&decoder->out, ']');
    decoder->array_service = DGM_NONE;
    decoder->first = false;
}

static void open_plain_entry(struct decoder *decoder, const struct dgm_service *service)
{
    bool records = (decoder->message->flags & DGM_MESSAGE_RECORDS) != 0;
    if (records && decoder->array_service == decoder->service) {
        put(decoder, ",{");
        return;
    }
    close_array(decoder);
    size_t skip = decoder->first ? 1 : 0;
    json_put(&decoder->out, decoder->codec->pool + service->key + skip,
             service->key_length - skip);
    put(decoder, records ? "[{" : "{");
    if (records)
        decoder->array_service = decoder->service;
}

static void open_entry(struct decoder *decoder)
{
    const struct dialect *dialect = dialect_of(decoder->shape);
    const struct dgm_service *service = &decoder->codec->services[decoder->service];
    if (shape_is_plain(decoder->shape)) {
        open_plain_entry(decoder, service);
        return;
    }
    if (!decoder->first)
        json_put_char(&decoder->out, ',');
    put(decoder, dialect->entry_open);
    put_key_name(decoder, service->key, service->key_length);
    put(decoder, dialect->entry_middle);
}

/* What the object of a message's own members is called. */
static const char *members_key(const struct decoder *decoder)
{
    uint8_t kind = decoder->message->kind;
    if (kind == DGM_KIND_RESPONSE)
        return dialect_of(decoder->shape)->body;
    if (!kind_has_content(kind))
        return dialect_of(decoder->shape)->paras;
    if (!shape_is_plain(decoder->shape))
        return ",\"content\":{";
    return kind == DGM_KIND_RAW          ? ",\"raw\":{"
           : kind == DGM_KIND_MESSAGE_UP ? ",\"message_up\":{"
                                         : ",\"message_down\":{";
}

void envelope_open_service(struct decoder *decoder, uint16_t service)
{
    envelope_begin(decoder);
    decoder->service_mark = decoder->out.length;
    decoder->service_first = decoder->first;
    decoder->array_before = decoder->array_service;
    decoder->service_open = true;
    decoder->service = service;
    if (is_bare(decoder))
        return;
    if (service == DGM_NONE)
        put_member(decoder, members_key(decoder));
    else
        open_entry(decoder);
    decoder->first = true;
}

static void put_entry_time(struct decoder *decoder, const struct value *record_time)
{
    const struct value *time = record_time;
    bool is_own = time != NULL && time->kind != VALUE_MISSING;
    if (!is_own && shape_is_plain(decoder->shape))
        return;
    if (!is_own)
        time = &decoder->roles[DGM_ROLE_EVENT_TIME];
    if (time->kind == VALUE_MISSING)
        return;
    size_t mark = decoder->out.length;
    put(decoder, dialect_of(decoder->shape)->event_time);
    if (!decode_put_time(decoder, time->number,
                         &decoder->role_details[DGM_ROLE_EVENT_TIME]))
        decoder->out.length = mark;
}

void envelope_close_service(struct decoder *decoder, const struct value *record_time)
{
    bool is_plain = shape_is_plain(decoder->shape);
    decoder->service_open = false;
    if (decoder->first && !is_bare(decoder)) {
        decoder->out.length = decoder->service_mark;
        decoder->first = decoder->service_first;
        decoder->array_service = decoder->array_before;
        return;
    }
    decoder->has_entry = decoder->has_entry || !decoder->first;
    if (is_bare(decoder))
        return;
    bool is_report = decoder->service != DGM_NONE;
    if (is_report && is_plain)
        put_entry_time(decoder, record_time);
    json_put_char(&decoder->out, '}');
    if (is_report && !is_plain) {
        put_entry_time(decoder, record_time);
        json_put_char(&decoder->out, '}');
    }
    decoder->first = false;
}

static void put_message_time(struct decoder *decoder)
{
    const struct value *time = &decoder->roles[DGM_ROLE_EVENT_TIME];
    size_t mark = decoder->out.length;
    if (time->kind == VALUE_MISSING)
        return;
    put_member(decoder, dialect_of(decoder->shape)->event_time);
    if (!decode_put_time(decoder, time->number,
                         &decoder->role_details[DGM_ROLE_EVENT_TIME]))
        decoder->out.length = mark;
}

/* An object of members that is empty is there all the same, except in a response. */
static void put_empty_members(struct decoder *decoder)
{
    uint8_t kind = decoder->message->kind;
    bool has =
        kind == DGM_KIND_COMMAND || kind == DGM_KIND_EVENT || kind_has_content(kind);
    if (!has || decoder->has_entry || is_bare(decoder))
        return;
    put_member(decoder, members_key(decoder));
    json_put_char(&decoder->out, '}');
}

/* Close the whole message. */
enum dgm_status envelope_finish(struct decoder *decoder)
{
    uint8_t kind = decoder->message->kind;
    bool is_plain = shape_is_plain(decoder->shape);
    if (kind == DGM_KIND_REPORT && !decoder->has_entry)
        return DGM_NOTHING;
    envelope_begin(decoder);
    close_array(decoder);
    put_empty_members(decoder);
    if (kind_has_services(kind) && !is_plain)
        json_put_char(&decoder->out, ']');
    else if (kind_has_services(kind) && kind != DGM_KIND_REPORT && !is_bare(decoder))
        json_put_char(&decoder->out, '}');
    if ((kind == DGM_KIND_REPORT && is_plain) || kind == DGM_KIND_EVENT)
        put_message_time(decoder);
    if (HAS_KINDS && kind == DGM_KIND_EVENT && !is_plain)
        put(decoder, "}]");
    json_put_char(&decoder->out, '}');
    return DGM_OK;
}

bool envelope_has_kind(enum dgm_shape shape, uint8_t kind)
{
    return shape_is_plain(shape) || dialect_of(shape)->kind[kind] != NULL;
}
