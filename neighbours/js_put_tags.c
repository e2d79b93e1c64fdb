/* SPDX-License-Identifier: MIT */
/*
 * Tag loops on the way out: each case becomes a function that writes a record of it, and
 * a list of what it takes. Which are called, and how often, is left to put_tags.js.
 */
#include "js_work.h"

/* Is it a row that a case needs besides others? As encode_is_needed() of the core. */
static bool is_needed(const struct js *js, const struct dgm_row *row)
{
    uint64_t raw;
    if (row->member == DGM_NONE || (row->flags & DGM_ROW_ELEMENT))
        return false;
    const struct dgm_member *member = js_member_at(js, row->member);
    if (row->flags & (DGM_ROW_ARRAY | DGM_ROW_COLLECT | DGM_ROW_KEEP))
        return true;
    bool from_json = row->op == DGM_OP_TEXT ||
                     (row->source == DGM_SOURCE_MEMBER && row->op != DGM_OP_MOMENT);
    return from_json && member->kind == DGM_MEMBER_VALUE && member->text_length == 0 &&
           !js_no_reading(js, row, &raw);
}

/* Does what the JSON gives for its member count? */
static bool is_chosen(const struct js *js, const struct dgm_row *row)
{
    if (row->member == DGM_NONE || (row->flags & DGM_ROW_ELEMENT))
        return false;
    uint8_t kind = js_member_at(js, row->member)->kind;
    return kind == DGM_MEMBER_VALUE || kind == DGM_MEMBER_ARRAY ||
           row->op == DGM_OP_LITERAL || row->op == DGM_OP_VALUE;
}

static const char *traits_of(struct js *js, const struct dgm_row *row)
{
    bool lacks =
        row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL) || row->op == DGM_OP_TLV;
    bool whole = (row->flags & (DGM_ROW_COLLECT | DGM_ROW_ARRAY)) != 0;
    return js_text(js, "%s%s%s%s%s%s%s%s%s", is_chosen(js, row) ? "g" : "",
                   is_needed(js, row) ? "n" : "", lacks ? "l" : "", whole ? "w" : "",
                   (row->flags & DGM_ROW_COLLECT) ? "c" : "",
                   (row->flags & DGM_ROW_KEEP) ? "k" : "",
                   row->op == DGM_OP_GROUP ? "o" : "", row->op == DGM_OP_TLV ? "t" : "",
                   js_is_named_late(row) ? "m" : "");
}

/* Rows of a case that say something: [place, rows inside, traits, path, member, names,
 * role]. */
static const char *rows_of(struct js *js, const struct dgm_row *one)
{
    static const char *const roles[DGM_ROLE_COUNT] = {"",        "mid", "errcode",
                                                      "hasMore", "",    "identifier"};
    const char *list = "";
    for (unsigned i = 1; i <= one->detail; i++) {
        const struct dgm_row *row = &one[i];
        const char *traits = traits_of(js, row), *role = "";
        if (row->source == DGM_SOURCE_ROLE && row->role != DGM_ROLE_NONE)
            role = js_text(js, ", '%s'", roles[row->role % DGM_ROLE_COUNT]);
        if (row->member == DGM_NONE && *traits == '\0' && *role == '\0')
            continue;
        list = js_text(
            js, "%s%s[%u, %u, '%s', %s, %s, %u%s]", list, *list != '\0' ? ", " : "", i,
            dgm_row_span(row), traits, js_pool(js, row->path),
            row->member != DGM_NONE ? js_text(js, "%u", row->member) : "undefined",
            js_is_named_late(row) ? js_family(js, row->member) : 1, role);
        if (row->flags & DGM_ROW_RECORD)
            js_refuse(js, row, "records of a service in a tag loop on the way out");
    }
    return list;
}

static void forget_rows(struct js *js, const struct dgm_row *first, unsigned count)
{
    const char *list = "";
    for (unsigned i = 0; i < count; i++)
        if (first[i].slot != DGM_NONE && js->names[first[i].slot] != NULL)
            list = js_text(js, "%s%s = ", list, js->names[first[i].slot]);
    if (*list != '\0')
        js_line(js, "%sundefined;", list);
}

