/* SPDX-License-Identifier: MIT */
/* What stands around the members of a message, and which message a frame is. */
#include "js_work.h"

#include <string.h>

bool js_is_up(const struct dgm_message *message)
{
    switch (message->kind) {
    case DGM_KIND_REPORT:
    case DGM_KIND_RESPONSE:
    case DGM_KIND_EVENT:
    case DGM_KIND_SET_RESPONSE:
    case DGM_KIND_GET_RESPONSE:
    case DGM_KIND_MESSAGE_UP:
    case DGM_KIND_RAW:
        return true;
    default:
        return false;
    }
}

bool js_is_down(const struct dgm_message *message)
{
    return message->kind == DGM_KIND_RAW || !js_is_up(message);
}

const char *js_function(struct js *js, const struct dgm_message *message)
{
    return js_text(js, "%s_%u", js_identifier(js, js->pool + message->name),
                   (unsigned)(message - js->messages));
}

static bool is_bare(const struct js *js)
{
    return (js->model->flags & DGM_MODEL_BARE) != 0 &&
           js->message->kind != DGM_KIND_REPLY;
}

/* `,"key":"value"` in quotes of JavaScript. */
static const char *about(struct js *js, const char *key, const char *value, size_t length)
{
    const char *text = js_text(js, ",\"%s\":%.*s", key, (int)length, value);
    return js_quote(js, text, strlen(text));
}

/* The quoted name out of a ready key. */
static const char *about_key(struct js *js, const char *key, uint32_t name,
                             uint16_t length)
{
    return about(js, key, js->pool + name + 1, length - 2u);
}

static const char *about_command(struct js *js)
{
    if (js->message->command == DGM_NONE)
        return "''";
    const struct dgm_command *command = js_commands(js) + js->message->command;
    const struct dgm_service *service = js_services(js) + command->service;
    bool is_event = js->message->kind == DGM_KIND_EVENT;
    const char *text =
        js_text(js, "%s\"service_id\":%.*s,\"%s\":%.*s", is_event ? "" : ",",
                service->key_length - 2, js->pool + service->key + 1,
                is_event ? "event_type" : "command_name", command->key_length - 2,
                js->pool + command->key + 1);
    return js_quote(js, text, strlen(text));
}

static const char *asked_service(struct js *js, const char *key, bool null)
{
    uint16_t index = js->message->service;
    if (index == DGM_NONE)
        return null ? about(js, key, "null", 4) : "''";
    const struct dgm_service *service = js_services(js) + index;
    return about_key(js, key, service->key, service->key_length);
}

static void finish_platform(struct js *js)
{
    static const char *const types[] = {"",
                                        "properties_report",
                                        "command_response",
                                        "commands",
                                        "properties_report_reply",
                                        "event_up",
                                        "properties_set",
                                        "properties_set_response",
                                        "properties_get",
                                        "properties_get_response",
                                        "message_up",
                                        "message_down",
                                        "message_up"};
    const char *type = types[js->message->kind];
    switch (js->message->kind) {
    case DGM_KIND_REPORT:
    case DGM_KIND_SET:
    case DGM_KIND_GET_RESPONSE:
        js_line(js, "return platformServices(f, '%s');", type);
        return;
    case DGM_KIND_EVENT:
        js_line(js, "return platformEvent(f, %s);", about_command(js));
        return;
    case DGM_KIND_GET:
        js_line(js, "return platform(f, '%s', %s, 'paras', false);", type,
                asked_service(js, "service_id", false));
        return;
    case DGM_KIND_COMMAND:
    case DGM_KIND_RESPONSE:
        js_line(js, "return platform(f, '%s', %s, 'paras', %s);", type, about_command(js),
                js->message->kind == DGM_KIND_COMMAND ? "true" : "false");
        return;
    case DGM_KIND_MESSAGE_UP:
    case DGM_KIND_MESSAGE_DOWN:
    case DGM_KIND_RAW:
        js_line(js, "return platform(f, '%s', '', 'content', true);", type);
        return;
    default:
        js_line(js, "return platform(f, '%s', '', 'paras', false);", type);
        return;
    }
}

