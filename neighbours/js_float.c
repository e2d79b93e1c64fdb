/* SPDX-License-Identifier: MIT */
/* Numbers that are calculated: floating point ones, and those that go through a pipe. */
#include "js_work.h"

#include <string.h>

static const char *with_decimals(struct js *js, const struct dgm_row *row,
                                 const char *value)
{
    const struct dgm_pipe *pipe =
        row->detail != DGM_NONE ? js_pipes(js) + row->detail : NULL;
    if (pipe == NULL || pipe->decimals == DGM_NO_DECIMALS)
        return value;
    return js_text(js, "rounded(%s, %u, %s)", value, pipe->decimals,
                   (pipe->flags & DGM_SCALING_TIES_EVEN) ? "true" : "false");
}

/* Rows whose numbers go through a pipe: scale, offset, curve, decimals. */
const char *js_piped(struct js *js, const struct dgm_row *row, const char *value)
{
    const char *path = js_pool(js, row->path);
    if (row->detail == DGM_NONE)
        return value;
    const struct dgm_pipe *pipe = js_pipes(js) + row->detail;
    if (pipe->scale != DGM_NONE)
        value = js_text(js, "multiply(f, %s, %s, %s)", path, value,
                        js_expression(js, row, pipe->scale));
    if (pipe->offset != DGM_NONE)
        value = js_text(js, "plus(f, %s, %s, %s)", path, value,
                        js_expression(js, row, pipe->offset));
    if (pipe->curve != DGM_NONE) {
        const struct dgm_curve *curve = js_curves(js) + pipe->curve;
        const char *list = "";
        for (unsigned i = 0; i < curve->count; i++) {
            const struct dgm_point *point = js_points(js) + curve->first + i;
            list = js_text(js, "%s%s[%s, %s]", list, i > 0 ? ", " : "",
                           js_decimal(js, point->x, curve->x_digits),
                           js_decimal(js, point->y, curve->y_digits));
        }
        value = js_text(js, "onCurve(f, %s, %s, [%s], %u)", path, value, list,
                        curve->outside);
    }
    return with_decimals(js, row, value);
}

/* Limits, slot and JSON of a number that was calculated. */
void js_put_result(struct js *js, const struct dgm_row *row, const char *value)
{
    bool may_lack;
    value = js_limited(js, row, value, &may_lack);
    value = js_named(js, row, value, true);
    js_keep(js, row, value);
    if (row->show == DGM_SHOW_NONE)
        return;
    if (js_prints_null(js, row))
        value = js_text(js, "%s === undefined ? 'null' : %s", value, value);
    js_put_number(js, row, value, false);
}

bool js_calculates(const struct js *js, const struct dgm_row *row)
{
    if (row->detail == DGM_NONE)
        return false;
    const struct dgm_pipe *pipe = js_pipes(js) + row->detail;
    return pipe->scale != DGM_NONE || pipe->offset != DGM_NONE ||
           pipe->curve != DGM_NONE || pipe->decimals != DGM_NO_DECIMALS;
}

static bool are_equal(const struct dgm_float *one, const struct dgm_float *two)
{
    return one->bias == two->bias && one->sign == two->sign &&
           one->exponent == two->exponent && one->fraction == two->fraction &&
           one->flags == two->flags;
}

const char *js_float_format(struct js *js, const struct dgm_row *row)
{
    static const struct dgm_float single = {
        127, 1, 8, 23, DGM_FLOAT_HIDDEN | DGM_FLOAT_SUBNORMAL | DGM_FLOAT_SPECIAL};
    static const struct dgm_float twice = {
        1023, 1, 11, 52, DGM_FLOAT_HIDDEN | DGM_FLOAT_SUBNORMAL | DGM_FLOAT_SPECIAL};
    const struct dgm_float *format = row->detail != DGM_NONE
                                         ? &js_pipes(js)[row->detail].format
                                     : row->width == 64 ? &twice
                                                        : &single;
    if (are_equal(format, &single))
        return "binary32()";
    if (are_equal(format, &twice))
        return "binary64()";
    return js_text(js,
                   "{sign: %u, exponent: %u, fraction: %u, bias: %d, hidden: %s, "
                   "subnormal: %s, special: %s}",
                   format->sign, format->exponent, format->fraction, (int)format->bias,
                   (format->flags & DGM_FLOAT_HIDDEN) ? "true" : "false",
                   (format->flags & DGM_FLOAT_SUBNORMAL) ? "true" : "false",
                   (format->flags & DGM_FLOAT_SPECIAL) ? "true" : "false");
}

/* Expressions go on with what was read, and with the limit in its place only where it was
 * beyond that. */
static void put_within(struct js *js, const struct dgm_row *row, const char *text)
{
    bool may_lack, is_kept = row->slot != DGM_NONE && js->names[row->slot] != NULL;
    const char *value = js_shared(js, "value"), *kept = "{f: real64}";
    bool clamps = is_kept && row->limit != DGM_NONE &&
                  js_limits(js)[row->limit].outside == DGM_OUTSIDE_CLAMP;
    if (clamps) {
        const char *read = js_shared(js, "text");
        js_line(js, "%s = %s;", read, text);
        text = read;
        kept = js_text(js, "value === %s ? {f: real64} : value", read);
    }
    js_line(js, "%s = %s;", value, js_limited(js, row, text, &may_lack));
    js_keep(js, row, may_lack ? "value && {f: real64}" : kept);
}

