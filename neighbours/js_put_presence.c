/* SPDX-License-Identifier: MIT */
/*
 * Rows that may be absent on the way out. In most messages each row has its member alone.
 * Where several cases lay out one, rows take their members as they are written, so that
 * it is known which are left.
 */
#include "js_work.h"

#include "tables.h"

static bool is_given_kind(const struct js *js, unsigned member)
{
    uint8_t kind = js_member_at(js, member)->kind;
    return kind == DGM_MEMBER_VALUE || kind == DGM_MEMBER_ARRAY;
}

/* Does a LITERAL row stand in for the member of an absent item? */
static bool stands_in(const struct dgm_row *row)
{
    return row->op == DGM_OP_LITERAL && row->member == DGM_NONE && row->spec != DGM_NONE;
}

static bool asks_what_is_left(const struct js *js, const struct dgm_row *row)
{
    if ((row->source != DGM_SOURCE_EXPR && row->op != DGM_OP_VALUE) ||
        row->expr == DGM_NONE)
        return false;
    const struct dgm_expr *entry = js_exprs(js) + row->expr;
    const uint8_t *code = js_code(js) + entry->at, *end = code + entry->length;
    for (; code < end; code += 1 + tables_operand_bytes(*code))
        if (*code == DGM_CODE_LEFT_MEMBER)
            return true;
    return false;
}

void js_find_takers(struct js *js)
{
    js->takes = false;
    for (unsigned i = 0; i < js->message->row_count; i++) {
        const struct dgm_row *row = &js->first[i];
        js->takes = js->takes || (row->flags & DGM_ROW_SHARED) || stands_in(row) ||
                    row->op == DGM_OP_TLV || js_is_named_late(row) ||
                    asks_what_is_left(js, row);
    }
}

/* Has a row outside of first..end the member, too? */
static bool is_shared(const struct js *js, uint16_t member, unsigned first, unsigned end)
{
    for (unsigned i = 0; i < js->message->row_count; i++)
        if ((i < first || i >= end) && js->first[i].member == member)
            return true;
    return false;
}

/* The number of the row's member, known or computed. */
static const char *member_number(struct js *js, const struct dgm_row *row)
{
    return js_is_named_late(row) ? js_place_in_family(js, row)
                                 : js_text(js, "%u", row->member);
}

/* Members of the rows of a span, and what of the envelope they write. */
static const char *members_in(struct js *js, const struct dgm_row *row, bool roles)
{
    static const char *const names[DGM_ROLE_COUNT] = {
        "undefined", "f.mid", "f.errcode", "f.hasMore", "undefined", "f.identifier"};
    const char *list = "";
    for (unsigned i = 0; i <= dgm_row_span(row); i++) {
        const struct dgm_row *one = &row[i];
        if (one->member != DGM_NONE && is_given_kind(js, one->member))
            list = js_text(js, "%s%sm[%s]", list, *list != '\0' ? ", " : "",
                           member_number(js, one));
        if (roles && one->role != DGM_ROLE_NONE && one->source == DGM_SOURCE_ROLE)
            list = js_text(js, "%s%s%s", list, *list != '\0' ? ", " : "",
                           names[one->role % DGM_ROLE_COUNT]);
    }
    return list;
}

/* The text that decoding reports where the rows up to `end` are absent, or NULL. */
static const char *default_of(struct js *js, uint16_t member, unsigned end)
{
    const struct dgm_row *row = &js->first[end];
    if (end >= js->message->row_count || !stands_in(row) || row->spec != member)
        return NULL;
    const struct dgm_choice *choice = js_choices_at(js) + row->detail;
    return js_quote(js, js->pool + choice->text, choice->text_length);
}

