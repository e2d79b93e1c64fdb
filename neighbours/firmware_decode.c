/* SPDX-License-Identifier: MIT */
/* Functions that decode a message: row by row what the core's decoder does, into a struct
 * in place of JSON. */
#include "firmware_get.h"
#include "firmware_moment.h"
#include "firmware_range.h"
#include "firmware_type.h"

#include <string.h>

void firmware_get_require(struct firmware_emit *emit, uint16_t index,
                          const char *condition, const char *status)
{
    char field[FIRMWARE_FIELD];
    if (condition[0] == '\0' || strcmp(condition, "true") == 0) {
        return;
    }
    firmware_field(emit->plan, index, field);
    firmware_line(emit, "check(&r, %s,", condition);
    firmware_line(emit, "    @_%s, %s);", status, field);
}

/* Bytes behind the message that what takes the rest leaves; inside of a part there are
 * none. */
unsigned firmware_get_trailer(const struct firmware_emit *emit)
{
    return emit->regions > 0 ? 0 : emit->plan->message->trailer;
}

bool firmware_get_ignores(const struct firmware_emit *emit)
{
    return (emit->plan->message->flags & DGM_MESSAGE_IGNORE_TRAILING) != 0;
}

/* --- Rows -------------------------------------------------------------------------- */

static void read_working(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    bool bytes = row->op == DGM_OP_BYTES;
    switch (emit->plan->at[index].work) {
    case FIRMWARE_MEMBER:
        if (bytes) {
            firmware_get_text(emit, index);
        } else {
            firmware_get_member(emit, index);
        }
        break;
    case FIRMWARE_CONSTANT:
        firmware_get_constant(emit, index);
        break;
    case FIRMWARE_LENGTH:
        firmware_get_length(emit, index);
        break;
    case FIRMWARE_CHECK:
        firmware_get_check(emit, index);
        break;
    default:
        if (bytes && (row->flags & DGM_ROW_REST)) {
            firmware_line(emit, "(void)pass(&r, left(&r, %uU));",
                          firmware_get_trailer(emit));
        } else if (bytes) {
            unsigned size =
                row->show == DGM_SHOW_DIGITS ? (row->detail + 1u) / 2u : row->detail;
            firmware_line(emit, "pass(&r, %uU);", size);
        } else {
            firmware_get_kept(emit, index);
        }
        break;
    }
}

static void read_moment(struct firmware_emit *emit, uint16_t index)
{
    char text[FIRMWARE_TEXT];
    if (firmware_moment_parts(emit->plan, index, text)) {
        firmware_get_require(emit, index, text, "RANGE");
    } else {
        firmware_refuse_row(emit, index, "its parts have no C");
    }
}

static void read_row(struct firmware_emit *emit, uint16_t index)
{
    if (emit->plan->at[index].work != FIRMWARE_NOTHING) {
        read_working(emit, index);
        return;
    }
    switch (emit->plan->rows[index].op) {
    case DGM_OP_BITS:
        firmware_get_bits(emit, index);
        break;
    case DGM_OP_STREAM:
        firmware_get_stream(emit, index);
        break;
    case DGM_OP_GROUP:
    case DGM_OP_TEXT:
        firmware_get_part(emit, index);
        break;
    case DGM_OP_REPEAT:
        firmware_get_array(emit, index);
        break;
    case DGM_OP_TLV:
        firmware_get_loop(emit, index);
        break;
    case DGM_OP_AT:
        firmware_get_at(emit, index);
        break;
    case DGM_OP_SPAN:
        firmware_get_span(emit, index);
        break;
    case DGM_OP_AGREE:
        firmware_get_agree(emit, index);
        break;
    case DGM_OP_MOMENT:
        read_moment(emit, index);
        break;
    case DGM_OP_VALUE:
        firmware_put_computed(emit, index);
        break;
    case DGM_OP_NOTICE:
        if (emit->plan->rows[index].flags & DGM_ROW_REFUSE) {
            firmware_get_require(emit, index, "false", "REFUSED");
        }
        break;
    default:
        break;
    }
}

static void read_there(struct firmware_emit *emit, uint16_t index)
{
    if (emit->plan->at[index].is_tracked) {
        firmware_line(emit, "p%u = true;", (unsigned)index);
    }
    read_row(emit, index);
}

static void read_conditional(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    char condition[FIRMWARE_TEXT] = "true";
    if (row->when != DGM_NONE &&
        !firmware_condition(emit->plan, row->when, index, condition)) {
        firmware_refuse_row(emit, index, "its condition has no C");
        return;
    }
    if (row->flags & DGM_ROW_OPTIONAL) {
        firmware_enter(emit, "if ((%s) && (left(&r, %uU) > 0U))", condition,
                       firmware_get_trailer(emit));
    } else {
        firmware_enter(emit, "if (%s)", condition);
    }
    read_there(emit, index);
    firmware_leave(emit);
}

void firmware_get_rows(struct firmware_emit *emit, uint16_t first, uint16_t end)
{
    for (uint16_t i = first; i < end && !firmware_refused(emit->plan);
         i = firmware_end(emit->plan, i)) {
        const struct dgm_row *row = &emit->plan->rows[i];
        if (!firmware_matters(emit->plan, i)) {
            continue;
        }
        if (row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL)) {
            read_conditional(emit, i);
        } else {
            read_there(emit, i);
        }
    }
}

void firmware_decode(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    firmware_line(emit, "enum $_status $_decode_%s(", plan->name);
    firmware_line(emit, "    const uint8_t *frame, size_t length, %sstruct $_%s *out,",
                  firmware_port_parameter(plan), plan->name);
    firmware_line(emit, "    struct $_fault *fault)");
    firmware_line(emit, "{");
    emit->indent++;
    firmware_line(emit, "struct reader r = {frame, length, length, 0U, @_OK, "
                        "@_FIELD_NONE};");
    firmware_variables(emit);
    (void)fputc('\n', emit->file);
    if (plan->asks_port) {
        firmware_line(emit, "(void)port;");
    }
    firmware_line(emit, "fill(out, 0U, sizeof(*out));");
    firmware_get_rows(emit, 0, plan->message->row_count);
    if (!firmware_get_ignores(emit)) {
        firmware_get_require(emit, DGM_NONE, "r.at == r.end", "TRAILING");
    }
    if (firmware_has_guards(plan)) {
        char text[FIRMWARE_PATH];
        (void)snprintf(text, sizeof(text), "fits_%s(frame, length)", plan->name);
        firmware_get_require(emit, DGM_NONE, text, "NO_MESSAGE");
    }
    firmware_line(emit, "return finish_reading(&r, fault);");
    firmware_leave(emit);
}
