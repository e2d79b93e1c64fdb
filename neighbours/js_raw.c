/* SPDX-License-Identifier: MIT */
/* JSON values become raw ones: what a field is made of. */
#include "js_work.h"

#include <string.h>

/* Is it the choice of its text that counts: the first one that is written, else the
 * first? */
static bool counts(const struct js *js, const struct dgm_enum *list,
                   const struct dgm_choice *choice)
{
    const struct dgm_choice *all = js_choices_at(js) + list->first;
    bool only_read = (choice->flags & DGM_CHOICE_DECODE_ONLY) != 0;
    for (const struct dgm_choice *one = all; one < all + list->count; one++) {
        bool other_only_read = (one->flags & DGM_CHOICE_DECODE_ONLY) != 0;
        bool goes_before = only_read != other_only_read ? only_read : one < choice;
        if (one != choice && goes_before && !(one->flags & DGM_CHOICE_OMIT) &&
            strcmp(js->pool + one->text, js->pool + choice->text) == 0)
            return false;
    }
    return !(choice->flags & DGM_CHOICE_OMIT);
}

/* The texts of a list as JSON, each with its raw value; those that are only read have
 * none. */
static const char *raws_of(struct js *js, const struct dgm_row *row, uint16_t index)
{
    const struct dgm_enum *list = js_enums(js) + index;
    bool bits = row->show == DGM_SHOW_FLAGS;
    uint64_t mask = row->width >= 64 ? UINT64_MAX : ((uint64_t)1 << row->width) - 1;
    const char *text = "";
    for (unsigned i = 0; i < list->count; i++) {
        const struct dgm_choice *choice = js_choices_at(js) + list->first + i;
        if (!counts(js, list, choice))
            continue;
        text = js_text(js, "%s%s%s: %s", text, *text != '\0' ? ", " : "",
                       js_quote(js, js->pool + choice->text, choice->text_length),
                       (choice->flags & DGM_CHOICE_DECODE_ONLY)
                           ? "null"
                           : js_u64(js, bits ? choice->low & 63 : choice->low & mask));
    }
    return js_text(js, "{%s}", text);
}

const char *js_seconds_of(struct js *js, const struct dgm_row *row, const char *node)
{
    const char *path = js_pool(js, row->path);
    if (row->show == DGM_SHOW_TIME_EPOCH)
        return js_text(js, "given(%s, %s, false)", path, node);
    if (row->show == DGM_SHOW_TIME_EPOCH_MS)
        return js_text(js, "shifted(given(%s, %s, false), -3)", path, node);
    return js_text(js, "secondsOf(%s, %s, %s)", path, node, js_time_form(js, row));
}

static const char *raw_of_name(struct js *js, const struct dgm_row *row, const char *node)
{
    const char *path = js_pool(js, row->path), *number = "";
    if (js_enums(js)[row->detail].unknown == DGM_UNKNOWN_NUMBER)
        number = js_text(js, ", function (x) { return %s; }", js_held(js, row, "x"));
    return js_text(js, "named(%s, %s, %s%s)", path, node, raws_of(js, row, row->detail),
                   number);
}

/* The raw value that a JSON value which is a reading means. */
static const char *raw_of_reading(struct js *js, const struct dgm_row *row,
                                  const char *node)
{
    const char *path = js_pool(js, row->path);
    if (js_is_piped(row))
        return js_raw_of_real(js, row, node);
    switch (row->show) {
    case DGM_SHOW_BOOL:
        return js_text(js, "truthOf(%s, %s)", path, node);
    case DGM_SHOW_ENUM:
        return raw_of_name(js, row, node);
    case DGM_SHOW_FLAGS:
        return js_text(js, "flagBits(%s, %s, %s)", path, node,
                       raws_of(js, row, row->detail));
    case DGM_SHOW_HEX:
    case DGM_SHOW_HEX_UPPER:
    case DGM_SHOW_BINARY:
        return js_text(js, "%s(%s, %s, %u, %u, %u)",
                       row->width > 48 ? "longBased" : "based", path, node,
                       row->show == DGM_SHOW_BINARY ? 2 : 16,
                       row->show == DGM_SHOW_BINARY ? row->width : (row->width + 3u) / 4,
                       row->width);
    default:
        break;
    }
    if (js_is_time(row->show))
        return js_raw_of_number(js, row, js_seconds_of(js, row, node));
    return js_raw_of_number(js, row,
                            js_text(js, "given(%s, %s, %s)", path, node,
                                    (row->flags & DGM_ROW_QUOTED) ? "true" : "false"));
}

