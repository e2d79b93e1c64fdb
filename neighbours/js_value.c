/* SPDX-License-Identifier: MIT */
/* Raw values become values: constants, limits, envelope, JSON. */
#include "js_work.h"

#include <string.h>

const char *js_key(struct js *js, const struct dgm_row *row)
{
    /* `,"name":` without comma and colon: a JSON string is one of JavaScript, too. */
    return js_text(js, "%.*s", row->key_length - 2, js->pool + row->key + 1);
}

static const struct dgm_part *part_of(const struct js *js, const struct dgm_row *row,
                                      unsigned *ret_index)
{
    if (js->text == NULL)
        return NULL;
    const struct dgm_part *part = js_parts(js) + js->text->spec;
    for (*ret_index = 0; part->row != DGM_NONE; part++, ++*ret_index)
        if (js->text + part->row == row)
            return part;
    return NULL;
}

/* Are the names a text with numbers from 0 on in it? Then where they stand. */
static bool is_numbered(struct js *js, const struct dgm_member *member, unsigned count,
                        size_t *ret_at, size_t *ret_behind)
{
    const char *first = js->pool + member->name;
    for (size_t at = 0; first[at] != '\0'; at++) {
        bool good = first[at] == '0' && count > 2;
        for (unsigned i = 0; i < count && good; i++)
            good =
                strcmp(js->pool + member[i].name,
                       js_text(js, "%.*s%u%s", (int)at, first, i, first + at + 1)) == 0;
        *ret_at = at;
        *ret_behind = at + 1;
        if (good)
            return true;
    }
    return false;
}

/* The name out of its family that an expression tells. */
static const char *family_key(struct js *js, const struct dgm_row *row)
{
    const struct dgm_member *member =
        js_members(js) + js->message->first_member + row->member;
    unsigned count = member->family > 0 ? member->family : 1;
    const char *list = "", *place = js_expression(js, row, row->naming);
    size_t at = 0, behind = 0;
    if (is_numbered(js, member, count, &at, &behind)) {
        const char *first = js->pool + member->name;
        return js_text(js, "numbered(%s, %s, %s, %u)", js_quote(js, first, at), place,
                       js_quote(js, first + behind, strlen(first + behind)), count);
    }
    for (unsigned i = 0; i < count; i++)
        list =
            js_text(js, "%s%s%s", list, i > 0 ? ", " : "", js_pool(js, member[i].name));
    return js_text(js, "[%s][%s]", list, place);
}

/* A row whose name is one of a family. */
static void put_named(struct js *js, const struct dgm_row *row, const char *value)
{
    const char *key = js_shared(js, "key"), *text = js_shared(js, "text");
    js_line(js, "%s = %s;", key, family_key(js, row));
    js_line(js, "%s = %s;", text, value);
    js_open(js, "if (%s !== undefined)", key);
    if (js->in_loop)
        js_line(js, "putLast(f, '', %s, %s, %s);", js_target(js, row), key, text);
    else
        js_line(js, "putOnce(f, %s, %s, %s, %s);", js_pool(js, row->path),
                js_target(js, row), key, text);
    js_close(js);
}

static void put_member(struct js *js, const struct dgm_row *row, const char *value)
{
    const char *path = js_pool(js, row->path), *key = js_key(js, row);
    const char *to = js_target(js, row);
    bool shared = (row->flags & DGM_ROW_SHARED) != 0;
    if (js->in_loop && (row->flags & DGM_ROW_COLLECT))
        js_line(js, "collect(%s, %s, %s);", to, key, value);
    else if (js->in_loop && (row->flags & DGM_ROW_KEEP))
        js_line(js, "keep(f, %s, %s, %s, %s, %u, %s);", path, to, key, js->tag,
                (row->width + 3u) / 4, value);
    else if (js->in_loop)
        js_line(js, "putLast(f, %s, %s, %s, %s);", shared ? path : "''", to, key, value);
    else if (shared)
        js_line(js, "putOnce(f, %s, %s, %s, %s);", path, to, key, value);
    else
        js_line(js, "put(%s, %s, %s);", to, key, value);
}