/* What a plain message is: the member that only its kind has. */
static const char *plain_kind(struct js *js)
{
    const struct dgm_message *message = js->message;
    switch (message->kind) {
    case DGM_KIND_REPLY:
        return about_key(js, "reply", message->key, message->key_length);
    case DGM_KIND_SET_RESPONSE:
        return about_key(js, "set_response", message->key, message->key_length);
    case DGM_KIND_GET:
        return asked_service(js, "get", true);
    case DGM_KIND_COMMAND:
    case DGM_KIND_RESPONSE:
    case DGM_KIND_EVENT:
        break;
    default:
        return "''";
    }
    const char *path = js->pool + js_commands(js)[message->command].path;
    return about(js, message->kind == DGM_KIND_EVENT ? "event" : "command", path,
                 strlen(path));
}

static void finish_plain(struct js *js)
{
    uint8_t kind = js->message->kind;
    bool records = (js->message->flags & DGM_MESSAGE_RECORDS) != 0;
    bool has_time = kind == DGM_KIND_REPORT || kind == DGM_KIND_EVENT;
    bool content = kind == DGM_KIND_MESSAGE_UP || kind == DGM_KIND_MESSAGE_DOWN ||
                   kind == DGM_KIND_RAW;
    const char *key = kind == DGM_KIND_RESPONSE       ? "body"
                      : kind == DGM_KIND_RAW          ? "raw"
                      : kind == DGM_KIND_MESSAGE_UP   ? "message_up"
                      : kind == DGM_KIND_MESSAGE_DOWN ? "message_down"
                                                      : "paras";
    if (is_bare(js))
        js_line(js, "return bareMessage(f, %s, %s);",
                kind == DGM_KIND_REPORT ? "true" : "false", has_time ? "true" : "false");
    else if (kind == DGM_KIND_REPORT)
        js_line(js, "return plainReport(f, %s);", records ? "true" : "false");
    else if (kind == DGM_KIND_SET || kind == DGM_KIND_GET_RESPONSE)
        js_line(js, "return plainServices(f, '%s', %s);",
                kind == DGM_KIND_SET ? "set" : "get_response",
                records ? "true" : "false");
    else
        js_line(js, "return plain(f, %s, '%s', %s, %s);", plain_kind(js), key,
                content || kind == DGM_KIND_COMMAND || kind == DGM_KIND_EVENT ? "true"
                                                                              : "false",
                has_time ? "true" : "false");
}

void js_finish_message(struct js *js)
{
    if (js->form == JS_FORM_IOTDA)
        finish_platform(js);
    else
        finish_plain(js);
}

/* Some bytes of a frame, where the mask has bits. */
static const char *byte_tests(struct js *js, const struct dgm_guard *guard)
{
    const char *values = "", *masks = "";
    bool is_masked = false;
    for (unsigned i = 0; i < guard->size; i++) {
        unsigned shift = 8u * (guard->size - 1u - i);
        unsigned mask = guard->mask >> shift & 255, value = guard->value >> shift & 255;
        values = js_text(js, "%s%s%u", values, i > 0 ? ", " : "", value);
        masks = js_text(js, "%s%s%u", masks, i > 0 ? ", " : "", mask);
        is_masked = is_masked || mask != 255;
    }
    return is_masked ? js_text(js, "hasBits(f, %u, [%s], [%s])", guard->at, values, masks)
                     : js_text(js, "hasBytes(f, %u, [%s])", guard->at, values);
}

static const char *between(struct js *js, const char *name, uint64_t low, uint64_t high)
{
    if (low == high)
        return js_text(js, "%s === %s", name, js_u64(js, low));
    return js_text(js, "%s >= %s && %s <= %s", name, js_u64(js, low), name,
                   js_u64(js, high));
}

