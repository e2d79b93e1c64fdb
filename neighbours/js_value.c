/* SPDX-License-Identifier: MIT */
/* Raw values become values: constants, limits, envelope, JSON. */
#include "js_work.h"

static const char *json_text(struct js *js, const struct dgm_choice *choice)
{
    if (choice->flags & DGM_CHOICE_OMIT)
        return "''";
    return js_quote(js, js->pool + choice->text, choice->text_length);
}

const char *js_choices(struct js *js, uint16_t list, bool is_signed)
{
    const struct dgm_enum *entry = js_enums(js) + list;
    const char *single = "", *ranges = "";
    for (unsigned i = 0; i < entry->count; i++) {
        const struct dgm_choice *choice = js_choices_at(js) + entry->first + i;
        const char *low =
            is_signed ? js_i64(js, (int64_t)choice->low) : js_u64(js, choice->low);
        const char *high =
            is_signed ? js_i64(js, (int64_t)choice->high) : js_u64(js, choice->high);
        if (choice->low == choice->high)
            single = js_text(js, "%s%s%s%s%s: %s", single, *single != '\0' ? ", " : "",
                             low[0] == '-' ? "'" : "", low, low[0] == '-' ? "'" : "",
                             json_text(js, choice));
        else
            ranges = js_text(js, "%s%s[%s, %s, %s]", ranges, *ranges != '\0' ? ", " : "",
                             low, high, json_text(js, choice));
    }
    if (*ranges == '\0')
        return js_text(js, "{%s}", single);
    return js_text(js, "{%s%sranges: [%s]}", single, *single != '\0' ? ", " : "", ranges);
}

const char *js_unknown_word(const struct dgm_enum *list)
{
    return list->unknown == DGM_UNKNOWN_NUMBER   ? "number"
           : list->unknown == DGM_UNKNOWN_REFUSE ? "refuse"
                                                 : "omit";
}

static const char *flag_list(struct js *js, uint16_t list)
{
    const struct dgm_enum *entry = js_enums(js) + list;
    const char *text = "";
    for (unsigned i = 0; i < entry->count; i++) {
        const struct dgm_choice *choice = js_choices_at(js) + entry->first + i;
        text = js_text(js, "%s%s[%u, %s]", text, i > 0 ? ", " : "",
                       (unsigned)(choice->low & 63), json_text(js, choice));
    }
    return js_text(js, "[%s]", text);
}

static double size_of(double number)
{
    return number < 0 ? -number : number;
}

/* Does raw * mul + add stay exact? */
static bool scales_shortly(const struct dgm_row *row, const struct dgm_scaling *scaling)
{
    double span = 1;
    for (unsigned i = 0; i < row->width; i++)
        span *= 2;
    return span * size_of((double)scaling->mul) + size_of((double)scaling->add) <
           9007199254740991.0;
}

const char *js_scaled(struct js *js, const struct dgm_row *row, const char *raw)
{
    const struct dgm_scaling *scaling = js_scalings(js) + row->detail;
    bool is_short = scales_shortly(row, scaling);
    const char *mul = js_i64(js, scaling->mul), *add = js_i64(js, scaling->add);
    if (scaling->div == 1 && scaling->mul == 1 && scaling->add == 0 &&
        scaling->digits == 0)
        return raw;
    if (scaling->div == 1 && is_short)
        return js_text(js, "scaled(%s, %s, %s, %u)", raw, mul, add, scaling->digits);
    if (scaling->div == 1)
        return js_text(js, "longScaled(%s, %s, %s, %u)", raw, mul, add, scaling->digits);
    const char *even = (scaling->flags & DGM_SCALING_TIES_EVEN) ? "true" : "false";
    if (is_short && scaling->div < (uint64_t)1 << 52)
        return js_text(js, "decimal(nearest(%s * %s + %s, %s, %s), %u)", raw, mul, add,
                       js_u64(js, scaling->div), even, scaling->digits);
    return js_text(js, "shifted(longNearest(sum(product(%s, %s), %s), %s, %s), -%u)", raw,
                   mul, add, js_u64(js, scaling->div), even, scaling->digits);
}

uint16_t js_invalid_list_of(const struct js *js, const struct dgm_row *row)
{
    if (js_is_piped(row))
        return row->detail != DGM_NONE ? js_pipes(js)[row->detail].invalid : DGM_NONE;
    return js_row_scales(row) ? js_scalings(js)[row->detail].invalid : DGM_NONE;
}

uint16_t js_invalid_list(const struct js *js, const struct dgm_row *row)
{
    return (row->flags & DGM_ROW_TOGETHER) ? DGM_NONE : js_invalid_list_of(js, row);
}

uint16_t js_named_invalid(const struct js *js, const struct dgm_row *row)
{
    uint16_t list = js_invalid_list_of(js, row);
    for (unsigned i = 0; list != DGM_NONE && i < js_enums(js)[list].count; i++)
        if (!(js_choices_at(js)[js_enums(js)[list].first + i].flags &
              (DGM_CHOICE_OMIT | DGM_CHOICE_DECODE_ONLY)))
            return list;
    return DGM_NONE;
}

