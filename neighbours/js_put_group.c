/* SPDX-License-Identifier: MIT */
/* Groups on the way out that are masked, or that may be no reading as a whole. */
#include "js_work.h"

static void write_masked(struct js *js, const struct dgm_row *row)
{
    const struct dgm_hook_name *hook = js_hooks(js) + row->expr;
    const char *wire = js_variable(js, "wire"), *began = js->began;
    if (hook->process == DGM_PROCESS_HOOK)
        js_refuse(js, row, js_text(js, "the hook '%s'", js->pool + hook->name));
    js_line(js, "%s = f.bytes;", wire);
    js_line(js, "f.bytes = [];");
    js->began = NULL;
    js_write_rows(js, (unsigned)(row - js->first) + 1,
                  (unsigned)(row - js->first) + 1 + row->detail);
    js->began = began;
    js_line(js, "masked(f, %s, %s, [%s], %s, %u);", js_pool(js, row->path), wire,
            js_mask(js, hook), hook->process == DGM_PROCESS_ADD ? "true" : "false",
            (unsigned)hook->output_limit);
}

/* JSON values of the rows: of all that are given, or of those that are needed. */
static const char *nodes_in(struct js *js, const struct dgm_row *group, bool needed)
{
    const char *list = "";
    for (unsigned i = 1; i <= group->detail; i++) {
        const struct dgm_row *row = &group[i];
        if (row->member == DGM_NONE || (needed && row->source != DGM_SOURCE_MEMBER) ||
            (!needed && js_member_at(js, row->member)->kind != DGM_MEMBER_VALUE))
            continue;
        list = js_text(js, "%s%s%s", list, *list != '\0' ? ", " : "",
                       needed ? js_given_or_default(js, row) : js_given_node(js, row));
    }
    return list;
}

static void check_silent(struct js *js, const struct dgm_row *row, const char *from)
{
    unsigned size = 0;
    js_line(js, "f.at = %s;", from);
    const char *test = js_silent_test(js, row, &size);
    js_open(js, "if (!notSilent(%s, [%s], [%s], f.bytes.length - f.at >= %u && (%s)))",
            js_pool(js, row->path), nodes_in(js, row, false), nodes_in(js, row, true),
            size, test);
    js_forget_slots(js, row);
    js_close(js);
}

void js_write_region(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const char *began = NULL, *gap = NULL, *outer = js->began;
    if (row->region != DGM_NONE) {
        began = js_variable(js, "from");
        gap = js_variable(js, "gap");
        js_line(js, "%s = f.bytes.length;", began);
        js_line(js, "%s = f.gap;", gap);
        js_line(js, "f.gap = undefined;");
        js->began = began;
    }
    if (row->op == DGM_OP_GROUP && (row->flags & DGM_ROW_HOOK))
        write_masked(js, row);
    else
        js_write_rows(js, at + 1, at + 1 + row->detail);
    js_close_written(js, row, began);
    if (gap != NULL)
        js_line(js, "f.gap = %s;", gap);
    js->began = outer;
}

void js_put_group(struct js *js, const struct dgm_row *row)
{
    bool is_silent = (row->flags & DGM_ROW_SILENT) != 0;
    const char *from = is_silent ? js_variable(js, "from") : NULL;
    if (is_silent)
        js_line(js, "%s = f.bytes.length;", from);
    js_write_region(js, row);
    if (is_silent)
        check_silent(js, row, from);
}
