/* SPDX-License-Identifier: MIT */
/* Decoding tag loops: record by record, each into the members of its case. */
#include "firmware_get.h"
#include "firmware_tags.h"

#include <inttypes.h>

static const struct dgm_loop *loop_at(const struct firmware_plan *plan, uint16_t index)
{
    return &plan->tables->loops[plan->rows[index].spec];
}

/* --- A record ---------------------------------------------------------------------- */

static void get_content(struct firmware_emit *emit, uint16_t index)
{
    struct firmware_plan *plan = emit->plan;
    firmware_forget(emit, index);
    if (plan->at[index].is_tracked) {
        firmware_line(emit, "p%u = true;", (unsigned)index);
    }
    for (uint16_t i = tables_parent(plan->rows, index); i < index; i++) {
        if (firmware_is_part_of(plan, i, index)) {
            firmware_get_tag(emit, i);
        }
    }
    firmware_get_part(emit, index);
}

/* The next element of an array. */
static void get_element(struct firmware_emit *emit, uint16_t index)
{
    unsigned depth = firmware_depth(emit->plan, index);
    char path[FIRMWARE_PATH], count[FIRMWARE_PATH], text[FIRMWARE_PATH * 3];
    firmware_path(emit->plan, index, "out->", "", path);
    firmware_path(emit->plan, index, "out->", "_count", count);
    firmware_line(emit, "i%u = %s;", depth, count);
    (void)snprintf(text, sizeof(text), "i%u < (sizeof(%s) / sizeof(%s[0]))", depth, path,
                   path);
    firmware_get_require(emit, index, text, "COUNT");
    firmware_enter(emit, "if (r.status == @_OK)");
    get_content(emit, index);
    firmware_line(emit, "%s = (uint16_t)(i%u + 1U);", count, depth);
    firmware_leave(emit);
}

/* A record without values has a flag of its own. */
static void get_single(struct firmware_emit *emit, uint16_t index)
{
    struct firmware_row *at = &emit->plan->at[index];
    char flag[FIRMWARE_PATH];
    if (firmware_named_in(emit->plan, index) == DGM_NONE) {
        at->is_switch = true;
        emit->again = true;
        return;
    }
    get_content(emit, index);
    if (at->is_switch) {
        firmware_path(emit->plan, index, "out->", "has_", flag);
        firmware_line(emit, "%s = true;", flag);
    }
}

static void get_record(struct firmware_emit *emit, uint16_t loop, uint16_t index)
{
    struct firmware_plan *plan = emit->plan;
    char text[FIRMWARE_LITERAL];
    if (loop_at(plan, loop)->flags & DGM_LOOP_ONCE) {
        (void)snprintf(text, sizeof(text), "!once%u", (unsigned)index);
        firmware_get_require(emit, index, text, "TAG");
        firmware_line(emit, "once%u = true;", (unsigned)index);
    }
    firmware_take_tags(plan, loop, index);
    if (plan->at[index].is_array) {
        get_element(emit, index);
    } else {
        get_single(emit, index);
    }
    firmware_take_tags(plan, loop, DGM_NONE);
}

/* --- Records that the profile does not name ----------------------------------------- */

/* Bytes behind the tag, by the loop's own size, which the tag may tell. */
static bool get_size(struct firmware_emit *emit, uint16_t index, const char *name)
{
    const struct dgm_loop *loop = loop_at(emit->plan, index);
    uint16_t choose = (uint16_t)(index + 1 + loop->tag_rows);
    return firmware_get_size(emit, choose, loop->size, name);
}

/* Its bytes are passed over: as many as the record has, or all that are left. */
static void pass_other(struct firmware_emit *emit, uint16_t index)
{
    uint16_t region = emit->plan->rows[index].region;
    if (region == DGM_NONE) {
        firmware_line(emit, "(void)pass(&r, left(&r, 0U));");
    } else if (firmware_get_size(emit, index, region, "other")) {
        firmware_line(emit, "(void)pass(&r, other);");
    }
}