static void put_case(struct js *js, const struct dgm_row *one)
{
    js_open(js, "%s", "");
    js_line(js, "tag: %s, path: %s,",
            one->expr != DGM_NONE ? js_u64(js, js_numbers(js)[one->expr]) : "0",
            js_pool(js, one->path));
    js_line(js, "rows: [%s],", rows_of(js, one));
    js_open(js, "write: function ()");
    forget_rows(js, one + 1, one->detail);
    js_write_region(js, one);
    js_close(js);
    js->depth--;
    js_line(js, "},");
}

/* Tags that have a case of their own, of a loop that keeps others. */
static const char *known_tags(struct js *js, const struct dgm_row *row)
{
    const struct dgm_loop *loop = js_loops(js) + row->spec;
    const char *list = "";
    for (unsigned i = 0; i < loop->count; i++) {
        const struct dgm_tag *tag = js_tags(js) + loop->first + i;
        list = js_text(js, "%s%s[%s, %s]", list, *list != '\0' ? ", " : "",
                       js_i64(js, tag->low), js_i64(js, tag->high));
    }
    return list;
}

static bool keeps_others(const struct dgm_row *row, unsigned *ret_width)
{
    for (unsigned i = 1; i <= row->detail; i++)
        if (row[i].flags & DGM_ROW_KEEP) {
            *ret_width = row[i].width;
            return true;
        }
    return false;
}

/* Members that rows outside of the loop have, too. */
static const char *members_elsewhere(struct js *js, const struct dgm_row *row)
{
    unsigned first = (unsigned)(row - js->first), end = first + 1 + row->detail;
    const char *list = "";
    for (unsigned i = 0; i < js->message->row_count; i++) {
        uint16_t member = js->first[i].member;
        bool inside = i >= first && i < end, wanted = false;
        for (unsigned k = first; !inside && member != DGM_NONE && k < end; k++)
            wanted = wanted || js->first[k].member == member;
        if (wanted)
            list = js_text(js, "%s%s%u", list, *list != '\0' ? ", " : "", member);
    }
    return list;
}

static void put_head(struct js *js, const struct dgm_row *row,
                     const struct dgm_loop *loop)
{
    unsigned at = (unsigned)(row - js->first), width = 0;
    js_line(js, "align: %u, once: %s, rounds: %s, elsewhere: [%s],", loop->align,
            (loop->flags & DGM_LOOP_ONCE) ? "true" : "false",
            loop->tag_rows == 0 ? "true" : "false", members_elsewhere(js, row));
    js_line(js, "members: members_%u,", (unsigned)(js->message - js->messages));
    if (keeps_others(row, &width))
        js_line(js, "digits: %u, known: [%s],", (width + 3u) / 4, known_tags(js, row));
    js_open(js, "tag: function ()");
    forget_rows(js, row + 1, loop->tag_rows);
    js_write_rows(js, at + 1, at + 1 + loop->tag_rows);
    js->depth--;
    js_line(js, "},");
}

/* Do several cases have one member, so that the one which comes nearest is wanted? */
static bool has_alternatives(const struct dgm_row *row)
{
    for (unsigned i = 1; i <= row->detail; i++)
        if (row[i].flags & DGM_ROW_SHARED)
            return true;
    return false;
}

void js_put_loop(struct js *js, const struct dgm_row *row)
{
    const struct dgm_loop *loop = js_loops(js) + row->spec;
    bool nears = js->nears;
    js->nears = nears || has_alternatives(row);
    js_open(js, "loopWritten(f, m,");
    put_head(js, row, loop);
    js_line(js, "cases: [");
    js->depth++;
    for (const struct dgm_row *one = row + 2 + loop->tag_rows;
         one < row + 1 + row->detail; one += 1 + one->detail)
        put_case(js, one);
    js->depth--;
    js_line(js, "]");
    js->depth--;
    js_line(js, "});");
    js->nears = nears;
}