/* Nothing prints; what reads or checks happens all the same. */
static void put_nowhere(struct js *js, const char *value)
{
    if (strstr(value, "(f, ") != NULL)
        js_line(js, "%s;", value);
}

void js_put(struct js *js, const struct dgm_row *row, const char *value)
{
    unsigned index;
    bool is_named = (row->flags & DGM_ROW_NAMED) != 0;
    const struct dgm_part *part = part_of(js, row, &index);
    if (part != NULL)
        js_line(js, "%s[%u] = withoutQuotes(%s);", js->parts, index, value);
    else if (js->text != NULL || (!is_named && !js_is_element(row)) ||
             js_target(js, row) == NULL)
        put_nowhere(js, value);
    else if (row->flags & (DGM_ROW_ELEMENT | DGM_ROW_PLACE))
        js_line(js, "push(%s, %s);", js_target(js, row), value);
    else if (is_named && row->naming != DGM_NONE)
        put_named(js, row, value);
    else
        put_member(js, row, value);
}

/* As a part of a text wants it. */
static const char *by_verb(struct js *js, const struct dgm_part *part, const char *value)
{
    switch (part->verb) {
    case DGM_VERB_FILL:
        return js_text(js, "filled(%s, %u)", value, part->width);
    case DGM_VERB_FIXED:
        return js_text(js, "fixed(%s, %u)", value, part->width);
    case DGM_VERB_HEX:
        return js_text(js, "filledHex(%s, %u, false)", value, part->width);
    case DGM_VERB_HEX_UPPER:
        return js_text(js, "filledHex(%s, %u, true)", value, part->width);
    default:
        return value;
    }
}

void js_put_number(struct js *js, const struct dgm_row *row, const char *value,
                   bool certain)
{
    unsigned index;
    const struct dgm_part *part = part_of(js, row, &index);
    if (part != NULL && part->verb != DGM_VERB_PLAIN) {
        js_line(js, "%s[%u] = %s;", js->parts, index, by_verb(js, part, value));
        return;
    }
    if ((row->flags & DGM_ROW_QUOTED) && certain)
        value = js_text(js, "quoted(%s)", value);
    else if (row->flags & DGM_ROW_QUOTED)
        value = js_text(js, "%s === undefined ? undefined : quoted(%s)", value, value);
    js_put(js, row, value);
}

static bool is_strict(const struct js *js)
{
    return (js->message->flags & DGM_MESSAGE_REJECT_LIMITS) != 0;
}

const char *js_time_form(struct js *js, const struct dgm_row *row)
{
    static const char *const datetime[] = {"YYYY-MM-DD hh:mm:ss",
                                           "YYYY-MM-DD hh:mm:ss.fff", "YYYY-MM-DD hh:mm",
                                           "YYYY-MM-DD hh", "YYYY-MM-DD"};
    uint16_t index = js_format_of(row);
    const struct dgm_format *format = index != DGM_NONE ? js_formats(js) + index : NULL;
    switch (row->show) {
    case DGM_SHOW_TIME_ISO:
        return "'YYYY-MM-DDThh:mm:ssZ'";
    case DGM_SHOW_TIME_ISO_MS:
        return "'YYYY-MM-DDThh:mm:ss.fffZ'";
    case DGM_SHOW_TIME_DATETIME:
    case DGM_SHOW_TIME_DATE:
        break;
    default:
        return "'YYYYMMDDThhmmssZ'";
    }
    unsigned precision = format != NULL && format->precision < 5 ? format->precision : 0;
    return js_text(js, "'%s', %d",
                   row->show == DGM_SHOW_TIME_DATE ? "YYYY-MM-DD" : datetime[precision],
                   format != NULL ? format->zone : 0);
}

