/* SPDX-License-Identifier: MIT */
/* A JavaScript codec as a whole: its comment, its functions, and what is called. */
#include "js_layout.h"
#include "js_short.h"
#include "js_work.h"

#include <dragoman/version.h>

#include <stdlib.h>
#include <string.h>

static void prepare(struct js *js, const struct js_call *call, struct notes *notes)
{
    const struct dgm_model *model = call->model;
    memset(js, 0, sizeof(*js));
    js->form = call->form;
    js->model = model;
    js->source = call->path;
    js->doc = call->doc;
    js->pool = (const char *)model + model->pool.offset;
    js->messages = (const struct dgm_message *)(const void *)((const char *)model +
                                                              model->messages.offset);
    js->rows =
        (const struct dgm_row *)(const void *)((const char *)model + model->rows.offset);
    js->notes = notes;
}

static const char *byte_list(struct js *js, const uint8_t *bytes, unsigned count)
{
    const char *list = "";
    for (unsigned i = 0; i < count; i++)
        list = js_text(js, "%s%s%u", list, i > 0 ? ", " : "", bytes[i]);
    return js_text(js, "[%s]", list);
}

static void put_framing(struct js *js)
{
    static const char *const arrange[] = {"", "little", "lowWordFirst", "swapped"};
    const struct dgm_framing *framing = js_framings(js);
    if (js->model->framings.count == 0)
        return;
    js_line(js, "var framing = {");
    js_line(js, "    start: %s,", byte_list(js, framing->start, framing->start_length));
    js_line(js, "    end: %s,", byte_list(js, framing->end, framing->end_length));
    if (framing->length_width > 0)
        js_line(js, "    size: %u, at: %u, add: %d,%s%s%s", framing->length_width,
                framing->length_at, (int)framing->length_add,
                framing->length_order != 0 ? " arrange: " : "",
                arrange[framing->length_order & 3],
                framing->length_order != 0 ? "," : "");
    if (framing->escape == DGM_FRAMING_PAIRS) {
        const char *list = "";
        for (unsigned i = 0; i < framing->pair_count; i++)
            list = js_text(
                js, "%s%s[%u, %s]", list, i > 0 ? ", " : "", framing->pairs[i].byte,
                byte_list(js, framing->pairs[i].with, framing->pairs[i].length));
        js_line(js, "    pairs: [%s],", list);
    }
    if (framing->escape == DGM_FRAMING_COBS)
        js_line(js, "    cobs: true,");
    js_line(js, "    most: %u", (unsigned)framing->content_max);
    js_line(js, "};");
    js_line(js, "%s", "");
}

static void put_messages(struct js *js)
{
    for (unsigned i = 0; i < js->model->messages.count; i++) {
        const struct dgm_message *message = &js->messages[i];
        bool is_wanted = js->form == JS_FORM_TTN || js_is_up(message);
        if (is_wanted && !(message->flags & DGM_MESSAGE_ENCODE_ONLY))
            js_decode_message(js, message);
    }
    js_put_fits(js);
    js_choice_of_message(js, true);
    if (js->form == JS_FORM_TTN)
        js_choice_of_message(js, false);
}

/* What the frames are asked for by replies. */
static void find_replies(struct js *js)
{
    for (unsigned i = 0; i < js->model->messages.count; i++) {
        const struct dgm_message *message = &js->messages[i];
        if (message->kind != DGM_KIND_REPLY)
            continue;
        js->has_replies = true;
        if (message->request_slots > js->asked)
            js->asked = message->request_slots;
    }
}

/* What a call is read as, in the plain spelling. */
static const char *plain_call(const struct js *js)
{
    if (!(js->model->flags & DGM_MODEL_BARE))
        return "plainCall(node)";
    if (!js->has_calls)
        return "anyObject(node)";
    return js->has_replies ? "namesReply(node, calls) ? plainCall(node) : bareCall(node)"
                           : "bareCall(node)";
}

static const char *encoded(struct js *js, const char *call)
{
    if (!js->has_calls)
        return js_text(js, "unwritten(%s)", call);
    return js_text(js, "encoded(calls, %s%s)", call,
                   js->has_replies ? ", chosenReply" : "");
}

