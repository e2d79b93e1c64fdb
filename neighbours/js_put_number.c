/* SPDX-License-Identifier: MIT */
/*
 * Numbers on the way out: within their limits, backwards through scale, curve and float
 * format to a raw value, and as the wire has it.
 */
#include "js_work.h"

static bool is_float(const struct dgm_row *row)
{
    return row->op == DGM_OP_FLOAT || row->show == DGM_SHOW_FLOAT ||
           row->show == DGM_SHOW_DOUBLE;
}

bool js_is_piped(const struct dgm_row *row)
{
    return is_float(row) || row->show == DGM_SHOW_PIPE;
}

static const struct dgm_limit *limit_of(const struct js *js, const struct dgm_row *row)
{
    const struct dgm_limit *limit =
        row->limit != DGM_NONE ? js_limits(js) + row->limit : NULL;
    bool has = limit != NULL && (limit->flags & (DGM_LIMIT_LOW | DGM_LIMIT_HIGH)) != 0;
    return has ? limit : NULL;
}

static const char *within(struct js *js, const struct dgm_row *row, const char *helper,
                          const char *number)
{
    const struct dgm_limit *limit = limit_of(js, row);
    if (limit == NULL)
        return number;
    return js_text(
        js, "%s(%s, %s, %s, %s, %s)", helper, js_pool(js, row->path), number,
        (limit->flags & DGM_LIMIT_LOW) ? js_decimal(js, limit->low, limit->scale)
                                       : "undefined",
        (limit->flags & DGM_LIMIT_HIGH) ? js_decimal(js, limit->high, limit->scale)
                                        : "undefined",
        limit->outside == DGM_OUTSIDE_CLAMP ? "true" : "false");
}

const char *js_held(struct js *js, const struct dgm_row *row, const char *number)
{
    const char *path = js_pool(js, row->path);
    const char *is_signed = (row->flags & DGM_ROW_SIGNED) ? "true" : "false";
    if (row->op == DGM_OP_DIGITS)
        return js_text(js, "heldDigits(%s, %s, %s)", path, number, is_signed);
    const char *raw =
        js_text(js, "held(%s, %s, %u, %s)", path, number, row->width, is_signed);
    if (row->flags & DGM_ROW_SIGN_MAGNITUDE)
        raw = js_text(js, "unlike(%s, %s, %s)", path, raw,
                      js_u64(js, (uint64_t)1 << (row->width - 1)));
    return raw;
}

const char *js_wired(struct js *js, const struct dgm_row *row, const char *raw)
{
    if (row->flags & DGM_ROW_SIGN_MAGNITUDE)
        return js_text(js, "signedMagnitude(%s, %s)", raw,
                       js_u64(js, (uint64_t)1 << (row->width - 1)));
    if (row->flags & DGM_ROW_GRAY)
        return js_text(js, "%s(%s)", row->width > 32 ? "longToGray" : "toGray", raw);
    return raw;
}

/* The number that a raw value is, out of its two's complement. */
static const char *as_number(struct js *js, const struct dgm_row *row, const char *raw)
{
    return (row->flags & DGM_ROW_SIGNED)
               ? js_text(js, "longSigned(%s, %u)", raw, row->width)
               : raw;
}

static const char *readings(struct js *js, const struct dgm_row *row)
{
    uint16_t list = js_invalid_list(js, row);
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0 && !is_float(row);
    return list != DGM_NONE ? js_choices(js, list, is_signed) : NULL;
}

/* Raws that stand for texts, or for none, are no readings. */
static const char *as_reading(struct js *js, const struct dgm_row *row, const char *raw)
{
    const char *texts = readings(js, row);
    if (texts == NULL)
        return raw;
    return js_text(js, "reading(%s, %s, %s, %s)", js_pool(js, row->path), raw, texts,
                   (row->flags & DGM_ROW_SIGNED) && !is_float(row)
                       ? js_text(js, "%u", row->width)
                       : "0");
}

/* The raw values that an integer has. */
static const char *range_of(struct js *js, const struct dgm_row *row)
{
    uint64_t top = (uint64_t)1 << (row->width - 1);
    if (row->op == DGM_OP_DIGITS)
        return js_text(js, "low: %s, high: '999999999999999999', width: 64",
                       (row->flags & DGM_ROW_SIGNED) ? "'-999999999999999999'" : "0");
    if (!(row->flags & DGM_ROW_SIGNED))
        return js_text(js, "low: 0, high: %s, width: %u", js_u64(js, top - 1 + top),
                       row->width);
    int64_t high = (int64_t)(top - 1);
    int64_t low = (row->flags & DGM_ROW_SIGN_MAGNITUDE) ? -high : -high - 1;
    return js_text(js, "low: %s, high: %s, width: %u", js_i64(js, low), js_i64(js, high),
                   row->width);
}