static void keep_role(struct js *js, const struct dgm_row *row, const char *value)
{
    const char *path = js_pool(js, row->path);
    switch (row->role) {
    case DGM_ROLE_MID:
        js_line(js, "messageId(f, %s, %s, %s);", path, value,
                row->source == DGM_SOURCE_ROLE && row->expr != DGM_NONE ? "true"
                                                                        : "false");
        return;
    case DGM_ROLE_ERRCODE:
    case DGM_ROLE_HAS_MORE:
        js_line(js, "f.%s = zeroOrOne(f, %s, %s, %s);",
                row->role == DGM_ROLE_ERRCODE ? "errcode" : "hasMore", path, value,
                is_strict(js) ? "true" : "false");
        return;
    case DGM_ROLE_EVENT_TIME:
        js_line(js, "%s = %s === undefined ? undefined : written(%s, %s);",
                js->time != NULL ? js->time : "f.time", value, value,
                js_time_form(js, row));
        return;
    case DGM_ROLE_IDENTIFIER:
        js_line(js, "f.identifier = %s === undefined ? undefined : quoted(%s);", value,
                value);
        return;
    default:
        return;
    }
}

/* Keep it in its slot and in the envelope. */
void js_keep(struct js *js, const struct dgm_row *row, const char *value)
{
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL &&
        strcmp(js->names[row->slot], value) != 0)
        js_line(js, "%s = %s;", js->names[row->slot], value);
    if (row->role != DGM_ROLE_NONE)
        keep_role(js, row, value);
    if (row->flags & DGM_ROW_SERIES)
        js_refuse(js, row, "a series of differences or sums");
}

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

static const char *unknown_word(const struct dgm_enum *list)
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