static void get_unknown(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_loop *loop = loop_at(emit->plan, index);
    if (loop->other != DGM_NONE) {
        pass_other(emit, (uint16_t)(index + loop->other));
        return;
    }
    switch (loop->unknown) {
    case DGM_LOOP_STOP:
        firmware_line(emit, "(void)pass(&r, left(&r, 0U));");
        break;
    case DGM_LOOP_SKIP_BYTE:
        firmware_line(emit, "r.at = record%u + 1U;", (unsigned)index);
        break;
    case DGM_LOOP_SKIP:
        if (get_size(emit, index, "other")) {
            firmware_line(emit, "(void)pass(&r, other);");
        }
        break;
    default:
        firmware_get_require(emit, DGM_NONE, "false", "TAG");
        break;
    }
}

/* --- Which record is it? ------------------------------------------------------------ */

static void put_range(struct firmware_emit *emit, unsigned loop,
                      const struct dgm_tag *tag, bool first)
{
    char low[FIRMWARE_LITERAL], high[FIRMWARE_LITERAL];
    firmware_literal(tag->low, low);
    firmware_literal(tag->high, high);
    (void)fprintf(emit->file, "%s", first ? "" : " || ");
    if (tag->low == tag->high) {
        (void)fprintf(emit->file, "(tag%u == %s)", loop, low);
    } else {
        (void)fprintf(emit->file, "((tag%u >= %s) && (tag%u <= %s))", loop, low, loop,
                      high);
    }
}

/* "} else if (...) {", or the first of these. */
static void enter_case(struct firmware_emit *emit, uint16_t index, uint16_t row,
                       bool first)
{
    const struct dgm_loop *loop = loop_at(emit->plan, index);
    bool none = true;
    (void)fprintf(emit->file, "%*s%sif (", (int)(emit->indent * 4), "",
                  first ? "" : "} else ");
    for (uint16_t i = 0; i < loop->count; i++) {
        const struct dgm_tag *tag = &emit->plan->tables->tags[loop->first + i];
        if (tag->row == row) {
            put_range(emit, index, tag, none);
            none = false;
        }
    }
    (void)fprintf(emit->file, "%s) {\n", none ? "false" : "");
    emit->indent++;
}

static void get_cases(struct firmware_emit *emit, uint16_t index, uint16_t first)
{
    const struct firmware_plan *plan = emit->plan;
    bool none = true;
    for (uint16_t i = first; i < firmware_end(plan, index); i = firmware_end(plan, i)) {
        if (plan->rows[i].op == DGM_OP_CASE && plan->rows[i].expr != DGM_NONE) {
            enter_case(emit, index, (uint16_t)(i - index), none);
            get_record(emit, index, i);
            emit->indent--;
            none = false;
        }
    }
    if (none) {
        get_unknown(emit, index);
        return;
    }
    firmware_enter(emit, "} else");
    get_unknown(emit, index);
    firmware_leave(emit);
}

/* Where the end cuts a record off, the loop may end. */
static bool enter_whole(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_loop *loop = loop_at(emit->plan, index);
    char room[FIRMWARE_LITERAL];
    (void)snprintf(room, sizeof(room), "room%u", (unsigned)index);
    if (!(loop->flags & DGM_LOOP_CUT) || loop->size == DGM_NONE ||
        !get_size(emit, index, room)) {
        return false;
    }
    firmware_enter(emit, "if (%s > left(&r, 0U))", room);
    firmware_line(emit, "(void)pass(&r, left(&r, 0U));");
    emit->indent--;
    firmware_enter(emit, "} else");
    return true;
}

