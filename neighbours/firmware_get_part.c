/* SPDX-License-Identifier: MIT */
/* Decoding texts, and what holds other rows: bits, parts with a size, repetitions. */
#include "firmware_get.h"
#include "firmware_mask.h"
#include "firmware_range.h"
#include "firmware_type.h"

#include <inttypes.h>

/* --- Bytes ------------------------------------------------------------------------- */

/* "place" is how many bytes the layout wants. */
static bool put_place(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    struct firmware_value value;
    char condition[FIRMWARE_TEXT + 32];
    if (row->flags & DGM_ROW_REST) {
        firmware_line(emit, "const size_t place = left(&r, %uU);",
                      firmware_get_trailer(emit));
        return true;
    }
    if (row->expr == DGM_NONE) {
        firmware_line(emit, "const size_t place = %uU;", (unsigned)row->detail);
        return true;
    }
    if (!firmware_expr(emit->plan, row->expr, index, &value) || value.digits != 0 ||
        value.is_condition) {
        firmware_refuse_row(emit, index, "its size has no C");
        return false;
    }
    firmware_get_require(emit, index, value.there, "LENGTH");
    if (value.low < 0) {
        (void)snprintf(condition, sizeof(condition), "%s >= 0", value.text);
        firmware_get_require(emit, index, condition, "LENGTH");
    }
    firmware_line(emit, "const size_t place = (size_t)(%s);", value.text);
    return true;
}

void firmware_get_text(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct firmware_row *at = &emit->plan->at[index];
    const struct dgm_format *format = firmware_format(emit->plan, row);
    bool ended = format != NULL && (format->flags & DGM_FORMAT_ENDED);
    bool reversed = format != NULL && (format->flags & DGM_FORMAT_REVERSED) &&
                    row->show != DGM_SHOW_DIGITS;
    char path[FIRMWARE_PATH], length[FIRMWARE_PATH];
    firmware_path(emit->plan, index, "out->", "", path);
    if (!at->has_length) {
        firmware_line(emit, "get_bytes%s(&r, %s, %uU);", reversed ? "_reversed" : "",
                      path, (unsigned)at->most);
        (void)snprintf(length, sizeof(length), "%uU", (unsigned)at->most);
        firmware_text_limits(emit, firmware_get_require, index, path, length);
        firmware_get_flag(emit, index);
        return;
    }
    firmware_block(emit);
    if (put_place(emit, index)) {
        char field[FIRMWARE_FIELD];
        firmware_field(emit->plan, index, field);
        firmware_path(emit->plan, index, "out->", "_length", length);
        firmware_line(emit, "const struct text_form form = {%s, %s, %s, %uU, %uU};",
                      ended ? "true" : "false",
                      ended && (row->flags & DGM_ROW_REST) ? "true" : "false",
                      row->flags & DGM_ROW_PADDED ? "true" : "false",
                      ended ? (unsigned)format->end : 0u, (unsigned)row->shift);
        firmware_line(emit, "%s = get_text(&r, %s, sizeof(%s), place, &form, %s);",
                      length, path, path, field);
        firmware_text_limits(emit, firmware_get_require, index, path, length);
        firmware_get_flag(emit, index);
    }
    firmware_leave(emit);
}

/* --- Groups and repetitions -------------------------------------------------------- */

void firmware_get_bits(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const char *wide = firmware_wide_name(row->width);
    firmware_block(emit);
    firmware_line(emit, "const uint%s_t bits = get%s_%s(&r, %uU);",
                  row->width > 32 ? "64" : "32", wide, firmware_order(row),
                  row->width / 8u);
    firmware_line(emit, "(void)bits;");
    firmware_get_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_leave(emit);
}

void firmware_get_stream(struct firmware_emit *emit, uint16_t index)
{
    firmware_block(emit);
    firmware_line(emit, "const size_t stream = r.at;");
    firmware_line(emit, "pass(&r, %uU);", (unsigned)emit->plan->rows[index].spec);
    firmware_line(emit, "(void)stream;");
    firmware_get_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_leave(emit);
}

bool firmware_get_size(struct firmware_emit *emit, uint16_t index, uint16_t expr,
                       const char *name)
{
    struct firmware_value value;
    char condition[FIRMWARE_TEXT + 32];
    if (!firmware_expr(emit->plan, expr, index, &value) || value.digits != 0 ||
        value.is_condition) {
        firmware_refuse_row(emit, index, "its size has no C");
        return false;
    }
    firmware_get_require(emit, index, value.there, "LENGTH");
    if (value.low < 0) {
        (void)snprintf(condition, sizeof(condition), "%s >= 0", value.text);
        firmware_get_require(emit, index, condition, "LENGTH");
    }
    firmware_line(emit, "const size_t %s = (size_t)(%s);", name, value.text);
    return true;
}

static void get_content(struct firmware_emit *emit, uint16_t index)
{
    bool masked = firmware_is_masked(emit->plan, index);
    if (masked) {
        firmware_block(emit);
        firmware_open_masked(emit, index, firmware_get_trailer(emit));
        emit->regions++;
    }
    firmware_get_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    if (masked) {
        emit->regions--;
        firmware_close_masked(emit, index, firmware_get_ignores(emit));
        firmware_leave(emit);
    }
}

