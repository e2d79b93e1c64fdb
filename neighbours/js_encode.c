/* SPDX-License-Identifier: MIT */
/* Messages that go to the device: each row becomes the statements that write it. */
#include "js_work.h"

static const struct dgm_format *format_of(const struct js *js, const struct dgm_row *row)
{
    static const struct dgm_format none = {.count = DGM_NONE};
    uint16_t index = js_format_of(row);
    return index != DGM_NONE ? js_formats(js) + index : &none;
}

static void write_length(struct js *js, const struct dgm_row *row)
{
    const char *raw = js_raw_of_number(js, row, "bytes.length");
    if (!js_row_scales(row)) {
        struct dgm_row scaled = *row;
        scaled.show = DGM_SHOW_DECIMAL;
        raw = js_raw_of_number(js, &scaled, "bytes.length");
    }
    js_open(js, "postponed(f, %u, false, function (bytes)", row->width / 8u);
    js_line(
        js, "return %s;",
        js_arranged(js, row, js_text(js, "integerBytes(%s, %u)", raw, row->width / 8u)));
    js->depth--;
    js_line(js, "});");
}

static void write_check(struct js *js, const struct dgm_row *row)
{
    const struct dgm_check *check = js_checks(js) + row->detail;
    js_open(js, "postponed(f, %u, true, function (bytes, at)", row->width / 8u);
    js_line(js, "bytes = %s;", js_covered(js, row, check));
    js_line(js, "return %s;",
            js_arranged(js, row,
                        js_text(js, "integerBytes(%s, %u)",
                                js_sum_of(js, row, check, "bytes"), row->width / 8u)));
    js->depth--;
    js_line(js, "});");
}

static void add_bits(struct js *js, const struct dgm_row *row, const char *raw)
{
    const char *unit = js_u64(js, (uint64_t)1 << row->shift);
    if (js->bits_width <= 48)
        js_line(js, "%s += %s * %s;", js->bits, raw, unit);
    else
        js_line(js, "%s = sum(%s, product(%s, %s));", js->bits, js->bits, raw, unit);
}

static void write_integer(struct js *js, const struct dgm_row *row)
{
    if (row->source == DGM_SOURCE_LENGTH) {
        write_length(js, row);
        return;
    }
    if (row->source == DGM_SOURCE_MEASURE) {
        js_put_measure(js, row);
        return;
    }
    if (row->source == DGM_SOURCE_LATER) {
        js_put_room(js, row);
        return;
    }
    const char *raw = js_raw_of_row(js, row);
    if (row->slot != DGM_NONE || row->op == DGM_OP_BIT) {
        js_line(js, "%s = %s;", js_shared(js, "raw"), raw);
        raw = "raw";
        js_keep_raw(js, row, raw);
    }
    if (row->op == DGM_OP_DIGITS) {
        js_write_digits(js, row, raw);
        return;
    }
    raw = js_wired(js, row, raw);
    if (row->op == DGM_OP_FIELD)
        js_put_field(js, row, raw);
    else if (row->op == DGM_OP_BIT)
        add_bits(js, row, raw);
    else
        js_line(js, "append(f, %s);",
                js_arranged(js, row,
                            js_text(js, "integerBytes(%s, %u)", raw, row->width / 8u)));
}

static void write_bits(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    js->bits = js_variable(js, "bits");
    js->bits_width = row->width;
    js_line(js, "%s = 0;", js->bits);
    js_write_rows(js, at + 1, at + 1 + row->detail);
    js_line(js, "append(f, %s);",
            js_arranged(js, row,
                        js_text(js, "integerBytes(%s, %u)", js->bits, row->width / 8u)));
}

