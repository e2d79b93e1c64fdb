/* SPDX-License-Identifier: MIT */
/* Functions that encode a message: row by row what the core's encoder does, from a
 * struct in place of JSON. */
#include "firmware_moment.h"
#include "firmware_put.h"
#include "firmware_range.h"
#include "firmware_type.h"

#include <string.h>

void firmware_put_require(struct firmware_emit *emit, uint16_t index,
                          const char *condition, const char *status)
{
    char field[FIRMWARE_FIELD];
    if (condition[0] == '\0' || strcmp(condition, "true") == 0) {
        return;
    }
    firmware_field(emit->plan, index, field);
    firmware_line(emit, "require(&w, %s,", condition);
    firmware_line(emit, "    @_%s, %s);", status, field);
}

/* --- Rows -------------------------------------------------------------------------- */

static void put_working(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    bool bytes = row->op == DGM_OP_BYTES;
    switch (emit->plan->at[index].work) {
    case FIRMWARE_MEMBER:
        if (bytes) {
            firmware_put_text(emit, index);
        } else {
            firmware_put_member(emit, index);
        }
        break;
    case FIRMWARE_SKIP:
        firmware_line(emit, "skip(&w, %uU);", (unsigned)row->detail);
        break;
    case FIRMWARE_FILL:
        if (bytes && !(row->flags & DGM_ROW_REST)) {
            unsigned size =
                row->show == DGM_SHOW_DIGITS ? (row->detail + 1u) / 2u : row->detail;
            firmware_line(emit, "put_fill(&w, 0U, %uU);", size);
        } else if (!bytes) {
            firmware_put_constant(emit, index);
        }
        break;
    case FIRMWARE_CONSTANT:
    case FIRMWARE_TAG:
        firmware_put_constant(emit, index);
        break;
    case FIRMWARE_EXPR:
        firmware_put_expr(emit, index);
        break;
    case FIRMWARE_COUNT:
        firmware_put_count(emit, index);
        break;
    default:
        firmware_put_room(emit, index);
        break;
    }
}

static void put_moment(struct firmware_emit *emit, uint16_t index)
{
    char text[FIRMWARE_TEXT];
    if (firmware_moment_parts(emit->plan, index, text)) {
        firmware_put_require(emit, index, text, "RANGE");
    } else {
        firmware_refuse_row(emit, index, "its parts have no C");
    }
}

static void put_notice(struct firmware_emit *emit, uint16_t index)
{
    if (emit->plan->rows[index].flags & DGM_ROW_REFUSE) {
        firmware_put_require(emit, index, "false", "REFUSED");
    }
}

void firmware_put_row(struct firmware_emit *emit, uint16_t index)
{
    if (emit->plan->at[index].work != FIRMWARE_NOTHING) {
        put_working(emit, index);
        return;
    }
    switch (emit->plan->rows[index].op) {
    case DGM_OP_BITS:
        firmware_put_bits(emit, index);
        break;
    case DGM_OP_STREAM:
        firmware_put_stream(emit, index);
        break;
    case DGM_OP_GROUP:
    case DGM_OP_TEXT:
        firmware_put_part(emit, index);
        break;
    case DGM_OP_REPEAT:
        firmware_put_array(emit, index, firmware_put_part);
        break;
    case DGM_OP_TLV:
        firmware_put_loop(emit, index);
        break;
    case DGM_OP_AT:
        firmware_put_at(emit, index);
        break;
    case DGM_OP_SPAN:
        firmware_put_span(emit, index);
        break;
    case DGM_OP_AGREE:
        firmware_put_agree(emit, index);
        break;
    case DGM_OP_NOTICE:
        put_notice(emit, index);
        break;
    case DGM_OP_MOMENT:
        put_moment(emit, index);
        break;
    case DGM_OP_VALUE:
        firmware_put_computed(emit, index);
        break;
    default:
        break;
    }
}

void firmware_put_rows(struct firmware_emit *emit, uint16_t first, uint16_t end)
{
    for (uint16_t i = first; i < end && !firmware_refused(emit->plan);
         i = firmware_end(emit->plan, i)) {
        const struct dgm_row *row = &emit->plan->rows[i];
        if (!firmware_matters(emit->plan, i)) {
            continue;
        }
        if (row->when != DGM_NONE) {
            firmware_put_conditional(emit, i);
        } else if (row->flags & DGM_ROW_OPTIONAL) {
            firmware_put_optional(emit, i);
        } else {
            firmware_put_there(emit, i);
        }
    }
}