/* The rows of the tag, and what they choose. */
static void get_tagged(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_loop *loop = loop_at(emit->plan, index);
    uint16_t choose = (uint16_t)(index + 1 + loop->tag_rows);
    struct firmware_value value;
    firmware_line(emit, "const size_t record%u = r.at;", (unsigned)index);
    firmware_line(emit, "(void)record%u;", (unsigned)index);
    for (uint16_t i = (uint16_t)(index + 1); i < choose; i++) {
        if (emit->plan->at[i].is_tracked) {
            firmware_line(emit, "p%u = false;", (unsigned)i);
        }
    }
    firmware_get_rows(emit, (uint16_t)(index + 1), choose);
    if (!firmware_expr(emit->plan, emit->plan->rows[choose].expr, choose, &value) ||
        value.is_condition || value.digits != 0) {
        firmware_refuse_row(emit, index, "what chooses its records has no C");
        return;
    }
    firmware_get_require(emit, DGM_NONE, value.there, "TAG");
    firmware_line(emit, "const int64_t tag%u = %s;", (unsigned)index, value.text);
    firmware_line(emit, "(void)tag%u;", (unsigned)index);
    bool whole = enter_whole(emit, index);
    get_cases(emit, index, choose);
    if (whole) {
        firmware_leave(emit);
    }
}

/* Rounds without a tag, which have to have bytes. */
static void get_round(struct firmware_emit *emit, uint16_t index)
{
    uint16_t first = (uint16_t)(index + 2);
    firmware_line(emit, "const size_t record%u = r.at;", (unsigned)index);
    get_record(emit, index, first);
    char text[FIRMWARE_LITERAL];
    (void)snprintf(text, sizeof(text), "r.at > record%u", (unsigned)index);
    firmware_get_require(emit, DGM_NONE, text, "LENGTH");
}

/* --- The loop ----------------------------------------------------------------------- */

static void put_once(struct firmware_emit *emit, uint16_t index)
{
    const struct firmware_plan *plan = emit->plan;
    for (uint16_t i = (uint16_t)(index + 1);
         (loop_at(plan, index)->flags & DGM_LOOP_ONCE) && i < firmware_end(plan, index);
         i++) {
        bool own = plan->rows[i].op == DGM_OP_CASE && plan->rows[i].expr != DGM_NONE &&
                   tables_parent(plan->rows, i) == index;
        if (own) {
            firmware_line(emit, "bool once%u = false;", (unsigned)i);
        }
    }
}

/* A part of a tag that is none ends the loop, where the profile lets that pass. */
static bool enter_round(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_loop *loop = loop_at(emit->plan, index);
    bool may_end = loop->unknown == DGM_LOOP_STOP || (loop->flags & DGM_LOOP_CUT);
    if (!may_end || loop->tag_bytes < 2) {
        return false;
    }
    firmware_enter(emit, "if (left(&r, 0U) < %uU)", (unsigned)loop->tag_bytes);
    firmware_line(emit, "(void)pass(&r, left(&r, 0U));");
    emit->indent--;
    firmware_enter(emit, "} else");
    return true;
}

void firmware_get_loop(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_loop *loop = loop_at(emit->plan, index);
    unsigned n = index;
    firmware_block(emit);
    firmware_line(emit, "const size_t loop%u = r.at;", n);
    firmware_line(emit, "const size_t outer%u = open_part(&r, left(&r, %uU));", n,
                  firmware_get_trailer(emit));
    put_once(emit, index);
    emit->regions++;
    firmware_line(emit, "(void)loop%u;", n);
    firmware_enter(emit, "while ((left(&r, 0U) > 0U) && (r.status == @_OK))");
    bool inside = enter_round(emit, index);
    if (loop->tag_rows > 0) {
        get_tagged(emit, index);
    } else {
        get_round(emit, index);
    }
    if (inside) {
        firmware_leave(emit);
    }
    if (loop->align > 1) {
        firmware_line(emit, "pass_align(&r, loop%u, %uU);", n, (unsigned)loop->align);
    }
    firmware_leave(emit);
    emit->regions--;
    firmware_line(emit, "close_part(&r, outer%u, true);", n);
    firmware_leave(emit);
}
