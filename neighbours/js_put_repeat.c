/* SPDX-License-Identifier: MIT */
/* Repetitions on the way out: a round for each element, or as many as are counted. */
#include "js_work.h"

/* Members inside an element are bound anew for each. */
static bool has_members_below(const struct js *js, unsigned array)
{
    for (unsigned i = 0; i < js->message->member_count; i++)
        if (js_member_at(js, i)->parent == array)
            return true;
    return false;
}

static void bind_element(struct js *js, const struct dgm_row *row, const char *items,
                         const char *i)
{
    unsigned number = (unsigned)(js->message - js->messages);
    js_line(js, "%s = %s[%s];", js->item, items, i);
    if (!has_members_below(js, row->member))
        return;
    js_line(js, "boundElement(members_%u, %s, %u, m);", number, js->item, row->member);
    if (js->takes)
        js_line(js, "released(f, members_%u, %u);", number, row->member);
}

/* The bytes of the mark that ends the repetition. */
static const char *mark_of(struct js *js, const struct dgm_row *row)
{
    return js_arranged(js, row,
                       js_text(js, "integerBytes(%s, %u)",
                               js_u64(js, js_numbers(js)[row->spec]), row->width / 8u));
}

static void write_round(struct js *js, const struct dgm_row *row, bool is_array)
{
    unsigned at = (unsigned)(row - js->first);
    bool is_marked = (row->flags & DGM_ROW_UNTIL) != 0;
    const char *from = is_marked || !is_array ? js_variable(js, "from") : NULL;
    if (from != NULL)
        js_line(js, "%s = f.bytes.length;", from);
    js_write_region(js, row);
    js_refuse_waiting(js, at + 1, at + 1 + row->detail);
    if (is_array)
        js_refuse_names(js, at + 1, at + 1 + row->detail);
    if (is_marked)
        js_line(js, "noMark(%s, f.bytes, %s, %s);", js_pool(js, row->path), from,
                mark_of(js, row));
    if (!is_array)
        js_line(js, "movedOn(f, %s, %s);", js_pool(js, row->path), from);
}

static void end_repeat(struct js *js, const struct dgm_row *row, const char *rounds,
                       bool is_array)
{
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL)
        js_line(js, "%s = %s;", js->names[row->slot], rounds);
    if (is_array && !(row->flags & DGM_ROW_REST))
        js_line(js, "sameAs(%s, %s, %s);", js_pool(js, row->path),
                js_count(js, row, row->expr), rounds);
    if (row->flags & DGM_ROW_UNTIL)
        js_line(js, "append(f, %s);", mark_of(js, row));
}

/* How often it goes round, of what no array tells. */
static const char *rounds_of(struct js *js, const struct dgm_row *row)
{
    if (!(row->flags & DGM_ROW_REST))
        return js_count(js, row, row->expr);
    return row->naming != DGM_NONE ? js_count(js, row, row->naming) : "0";
}

void js_put_repeat(struct js *js, const struct dgm_row *row)
{
    bool is_array = (row->flags & DGM_ROW_ARRAY) != 0 && row->member != DGM_NONE;
    const char *item = js->item, *i = js_variable(js, "i"), *rounds = NULL;
    const char *items = is_array ? js_variable(js, "items") : NULL;
    const char *outer = js_variable(js, "outer");
    if (row->flags & DGM_ROW_RECORD)
        js_refuse(js, row, "records on the way out");
    if (is_array) {
        js->item = js_variable(js, "item");
        js_line(js, "%s = m[%u] ? m[%u].items : [];", items, row->member, row->member);
        rounds = js_text(js, "%s.length", items);
    } else {
        rounds = js_variable(js, "count");
        js_line(js, "%s = %s;", rounds, rounds_of(js, row));
    }
    js_line(js, "%s = f.index;", outer);
    js_open(js, "for (%s = 0; %s < %s; %s += 1)", i, i, rounds, i);
    js_line(js, "f.index = %s;", i);
    js_forget_slots(js, row);
    if (is_array)
        bind_element(js, row, items, i);
    write_round(js, row, is_array);
    js_close(js);
    js_line(js, "f.index = %s;", outer);
    end_repeat(js, row, rounds, is_array);
    js->item = item;
}