const char *js_raw_of_node(struct js *js, const struct dgm_row *row, const char *node)
{
    uint16_t list = js_named_invalid(js, row);
    if (list == DGM_NONE)
        return raw_of_reading(js, row, node);
    return js_text(js, "standsFor(%s, %s, function (node) { return %s; })", node,
                   raws_of(js, row, list), raw_of_reading(js, row, "node"));
}

/* The raw that leaves the member out; false if the row has none. */
bool js_no_reading(const struct js *js, const struct dgm_row *row, uint64_t *ret)
{
    uint16_t index =
        row->show == DGM_SHOW_ENUM ? row->detail : js_invalid_list_of(js, row);
    uint64_t mask = row->width >= 64 ? UINT64_MAX : ((uint64_t)1 << row->width) - 1;
    for (unsigned i = 0; index != DGM_NONE && i < js_enums(js)[index].count; i++) {
        const struct dgm_choice *choice =
            js_choices_at(js) + js_enums(js)[index].first + i;
        if ((choice->flags & DGM_CHOICE_OMIT) &&
            !(choice->flags & DGM_CHOICE_DECODE_ONLY)) {
            *ret = choice->low & mask;
            return true;
        }
    }
    return false;
}

const char *js_given_node(struct js *js, const struct dgm_row *row)
{
    if (row->flags & DGM_ROW_ELEMENT)
        return js->item != NULL ? js->item : "undefined";
    if (row->flags & DGM_ROW_KEEP)
        return "f.element";
    return js_text(js, "m[%s]", js_member_of(js, row));
}

const char *js_given_or_default(struct js *js, const struct dgm_row *row)
{
    const char *node = js_given_node(js, row);
    if (row->flags & (DGM_ROW_ELEMENT | DGM_ROW_KEEP))
        return node;
    const struct dgm_member *member = js_member_at(js, row->member);
    if (member->text_length == 0 || member->kind != DGM_MEMBER_VALUE)
        return node;
    return js_text(js, "(%s || parsed(%s))", node,
                   js_quote(js, js->pool + member->text, member->text_length));
}

/* The JSON value of the row's member, or what stands in for it. */
const char *js_node_of(struct js *js, const struct dgm_row *row)
{
    const char *node = js_given_or_default(js, row);
    if ((row->flags & DGM_ROW_ELEMENT) || *node == '(')
        return node;
    return js_text(js, "needed(%s, %s)", js_pool(js, row->path), node);
}

static const char *raw_of_member(struct js *js, const struct dgm_row *row)
{
    uint64_t raw;
    bool is_element = (row->flags & (DGM_ROW_ELEMENT | DGM_ROW_COLLECT)) != 0;
    bool has_text = !is_element && js_member_at(js, row->member)->text_length > 0;
    if ((row->flags & DGM_ROW_PLACE) && js_no_reading(js, row, &raw))
        return js_text(js, "%s(m[%s]) ? %s : %s", has_text ? "isNull" : "isNothing",
                       js_member_of(js, row), js_u64(js, raw),
                       js_raw_of_node(js, row, js_node_of(js, row)));
    if (!is_element && !has_text && js_no_reading(js, row, &raw))
        return js_text(js, "%s === undefined ? %s : %s", js_given_node(js, row),
                       js_u64(js, raw), js_raw_of_node(js, row, js_given_node(js, row)));
    if (is_element && !(row->flags & DGM_ROW_TOGETHER) && js_no_reading(js, row, &raw))
        return js_text(js, "isNothing(%s) ? %s : %s", js_node_of(js, row),
                       js_u64(js, raw), js_raw_of_node(js, row, js_node_of(js, row)));
    return js_raw_of_node(js, row, js_node_of(js, row));
}

