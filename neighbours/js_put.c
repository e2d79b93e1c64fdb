/* SPDX-License-Identifier: MIT */
/* Where values go: members, elements, parts of texts, slots and the envelope. */
#include "js_work.h"

#include <string.h>

const char *js_key(struct js *js, const struct dgm_row *row)
{
    /* `,"name":` without comma and colon */
    return js_json(js, js->pool + row->key + 1, row->key_length - 2u);
}

const struct dgm_part *js_part_of(const struct js *js, const struct dgm_row *row,
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

/* The name is looked for before the value is read, which may not be there. */
void js_name_once(struct js *js, const struct dgm_row *row)
{
    bool is_named = (row->flags & DGM_ROW_NAMED) != 0 && js_is_named_late(row);
    if (!is_named || js->in_loop || js_target(js, row) == NULL)
        return;
    js_line(js, "%s = %s;", js_shared(js, "key"), family_key(js, row));
    js_line(js, "nameOnce(f, %s, %s, key);", js_pool(js, row->path), js_target(js, row));
}

/* A row whose name is one of a family. */
static void put_named(struct js *js, const struct dgm_row *row, const char *value)
{
    const char *key = js_shared(js, "key"), *text = js_shared(js, "text");
    if (js->in_loop || dgm_row_span(row) > 0)
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
void js_put_nowhere(struct js *js, const char *value)
{
    if (strstr(value, "(f, ") != NULL)
        js_line(js, "%s;", value);
}

void js_put(struct js *js, const struct dgm_row *row, const char *value)
{
    unsigned index;
    bool is_named = (row->flags & DGM_ROW_NAMED) != 0;
    const struct dgm_part *part = js_part_of(js, row, &index);
    if (part != NULL)
        js_line(js, "%s[%u] = withoutQuotes(%s);", js->parts, index, value);
    else if (js->text != NULL || (!is_named && !js_is_element(row)) ||
             js_target(js, row) == NULL)
        js_put_nowhere(js, value);
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
    const struct dgm_part *part = js_part_of(js, row, &index);
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
                js_is_strict(js) ? "true" : "false");
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
    js_series_note(js, row, value);
}
