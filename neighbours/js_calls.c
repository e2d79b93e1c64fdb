/* SPDX-License-Identifier: MIT */
/* The list of messages that are written, each with what tells it from others. */
#include "js_work.h"

#include <string.h>

static const char *yes_or_no(bool yes)
{
    return yes ? "true" : "false";
}

/* Kinds of members as the helper functions have them. */
static unsigned kind_of(const struct dgm_member *member)
{
    bool is_tuple = (member->flags & DGM_MEMBER_TUPLE) != 0;
    if (member->kind == DGM_MEMBER_OBJECT)
        return is_tuple ? 6 : 2;
    if (member->kind == DGM_MEMBER_ARRAY && is_tuple)
        return 7;
    return member->kind;
}

/* As the helper functions have it, without what is nothing at its end. */
static const char *member_entry(struct js *js, const struct dgm_member *member)
{
    const char *entry =
        js_text(js, "%s, %d, %u", js_pool(js, member->name),
                member->parent != DGM_NONE ? (int)member->parent : -1, kind_of(member));
    bool is_required = (member->flags & DGM_MEMBER_REQUIRED) != 0;
    bool has_service = member->service != DGM_NONE, has_text = member->text_length > 0;
    if (is_required || has_text || has_service)
        entry = js_text(js, "%s, %s", entry, yes_or_no(is_required));
    if (has_text || has_service)
        entry = js_text(js, "%s, %s", entry,
                        js_quote(js, js->pool + member->text, member->text_length));
    if (has_service)
        entry = js_text(js, "%s, %s", entry,
                        js_pool(js, js_services(js)[member->service].name));
    return entry;
}

static void put_members(struct js *js)
{
    const struct dgm_message *message = js->message;
    const char *list = "";
    for (unsigned i = 0; i < message->member_count; i++)
        list = js_text(js, "%s%s\n    [%s]", list, i > 0 ? "," : "",
                       member_entry(js, js_members(js) + message->first_member + i));
    js_line(js, "var members_%u = [%s%s];", (unsigned)(message - js->messages), list,
            *list != '\0' ? "\n" : "");
}

/* Constants that the call may say, in the order of the rows. */
static const char *constants(struct js *js)
{
    const char *list = "";
    for (unsigned i = 0; i < js->message->row_count; i++) {
        const struct dgm_row *row = &js->first[i];
        bool is_inner = row->op == DGM_OP_TLV || row->op == DGM_OP_REPEAT;
        if (is_inner || row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL)) {
            i += dgm_row_span(row);
            continue;
        }
        if ((row->source == DGM_SOURCE_CONST || row->op == DGM_OP_LITERAL) &&
            row->member != DGM_NONE)
            list = js_text(js, "%s%s%u", list, *list != '\0' ? ", " : "", row->member);
    }
    return list;
}

static const char *answers(struct js *js)
{
    const char *list = "";
    for (unsigned i = 0; i < js->message->answer_count; i++)
        list = js_text(js, "%s%s%u", list, i > 0 ? ", " : "",
                       js_answers(js)[js->message->first_answer + i]);
    return list;
}

/* What the platform calls the message. */
static void put_names(struct js *js)
{
    const struct dgm_message *message = js->message;
    js_line(js, "    name: %s, kind: %u,", js_pool(js, message->name), message->kind);
    if (message->kind == DGM_KIND_COMMAND && message->command != DGM_NONE) {
        const struct dgm_command *command = js_commands(js) + message->command;
        js_line(js, "    command: %s, service: %s, path: %s,", js_pool(js, command->name),
                js_pool(js, js_services(js)[command->service].name),
                js_json(js, js->pool + command->path, strlen(js->pool + command->path)));
    } else if (message->service != DGM_NONE) {
        js_line(js, "    service: %s,",
                js_pool(js, js_services(js)[message->service].name));
    }
}

/* What tells the message from others, and what it may be. */
static void put_choice(struct js *js)
{
    const struct dgm_message *message = js->message;
    const char *list = constants(js);
    if (*list != '\0')
        js_line(js, "    constants: [%s],", list);
    if (message->flags & DGM_MESSAGE_FALLBACK)
        js_line(js, "    fallback: true,");
    if (message->flags & DGM_MESSAGE_DECODE_ONLY)
        js_line(js, "    decodeOnly: true,");
    if (message->kind == DGM_KIND_SET)
        js_line(js, "    bind: bindServices,");
    if (message->flags & DGM_MESSAGE_CHANNEL)
        js_line(js, "    port: %u,", (unsigned)message->channel);
    if (js_has_fits(js, message))
        js_line(js, "    fits: %s,", js_fits(js, message));
}

static void put_reply(struct js *js)
{
    const struct dgm_message *message = js->message;
    js_line(js, "    answers: [%s], alone: %s,", answers(js),
            yes_or_no((message->flags & DGM_MESSAGE_ALONE) != 0));
    if (message->when != DGM_NONE)
        js_line(js, "    when: function (request) { return %s; },",
                js_test(js, NULL, message->when));
}

static void put_entry(struct js *js, bool writes)
{
    const struct dgm_message *message = js->message;
    unsigned number = (unsigned)(message - js->messages);
    js_line(js, "calls.push({");
    put_names(js);
    put_choice(js);
    if (message->kind == DGM_KIND_REPLY)
        put_reply(js);
    if (writes)
        js_line(js,
                js->walks_again ? "    write: writtenAgain(write_%u),"
                                : "    write: write_%u,",
                number);
    js_line(js, "    members: members_%u, most: %u", number,
            (unsigned)message->frame_max);
    js_line(js, "});");
    js_line(js, "%s", "");
}

/* What the codec does not write is told. */
static void tell_left_out(struct js *js)
{
    const struct dgm_row *row = js->culprit;
    notes_tell(js->notes, DGM_SEVERITY_WARNING, js->source, 0, 0,
               "message '%s' is read and not written%s%s: the codec does not have %s",
               js->pool + js->message->name, row != NULL ? ", for " : "",
               row != NULL ? js_path(js, row) : "",
               js->reason != NULL ? js->reason : "it");
}

static void write_body(struct js *js)
{
    if (js->takes)
        js_line(js, "startTaking(f);");
    js_write_rows(js, 0, js->message->row_count);
    js_refuse_waiting(js, 0, js->message->row_count);
    js_refuse_names(js, 0, js->message->row_count);
}

static bool put_function(struct js *js)
{
    struct js_function function;
    if (js->message->flags & DGM_MESSAGE_DECODE_ONLY)
        return false;
    js->encodes = js->silent = true;
    js->refused = false;
    js->reason = NULL;
    js->culprit = NULL;
    js_begin_function(js, &function);
    js->item = js->began = NULL;
    js->walks_again = js->nears = false;
    js_find_takers(js);
    if (!js->failed)
        write_body(js);
    bool good = !js->refused;
    js_end_function(js, &function,
                    good ? js_text(js, "write_%u(f, m, request)",
                                   (unsigned)(js->message - js->messages))
                         : NULL);
    js->encodes = js->silent = false;
    js->refused = false;
    if (!good)
        tell_left_out(js);
    return good;
}

bool js_put_calls(struct js *js)
{
    bool any = false;
    for (unsigned i = 0; i < js->model->messages.count; i++) {
        const struct dgm_message *message = &js->messages[i];
        if (!js_is_down(message))
            continue;
        if (!any)
            js_line(js, "var calls = [];\n");
        any = true;
        js->message = message;
        js->first = js->rows + message->first_row;
        put_members(js);
        bool writes = put_function(js);
        put_entry(js, writes);
    }
    return any;
}