static const char *made_bytes(const struct js *js)
{
    return js->model->framings.count > 0 ? "framed(made.bytes, framing)" : "made.bytes";
}

static void put_ttn_calls(struct js *js)
{
    js_open(js, "decodeUplink.work = function (input)");
    js_line(js, "return decoded(input, up);");
    js->depth--;
    js_line(js, "};");
    js_open(js, "decodeDownlink.work = function (input)");
    js_line(js, "return decoded(input, down);");
    js->depth--;
    js_line(js, "};");
    js_open(js, "encodeDownlink.work = function (input)");
    js_open(js, "return answered(function ()");
    js_line(js, "var node = nodeOf(asData(input && input.data)), call = %s, made;",
            plain_call(js));
    js_line(js, "call.plain = true;");
    js_line(js, "made = %s;", encoded(js, "call"));
    js_line(js, "return {bytes: %s, fPort: made.port};", made_bytes(js));
    js->depth--;
    js_line(js, "});");
    js->depth--;
    js_line(js, "};");
}

static void put_iotda_calls(struct js *js)
{
    js_open(js, "decode.work = function (payload, topic)");
    js_line(js, "return up(frame(bytesOf(payload), undefined, topic));");
    js->depth--;
    js_line(js, "};");
    js_open(js, "encode.work = function (json)");
    js_line(js, "var made = %s;", encoded(js, "platformCall(parsed(json))"));
    js_line(js, "return %s;", made_bytes(js));
    js->depth--;
    js_line(js, "};");
}

static const char *title(struct js *js, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    const struct dgm_model *model = js->model;
    return js_text(js, "%s, model %s", js_comment(js, name),
                   js_comment(js, js->pool + model->model));
}

static const char *entries(enum js_form form)
{
    return form == JS_FORM_TTN ? "function decodeUplink(input) {\n"
                                 "    return decodeUplink.work(input);\n}\n\n"
                                 "function decodeDownlink(input) {\n"
                                 "    return decodeDownlink.work(input);\n}\n\n"
                                 "function encodeDownlink(input) {\n"
                                 "    return encodeDownlink.work(input);\n}\n\n"
                               : "function decode(payload, topic) {\n"
                                 "    return decode.work(payload, topic);\n}\n\n"
                                 "function encode(json) {\n"
                                 "    return encode.work(json);\n}\n\n";
}

/* Everything behind the helper functions, which are known only then. */
static char *make_code(struct js *js)
{
    char *code = NULL;
    size_t size = 0;
    js->file = open_memstream(&code, &size);
    if (js->file == NULL) {
        js->failed = true;
        return NULL;
    }
    js->depth = 0;
    find_replies(js);
    put_framing(js);
    put_messages(js);
    js->has_calls = js_put_calls(js);
    if (js->form == JS_FORM_TTN)
        put_ttn_calls(js);
    else
        put_iotda_calls(js);
    js->failed = ferror(js->file) != 0 || js->failed;
    js->failed = fclose(js->file) != 0 || js->failed;
    return code;
}

static bool is_known_by_port(const struct js *js, const struct dgm_message *message)
{
    const struct dgm_guard *guard = js_guards(js) + message->first_guard;
    for (unsigned i = 0; i < message->guard_count; i++, guard++)
        if (guard->kind == DGM_GUARD_CHANNEL)
            return true;
    return false;
}

/* What is otherwise where the codec runs. */
static void tell_limits(const struct js *js)
{
    const char *message = NULL;
    for (unsigned i = 0; i < js->model->messages.count; i++)
        if (js_is_up(&js->messages[i]) && is_known_by_port(js, &js->messages[i]))
            message = js->pool + js->messages[i].name;
    if (js->form == JS_FORM_IOTDA && message != NULL)
        notes_tell(js->notes, DGM_SEVERITY_WARNING, js->source, 0, 0,
                   "message '%s' is known by its port, which the platform does not tell",
                   message);
}

static void put_head(FILE *file, struct js *js, enum js_layout layout)
{
    (void)fprintf(
        file,
        "/*\n * Codec of %s.\n * Made by dragoman %s; the same as the "
        "profile says, in ECMAScript 5.1.\n%s */\n",
        title(js, js->source), DGM_VERSION_STRING,
        layout == JS_LAYOUT_COMPACT
            ? " * Without comments and indentation, and with short names, to be small.\n"
            : "");
}