static void write_bytes(struct js *js, const struct dgm_row *row)
{
    const struct dgm_format *format = format_of(js, row);
    const char *wanted = "undefined", *path = js_pool(js, row->path);
    if (!(row->flags & DGM_ROW_REST))
        wanted = row->expr != DGM_NONE ? js_count(js, row, row->expr)
                                       : js_text(js, "%u", row->detail);
    if (row->source == DGM_SOURCE_FILL) {
        if (row->show == DGM_SHOW_DIGITS)
            wanted = js_text(js, "Math.ceil(%s / 2)", wanted);
        js_line(js, "append(f, zeros(%s));", (row->flags & DGM_ROW_REST) ? "0" : wanted);
        return;
    }
    if (row->source == DGM_SOURCE_SKIP) {
        js_line(js, "leftAlone(f, %s, %s);", path,
                (row->flags & DGM_ROW_REST) ? "0" : wanted);
        return;
    }
    if (row->source == DGM_SOURCE_PIECE) {
        js_put_bytes_piece(js, row, wanted);
        return;
    }
    bool is_member = row->source == DGM_SOURCE_MEMBER;
    if (!is_member && row->source != DGM_SOURCE_PART && row->source != DGM_SOURCE_ROLE) {
        js_refuse(js, row, "what these bytes are made of");
        return;
    }
    if (row->show == DGM_SHOW_DIGITS) {
        js_write_digit_text(js, row, wanted);
        return;
    }
    if (row->show == DGM_SHOW_TEXT_NUMBER) {
        js_write_text_number(js, row, wanted);
        return;
    }
    const char *bytes = js_shared(js, "bytes");
    js_line(js, "%s = %s;", bytes,
            js_bytes_of(js, row, is_member ? js_node_of(js, row) : NULL));
    js_note_bytes(js, row, bytes);
    js_line(js, "append(f, placed(%s, %s, %s, %s, %s)%s);", path, bytes, wanted,
            (row->flags & DGM_ROW_PADDED) ? js_text(js, "%u", row->shift) : "undefined",
            (format->flags & DGM_FORMAT_ENDED) ? js_text(js, "%u", format->end)
                                               : "undefined",
            (format->flags & DGM_FORMAT_REVERSED) ? ".reverse()" : "");
}

static void write_value(struct js *js, const struct dgm_row *row)
{
    bool has_slot = row->slot != DGM_NONE && js->names[row->slot] != NULL;
    bool is_part = row->source == DGM_SOURCE_PART;
    if (row->role != DGM_ROLE_NONE || (row->flags & DGM_ROW_SERIES))
        js_refuse(js, row, "a computed value on the way out");
    if (!has_slot && !is_part)
        return;
    const char *name = has_slot ? js->names[row->slot] : js_shared(js, "value");
    js_line(js, "%s = %s;", name, js_expression(js, row, row->expr));
    if (is_part)
        js_put_part_value(js, row, name);
}

void js_write_row(struct js *js, const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_BIT:
    case DGM_OP_FLOAT:
    case DGM_OP_DIGITS:
        write_integer(js, row);
        return;
    case DGM_OP_BITS:
        write_bits(js, row);
        return;
    case DGM_OP_BYTES:
        write_bytes(js, row);
        return;
    case DGM_OP_CHECK:
        write_check(js, row);
        return;
    case DGM_OP_NOTICE:
        if (row->flags & DGM_ROW_REFUSE)
            js_line(js, "refuse('refused', %s);", js_pool(js, row->key));
        return;
    case DGM_OP_VALUE:
        write_value(js, row);
        return;
    case DGM_OP_LITERAL:
        if (row->member != DGM_NONE)
            js_line(js, "literal(%s, m[%u], %s);", js_pool(js, row->path), row->member,
                    js_quote(js, js->pool + js_choices_at(js)[row->detail].text,
                             js_choices_at(js)[row->detail].text_length));
        return;
    case DGM_OP_TEXT:
        js_put_text(js, row);
        return;
    case DGM_OP_JOIN:
        js_put_join(js, row);
        return;
    case DGM_OP_JOIN_BYTES:
        js_put_join_bytes(js, row);
        return;
    case DGM_OP_MOMENT:
        js_put_moment(js, row);
        return;
    case DGM_OP_TLV:
        js_put_loop(js, row);
        return;
    case DGM_OP_SPAN:
        js_put_span(js, row);
        return;
    case DGM_OP_AGREE:
        js_put_agreement(js, row);
        return;
    case DGM_OP_AT:
        js_put_elsewhere(js, row);
        return;
    case DGM_OP_STREAM:
        js_put_stream(js, row);
        return;
    case DGM_OP_FIELD:
        write_integer(js, row);
        return;
    case DGM_OP_GROUP:
        js_put_group(js, row);
        return;
    case DGM_OP_REPEAT:
        js_put_repeat(js, row);
        return;
    case DGM_OP_SERVICE:
    case DGM_OP_SERVICE_END:
    case DGM_OP_OBJECT:
    case DGM_OP_OBJECT_END:
    case DGM_OP_ECHO:
        return;
    default:
        js_refuse(js, row, "this kind of item on the way out");
        return;
    }
}
