/* SPDX-License-Identifier: MIT */
/*
 * Messages of several passes. The core walks them once for each and prints what belongs
 * to it; here all objects are made first, in the order in which they are printed, and
 * each row is told its own. Those that stay empty disappear.
 */
#include "js_work.h"

#include <stdlib.h>

static const char *make_service(struct js *js, const struct dgm_row *row)
{
    const char *name = row->detail == DGM_NONE
                           ? "undefined"
                           : js_pool(js, js_services(js)[row->detail].name);
    const char *variable = js_variable(js, "members");
    js_line(js, "%s = openService(f, %s, %u);", variable, name, js_rank(js, row));
    return variable;
}

static const char *make_object(struct js *js, const struct dgm_row *row,
                               const char *around)
{
    const char *variable = js_variable(js, "object");
    js_line(js, "%s = innerObject(%s, %s);", variable, around, js_key(js, row));
    return variable;
}

/* What is open while the passes go on. */
struct open {
    const char *stack[DGM_MAX_DEPTH + 2];
    unsigned depth;
};

static void walk_row(struct js *js, struct open *open, unsigned index)
{
    const struct dgm_row *row = &js->first[index];
    bool has_room = open->depth < DGM_MAX_DEPTH + 2;
    const char *top = open->depth > 0 ? open->stack[open->depth - 1] : NULL;
    if (row->op == DGM_OP_SERVICE && has_room)
        open->stack[open->depth++] = make_service(js, row);
    else if (row->op == DGM_OP_OBJECT && has_room && top != NULL)
        open->stack[open->depth++] = make_object(js, row, top);
    else if (row->op == DGM_OP_SERVICE_END || row->op == DGM_OP_OBJECT_END)
        open->depth -= open->depth > 0;
    else
        js->targets[index] = top;
}

unsigned js_rank(const struct js *js, const struct dgm_row *row)
{
    enum { ROWS = 100000 };
    return js->message->passes > 1 ? row->pass * ROWS + (unsigned)(row - js->first) : 0;
}

/* Is anything printed in another order than it is read in? */
static bool has_apart(const struct js *js)
{
    bool result = js->message->passes > 1;
    for (unsigned i = 0; i < js->message->row_count; i++)
        result = result || js->first[i].op == DGM_OP_OBJECT;
    return result;
}

void js_make_targets(struct js *js)
{
    const struct dgm_message *message = js->message;
    struct open open = {.depth = 0};
    js->targets = NULL;
    js->nested = 0;
    if (!has_apart(js))
        return;
    js->targets = calloc(message->row_count + 1u, sizeof(*js->targets));
    if (js->targets == NULL) {
        js->failed = true;
        return;
    }
    for (unsigned pass = 1; pass <= message->passes; pass++)
        for (unsigned i = 0; i < message->row_count; i++)
            if (js->first[i].pass == pass)
                walk_row(js, &open, i);
}

const char *js_target(const struct js *js, const struct dgm_row *row)
{
    return js->targets != NULL && js->nested == 0 ? js->targets[row - js->first]
                                                  : js->target;
}
