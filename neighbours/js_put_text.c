/* SPDX-License-Identifier: MIT */
/* Composed texts on the way out: the text is divided among its parts before the rows
 * inside are written, each of which then has its own. */
#include "js_work.h"

#include <string.h>

/* The literal before a part. */
static const char *literal_of(struct js *js, const struct dgm_part *part)
{
    return part->text_length > 2 ? js_json(js, js->pool + part->text, part->text_length)
                                 : "''";
}

static bool has_character(const struct dgm_part *part, unsigned character)
{
    return (part->set[character / 64] >> (character % 64) & 1) != 0;
}

/* The characters of a part as a regular expression. */
static const char *set_of(struct js *js, const struct dgm_part *part)
{
    const char *list = "";
    for (unsigned i = 0; i < 128; i++) {
        unsigned end = i;
        while (end < 128 && has_character(part, end))
            end++;
        if (end > i + 1)
            list = js_text(js, "%s\\x%02x-\\x%02x", list, i, end - 1);
        else if (end > i)
            list = js_text(js, "%s\\x%02x", list, i);
        i = end > i ? end : i;
    }
    return js_text(js, "/[%s%s]/", list,
                   (part->flags & DGM_PART_WIDE) ? "\\x80-\\uffff" : "");
}

/* What stands before it, how many characters it has if that is known, and which. */
static const char *form_of(struct js *js, const struct dgm_part *part)
{
    const char *literal = literal_of(js, part);
    if (part->extent == DGM_EXTENT_REST)
        return js_text(js, "[%s]", literal);
    if (part->extent == DGM_EXTENT_COUNT)
        return js_text(js, "[%s, %s, %u]", literal, set_of(js, part),
                       (unsigned)part->count);
    return js_text(js, "[%s, %s]", literal, set_of(js, part));
}

static const char *given_text(struct js *js, const struct dgm_row *row)
{
    if (row->source != DGM_SOURCE_MEMBER)
        return "undefined";
    return js_text(js, "textIfGiven(%s, %s)", js_pool(js, row->path),
                   js_given_or_default(js, row));
}

void js_put_text(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const struct dgm_part *part = js_parts(js) + row->spec;
    const char *list = "", *parts = js_variable(js, "parts");
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL)
        js_line(js, "%s = true;", js->names[row->slot]);
    for (; part->row != DGM_NONE; part++)
        list = js_text(js, "%s%s%s", list, *list != '\0' ? ", " : "", form_of(js, part));
    js_line(js, "%s = divided(%s, %s, [%s], %s);", parts, js_pool(js, row->path),
            given_text(js, row), list, literal_of(js, part));
    js->text = row;
    js->parts = parts;
    js_write_rows(js, at + 1, at + 1 + row->detail);
    js->text = NULL;
}

/* The variable of a row's part, and what it is; NULL: the row has none. */
static const char *part_of(struct js *js, const struct dgm_row *row,
                           const struct dgm_part **ret)
{
    unsigned index = 0;
    *ret = js_part_of(js, row, &index);
    if (*ret == NULL)
        js_refuse(js, row, "such a part of a text");
    return *ret != NULL ? js_text(js, "%s[%u]", js->parts, index) : NULL;
}

/* Its number, undefined if it is none. */
static const char *number_in(struct js *js, const struct dgm_part *part, const char *name)
{
    static const char *const verbs[] = {"''", "'fill'", "'fixed'", "'hex'", "'HEX'"};
    return js_text(js, "partNumber(%s, %s, %u)", name, verbs[part->verb % 5],
                   part->width);
}

const char *js_part_number(struct js *js, const struct dgm_row *row, unsigned index)
{
    const struct dgm_part *part;
    if (js->text == NULL) {
        js_refuse(js, row, "a part of a text");
        return "undefined";
    }
    part = js_parts(js) + js->text->spec + index;
    return number_in(js, part, js_text(js, "%s[%u]", js->parts, index));
}

const char *js_part_text(struct js *js, const struct dgm_row *row)
{
    const struct dgm_part *part;
    const char *name = part_of(js, row, &part);
    return name != NULL ? js_text(js, "needed(%s, %s)", js_pool(js, row->path), name)
                        : "''";
}

/* Another name for a raw value, such as a label, has quotes in the table. */
static const char *either_way(struct js *js, const struct dgm_row *row, const char *name,
                              const char *plain)
{
    bool has_labels = row->show == DGM_SHOW_ENUM || js_invalid_list(js, row) != DGM_NONE;
    if (!has_labels)
        return plain;
    const char *label =
        js_raw_of_node(js, row, js_text(js, "{type: 'string', text: %s}", name));
    return js_text(
        js, "firstOf(function () { return %s; }, function () { return %s; }%s)", label,
        plain,
        row->show == DGM_SHOW_ENUM ? js_text(js, ", %s", js_pool(js, row->path)) : "");
}

const char *js_raw_of_part(struct js *js, const struct dgm_row *row)
{
    const struct dgm_part *part;
    const char *name = part_of(js, row, &part), *path = js_pool(js, row->path);
    const char *raw;
    uint64_t none;
    if (name == NULL)
        return "0";
    if (part->verb != DGM_VERB_PLAIN)
        raw = js_raw_of_number(
            js, row, js_text(js, "orNoText(%s, %s)", path, number_in(js, part, name)));
    else
        raw = js_raw_of_node(js, row,
                             js_text(js, "partNode(%s, %s, %s)", path, name,
                                     (part->flags & DGM_PART_QUOTED) ? "true" : "false"));
    raw = either_way(js, row, name, raw);
    if (js_no_reading(js, row, &none))
        return js_text(js, "%s === undefined ? %s : %s", name, js_u64(js, none), raw);
    js_line(js, "needed(%s, %s);", js_pool(js, js->text->path), name);
    return raw;
}

void js_put_part_value(struct js *js, const struct dgm_row *row, const char *value)
{
    const struct dgm_part *part;
    const char *name = part_of(js, row, &part);
    if (name != NULL)
        js_line(js, "statedPart(%s, %s, %s, %s);", js_pool(js, row->path), name,
                number_in(js, part, name), value);
}
