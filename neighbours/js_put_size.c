/* SPDX-License-Identifier: MIT */
/*
 * Parts with a size of their own on the way out. How many bytes one takes is known when
 * it is written. A row before it that tells this size leaves room, and is filled in then;
 * a size that is known otherwise is compared.
 */
#include "js_work.h"

static const char *room_of(struct js *js, const struct dgm_row *told)
{
    return js_shared(js, js_text(js, "room%u", told->slot));
}

void js_put_measure(struct js *js, const struct dgm_row *row)
{
    if (js->names[row->slot] != NULL)
        js_line(js, "%s = undefined;", js->names[row->slot]);
    js_line(js, "%s = f.bytes.length;", room_of(js, row));
    if (row->op == DGM_OP_INT)
        js_line(js, "append(f, zeros(%u));", row->width / 8u);
}

/* The integer of whole bytes that the row writes, or is a part of. */
static const struct dgm_row *carrier_of(const struct dgm_row *row)
{
    while (row->op == DGM_OP_BIT)
        row--;
    return row;
}

static void fill_in(struct js *js, const struct dgm_row *told)
{
    const struct dgm_row *carrier = carrier_of(told);
    const char *room = room_of(js, told), *raw = js_shared(js, "raw");
    unsigned bytes = carrier->width / 8u;
    js_line(js, "%s = orLength(%s, function () { return %s; });", raw,
            js_pool(js, told->path), js_computed_raw(js, told, told->expr));
    const char *given = js_raw_if_given(js, told);
    js_line(js, "sameAs(%s, %s, %s);", js_pool(js, told->path), raw, given);
    js_keep_raw(js, told, raw);
    if (told->op == DGM_OP_BIT)
        raw = js_text(
            js, "sum(longInteger(%s), product(%s, %s))",
            js_arranged(js, carrier,
                        js_text(js, "f.bytes.slice(%s, %s + %u)", room, room, bytes)),
            raw, js_u64(js, (uint64_t)1 << told->shift));
    js_line(js, "replace(f, %s, %s);", room,
            js_arranged(js, carrier, js_text(js, "integerBytes(%s, %u)", raw, bytes)));
    js_line(js, "%s = undefined;", room);
}

void js_close_written(struct js *js, const struct dgm_row *row, const char *began)
{
    if (row->region == DGM_NONE)
        return;
    js_line(js, "f.written = f.bytes.length - %s;", began);
    const struct dgm_row *told = row->spec != DGM_NONE ? js->first + row->spec : NULL;
    if (told != NULL) {
        js_open(js, "if (%s !== undefined)", room_of(js, told));
        fill_in(js, told);
        js->depth--;
        js_line(js, "} else {");
        js->depth++;
    }
    js_line(js, "sized(f, %s, %s, %s);", js_pool(js, row->path),
            js_count(js, row, row->region),
            (js->message->flags & DGM_MESSAGE_IGNORE_TRAILING) ? "true" : "false");
    if (told != NULL)
        js_close(js);
}