void firmware_get_part(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    if (row->region == DGM_NONE) {
        get_content(emit, index);
        return;
    }
    unsigned n = index;
    char size[FIRMWARE_LITERAL];
    (void)snprintf(size, sizeof(size), "size%u", n);
    firmware_block(emit);
    if (firmware_get_size(emit, index, row->region, size)) {
        firmware_line(emit, "const size_t outer%u = open_part(&r, size%u);", n, n);
        emit->regions++;
        get_content(emit, index);
        emit->regions--;
        firmware_line(emit, "close_part(&r, outer%u, %s);", n,
                      firmware_get_ignores(emit) ? "true" : "false");
    }
    firmware_leave(emit);
}

static void open_loop(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    unsigned depth = firmware_depth(emit->plan, index);
    if (row->flags & DGM_ROW_UNTIL) {
        char mark[FIRMWARE_LITERAL];
        firmware_end_mark(emit->plan, row, mark);
        firmware_enter(emit, "for (i%u = 0U; before_mark%s_%s(&r, %s, %uU); i%u++)",
                       depth, firmware_wide_name(row->width), firmware_order(row), mark,
                       row->width / 8u, depth);
        return;
    }
    if (row->flags & DGM_ROW_REST) {
        firmware_enter(emit,
                       "for (i%u = 0U; (left(&r, %uU) > 0U) && (r.status == @_OK); "
                       "i%u++)",
                       depth, firmware_get_trailer(emit), depth);
        return;
    }
    char rounds[FIRMWARE_LITERAL];
    (void)snprintf(rounds, sizeof(rounds), "rounds%u", (unsigned)index);
    if (firmware_get_size(emit, index, row->expr, rounds)) {
        firmware_enter(emit, "for (i%u = 0U; (i%u < %s) && (r.status == @_OK); i%u++)",
                       depth, depth, rounds, depth);
    } else {
        firmware_block(emit);
    }
}

void firmware_get_array(struct firmware_emit *emit, uint16_t index)
{
    const struct firmware_row *at = &emit->plan->at[index];
    unsigned depth = firmware_depth(emit->plan, index);
    char path[FIRMWARE_PATH], text[FIRMWARE_PATH * 3];
    firmware_path(emit->plan, index, "out->", "", path);
    firmware_block(emit);
    open_loop(emit, index);
    (void)snprintf(text, sizeof(text), "i%u < (sizeof(%s) / sizeof(%s[0]))", depth, path,
                   path);
    firmware_get_require(emit, index, text, "COUNT");
    firmware_enter(emit, "if (r.status == @_OK)");
    firmware_forget(emit, index);
    firmware_get_part(emit, index);
    if (at->has_length) {
        firmware_path(emit->plan, index, "out->", "_count", path);
        firmware_line(emit, "%s = (uint16_t)(i%u + 1U);", path, depth);
    }
    firmware_leave(emit);
    firmware_leave(emit);
    if (emit->plan->rows[index].flags & DGM_ROW_UNTIL) {
        firmware_line(emit, "(void)pass(&r, %uU);", emit->plan->rows[index].width / 8u);
    }
    firmware_get_flag(emit, index);
    firmware_leave(emit);
}

void firmware_get_at(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    int64_t offset = (int64_t)emit->plan->tables->numbers[row->spec];
    if (emit->regions > 0) {
        firmware_refuse_row(emit, index, "a place in a part is not read");
        return;
    }
    firmware_block(emit);
    firmware_line(emit, "const size_t back = r.at;");
    if (offset < 0) {
        firmware_line(emit, "r.at = from_end(&r, %" PRIu64 "U);", 0 - (uint64_t)offset);
    } else {
        firmware_line(emit, "r.at = %" PRId64 "U;", offset);
    }
    firmware_get_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_line(emit, "r.at = back;");
    firmware_leave(emit);
}

void firmware_get_span(struct firmware_emit *emit, uint16_t index)
{
    unsigned n = index;
    if (firmware_may_miss(emit->plan, index) || emit->plan->at[index].scope != DGM_NONE) {
        firmware_refuse_row(emit, index, "what is measured may be absent");
    }
    firmware_line(emit, "b%u = r.at;", n);
    firmware_get_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_line(emit, "v%u = r.at - b%u;", n, n);
    firmware_line(emit, "(void)v%u;", n);
}

void firmware_get_agree(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    struct firmware_value value;
    char text[FIRMWARE_PATH], condition[FIRMWARE_TEXT + FIRMWARE_PATH];
    bool check = emit->plan->rows[row->spec].op == DGM_OP_CHECK;
    if (check || firmware_may_miss(emit->plan, row->spec) ||
        !firmware_get_told(emit, row->spec, text, sizeof(text)) ||
        !firmware_expr(emit->plan, row->expr, index, &value) || value.is_condition ||
        value.digits != 0) {
        firmware_refuse_row(emit, row->spec, "what it tells has no C");
        return;
    }
    firmware_get_require(emit, row->spec, value.there, "LENGTH");
    (void)snprintf(condition, sizeof(condition), "%s == %.1500s", text, value.text);
    firmware_get_require(emit, row->spec, condition, "LENGTH");
}