/* Members of rows that are absent: [number, has another row it, default]. */
static const char *absent_members(struct js *js, const struct dgm_row *row)
{
    unsigned first = (unsigned)(row - js->first), end = first + 1 + dgm_row_span(row);
    const char *list = "";
    for (unsigned i = first; i < end; i++) {
        uint16_t member = js->first[i].member;
        if (member == DGM_NONE || !is_given_kind(js, member))
            continue;
        const char *text = default_of(js, member, end);
        list = js_text(js, "%s%s[%s, %s%s%s]", list, *list != '\0' ? ", " : "",
                       member_number(js, &js->first[i]),
                       is_shared(js, member, first, end) ? "true" : "false",
                       text != NULL ? ", " : "", text != NULL ? text : "");
    }
    return list;
}

const char *js_contradicts(struct js *js, const struct dgm_row *row)
{
    const struct dgm_choice *choice = js_choices_at(js) + row->detail;
    if (row->member == DGM_NONE)
        return "false";
    return js_text(js, "contradicts(m[%u], %s)", row->member,
                   js_quote(js, js->pool + choice->text, choice->text_length));
}

static void refuse_absent(struct js *js, const struct dgm_row *row)
{
    const char *list = js->takes ? absent_members(js, row) : members_in(js, row, false);
    if (*list == '\0')
        return;
    js->depth--;
    js_line(js, "} else {");
    js->depth++;
    if (js->takes)
        js_line(js, "notTaken(f, %s, m, [%s]);", js_pool(js, row->path), list);
    else
        js_line(js, "notGiven(%s, [%s]);", js_pool(js, row->path), list);
}

void js_refuse_waiting(struct js *js, unsigned first, unsigned end)
{
    const char *list = "";
    for (unsigned i = first; js->takes && i < end; i++) {
        uint16_t member = js->first[i].member;
        bool before = false;
        for (unsigned k = first; k < i; k++)
            before = before || js->first[k].member == member;
        if (member != DGM_NONE && is_given_kind(js, member) && !before)
            list = js_text(js, "%s%s%s", list, *list != '\0' ? ", " : "",
                           member_number(js, &js->first[i]));
    }
    if (*list != '\0')
        js_line(js, "noneWaits(f, %s, m, [%s]);", js_pool(js, js->message->name), list);
}

void js_take(struct js *js, const struct dgm_row *row)
{
    if (!js->takes || row->member == DGM_NONE)
        return;
    js_find_name(js, row);
    if (row->flags & DGM_ROW_SHARED)
        js_line(js, "takenOnce(f, %s, m, %s);", js_pool(js, row->path),
                js_member_of(js, row));
    else
        js_line(js, "taken(f, %s);", js_member_of(js, row));
}

static void write_there(struct js *js, const struct dgm_row *row)
{
    js_take(js, row);
    js_write_row(js, row);
}

/* What depends on the length of the frame asks the JSON first, and then the frame. */
static const char *presence_test(struct js *js, const struct dgm_row *row)
{
    const char *test = js_test(js, row, row->when);
    if (!(row->flags & DGM_ROW_BY_LENGTH))
        return test;
    js->walks_again = true;
    return js_text(js, "totalOf(f) === undefined ? isSomeGiven([%s]) : %s",
                   members_in(js, row, true), test);
}

static void write_conditional(struct js *js, const struct dgm_row *row)
{
    const char *test = row->when != DGM_NONE ? presence_test(js, row) : NULL;
    if (test != NULL)
        js_open(js, "if (%s)", test);
    if (row->flags & DGM_ROW_OPTIONAL)
        js_open(js, "if (someGiven(f, %s, [%s]))", js_pool(js, row->path),
                members_in(js, row, true));
    write_there(js, row);
    if (row->flags & DGM_ROW_OPTIONAL)
        js_close(js);
    if (test == NULL)
        return;
    refuse_absent(js, row);
    js_close(js);
}

void js_write_rows(struct js *js, unsigned first, unsigned end)
{
    for (unsigned i = first; i < end; i += 1 + dgm_row_span(&js->first[i])) {
        const struct dgm_row *row = &js->first[i];
        if (row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL))
            write_conditional(js, row);
        else
            write_there(js, row);
    }
}
