/* SPDX-License-Identifier: MIT */
/* Rows on the way out that tell of others, and rows that are written elsewhere. */
#include "js_work.h"

void js_put_span(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const char *from = js_variable(js, "from");
    js_line(js, "%s = f.bytes.length;", from);
    js_write_rows(js, at + 1, at + 1 + row->detail);
    if (js->names[row->slot] != NULL)
        js_line(js, "%s = Math.max(f.bytes.length - %s, 0);", js->names[row->slot], from);
    if (js->names[row->slot + 1] != NULL)
        js_line(js, "%s = %s;", js->names[row->slot + 1], from);
}

/* Room for what an item tells of another one. */
void js_put_room(struct js *js, const struct dgm_row *row)
{
    js_line(js, "%s = f.bytes.length;", js->names[row->slot]);
    js_line(js, "append(f, zeros(%u));", row->width / 8u);
}

void js_put_agreement(struct js *js, const struct dgm_row *row)
{
    const struct dgm_row *teller = js->first + row->spec;
    const struct dgm_scaling *scaling;
    if (teller->op == DGM_OP_CHECK)
        return; /* filled in when the frame is complete */
    scaling = js_scalings(js) + teller->detail;
    const char *raw = js_text(
        js, "tellingOf(%s, %s, %s, %s, %s, %u, %s, %u, %s)", js_pool(js, teller->path),
        js_expression(js, row, row->expr), js_i64(js, scaling->mul),
        js_i64(js, scaling->add), js_u64(js, scaling->div), scaling->digits,
        (scaling->flags & DGM_SCALING_EXACT_ONLY) && scaling->div == 1 ? "true" : "false",
        teller->width, (teller->flags & DGM_ROW_SIGNED) ? "true" : "false");
    js_open(js, "if (%s !== undefined)", js->names[teller->slot]);
    js_line(js, "replace(f, %s, %s);", js->names[teller->slot],
            js_arranged(js, teller,
                        js_text(js, "integerBytes(%s, %u)", raw, teller->width / 8u)));
    js_close(js);
}

const char *js_covered(struct js *js, const struct dgm_row *row,
                       const struct dgm_check *check)
{
    const char *path = js_pool(js, row->path);
    if (check->flags & DGM_CHECK_OVER)
        return js_text(js, "coveredSpan(%s, bytes, %s, %s)", path,
                       js->names[row->spec + 1], js->names[row->spec]);
    return js_text(
        js, "coveredBy(%s, bytes, %d, %s)", path, (int)check->from,
        (check->flags & DGM_CHECK_TO_SELF) ? "at" : js_text(js, "%d", (int)check->to));
}

void js_put_elsewhere(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const char *back = js_variable(js, "back");
    int64_t offset = (int64_t)js_numbers(js)[row->spec];
    js->walks_again = js->walks_again || offset < 0;
    js_line(js, "%s = goneTo(f, %s, %s, %s);", back, js_pool(js, row->path),
            js->began != NULL ? js->began : "0", js_i64(js, offset));
    js_write_rows(js, at + 1, at + 1 + row->detail);
    js_line(js, "backTo(f, %s);", back);
}

/* Groups of bits of any length: zeros first, then each field where it stands. */
void js_put_stream(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    js->stream = js_variable(js, "stream");
    js_line(js, "%s = f.bytes.length;", js->stream);
    js_line(js, "append(f, zeros(%u));", row->spec);
    js_write_rows(js, at + 1, at + 1 + row->detail);
}

void js_put_field(struct js *js, const struct dgm_row *row, const char *raw)
{
    js_line(js, "putBits(f, %s, %u, %u, %s, %s);", js->stream, row->spec, row->width, raw,
            row->order == DGM_ORDER_LE ? "true" : "false");
}