/* --- The function ------------------------------------------------------------------ */

static void fill_lengths(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (plan->at[i].work != FIRMWARE_LENGTH) {
            continue;
        }
        firmware_enter(emit, "if (a%u != NOWHERE)", (unsigned)i);
        if (firmware_put_told(emit, i, "(int64_t)w.end")) {
            firmware_put_later(emit, i, "value");
        } else {
            firmware_refuse_row(emit, i, "what it tells has no C");
        }
        firmware_leave(emit);
    }
}

static void fill_checks(struct firmware_emit *emit)
{
    struct firmware_plan *plan = emit->plan;
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        const struct dgm_row *row = &plan->rows[i];
        char from[FIRMWARE_PATH], to[FIRMWARE_PATH];
        if (plan->at[i].work != FIRMWARE_CHECK) {
            continue;
        }
        if (row->width > 64 || !firmware_check_span(plan, row, "w.end", from, to)) {
            firmware_refuse_row(emit, i, "a checksum of this kind is not written");
            return;
        }
        firmware_enter(emit, "if ((a%u != NOWHERE) && (w.status == @_OK))", (unsigned)i);
        firmware_line(emit, "const size_t from = %s;", from);
        firmware_line(emit, "const size_t to = %s;", to);
        firmware_put_require(emit, i, "(from <= to) && (to <= w.end)", "LENGTH");
        firmware_enter(emit, "if (w.status == @_OK)");
        firmware_line(emit, "add%s_%s(&w, a%u, checksum_%u(w.bytes, from, to), %uU);",
                      firmware_wide_name(row->width), firmware_order(row), (unsigned)i,
                      (unsigned)row->detail, row->width / 8u);
        firmware_leave(emit);
        firmware_leave(emit);
    }
}

static bool has_later(const struct firmware_row *at)
{
    return at->work == FIRMWARE_LENGTH || at->work == FIRMWARE_CHECK ||
           at->work == FIRMWARE_LATER || at->work == FIRMWARE_MEASURE;
}

static bool has_place(const struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (plan->rows[i].op == DGM_OP_AT) {
            return true;
        }
    }
    return false;
}

static void put_end(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    char text[FIRMWARE_PATH];
    (void)snprintf(text, sizeof(text), "w.end <= %uU",
                   (unsigned)plan->message->frame_max);
    firmware_put_require(emit, DGM_NONE, text, "LENGTH");
    firmware_put_from_end(emit);
    emit->plan->is_complete = true;
    firmware_put_length_checks(emit);
    emit->plan->is_complete = false;
    fill_lengths(emit);
    fill_checks(emit);
    if (firmware_has_guards(plan)) {
        firmware_enter(emit, "if (w.status == @_OK)");
        (void)snprintf(text, sizeof(text), "fits_%s(w.bytes, w.end)", plan->name);
        firmware_put_require(emit, DGM_NONE, text, "NO_MESSAGE");
        firmware_leave(emit);
    }
    firmware_line(emit, "return finish_writing(&w, length, fault);");
}

void firmware_encode(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    firmware_line(emit, "enum $_status $_encode_%s(", plan->name);
    firmware_line(emit,
                  "    const struct $_%s *in, %suint8_t *frame, size_t size, size_t "
                  "*length,",
                  plan->name, firmware_port_parameter(plan));
    firmware_line(emit, "    struct $_fault *fault)");
    firmware_line(emit, "{");
    emit->indent++;
    firmware_line(emit, "struct writer w = {frame, size, 0U, 0U, false, @_OK, "
                        "@_FIELD_NONE};");
    firmware_variables(emit);
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (has_later(&plan->at[i])) {
            firmware_line(emit, "size_t a%u = NOWHERE;", (unsigned)i);
        }
    }
    (void)fputc('\n', emit->file);
    firmware_line(emit, "(void)in;");
    if (plan->asks_port) {
        firmware_line(emit, "(void)port;");
    }
    if (has_place(plan)) {
        firmware_line(emit, "fill(frame, 0U, size);");
    }
    firmware_put_rows(emit, 0, plan->message->row_count);
    put_end(emit);
    firmware_leave(emit);
}