/* A codec before it is laid out: helper functions, and what calls them. */
struct parts {
    char *helpers, *code;
};

static bool make_parts(struct js *js, struct parts *ret)
{
    size_t size = 0;
    ret->helpers = NULL;
    ret->code = make_code(js);
    FILE *file = ret->code != NULL ? open_memstream(&ret->helpers, &size) : NULL;
    if (file == NULL)
        return false;
    bool good = js_prelude(file, ret->code, js->form);
    return fclose(file) == 0 && good && !js->failed;
}

/* Both parts with short names, and without what is left out. */
static bool put_compact(FILE *file, const struct parts *parts, struct js_style style)
{
    char *all = NULL, *brief = NULL;
    size_t size = 0;
    FILE *whole = open_memstream(&all, &size);
    if (whole == NULL)
        return false;
    (void)fprintf(whole, "\n%s%s", parts->helpers, parts->code);
    FILE *named = fclose(whole) == 0 ? open_memstream(&brief, &size) : NULL;
    bool good = named != NULL && js_put_short(named, all);
    good = named != NULL && fclose(named) == 0 && good;
    if (good)
        js_lay_out(file, brief, style);
    free(all);
    free(brief);
    return good;
}

static bool put_parts(FILE *file, struct js *js, const struct parts *parts,
                      enum js_layout layout)
{
    static const struct js_style styles[][2] = {
        [JS_LAYOUT_READABLE] = {{1, JS_COMMENTS_ALL}, {1, JS_COMMENTS_ALL}},
        [JS_LAYOUT_PLAIN] = {{2, JS_COMMENTS_NONE}, {2, JS_COMMENTS_ALL}},
        [JS_LAYOUT_BRIEF] = {{2, JS_COMMENTS_NONE}, {2, JS_COMMENTS_OF_FUNCTIONS}},
        [JS_LAYOUT_COMPACT] = {{0, JS_COMMENTS_NONE}, {0, JS_COMMENTS_NONE}},
    };
    put_head(file, js, layout);
    js_lay_out(file, entries(js->form), styles[layout][1]);
    js_lay_out(file, "(function () {\n'use strict';\n\n", styles[layout][1]);
    bool good = true;
    if (layout == JS_LAYOUT_COMPACT) {
        good = put_compact(file, parts, styles[layout][1]);
    } else {
        js_lay_out(file, parts->helpers, styles[layout][0]);
        js_lay_out(file, parts->code, styles[layout][1]);
    }
    (void)fputs("}());\n", file);
    return good;
}

/* The whole codec; its size, or 0: no memory. */
static size_t lay_out(struct js *js, const struct parts *parts, enum js_layout layout,
                      char **ret_text)
{
    size_t size = 0;
    *ret_text = NULL;
    FILE *file = open_memstream(ret_text, &size);
    if (file == NULL)
        return 0;
    bool good = put_parts(file, js, parts, layout);
    return fclose(file) == 0 && good ? size : 0;
}

/* The first layout that fits. */
static bool put_fitting(FILE *file, struct js *js, const struct js_call *call,
                        const struct parts *parts, enum js_layout *ret_layout)
{
    bool is_given = call->layout != JS_LAYOUT_FITTING;
    unsigned layout = is_given ? call->layout : JS_LAYOUT_READABLE;
    char *text = NULL;
    size_t size = lay_out(js, parts, layout, &text);
    while (!is_given && call->most > 0 && size > call->most &&
           layout < JS_LAYOUT_COMPACT) {
        free(text);
        size = lay_out(js, parts, ++layout, &text);
    }
    if (size > 0)
        (void)fputs(text, file);
    free(text);
    *ret_layout = (enum js_layout)layout;
    return size > 0;
}

bool js_export(FILE *file, const struct js_call *call, struct notes *notes,
               enum js_layout *ret_layout)
{
    struct js js;
    prepare(&js, call, notes);
    struct parts parts;
    bool good = make_parts(&js, &parts) && notes->errors == 0;
    if (good) {
        tell_limits(&js);
        good = put_fitting(file, &js, call, &parts, ret_layout);
    }
    free(parts.helpers);
    free(parts.code);
    js_free(&js);
    return good;
}
