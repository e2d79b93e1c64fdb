/* SPDX-License-Identifier: MIT */
/* Rows of bytes, text and decimal digits. */
#include "js_work.h"

static const struct dgm_format *format_of(const struct js *js, const struct dgm_row *row)
{
    static const struct dgm_format none = {.count = DGM_NONE};
    uint16_t index = js_format_of(row);
    return index != DGM_NONE ? js_formats(js) + index : &none;
}

static const char *separator(struct js *js, const struct dgm_format *format,
                             const char *usual)
{
    return format->separator != 0 ? js_pool(js, format->separator) : usual;
}

/* Bytes as the row shows them. */
static const char *shown(struct js *js, const struct dgm_row *row, const char *bytes)
{
    const struct dgm_format *format = format_of(js, row);
    const char *path = js_pool(js, row->path);
    switch (row->show) {
    case DGM_SHOW_BASE64:
        return js_text(js, "base64(%s)", bytes);
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        return js_text(js, "hex(%s, %s, %s)", bytes, separator(js, format, "''"),
                       row->show == DGM_SHOW_BYTES_HEX_UPPER ? "true" : "false");
    case DGM_SHOW_ASCII:
        return js_text(js, "ascii(f, %s, %s)", path, bytes);
    case DGM_SHOW_UTF8:
        return js_text(js, "utf8(f, %s, %s)", path, bytes);
    case DGM_SHOW_BYTES_ARRAY:
        return js_text(js, "'[' + %s.join(',') + ']'", bytes);
    case DGM_SHOW_BYTES_DOTTED:
        return js_text(js, "quoted(%s.join(%s))", bytes, separator(js, format, "'.'"));
    default:
        return js_text(js, "latin1(%s)", bytes);
    }
}

static bool has_length_limit(const struct js *js, const struct dgm_row *row)
{
    if (row->limit == DGM_NONE || row->show == DGM_SHOW_BYTES_ARRAY ||
        row->show == DGM_SHOW_BYTES_DOTTED || row->show == DGM_SHOW_NONE)
        return false;
    const struct dgm_limit *limit = js_limits(js) + row->limit;
    return (limit->flags & DGM_LIMIT_LENGTH) != 0 &&
           (limit->flags & (DGM_LIMIT_ENCODE_ONLY | DGM_LIMIT_SILENT)) == 0;
}

void js_shown_bytes(struct js *js, const struct dgm_row *row, const char *bytes)
{
    bool strict = (js->message->flags & DGM_MESSAGE_REJECT_LIMITS) != 0;
    bool has_slot = row->slot != DGM_NONE && js->names[row->slot] != NULL;
    const char *text = shown(js, row, bytes);
    if (has_slot)
        js_line(js, "%s = %s.length;", js->names[row->slot], bytes);
    if (has_length_limit(js, row))
        text = js_text(js, "noLonger(f, %s, %s, %u, %s)", js_pool(js, row->path), text,
                       (unsigned)js_limits(js)[row->limit].max_length,
                       strict ? "true" : "false");
    if (row->role == DGM_ROLE_IDENTIFIER) {
        js_line(js, "f.identifier = %s;", text);
        text = "f.identifier";
    }
    if (row->show != DGM_SHOW_NONE)
        js_put(js, row, text);
}

static const char *wanted(struct js *js, const struct dgm_row *row)
{
    if (row->flags & DGM_ROW_REST)
        return row->show == DGM_SHOW_DIGITS ? "left(f) * 2" : "left(f)";
    return row->expr != DGM_NONE ? js_count(js, row, row->expr)
                                 : js_text(js, "%u", row->detail);
}

/* A text of half-bytes. */
static void put_digit_text(struct js *js, const struct dgm_row *row, const char *count)
{
    const struct dgm_format *format = format_of(js, row);
    const char *text = js_shared(js, "text"), *bytes = js_shared(js, "bytes");
    const char *number = js_shared(js, "size"), *path = js_pool(js, row->path);
    js_line(js, "%s = %s;", number, count);
    js_line(js, "%s = some(f, %s, Math.ceil(%s / 2))%s;", bytes, path, number,
            (format->flags & DGM_FORMAT_REVERSED) ? ".reverse()" : "");
    js_line(js, "%s = digitText(f, %s, %s, %s, %s, %s);", text, path, bytes, number,
            (format->flags & DGM_FORMAT_LOW_FIRST) ? "true" : "false",
            (format->flags & DGM_FORMAT_PADDED) ? js_text(js, "%u", format->pad)
                                                : "undefined");
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL)
        js_line(js, "%s = %s.length - 2;", js->names[row->slot], text);
    if (row->role == DGM_ROLE_IDENTIFIER)
        js_line(js, "f.identifier = %s;", text);
    js_put(js, row, text);
}

