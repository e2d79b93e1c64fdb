/* SPDX-License-Identifier: MIT */
/* Encoding texts and bytes. */
#include "firmware_put.h"
#include "firmware_range.h"
#include "firmware_type.h"

/* --- Bytes ------------------------------------------------------------------------- */

static void check_text(struct firmware_emit *emit, uint16_t index, const char *path,
                       const char *length)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_format *format = firmware_format(emit->plan, row);
    char text[FIRMWARE_PATH * 3];
    firmware_text_limits(emit, firmware_put_require, index, path, length);
    if (row->flags & DGM_ROW_PADDED) {
        (void)snprintf(text, sizeof(text), "does_not_end_with(%s, %s, %uU)", path, length,
                       (unsigned)row->shift);
        firmware_put_require(emit, index, text, "TEXT");
    }
    if (format != NULL && (format->flags & DGM_FORMAT_ENDED)) {
        (void)snprintf(text, sizeof(text), "has_no(%s, %s, %uU)", path, length,
                       (unsigned)format->end);
        firmware_put_require(emit, index, text, "TEXT");
    }
}

static void put_copy(struct firmware_emit *emit, uint16_t index, const char *path,
                     const char *length)
{
    const struct dgm_format *format =
        firmware_format(emit->plan, &emit->plan->rows[index]);
    bool reversed = format != NULL && (format->flags & DGM_FORMAT_REVERSED);
    /* Digits stand in the struct as on the wire. */
    reversed = reversed && emit->plan->rows[index].show != DGM_SHOW_DIGITS;
    firmware_line(emit, "put_bytes%s(&w, %s, %s);", reversed ? "_reversed" : "", path,
                  length);
}

/* What stands behind a text that does not fill its place. */
static void fill_up(struct firmware_emit *emit, uint16_t index, const char *length)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_format *format = firmware_format(emit->plan, row);
    bool ended = format != NULL && (format->flags & DGM_FORMAT_ENDED);
    unsigned fill = row->flags & DGM_ROW_PADDED ? row->shift : format->end;
    if (row->flags & DGM_ROW_REST) {
        firmware_line(emit, "put_fill(&w, %uU, 1U);", (unsigned)format->end);
    } else if (ended) {
        firmware_line(emit, "put_end(&w, %uU, %uU, place - %s);", (unsigned)format->end,
                      fill, length);
    } else {
        firmware_line(emit, "put_fill(&w, %uU, place - %s);", fill, length);
    }
}

/* Bytes that the layout wants, in `place`; false if there is no C for it. */
static bool put_place(struct firmware_emit *emit, uint16_t index, const char *length,
                      bool filled)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    struct firmware_value value;
    char condition[FIRMWARE_PATH];
    if (row->expr == DGM_NONE) {
        firmware_line(emit, "const size_t place = %uU;", (unsigned)row->detail);
    } else {
        if (!firmware_expr(emit->plan, row->expr, index, &value) || value.digits != 0 ||
            value.is_condition) {
            firmware_refuse_row(emit, index, "its size has no C");
            return false;
        }
        firmware_line(emit, "const size_t place = (size_t)(%s);", value.text);
        firmware_put_require(emit, index, value.there, "LENGTH");
    }
    (void)snprintf(condition, sizeof(condition), "%s %s place", length,
                   filled ? "<=" : "==");
    firmware_put_require(emit, index, condition, "LENGTH");
    return true;
}

void firmware_put_text(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct firmware_row *at = &emit->plan->at[index];
    char path[FIRMWARE_PATH], length[FIRMWARE_PATH] = "", condition[FIRMWARE_PATH * 2];
    firmware_path(emit->plan, index, "in->", "", path);
    if (!at->has_length) {
        (void)snprintf(length, sizeof(length), "%uU", (unsigned)at->most);
        check_text(emit, index, path, length);
        put_copy(emit, index, path, length);
        return;
    }
    char member[FIRMWARE_PATH];
    firmware_path(emit->plan, index, "in->", "_length", member);
    firmware_block(emit);
    firmware_line(emit, "const size_t count = at_most(&w, %s, sizeof(%s));", member,
                  path);
    (void)snprintf(condition, sizeof(condition), "(size_t)%s == count", member);
    firmware_put_require(emit, index, condition, "LENGTH");
    bool filled = firmware_is_filled(emit->plan, row);
    bool whole = (row->flags & DGM_ROW_REST) || at->counted != DGM_NONE;
    if (whole || put_place(emit, index, "count", filled)) {
        check_text(emit, index, path, "count");
        put_copy(emit, index, path, "count");
    }
    if (filled && (!whole || (row->flags & DGM_ROW_REST))) {
        fill_up(emit, index, "count");
    }
    firmware_leave(emit);
}