static const char *guard_test(struct js *js, const struct dgm_guard *guard)
{
    switch (guard->kind) {
    case DGM_GUARD_LENGTH:
        return between(js, "f.bytes.length", guard->value,
                       guard->mask < DGM_MAX_FRAME ? guard->mask : DGM_MAX_FRAME);
    case DGM_GUARD_CHANNEL:
        return between(js, "f.port", guard->value, guard->mask);
    case DGM_GUARD_TOPIC:
        return js_text(js, "f.topic !== undefined && topicFits(%s, f.topic)",
                       js_pool(js, (uint32_t)guard->value));
    default:
        return byte_tests(js, guard);
    }
}

/* What a frame of the message has; of the bytes alone, or of port and topic, too. */
static const char *message_test(struct js *js, const struct dgm_message *message,
                                bool bytes_only)
{
    const struct dgm_guard *guard = js_guards(js) + message->first_guard;
    const char *all = "", *some = "";
    for (unsigned i = 0; i < message->guard_count; i++, guard++) {
        bool is_call = guard->kind == DGM_GUARD_CHANNEL || guard->kind == DGM_GUARD_TOPIC;
        const char *test = bytes_only && is_call ? "true" : guard_test(js, guard);
        some = *some != '\0' ? js_text(js, "%s || %s", some, test) : test;
        if (guard->flags & DGM_GUARD_OR_NEXT)
            continue;
        bool alternatives = strstr(some, " || ") != NULL;
        all = js_text(js, alternatives ? "%s%s(%s)" : "%s%s%s", all,
                      *all != '\0' ? " && " : "", some);
        some = "";
    }
    return *all != '\0' ? all : "true";
}

bool js_has_fits(struct js *js, const struct dgm_message *message)
{
    return message->kind != DGM_KIND_REPLY && js_is_down(message) &&
           !(message->flags & DGM_MESSAGE_ENCODE_ONLY) &&
           strcmp(message_test(js, message, true), "true") != 0;
}

const char *js_fits(struct js *js, const struct dgm_message *message)
{
    return js_text(js, "fits_%u", (unsigned)(message - js->messages));
}

/* The condition; bytes of messages that are written are looked at by a function. */
static const char *choosing_test(struct js *js, const struct dgm_message *message)
{
    const char *test = message_test(js, message, false);
    bool is_shared = js->form == JS_FORM_TTN && js_has_fits(js, message) &&
                     strcmp(test, message_test(js, message, true)) == 0;
    return is_shared ? js_text(js, "%s(f)", js_fits(js, message)) : test;
}

void js_put_fits(struct js *js)
{
    for (unsigned i = 0; i < js->model->messages.count; i++)
        if (js_has_fits(js, &js->messages[i])) {
            js_open(js, "function %s(f)", js_fits(js, &js->messages[i]));
            js_line(js, "return %s;", message_test(js, &js->messages[i], true));
            js_close(js);
            js_line(js, "%s", "");
        }
}

void js_choice_of_message(struct js *js, bool up)
{
    js->message = NULL;
    js_line(js, "/* Which message the frame is. */");
    js_open(js, "function %s(f)", up ? "up" : "down");
    if (js->model->framings.count > 0)
        js_line(js, "unframed(f, 'the frame', framing);");
    for (unsigned fallback = 0; fallback < 2; fallback++)
        for (unsigned i = 0; i < js->model->messages.count; i++) {
            const struct dgm_message *message = &js->messages[i];
            bool is_fallback = (message->flags & DGM_MESSAGE_FALLBACK) != 0;
            if (is_fallback != (fallback != 0) ||
                !(up ? js_is_up(message) : js_is_down(message)))
                continue;
            js_open(js, "if (%s)", choosing_test(js, message));
            if (js->has_replies)
                js_line(js, "f.message = %u;", i);
            if (message->flags & DGM_MESSAGE_ENCODE_ONLY)
                js_line(js, "fail(f, 'wrong-direction', %s);",
                        js_pool(js, message->name));
            else
                js_line(js, "return %s(f);", js_function(js, message));
            js_close(js);
        }
    js_line(js, "return noMessage(f);");
    js_close(js);
    js_line(js, "%s", "");
}
