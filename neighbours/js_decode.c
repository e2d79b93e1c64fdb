/* SPDX-License-Identifier: MIT */
/* The walk over the rows of a message: each becomes the statements that read it. */
#include "js_work.h"

static const char *const arrange[] = {"undefined", "little", "lowWordFirst", "swapped"};

const char *js_open_region(struct js *js, const struct dgm_row *row)
{
    if (row->region == DGM_NONE)
        return NULL;
    const char *outer = js_variable(js, "outer");
    js_line(js, "%s = openPart(f, %s, %s);", outer, js_pool(js, row->path),
            js_count(js, row, row->region));
    return outer;
}

void js_close_region(struct js *js, const struct dgm_row *row, const char *outer)
{
    if (outer != NULL)
        js_line(js, "closePart(f, %s, %s);", js_pool(js, row->path), outer);
}

const char *js_mask(struct js *js, const struct dgm_hook_name *hook)
{
    const char *key = "";
    for (unsigned i = 0; i < hook->key_length; i++)
        key = js_text(js, "%s%s%u", key, i > 0 ? ", " : "",
                      (unsigned char)js->pool[hook->key + i]);
    return key;
}

static const char *open_hook(struct js *js, const struct dgm_row *row)
{
    if (!(row->flags & DGM_ROW_HOOK))
        return NULL;
    const struct dgm_hook_name *hook = js_hooks(js) + row->expr;
    if (hook->process == DGM_PROCESS_HOOK) {
        js_refuse(js, row, js_text(js, "the hook '%s'", js->pool + hook->name));
        return NULL;
    }
    const char *outer = js_variable(js, "wire");
    js_line(js, "%s = openMasked(f, %s, [%s], %s);", outer,
            row->region != DGM_NONE ? "f.end - f.at" : "left(f)", js_mask(js, hook),
            hook->process == DGM_PROCESS_ADD ? "true" : "false");
    return outer;
}

/* What rows inside an object or array see of what is around. */
struct around {
    const char *target;
    bool in_loop;
    unsigned nested;
};

/* Their members are those of a new object or array. */
static struct around enter(struct js *js, const struct dgm_row *row, bool is_list)
{
    struct around around = {js->target, js->in_loop, js->nested};
    const char *name = js_variable(js, is_list ? "list" : "object");
    js_line(js, "%s = %s();", name, is_list ? "newList" : "newObject");
    if (is_list && row->op == DGM_OP_REPEAT)
        js_line(js, "%s.stays = true;", name);
    js_put(js, row, name);
    js->target = name;
    js->in_loop = false;
    js->nested++;
    return around;
}

static void leave(struct js *js, struct around around)
{
    js->nested = around.nested;
    js->target = around.target;
    js->in_loop = around.in_loop;
}

static void read_group(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    bool is_object = (row->flags & DGM_ROW_OBJECT) != 0;
    bool is_silent = (row->flags & DGM_ROW_SILENT) != 0;
    struct around around = {0};
    if (is_silent)
        js_open_silent(js, row);
    const char *outer = js_open_region(js, row), *wire = open_hook(js, row);
    if (is_object)
        around = enter(js, row, (row->flags & DGM_ROW_TUPLE) != 0);
    js_rows(js, at + 1, at + 1 + row->detail);
    if (is_object)
        leave(js, around);
    if (wire != NULL)
        js_line(js, "closeMasked(f, %s, %s);", js_pool(js, row->path), wire);
    js_close_region(js, row, outer);
    if (is_silent)
        js_close(js);
}

static void read_at(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const char *from = js_variable(js, "back");
    js_line(js, "%s = goTo(f, %s, %s);", from, js_pool(js, row->path),
            js_i64(js, (int64_t)js_numbers(js)[row->spec]));
    js_rows(js, at + 1, at + 1 + row->detail);
    js_line(js, "f.at = %s;", from);
}