static const struct dgm_pipe *pipe_of(const struct js *js, const struct dgm_row *row)
{
    return row->detail != DGM_NONE ? js_pipes(js) + row->detail : NULL;
}

/* The curve's points with both axes exchanged. */
static const char *curve_back(struct js *js, const struct dgm_curve *curve)
{
    const char *list = "";
    bool falls = (curve->flags & DGM_CURVE_FALLING) != 0;
    if ((curve->flags & (DGM_CURVE_RISING | DGM_CURVE_FALLING)) == 0)
        return "points: []";
    for (unsigned i = 0; i < curve->count; i++) {
        const struct dgm_point *point = js_points(js) + curve->first + i;
        list = js_text(js, "%s%s[%s, %s]", list, i > 0 ? ", " : "",
                       js_decimal(js, point->y, curve->y_digits),
                       js_decimal(js, point->x, curve->x_digits));
    }
    return js_text(js, "points: [%s], falls: %s, extends: %s", list,
                   falls ? "true" : "false",
                   curve->outside == DGM_CURVE_EXTEND ? "true" : "false");
}

/* What undoes scale and offset, or NULL. */
static const char *undone(struct js *js, const struct dgm_row *row,
                          const struct dgm_pipe *pipe)
{
    const char *path = js_pool(js, row->path), *value = "x";
    if (pipe->offset != DGM_NONE)
        value = js_text(js, "minus(f, %s, %s, %s)", path, value,
                        js_expression(js, row, pipe->offset));
    if (pipe->scale != DGM_NONE)
        value = js_text(js, "divide(f, %s, %s, %s)", path, value,
                        js_expression(js, row, pipe->scale));
    return pipe->offset != DGM_NONE || pipe->scale != DGM_NONE ? value : NULL;
}

/* The steps of a number and what undoes them, as an object of JavaScript. */
static const char *steps_of(struct js *js, const struct dgm_row *row)
{
    const struct dgm_pipe *pipe = pipe_of(js, row);
    const char *list = is_float(row) ? js_text(js, "format: %s", js_float_format(js, row))
                                     : range_of(js, row);
    const char *back = undone(js, row, pipe);
    if (!is_float(row) && (pipe->flags & DGM_SCALING_EXACT_ONLY))
        list = js_text(js, "%s, isExact: true", list);
    if (pipe->curve != DGM_NONE)
        list = js_text(js, "%s, %s", list, curve_back(js, js_curves(js) + pipe->curve));
    if (back != NULL)
        list = js_text(js, "%s, back: function (x) { return %s; }", list, back);
    return js_text(js, "{%s, value: function (x) { return %s; }}", list,
                   js_piped(js, row, is_float(row) ? "{f: x}" : "x"));
}

/* The value that decoding makes of a raw one that is a reading. */
static const char *value_of(struct js *js, const struct dgm_row *row, const char *raw)
{
    if (row->show == DGM_SHOW_BOOL)
        return js_text(js, "%s === 1", raw);
    if (is_float(row))
        return js_piped(
            js, row, js_text(js, "{f: realOf(%s, %s)}", raw, js_float_format(js, row)));
    raw = as_number(js, row, raw);
    return js_is_piped(row) ? js_piped(js, row, raw) : js_value_of_raw(js, row, raw);
}

/* In a tag loop the case counts that comes nearest to the number. Of a plain float the
 * text counts. */
static const char *as_near(struct js *js, const struct dgm_row *row, const char *given,
                           const char *raw)
{
    bool clamps =
        row->limit != DGM_NONE && js_limits(js)[row->limit].outside == DGM_OUTSIDE_CLAMP;
    bool changes = js_row_scales(row) || js_is_piped(row) || clamps;
    if (!js->nears || row->member == DGM_NONE || !changes)
        return raw;
    const char *value = value_of(js, row, "raw");
    if (is_float(row) && row->show != DGM_SHOW_DOUBLE && !js_calculates(js, row)) {
        const char *format = js_float_format(js, row);
        value = js_text(js, "shortestFloat(realOf(raw, %s), %s)", format, format);
    }
    return js_text(js, "near(f, %s, %s, %s, function (raw) { return %s; })",
                   js_member_of(js, row), given, raw, value);
}