/* The row's bytes, in order and without what ends and fills them. */
static const char *taken(struct js *js, const struct dgm_row *row, const char *count)
{
    const struct dgm_format *format = format_of(js, row);
    const char *path = js_pool(js, row->path);
    const char *bytes = js_text(js, "some(f, %s, %s)", path, count);
    if (format->flags & DGM_FORMAT_REVERSED)
        bytes = js_text(js, "%s.reverse()", bytes);
    if (format->flags & DGM_FORMAT_ENDED)
        bytes = js_text(js, "untilByte(f, %s, %s, %u, %s)", path, bytes, format->end,
                        (row->flags & DGM_ROW_REST) ? "true" : "false");
    if (row->flags & DGM_ROW_PADDED)
        bytes = js_text(js, "stripped(%s, %u)", bytes, row->shift);
    return bytes;
}

void js_bytes(struct js *js, const struct dgm_row *row)
{
    const char *count = wanted(js, row);
    bool is_placed = (row->flags & DGM_ROW_PLACED) != 0 && row->slot != DGM_NONE;
    if (is_placed && js->names[row->slot + 1] != NULL)
        js_line(js, "%s = f.at;", js->names[row->slot + 1]);
    if (row->show == DGM_SHOW_DIGITS) {
        put_digit_text(js, row, count);
        return;
    }
    const char *bytes = js_shared(js, "bytes");
    js_line(js, "%s = %s;", bytes, taken(js, row, count));
    if (row->show != DGM_SHOW_TEXT_NUMBER) {
        js_shown_bytes(js, row, bytes);
        return;
    }
    const char *value = js_shared(js, "value");
    js_line(js, "%s = textNumber(f, %s, %s);", value, js_pool(js, row->path), bytes);
    js_keep(js, row, value);
    js_put(js, row, value);
}

const char *js_digit_format(struct js *js, const struct dgm_format *format)
{
    static const char *const signs[] = {"", "top", "F", "FF", "last"};
    return js_text(js, "{sign: '%s', low: %s, reversed: %s}", signs[format->sign & 7],
                   (format->flags & DGM_FORMAT_LOW_FIRST) ? "true" : "false",
                   (format->flags & DGM_FORMAT_REVERSED) ? "true" : "false");
}

/* Half-bytes behind the last digit. */
static unsigned tail_of(const struct dgm_format *format)
{
    return format->sign == DGM_DIGIT_SIGN_LAST_NIBBLE ? 1 : 0;
}

unsigned js_digits_size(const struct js *js, const struct dgm_row *row)
{
    const struct dgm_format *format = js_formats(js) + row->spec;
    return (format->flags & DGM_FORMAT_CHARACTERS)
               ? format->digits
               : (format->digits + tail_of(format) + 1) / 2;
}

const char *js_digits_test(struct js *js, const struct dgm_row *row, uint16_t list,
                           const char *bytes)
{
    const struct dgm_format *format = js_formats(js) + row->spec;
    const char *texts = js_choices(js, list, (row->flags & DGM_ROW_SIGNED) != 0);
    if (format->flags & DGM_FORMAT_CHARACTERS)
        return js_text(js, "saysCharacters(%s, %s, %s)", bytes,
                       js_pool(js, format->pattern), texts);
    return js_text(js, "saysDigits(%s, %u, %s, %s, %s)", bytes, (unsigned)format->digits,
                   js_digit_format(js, format),
                   (row->flags & DGM_ROW_SIGNED) ? "true" : "false", texts);
}

/* Half-bytes that are no digits may have a name. */
static void put_pattern(struct js *js, const struct dgm_row *row, const char *raw)
{
    uint16_t list = row->show == DGM_SHOW_ENUM ? row->detail : js_invalid_list(js, row);
    const char *path = js_pool(js, row->path);
    if (list == DGM_NONE)
        js_line(js, "fail(f, 'text', %s);", path);
    else
        js_line(js, "%s = namedPattern(f, %s, %s.places, %s, %s);", raw, path, raw,
                (row->flags & DGM_ROW_SIGNED) ? "true" : "false",
                js_choices(js, list, (row->flags & DGM_ROW_SIGNED) != 0));
}

void js_digits(struct js *js, const struct dgm_row *row)
{
    const struct dgm_format *format = js_formats(js) + row->spec;
    bool is_text = (format->flags & DGM_FORMAT_CHARACTERS) != 0;
    unsigned tail = tail_of(format);
    const char *path = js_pool(js, row->path), *size = js_shared(js, "size");
    const char *raw = js_shared(js, "raw"), *count = js_text(js, "%u", format->digits);
    if (row->flags & DGM_ROW_REST)
        count = is_text ? "left(f)" : js_text(js, "Math.max(left(f) * 2 - %u, 0)", tail);
    else if (format->digits == 0 && format->count != DGM_NONE)
        count = js_count(js, row, format->count);
    js_line(js, "%s = %s;", size, count);
    if (is_text) {
        js_line(js, "%s = characterDigits(f, %s, take(f, %s, %s), %s);", raw, path, path,
                size, js_pool(js, format->pattern));
    } else {
        js_line(
            js,
            "%s = decimalDigits(f, %s, take(f, %s, Math.ceil((%s + %u) / 2)), %s, %s);",
            raw, path, path, size, tail, size, js_digit_format(js, format));
        js_open(js, "if (%s.places)", raw);
        put_pattern(js, row, raw);
        js_close(js);
    }
    js_raw_value(js, row, raw);
}