const char *js_limited(struct js *js, const struct dgm_row *row, const char *value,
                       bool *ret_may_lack)
{
    static const char *const words[] = {"", "omit", "null", "clamp", "warn", "refuse"};
    *ret_may_lack = false;
    if (row->limit == DGM_NONE)
        return value;
    const struct dgm_limit *limit = js_limits(js) + row->limit;
    bool has = (limit->flags & (DGM_LIMIT_LOW | DGM_LIMIT_HIGH)) != 0;
    if (!has || (limit->flags & (DGM_LIMIT_ENCODE_ONLY | DGM_LIMIT_SILENT)))
        return value;
    const char *word = words[limit->outside];
    if (limit->outside == DGM_OUTSIDE_MODEL)
        word = js_is_strict(js) ? "refuse-model" : "warn-model";
    *ret_may_lack =
        limit->outside == DGM_OUTSIDE_OMIT || limit->outside == DGM_OUTSIDE_NULL;
    return js_text(
        js, "within(f, %s, %s, %s, %s, '%s')", js_pool(js, row->path), value,
        (limit->flags & DGM_LIMIT_LOW) ? js_decimal(js, limit->low, limit->scale)
                                       : "undefined",
        (limit->flags & DGM_LIMIT_HIGH) ? js_decimal(js, limit->high, limit->scale)
                                        : "undefined",
        word);
}

bool js_prints_null(const struct js *js, const struct dgm_row *row)
{
    return row->limit != DGM_NONE && js->text == NULL &&
           js_limits(js)[row->limit].outside == DGM_OUTSIDE_NULL;
}

/* The text of a raw value that is not a number. */
static const char *rendered(struct js *js, const struct dgm_row *row, const char *raw)
{
    const char *path = js_pool(js, row->path);
    unsigned digits = (row->width + 3u) / 4;
    bool upper = row->show == DGM_SHOW_HEX_UPPER;
    switch (row->show) {
    case DGM_SHOW_ENUM:
        return js_text(js, "choice(f, %s, %s, %s, '%s')", path, raw,
                       js_choices(js, row->detail, (row->flags & DGM_ROW_SIGNED) != 0),
                       js_unknown_word(js_enums(js) + row->detail));
    case DGM_SHOW_FLAGS:
        if (row->width > 48)
            js_refuse(js, row, "flags of so many bits");
        return js_text(
            js, "flags(f, %s, %s, %s, %s)", path, raw, flag_list(js, row->detail),
            js_enums(js)[row->detail].unknown == DGM_UNKNOWN_REFUSE ? "true" : "false");
    case DGM_SHOW_HEX:
    case DGM_SHOW_HEX_UPPER:
        if (row->flags & DGM_ROW_SIGNED)
            js_refuse(js, row, "hex digits of a signed number");
        return js_text(js, "%s(%s, %u, %s)", row->width > 48 ? "longHex" : "hexOf", raw,
                       digits, upper ? "true" : "false");
    case DGM_SHOW_BINARY:
        if (row->width > 48 || (row->flags & DGM_ROW_SIGNED))
            js_refuse(js, row, "binary digits of so many bits");
        return js_text(js, "binary(%s, %u)", raw, row->width);
    default:
        return raw;
    }
}

const char *js_of_time(struct js *js, const struct dgm_row *row, const char *seconds)
{
    if (row->show == DGM_SHOW_TIME_EPOCH)
        return seconds;
    if (row->show == DGM_SHOW_TIME_EPOCH_MS)
        return js_text(js, "sinceEpoch(f, %s, %s)", js_pool(js, row->path), seconds);
    return js_text(js, "instant(f, %s, %s, %s)", js_pool(js, row->path), seconds,
                   js_time_form(js, row));
}

/* A value with the name of its slot, or else of a variable, if it is wanted twice. */
const char *js_named(struct js *js, const struct dgm_row *row, const char *value,
                     bool twice)
{
    bool has_slot = row->slot != DGM_NONE && js->names[row->slot] != NULL;
    const char *name = has_slot ? js->names[row->slot]
                       : twice  ? js_shared(js, "value")
                                : NULL;
    if (name == NULL)
        return value;
    js_line(js, "%s = %s;", name, value);
    return name;
}

const char *js_value_of_raw(struct js *js, const struct dgm_row *row, const char *raw)
{
    const struct dgm_format *format =
        row->op == DGM_OP_DIGITS ? js_formats(js) + row->spec : NULL;
    if (format == NULL || format->pattern == 0)
        return js_row_scales(row) ? js_scaled(js, row, raw) : raw;
    return js_text(js, "datedDigits(f, %s, %s, %s, %d)", js_pool(js, row->path), raw,
                   js_pool(js, format->pattern), format->zone);
}