/* The raw value of a number, exact or not, that goes through a pipe backwards. */
static const char *raw_of_piped(struct js *js, const struct dgm_row *row,
                                const char *number)
{
    const char *path = js_pool(js, row->path), *raw, *given = number;
    number = within(js, row, "inFarLimits", number);
    if (js_calculates(js, row))
        raw = js_text(js, "unpiped(%s, %s, %s)", path, number, steps_of(js, row));
    else if (is_float(row))
        raw = js_text(js, "floatRaw(%s, %s, %s)", path, number, js_float_format(js, row));
    else
        raw = js_text(js, "wholeRaw(%s, %s, {%s})", path, number, range_of(js, row));
    return as_reading(js, row, as_near(js, row, given, raw));
}

/* A plain float is read once, straight from its digits. */
static const char *raw_of_digits(struct js *js, const struct dgm_row *row,
                                 const char *node, const char *is_quoted)
{
    const char *limit = "";
    if (limit_of(js, row) != NULL)
        limit = js_text(js, ", function (x) { return %s; }",
                        within(js, row, "inFarLimits", "x"));
    const char *path = js_pool(js, row->path);
    const char *raw = js_text(js, "plainFloat(%s, %s, %s, %s%s)", path, node, is_quoted,
                              js_float_format(js, row), limit);
    const char *given = js_text(js, "givenReal(%s, %s, %s)", path, node, is_quoted);
    return as_reading(js, row, as_near(js, row, given, raw));
}

const char *js_raw_of_real(struct js *js, const struct dgm_row *row, const char *node)
{
    const char *is_quoted = (row->flags & DGM_ROW_QUOTED) ? "true" : "false";
    if (is_float(row) && !js_calculates(js, row))
        return raw_of_digits(js, row, node, is_quoted);
    return raw_of_piped(
        js, row,
        js_text(js, "givenReal(%s, %s, %s)", js_pool(js, row->path), node, is_quoted));
}

/*
 * Of a value that was rounded when it was read, the nearest raw one may lie beyond the
 * field or be no reading, while one beside it says the same.
 */
static const char *raw_beside(struct js *js, const struct dgm_row *row,
                              const char *number)
{
    const struct dgm_scaling *scaling = js_scalings(js) + row->detail;
    const char *path = js_pool(js, row->path), *texts = readings(js, row);
    const char *nearest =
        js_text(js, "unscaled(%s, %s, %s, %s, %s, %u, false)", path,
                within(js, row, "inLimits", "x"), js_i64(js, scaling->mul),
                js_i64(js, scaling->add), js_u64(js, scaling->div), scaling->digits);
    return js_text(
        js,
        "roundedRaw(%s, %s, {%s, texts: %s, nearest: function (x) { return %s; "
        "}, value: function (x) { return %s; }})",
        path, number, range_of(js, row), texts != NULL ? texts : "{}", nearest,
        js_scaled(js, row, "x"));
}

const char *js_raw_of_number(struct js *js, const struct dgm_row *row, const char *number)
{
    const char *given = number, *raw;
    if (js_is_piped(row))
        return raw_of_piped(js, row, number);
    number = within(js, row, "inLimits", number);
    if (row->op == DGM_OP_DIGITS && js_formats(js)[row->spec].pattern != 0) {
        raw = js_held(js, row, js_moment_digits(js, row, number));
        return as_reading(js, row, raw);
    }
    if (!js_row_scales(row))
        return as_near(js, row, given, js_held(js, row, number));
    const struct dgm_scaling *scaling = js_scalings(js) + row->detail;
    if (scaling->div != 1)
        return as_near(js, row, given, raw_beside(js, row, given));
    raw =
        js_text(js, "unscaled(%s, %s, %s, %s, 1, %u, %s)", js_pool(js, row->path), number,
                js_i64(js, scaling->mul), js_i64(js, scaling->add), scaling->digits,
                (scaling->flags & DGM_SCALING_EXACT_ONLY) ? "true" : "false");
    raw = as_near(js, row, given, js_held(js, row, raw));
    return as_reading(js, row, raw);
}

const char *js_computed_raw(struct js *js, const struct dgm_row *row, uint16_t expr)
{
    const char *path = js_pool(js, row->path), *value = js_expression(js, row, expr);
    if (is_float(row))
        return js_text(js, "floatRaw(%s, computed(%s, %s, true), %s)", path, path, value,
                       js_float_format(js, row));
    return js_held(js, row, js_text(js, "computed(%s, %s)", path, value));
}

void js_keep_raw(struct js *js, const struct dgm_row *row, const char *raw)
{
    const char *name = row->slot != DGM_NONE ? js->names[row->slot] : NULL;
    const char *texts = readings(js, row);
    if (name == NULL)
        return;
    const char *value = value_of(js, row, raw);
    if (texts != NULL)
        value = js_text(js, "meaning(%s, %s) !== undefined ? undefined : %s",
                        is_float(row) ? raw : as_number(js, row, raw), texts, value);
    js_line(js, "%s = %s;", name, value);
}