/* A member that may be given besides: its raw value, or undefined. */
const char *js_raw_if_given(struct js *js, const struct dgm_row *row)
{
    if (row->member == DGM_NONE ||
        js_member_at(js, row->member)->kind != DGM_MEMBER_VALUE)
        return "undefined";
    const char *node = js_text(js, "m[%s]", js_member_of(js, row));
    return js_text(js, "%s === undefined ? undefined : %s", node,
                   js_raw_of_node(js, row, node));
}

static const char *raw_of_const(struct js *js, const struct dgm_row *row)
{
    const uint64_t *numbers = js_numbers(js) + row->expr;
    uint64_t count = (row->flags & DGM_ROW_CONST_LIST) ? *numbers++ : 1;
    uint64_t mask = row->width >= 64 ? UINT64_MAX : ((uint64_t)1 << row->width) - 1;
    const char *given = js_raw_if_given(js, row), *list = "";
    if (strcmp(given, "undefined") == 0)
        return js_u64(js, numbers[0] & mask);
    for (uint64_t i = 0; i < count; i++)
        list =
            js_text(js, "%s%s%s", list, i > 0 ? ", " : "", js_u64(js, numbers[i] & mask));
    return js_text(js, "said(%s, %s, [%s])", js_pool(js, row->path), given, list);
}

static const char *raw_of_role(struct js *js, const struct dgm_row *row)
{
    static const char *const names[DGM_ROLE_COUNT] = {NULL,        "f.mid", "f.errcode",
                                                      "f.hasMore", NULL,    NULL};
    const char *name = row->role < DGM_ROLE_COUNT ? names[row->role] : NULL;
    const char *path = js_pool(js, row->path);
    if (name == NULL) {
        js_refuse(js, row, "this member of the envelope");
        return "0";
    }
    const char *raw = js_raw_of_number(js, row, name);
    if (row->expr != DGM_NONE)
        return js_text(js, "%s !== undefined ? %s : %s", name, raw,
                       js_computed_raw(js, row, row->expr));
    if (row->role == DGM_ROLE_HAS_MORE)
        return js_text(js, "%s === undefined ? 0 : %s", name, raw);
    if (row->role == DGM_ROLE_MID)
        return js_raw_of_number(js, row, js_text(js, "messageNumber(%s, f)", path));
    return js_raw_of_number(js, row, js_text(js, "roleValue(%s, %s)", path, name));
}

const char *js_raw_of_row(struct js *js, const struct dgm_row *row)
{
    uint64_t mask = row->width >= 64 ? UINT64_MAX : ((uint64_t)1 << row->width) - 1;
    if (row->flags & DGM_ROW_SERIES)
        js_refuse(js, row, "this form of a number on the way out");
    switch (row->source) {
    case DGM_SOURCE_CONST:
        return raw_of_const(js, row);
    case DGM_SOURCE_FILL:
        return js_u64(js, js_numbers(js)[row->expr] & mask);
    case DGM_SOURCE_MEMBER:
        return raw_of_member(js, row);
    case DGM_SOURCE_EXPR:
        return js_text(js, "sameAs(%s, %s, %s)", js_pool(js, row->path),
                       js_computed_name(js, row, js_computed_raw(js, row, row->expr)),
                       js_raw_if_given(js, row));
    case DGM_SOURCE_ROLE:
        return raw_of_role(js, row);
    case DGM_SOURCE_TAG:
        return js_text(js, "pieceOf(f.tag, 0, %u)", row->width);
    case DGM_SOURCE_PIECE:
        return js_raw_of_piece(js, row);
    case DGM_SOURCE_PART:
        return js_raw_of_part(js, row);
    case DGM_SOURCE_MOMENT:
        return js_raw_of_moment(js, row);
    default:
        js_refuse(js, row, "what this field is made of");
        return "0";
    }
}