static void read_span(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const char *from = js_variable(js, "from");
    js_line(js, "%s = f.at;", from);
    js_rows(js, at + 1, at + 1 + row->detail);
    if (js->names[row->slot] != NULL)
        js_line(js, "%s = f.at - %s;", js->names[row->slot], from);
    if (js->names[row->slot + 1] != NULL)
        js_line(js, "%s = %s;", js->names[row->slot + 1], from);
}

/* One round: a record, an object, or rows alone. */
static void read_round(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    struct around around = {js->target, js->in_loop, js->nested};
    const char *time = js->time, *outer = NULL;
    const char *from = js_variable(js, "from");
    js_line(js, "%s = f.at;", from);
    js_forget_slots(js, row);
    outer = js_open_region(js, row);
    if (row->flags & DGM_ROW_RECORD) {
        js->target = js_variable(js, "record");
        js->time = js_variable(js, "time");
        js_line(js, "%s = openService(f, %s, %u);", js->target,
                js_pool(js, js_services(js)[row->limit].name), js_rank(js, row));
        js_line(js, "%s = undefined;", js->time);
        js->nested++;
    } else if (row->flags & DGM_ROW_OBJECT) {
        const char *name = js_variable(js, "element");
        js_line(js, "%s = %s();", name,
                (row->flags & DGM_ROW_TUPLE) ? "newList" : "newObject");
        js_line(js, "push(%s, %s);", js_target(js, row), name);
        js->target = name;
        js->in_loop = false;
        js->nested++;
    }
    js_rows(js, at + 1, at + 1 + row->detail);
    if (row->flags & DGM_ROW_RECORD)
        js_line(js, "ended(f, %s, %s);", js->target, js->time);
    js->time = time;
    leave(js, around);
    js_close_region(js, row, outer);
    js_line(js, "moved(f, %s, %s);", js_pool(js, row->path), from);
}

static void read_repeat(struct js *js, const struct dgm_row *row)
{
    const char *index = js_variable(js, "i"), *most = NULL;
    const char *until = "", *outer_index = js_variable(js, "outer");
    struct around around = {0};
    bool is_list = (row->flags & DGM_ROW_ARRAY) != 0;
    if (!(row->flags & DGM_ROW_REST)) {
        most = js_variable(js, "count");
        js_line(js, "%s = %s;", most, js_count(js, row, row->expr));
    }
    js_series_reset(js, row);
    if (is_list)
        around = enter(js, row, true);
    if (row->flags & DGM_ROW_UNTIL)
        until = js_text(js, "!atMark(f, %s, %u, %s, %s)", js_pool(js, row->path),
                        row->width / 8u, js_u64(js, js_numbers(js)[row->spec]),
                        arrange[row->order & 3]);
    else if (most == NULL)
        until = "left(f) > 0";
    else
        until = js_text(js, "%s < %s", index, most);
    js_line(js, "%s = f.index;", outer_index);
    js_open(js, "for (%s = 0; %s; %s += 1)", index, until, index);
    js_line(js, "f.index = %s;", index);
    read_round(js, row);
    js_close(js);
    js_line(js, "f.index = %s;", outer_index);
    if (is_list)
        leave(js, around);
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL)
        js_line(js, "%s = %s;", js->names[row->slot], index);
}

static void read_text(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const struct dgm_part *part = js_parts(js) + row->spec;
    const char *list = js_variable(js, "parts"), *all = "";
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL)
        js_line(js, "%s = true;", js->names[row->slot]);
    js_line(js, "%s = [];", list);
    js->text = row;
    js->parts = list;
    js_rows(js, at + 1, at + 1 + row->detail);
    js->text = NULL;
    for (unsigned i = 0;; part++, i++) {
        if (part->text_length > 2)
            all =
                js_text(js, "%s%s%s", all, *all != '\0' ? ", " : "",
                        js_quote(js, js->pool + part->text + 1, part->text_length - 2u));
        if (part->row == DGM_NONE)
            break;
        all = js_text(js, "%s%s%s[%u]", all, *all != '\0' ? ", " : "", list, i);
    }
    js_put(js, row, js_text(js, "composed([%s])", all));
}