static bool row_scales(const struct dgm_row *row)
{
    return (row->show == DGM_SHOW_DECIMAL || js_is_time(row->show)) &&
           row->detail != DGM_NONE;
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

static const char *scaled(struct js *js, const struct dgm_row *row, const char *raw)
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

static uint16_t invalid_list(const struct js *js, const struct dgm_row *row)
{
    if (row->flags & DGM_ROW_TOGETHER)
        return DGM_NONE;
    bool piped = row->op == DGM_OP_FLOAT || row->show == DGM_SHOW_FLOAT ||
                 row->show == DGM_SHOW_DOUBLE || row->show == DGM_SHOW_PIPE;
    if (piped)
        return row->detail != DGM_NONE ? js_pipes(js)[row->detail].invalid : DGM_NONE;
    return row_scales(row) ? js_scalings(js)[row->detail].invalid : DGM_NONE;
}

static const char *limited(struct js *js, const struct dgm_row *row, const char *value,
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
        word = is_strict(js) ? "refuse-model" : "warn-model";
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

static bool prints_null(const struct js *js, const struct dgm_row *row)
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
                       unknown_word(js_enums(js) + row->detail));
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

static const char *of_time(struct js *js, const struct dgm_row *row, const char *seconds)
{
    if (row->show == DGM_SHOW_TIME_EPOCH)
        return seconds;
    if (row->show == DGM_SHOW_TIME_EPOCH_MS)
        return js_text(js, "%s === undefined ? undefined : milliseconds(%s)", seconds,
                       seconds);
    return js_text(js, "instant(f, %s, %s, %s)", js_pool(js, row->path), seconds,
                   js_time_form(js, row));
}

/* A value with the name of its slot, or else of a variable, if it is wanted twice. */
static const char *named(struct js *js, const struct dgm_row *row, const char *value,
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

static const char *digits_value(struct js *js, const struct dgm_row *row, const char *raw)
{
    const struct dgm_format *format =
        row->op == DGM_OP_DIGITS ? js_formats(js) + row->spec : NULL;
    if (format == NULL || format->pattern == 0)
        return row_scales(row) ? scaled(js, row, raw) : raw;
    return js_text(js, "datedDigits(f, %s, %s, %s, %d)", js_pool(js, row->path), raw,
                   js_pool(js, format->pattern), format->zone);
}

/* Numbers, instants and truth values. */
static void put_simple(struct js *js, const struct dgm_row *row, const char *raw)
{
    bool may_lack, is_time = js_is_time(row->show);
    const char *value = row->show == DGM_SHOW_BOOL
                            ? js_text(js, "flag(f, %s, %s)", js_pool(js, row->path), raw)
                            : digits_value(js, row, raw);
    value = limited(js, row, value, &may_lack);
    bool twice = row->role != DGM_ROLE_NONE || prints_null(js, row) ||
                 row->show == DGM_SHOW_TIME_EPOCH_MS ||
                 (may_lack && (row->flags & DGM_ROW_QUOTED));
    value = named(js, row, value, twice);
    js_keep(js, row, value);
    if (row->show == DGM_SHOW_NONE) {
        put_nowhere(js, value);
        return;
    }
    if (prints_null(js, row))
        value = js_text(js, "%s === undefined ? 'null' : %s", value, value);
    if (is_time && row->show != DGM_SHOW_TIME_EPOCH)
        js_put(js, row, of_time(js, row, value));
    else if (row->show == DGM_SHOW_BOOL)
        js_put(js, row, value);
    else
        js_put_number(js, row, value, !may_lack);
}

/* Texts that stand for raw values. */
static void put_rendered(struct js *js, const struct dgm_row *row, const char *raw)
{
    bool may_lack, has_slot = row->slot != DGM_NONE && js->names[row->slot] != NULL;
    const char *judged = limited(js, row, raw, &may_lack);
    bool is_limited = judged != raw;
    if (row->limit != DGM_NONE && is_limited &&
        (js_limits(js)[row->limit].outside == DGM_OUTSIDE_CLAMP || prints_null(js, row)))
        js_refuse(js, row, "what becomes of such a value outside its limits");
    if (!is_limited && !has_slot && row->role == DGM_ROLE_NONE) {
        js_put(js, row, rendered(js, row, raw));
        return;
    }
    const char *value = named(js, row, judged, true);
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
static bool open_invalid(struct js *js, const struct dgm_row *row, const char **raw)
{
    uint16_t list = invalid_list(js, row);
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
            scaled(js, row, raw));
}

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
static const char *piped(struct js *js, const struct dgm_row *row, const char *value)
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
static void put_result(struct js *js, const struct dgm_row *row, const char *value)
{
    bool may_lack;
    value = limited(js, row, value, &may_lack);
    value = named(js, row, value, true);
    js_keep(js, row, value);
    if (row->show == DGM_SHOW_NONE)
        return;
    if (prints_null(js, row))
        value = js_text(js, "%s === undefined ? 'null' : %s", value, value);
    js_put_number(js, row, value, false);
}

void js_raw_value(struct js *js, const struct dgm_row *row, const char *raw)
{
    if (row->show == DGM_SHOW_FLOAT || row->show == DGM_SHOW_DOUBLE) {
        js_refuse(js, row, "a floating point number among bits");
        return;
    }
    if (row->source == DGM_SOURCE_LENGTH) {
        js_line(js, "%s = %s;", js_shared(js, "raw"), raw);
        raw = "raw";
        check_length(js, row, raw);
        if (row->show == DGM_SHOW_NONE && row->slot == DGM_NONE)
            return;
    }
    bool opened = open_invalid(js, row, &raw);
    if (row->show == DGM_SHOW_PIPE)
        put_result(js, row, piped(js, row, raw));
    else if (is_rendered(row))
        put_rendered(js, row, raw);
    else
        put_simple(js, row, raw);
    if (opened)
        js_close(js);
}

static bool calculates(const struct js *js, const struct dgm_row *row)
{
    if (row->detail == DGM_NONE)
        return false;
    const struct dgm_pipe *pipe = js_pipes(js) + row->detail;
    return pipe->scale != DGM_NONE || pipe->offset != DGM_NONE ||
           pipe->curve != DGM_NONE || pipe->decimals != DGM_NO_DECIMALS;
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
    return js_text(js,
                   "{sign: %u, exponent: %u, fraction: %u, bias: %d, hidden: %s, "
                   "subnormal: %s, special: %s}",
                   format->sign, format->exponent, format->fraction, (int)format->bias,
                   (format->flags & DGM_FLOAT_HIDDEN) ? "true" : "false",
                   (format->flags & DGM_FLOAT_SUBNORMAL) ? "true" : "false",
                   (format->flags & DGM_FLOAT_SPECIAL) ? "true" : "false");
}

/* Of a plain float the text is the shortest of its own format. */
static void put_float(struct js *js, const struct dgm_row *row, const char *format)
{
    bool may_lack, shows_double = row->show == DGM_SHOW_DOUBLE;
    const char *value = calculates(js, row) ? piped(js, row, "{f: real64}") : NULL;
    if (value != NULL) {
        put_result(js, row, value);
        return;
    }
    value =
        shows_double ? "{f: real64}" : js_text(js, "shortestFloat(real64, %s)", format);
    const char *judged = limited(js, row, value, &may_lack);
    if (judged != value && row->limit != DGM_NONE &&
        js_limits(js)[row->limit].outside == DGM_OUTSIDE_CLAMP)
        may_lack = true;
    js_line(js, "%s = %s;", js_shared(js, "value"), judged);
    js_keep(js, row, may_lack ? "value && {f: +value}" : "{f: real64}");
    if (prints_null(js, row))
        js_put_number(js, row, "value === undefined ? 'null' : value", true);
    else if (row->show != DGM_SHOW_NONE)
        js_put_number(js, row, "value", false);
}

void js_float_value(struct js *js, const struct dgm_row *row, const char *bytes,
                    unsigned from)
{
    const char *real64 = js_shared(js, "real64"), *format = js_float_format(js, row);
    const char *raw = js_shared(js, "raw");
    uint16_t list = invalid_list(js, row);
    js_line(js, "%s = %s;", js_shared(js, "bytes"), bytes);
    bool opened = false;
    if (list != DGM_NONE) {
        js_line(js, "%s = longInteger(bytes);", raw);
        opened = open_invalid(js, row, &raw);
    }
    js_line(js, "%s = unpacked(bytes, %u, %s);", real64, from, format);
    js_open(js, "if (isNaN(%s))", real64);
    js_line(js, "complain(f, 'no-number', %s, %s);", js_pool(js, row->path),
            is_strict(js) ? "true" : "false");
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
        value = named(js, row, value, true);
    if (row->show == DGM_SHOW_BOOL) {
        js_keep(js, row, value);
        js_put(js, row,
               js_text(js, "%s === undefined ? undefined : truth(%s)", value, value));
    } else if (is_time) {
        value = named(js, row, value, true);
        js_keep(js, row, value);
        js_put(js, row, of_time(js, row, value));
    } else if (row->show == DGM_SHOW_ENUM) {
        value = named(js, row, value, true);
        js_keep(js, row, value);
        js_put(js, row,
               js_text(js,
                       "%s === undefined ? undefined : choice(f, %s, wholly(f, %s, %s), "
                       "%s, '%s')",
                       value, js_pool(js, row->path), js_pool(js, row->path), value,
                       js_choices(js, row->detail, true),
                       unknown_word(js_enums(js) + row->detail)));
    } else {
        put_result(js, row, value);
    }
}

void js_instant(struct js *js, const struct dgm_row *row, const char *seconds)
{
    const char *value = named(js, row, seconds, true);
    js_keep(js, row, value);
    js_put(js, row, of_time(js, row, value));
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
