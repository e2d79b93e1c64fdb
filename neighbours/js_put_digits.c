/* SPDX-License-Identifier: MIT */
/* Decimal digits on the way out: of numbers, of texts, and as characters. */
#include "js_work.h"

void js_write_digits(struct js *js, const struct dgm_row *row, const char *raw)
{
    const struct dgm_format *format = js_formats(js) + row->spec;
    const char *path = js_pool(js, row->path), *count;
    if (format->flags & DGM_FORMAT_CHARACTERS) {
        js_line(js, "append(f, characterDigitBytes(%s, %s, %s));", path, raw,
                js_pool(js, format->pattern));
        return;
    }
    if (row->flags & DGM_ROW_REST)
        count = "undefined";
    else if (format->digits == 0 && format->count != DGM_NONE)
        count = js_count(js, row, format->count);
    else
        count = js_text(js, "%u", format->digits);
    js_line(js, "append(f, digitBytes(%s, %s, %s, %s));", path, raw, count,
            js_digit_format(js, format));
}

static const struct dgm_format *format_of(const struct js *js, const struct dgm_row *row)
{
    static const struct dgm_format none = {.count = DGM_NONE};
    uint16_t index = js_format_of(row);
    return index != DGM_NONE ? js_formats(js) + index : &none;
}

void js_write_digit_text(struct js *js, const struct dgm_row *row, const char *count)
{
    const struct dgm_format *format = format_of(js, row);
    const char *bytes = js_shared(js, "bytes");
    bool is_member = row->source == DGM_SOURCE_MEMBER;
    js_line(js, "%s = %s;", bytes,
            js_bytes_of(js, row, is_member ? js_node_of(js, row) : NULL));
    js_note_bytes(js, row, bytes);
    js_line(js, "append(f, placedDigits(%s, %s, %s, %s, %s));", js_pool(js, row->path),
            bytes, count,
            (format->flags & DGM_FORMAT_PADDED) ? js_text(js, "%u", format->pad)
                                                : "undefined",
            js_digit_format(js, format));
}

void js_write_text_number(struct js *js, const struct dgm_row *row, const char *count)
{
    const struct dgm_format *format = format_of(js, row);
    const char *path = js_pool(js, row->path), *value = js_shared(js, "value");
    js_line(js, "%s = given(%s, %s, false);", value, path, js_node_of(js, row));
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL)
        js_line(js, "%s = %s;", js->names[row->slot], value);
    const char *bytes = js_text(
        js, "numberBytes(%s, %s, %s, %s)", path, value, count,
        (row->flags & DGM_ROW_PADDED) ? js_text(js, "%u", row->shift) : "undefined");
    if (format->flags & DGM_FORMAT_REVERSED)
        bytes = js_text(js, "%s.reverse()", bytes);
    js_line(js, "append(f, %s);", bytes);
}