/* The open service; of messages with several passes it is open already. */
static void open_service(struct js *js, const struct dgm_row *row)
{
    const char *name = row->detail == DGM_NONE
                           ? "undefined"
                           : js_pool(js, js_services(js)[row->detail].name);
    if (js->targets != NULL)
        return;
    js->target = js_variable(js, "members");
    js_line(js, "%s = openService(f, %s, %u);", js->target, name, js_rank(js, row));
}

static void read_row(struct js *js, const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_SPAN:
        read_span(js, row);
        return;
    case DGM_OP_GROUP:
        read_group(js, row);
        return;
    case DGM_OP_AT:
        read_at(js, row);
        return;
    case DGM_OP_REPEAT:
        read_repeat(js, row);
        return;
    case DGM_OP_TEXT:
        read_text(js, row);
        return;
    case DGM_OP_TLV:
        js_loop(js, row);
        return;
    case DGM_OP_SERVICE:
        open_service(js, row);
        return;
    default:
        js_read(js, row);
        return;
    }
}

/* The condition under which the row is there; NULL: always. */
static const char *condition(struct js *js, const struct dgm_row *row)
{
    const char *when = row->when != DGM_NONE ? js_test(js, row, row->when) : NULL;
    if (!(row->flags & DGM_ROW_OPTIONAL))
        return when;
    return when != NULL ? js_text(js, "(%s) && left(f) > 0", when) : "left(f) > 0";
}

void js_rows(struct js *js, unsigned first, unsigned end)
{
    for (unsigned i = first; i < end; i += 1 + dgm_row_span(&js->first[i])) {
        const struct dgm_row *row = &js->first[i];
        const char *when = condition(js, row);
        js_say_field(js, row);
        if (when != NULL)
            js_open(js, "if (%s)", when);
        js_name_once(js, row);
        read_row(js, row);
        /* The fields of bits and streams follow; they share its condition. */
        bool shares = row->op == DGM_OP_BITS || row->op == DGM_OP_STREAM;
        if (shares)
            js_rows(js, i + 1, i + 1 + row->detail);
        if (when != NULL)
            js_close(js);
    }
}

static void write_body(struct js *js)
{
    const struct dgm_message *message = js->message;
    if (message->trailer > 0)
        js_line(js, "f.trailer = %u;", message->trailer);
    if (message->flags & DGM_MESSAGE_ZERO_FILL)
        js_line(js, "f.fills = true;");
    if (message->flags & DGM_MESSAGE_IGNORE_TRAILING)
        js_line(js, "f.loose = true;");
    js_make_targets(js);
    js_rows(js, 0, message->row_count);
    js_line(js, "finish(f, %u);", (unsigned)message->frame_max);
    js_finish_message(js);
}

/* Replies may ask what the frame said. */
static void keep_values(struct js *js)
{
    const char *list = "";
    for (unsigned i = 0; i < js->asked && i < js->message->slots; i++)
        list = js_text(js, "%s%s%s", list, i > 0 ? ", " : "",
                       js->names[i] != NULL ? js->names[i] : "undefined");
    js_line(js, "f.values = [%s];", list);
}

void js_decode_message(struct js *js, const struct dgm_message *message)
{
    struct js_function function;
    js->message = message;
    js->first = js->rows + message->first_row;
    js_begin_function(js, &function);
    if (js->asked > 0)
        js_open(js, "try");
    if (!js->failed)
        write_body(js);
    if (js->asked > 0) {
        js->depth--;
        js_line(js, "} finally {");
        js->depth++;
        keep_values(js);
        js_close(js);
    }
    js_end_function(js, &function, js_text(js, "%s(f)", js_function(js, message)));
}
