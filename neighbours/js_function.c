/* SPDX-License-Identifier: MIT */
/* A function of JavaScript: its body comes first, and then it is known what it declares.
 */
#include "js_work.h"

#include <stdlib.h>
#include <string.h>

static bool is_taken(const struct js *js, const char *name)
{
    for (unsigned i = 0; i < js->message->slots; i++)
        if (js->names[i] != NULL && strcmp(js->names[i], name) == 0)
            return true;
    return false;
}

/* A name of the slot that the row fills, out of the row's path. */
static void name_slot(struct js *js, const struct dgm_row *row, unsigned slot,
                      const char *end)
{
    const char *path = js_path(js, row), *dot = strrchr(path, '.');
    const char *name =
        js_text(js, "%s%s", js_identifier(js, dot != NULL ? dot + 1 : path), end);
    /* Variables of the exporter end in a digit or are words that helpers have. */
    js->names[slot] =
        is_taken(js, name) || *end == '\0' ? js_text(js, "%s_%u", name, slot) : name;
}

static void name_slots(struct js *js)
{
    for (unsigned i = 0; i < js->message->row_count; i++) {
        const struct dgm_row *row = &js->first[i];
        js_name_series(js, row);
        bool two = row->op == DGM_OP_SPAN || (row->flags & DGM_ROW_PLACED) != 0;
        if (row->slot == DGM_NONE)
            continue;
        if (js->names[row->slot] == NULL)
            name_slot(js, row, row->slot, "");
        if (two && js->names[row->slot + 1] == NULL)
            name_slot(js, row, row->slot + 1u, "_at");
    }
    for (unsigned i = 0; i < js->message->slots; i++)
        if (js->names[i] != NULL) {
            (void)fprintf(js->head, "%s%s", js->variables > 0 ? ", " : "", js->names[i]);
            js->variables++;
        }
}

void js_begin_function(struct js *js, struct js_function *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->file = js->file;
    js->names = calloc(js->message->slots + 2u, sizeof(*js->names));
    js->file = open_memstream(&ret->body, &ret->body_size);
    js->head = open_memstream(&ret->head, &ret->head_size);
    js->variables = 0;
    js->shared = js->target = js->time = js->record = js->tag = NULL;
    js->in_loop = false;
    js->depth = 1;
    js->failed = js->failed || js->names == NULL || js->file == NULL || js->head == NULL;
    if (!js->failed)
        name_slots(js);
}

void js_end_function(struct js *js, struct js_function *function, const char *signature)
{
    if (js->file != NULL)
        js->failed = fclose(js->file) != 0 || js->failed;
    if (js->head != NULL)
        js->failed = fclose(js->head) != 0 || js->failed;
    js->file = function->file;
    js->head = NULL;
    js->depth = 0;
    if (signature != NULL && !js->failed) {
        js_say_message(js);
        js_open(js, "function %s", signature);
        if (*function->head != '\0')
            js_line(js, "var %s;", function->head);
        (void)fputs(function->body, js->file);
        js_close(js);
        js_line(js, "%s", "");
    }
    free(function->body);
    free(function->head);
    free(js->names);
    free(js->targets);
    js->names = js->targets = NULL;
}

void js_forget_slots(struct js *js, const struct dgm_row *row)
{
    const char *list = "";
    for (unsigned i = 1; i <= row->detail; i++)
        if (row[i].slot != DGM_NONE && js->names[row[i].slot] != NULL)
            list = js_text(js, "%s%s = ", list, js->names[row[i].slot]);
    if (*list != '\0')
        js_line(js, "%sundefined;", list);
}