/* Of a plain float the text is the shortest of its own format. */
static void put_float(struct js *js, const struct dgm_row *row, const char *format)
{
    const char *value = js_calculates(js, row) ? js_piped(js, row, "{f: real64}") : NULL;
    if (value != NULL) {
        js_put_result(js, row, value);
        return;
    }
    put_within(js, row,
               row->show == DGM_SHOW_DOUBLE
                   ? "{f: real64}"
                   : js_text(js, "shortestFloat(real64, %s)", format));
    if (js_prints_null(js, row))
        js_put_number(js, row, "value === undefined ? 'null' : value", true);
    else if (row->show != DGM_SHOW_NONE)
        js_put_number(js, row, "value", false);
}

/* Bits of the row's format, which may have more. */
static unsigned float_bits(const struct js *js, const struct dgm_row *row)
{
    if (row->detail == DGM_NONE)
        return row->width;
    const struct dgm_float *format = &js_pipes(js)[row->detail].format;
    return (unsigned)format->sign + format->exponent + format->fraction;
}

/* Does nothing else ask for the number, and is none printed where it is none? */
static bool is_printed_alone(const struct js *js, const struct dgm_row *row)
{
    bool is_kept = row->slot != DGM_NONE && js->names[row->slot] != NULL;
    return !is_kept && row->role == DGM_ROLE_NONE && !js_prints_null(js, row) &&
           !(row->flags & DGM_ROW_SERIES);
}

/* What reads such a number. */
static const char *reading(struct js *js, const struct dgm_row *row, const char *bytes,
                           unsigned from)
{
    bool has_value = js_calculates(js, row) || row->show == DGM_SHOW_DOUBLE;
    const char *format = js_float_format(js, row), *path = js_pool(js, row->path);
    const char *refuses = js_is_strict(js) ? ", true" : "";
    if (has_value && row->op == DGM_OP_FLOAT && row->order == DGM_ORDER_BE &&
        strcmp(format, "binary32()") == 0)
        return js_text(js, "float32(f, %s%s)", path, refuses);
    return js_text(js, "%s(f, %s, %s, %u, %s%s)",
                   has_value ? "floating" : "shortFloating", path, bytes,
                   from + row->width - float_bits(js, row), format, refuses);
}

/* Such a number in one statement. */
static void put_alone(struct js *js, const struct dgm_row *row, const char *value)
{
    bool may_lack;
    if (js_calculates(js, row))
        value = js_piped(js, row, value);
    value = js_limited(js, row, value, &may_lack);
    if (row->flags & DGM_ROW_QUOTED)
        value = js_named(js, row, value, true);
    if (row->show == DGM_SHOW_NONE)
        js_put_nowhere(js, value);
    else
        js_put_number(js, row, value, false);
}

void js_float_value(struct js *js, const struct dgm_row *row, const char *bytes,
                    unsigned from)
{
    uint16_t list = js_invalid_list(js, row);
    if (list == DGM_NONE && is_printed_alone(js, row)) {
        put_alone(js, row, reading(js, row, bytes, from));
        return;
    }
    const char *real64 = js_shared(js, "real64"), *format = js_float_format(js, row);
    const char *raw = js_shared(js, "raw");
    js_line(js, "%s = %s;", js_shared(js, "bytes"), bytes);
    bool opened = false;
    if (list != DGM_NONE) {
        js_line(js, "%s = %s(bytes, %u, %u);", raw, row->width > 48 ? "longBits" : "bits",
                from, row->width);
        opened = js_open_invalid(js, row, &raw);
    }
    js_line(js, "%s = unpacked(bytes, %u, %s);", real64,
            from + row->width - float_bits(js, row), format);
    js_open(js, "if (isNaN(%s))", real64);
    js_line(js, "complain(f, 'no-number', %s, %s);", js_pool(js, row->path),
            js_is_strict(js) ? "true" : "false");
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL)
        js_line(js, "%s = undefined;", js->names[row->slot]);
    js_put(js, row, "undefined");
    js->depth--;
    js_line(js, "} else {");
    js->depth++;
    put_float(js, row, format);
    js_close(js);
    if (opened)
        js_close(js);
}

void js_computed(struct js *js, const struct dgm_row *row)
{
    const char *value = js_expression(js, row, row->expr);
    bool is_time = js_is_time(row->show);
    if (row->show == DGM_SHOW_PIPE)
        value = with_decimals(js, row, value);
    if (is_time || row->role != DGM_ROLE_NONE)
        value = js_text(js, "exactly(%s)", value);
    if (row->show == DGM_SHOW_BOOL)
        value = js_named(js, row, value, true);
    if (row->show == DGM_SHOW_BOOL) {
        js_keep(js, row, value);
        js_put(js, row,
               js_text(js, "%s === undefined ? undefined : truth(%s)", value, value));
    } else if (is_time) {
        value = js_named(js, row, value, true);
        js_keep(js, row, value);
        js_put(js, row, js_of_time(js, row, value));
    } else if (row->show == DGM_SHOW_ENUM) {
        value = js_named(js, row, value, true);
        js_keep(js, row, value);
        js_put(js, row,
               js_text(js,
                       "%s === undefined ? undefined : choice(f, %s, wholly(f, %s, %s), "
                       "%s, '%s')",
                       value, js_pool(js, row->path), js_pool(js, row->path), value,
                       js_choices(js, row->detail, true),
                       js_unknown_word(js_enums(js) + row->detail)));
    } else {
        js_put_result(js, row, value);
    }
}