/* Numbers, instants and truth values. */
static void put_simple(struct js *js, const struct dgm_row *row, const char *raw)
{
    bool may_lack, is_time = js_is_time(row->show);
    const char *value = row->show == DGM_SHOW_BOOL
                            ? js_text(js, "flag(f, %s, %s)", js_pool(js, row->path), raw)
                            : js_value_of_raw(js, row, raw);
    bool is_series = (row->flags & DGM_ROW_SERIES) != 0;
    value = js_series_value(js, row, value);
    value = js_limited(js, row, value, &may_lack);
    may_lack = may_lack || is_series;
    bool twice = is_series || row->role != DGM_ROLE_NONE || js_prints_null(js, row) ||
                 row->show == DGM_SHOW_TIME_EPOCH_MS ||
                 (may_lack && (row->flags & DGM_ROW_QUOTED));
    value = js_named(js, row, value, twice);
    js_keep(js, row, value);
    if (row->show == DGM_SHOW_NONE) {
        js_put_nowhere(js, value);
        return;
    }
    if (js_prints_null(js, row))
        value = js_text(js, "%s === undefined ? 'null' : %s", value, value);
    if (is_time && row->show != DGM_SHOW_TIME_EPOCH)
        js_put(js, row, js_of_time(js, row, value));
    else if (row->show == DGM_SHOW_BOOL)
        js_put(js, row, value);
    else
        js_put_number(js, row, value, !may_lack);
}

/* Texts that stand for raw values. */
static void put_rendered(struct js *js, const struct dgm_row *row, const char *raw)
{
    bool may_lack, has_slot = row->slot != DGM_NONE && js->names[row->slot] != NULL;
    const char *judged = js_limited(js, row, raw, &may_lack);
    bool is_limited = judged != raw;
    if (row->limit != DGM_NONE && is_limited &&
        (js_limits(js)[row->limit].outside == DGM_OUTSIDE_CLAMP ||
         js_prints_null(js, row)))
        js_refuse(js, row, "what becomes of such a value outside its limits");
    if (!is_limited && !has_slot && row->role == DGM_ROLE_NONE) {
        js_put(js, row, rendered(js, row, raw));
        return;
    }
    const char *value = js_named(js, row, judged, true);
    js_keep(js, row, value);
    const char *text = rendered(js, row, value);
    if (may_lack)
        text = js_text(js, "%s === undefined ? undefined : %s", value, text);
    js_put(js, row, text);
}

static bool is_rendered(const struct dgm_row *row)
{
    return row->show == DGM_SHOW_ENUM || row->show == DGM_SHOW_FLAGS ||
           row->show == DGM_SHOW_HEX || row->show == DGM_SHOW_HEX_UPPER ||
           row->show == DGM_SHOW_BINARY;
}

/* A raw value that is no reading stands for a text, or for nothing. */
bool js_open_invalid(struct js *js, const struct dgm_row *row, const char **raw)
{
    uint16_t list = js_invalid_list(js, row);
    if (list == DGM_NONE)
        return false;
    const char *text = js_shared(js, "text"), *name = js_shared(js, "raw");
    if (*raw != name)
        js_line(js, "%s = %s;", name, *raw);
    js_line(js, "%s = meaning(%s, %s);", text, name,
            js_choices(js, list, (row->flags & DGM_ROW_SIGNED) != 0));
    js_open(js, "if (%s !== undefined)", text);
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL)
        js_line(js, "%s = undefined;", js->names[row->slot]);
    js_put(js, row, js_text(js, "%s || undefined", text));
    js->depth--;
    js_line(js, "} else {");
    js->depth++;
    *raw = name;
    return true;
}

static void check_length(struct js *js, const struct dgm_row *row, const char *raw)
{
    js_line(js, "agree(f, %s, 'length', %s, f.bytes.length);", js_pool(js, row->path),
            js_scaled(js, row, raw));
}

void js_raw_value(struct js *js, const struct dgm_row *row, const char *raw)
{
    if (row->show == DGM_SHOW_FLOAT || row->show == DGM_SHOW_DOUBLE) {
        js_refuse(js, row, "a floating point number of such bits");
        return;
    }
    if (row->source == DGM_SOURCE_LENGTH) {
        js_line(js, "%s = %s;", js_shared(js, "raw"), raw);
        raw = "raw";
        check_length(js, row, raw);
        if (row->show == DGM_SHOW_NONE && row->slot == DGM_NONE)
            return;
    }
    bool opened = js_open_invalid(js, row, &raw);
    if (row->show == DGM_SHOW_PIPE)
        js_put_result(js, row, js_piped(js, row, raw));
    else if (is_rendered(row))
        put_rendered(js, row, raw);
    else
        put_simple(js, row, raw);
    if (opened)
        js_close(js);
}

void js_instant(struct js *js, const struct dgm_row *row, const char *seconds)
{
    const char *value = js_named(js, row, seconds, true);
    js_keep(js, row, value);
    js_put(js, row, js_of_time(js, row, value));
}

void js_literal(struct js *js, const struct dgm_row *row)
{
    const struct dgm_choice *choice = js_choices_at(js) + row->detail;
    const char *text = js_quote(js, js->pool + choice->text, choice->text_length);
    if (row->role == DGM_ROLE_IDENTIFIER)
        js_line(js, "f.identifier = %s;", text);
    if (js->text != NULL || (row->flags & DGM_ROW_NAMED) || js_is_element(row))
        js_put(js, row, text);
}
