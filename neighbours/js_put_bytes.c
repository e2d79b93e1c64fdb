/* SPDX-License-Identifier: MIT */
/* JSON values become bytes and text: what a row of bytes is made of. */
#include "js_work.h"

static const struct dgm_format *format_of(const struct js *js, const struct dgm_row *row)
{
    static const struct dgm_format none = {.count = DGM_NONE};
    uint16_t index = js_format_of(row);
    return index != DGM_NONE ? js_formats(js) + index : &none;
}

/* The text that a row's bytes are made of. */
static const char *string_of(struct js *js, const struct dgm_row *row, const char *node)
{
    if (row->source == DGM_SOURCE_PART)
        return js_part_text(js, row);
    if (row->source == DGM_SOURCE_ROLE)
        node = "f.identifier";
    return js_text(js,
                   row->source == DGM_SOURCE_ROLE ? "needed(%s, %s)" : "stringOf(%s, %s)",
                   js_pool(js, row->path), node);
}

/* The text, which may have to be one of a list, or not too long. */
static const char *allowed_text(struct js *js, const struct dgm_row *row,
                                const char *text)
{
    const struct dgm_limit *limit =
        row->limit != DGM_NONE ? js_limits(js) + row->limit : NULL;
    const char *list = "", *most = "undefined";
    if (limit == NULL || !(limit->flags & (DGM_LIMIT_LENGTH | DGM_LIMIT_TEXTS)))
        return text;
    if (limit->flags & DGM_LIMIT_LENGTH)
        most = js_text(js, "%u", (unsigned)limit->max_length);
    for (unsigned i = 0; i < limit->choice_count; i++) {
        const struct dgm_choice *choice = js_choices_at(js) + limit->first_choice + i;
        list = js_text(js, "%s%s%s", list, i > 0 ? ", " : "",
                       js_json(js, js->pool + choice->text, choice->text_length));
    }
    return js_text(js,
                   (limit->flags & DGM_LIMIT_TEXTS) ? "allowed(%s, %s, %s, [%s])"
                                                    : "allowed(%s, %s, %s%s)",
                   js_pool(js, row->path), text, most, list);
}

/* The bytes of a row as they stand in its member. */
const char *js_bytes_of(struct js *js, const struct dgm_row *row, const char *node)
{
    const struct dgm_format *format = format_of(js, row);
    const char *path = js_pool(js, row->path);
    const char *text = string_of(js, row, node);
    if (row->op == DGM_OP_BYTES)
        text = allowed_text(js, row, text);
    switch (row->show) {
    case DGM_SHOW_BASE64:
        return js_text(js, "base64Bytes(%s, %s)", path, text);
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        return js_text(js, "hexBytes(%s, %s, %s)", path, text,
                       format->separator != 0 ? js_pool(js, format->separator) : "''");
    case DGM_SHOW_ASCII:
        return js_text(js, "characterBytes(%s, %s, 127)", path, text);
    case DGM_SHOW_UTF8:
        return js_text(js, "utf8Bytes(%s, %s)", path, text);
    case DGM_SHOW_BYTES_ARRAY:
        return js_text(js, "byteArray(%s, %s)", path, node);
    case DGM_SHOW_BYTES_DOTTED:
        return js_text(js, "dottedBytes(%s, %s, %s)", path, text,
                       format->separator != 0 ? js_pool(js, format->separator) : "'.'");
    case DGM_SHOW_DIGITS:
        return js_text(js, "digitsOf(%s, %s)", path, text);
    case DGM_SHOW_TEXT_NUMBER:
        return js_text(js, "characterBytes(%s, '' + given(%s, %s, false), 127)", path,
                       path, node);
    case DGM_SHOW_LATIN1:
        return js_text(js, "characterBytes(%s, %s, 255)", path, text);
    default:
        js_refuse(js, row, "this rendering of bytes");
        return "[]";
    }
}

const char *js_member_length(struct js *js, const struct dgm_row *user, unsigned number)
{
    for (unsigned i = 0; i < js->message->row_count; i++) {
        const struct dgm_row *row = &js->first[i];
        bool has_bytes = row->op == DGM_OP_BYTES || row->op == DGM_OP_JOIN_BYTES;
        if (has_bytes && row->member == number)
            return js_text(js, "%s.length",
                           js_bytes_of(js, row, js_text(js, "m[%u]", number)));
    }
    js_refuse(js, user, "the length of such a member");
    return "0";
}
