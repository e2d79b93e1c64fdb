/* SPDX-License-Identifier: MIT */
/* Encoding rows that may be absent: by the layout, by its length, or as the caller says.
 */
#include "firmware_put.h"
#include "firmware_range.h"
#include "firmware_type.h"

/* --- Presence ---------------------------------------------------------------------- */

void firmware_put_there(struct firmware_emit *emit, uint16_t index)
{
    if (emit->plan->at[index].is_tracked) {
        firmware_line(emit, "p%u = true;", (unsigned)index);
    }
    firmware_put_row(emit, index);
}

/* What is optional ends the frame: behind the first that is absent there is nothing. */
void firmware_put_optional(struct firmware_emit *emit, uint16_t index)
{
    uint16_t named = firmware_named_in(emit->plan, index);
    char flag[FIRMWARE_PATH];
    if (named == DGM_NONE) {
        firmware_refuse_row(emit, index, "nothing says whether it is there");
        return;
    }
    emit->plan->at[named].has_flag = true;
    firmware_path(emit->plan, named, "in->", "has_", flag);
    firmware_enter(emit, "if (%s)", flag);
    firmware_put_require(emit, named, "!w.gap", "MISSING");
    firmware_put_there(emit, index);
    emit->indent--;
    firmware_enter(emit, "} else");
    firmware_line(emit, "w.gap = true;");
    firmware_leave(emit);
}

/* What the caller says of rows agrees with what the layout says. */
static void check_flags(struct firmware_emit *emit, uint16_t index, bool there)
{
    const struct firmware_plan *plan = emit->plan;
    char flag[FIRMWARE_PATH], text[FIRMWARE_PATH + 4];
    for (uint16_t i = index; i < firmware_end(plan, index); i++) {
        bool inner = i != index && plan->rows[i].when != DGM_NONE;
        bool own = plan->at[i].has_flag && plan->at[i].scope == plan->at[index].scope &&
                   !(plan->rows[i].flags & DGM_ROW_OPTIONAL) &&
                   plan->rows[i].op != DGM_OP_CASE;
        if (there && inner) {
            i = (uint16_t)(firmware_end(plan, i) - 1);
        } else if (own) {
            firmware_path(plan, i, "in->", "has_", flag);
            (void)snprintf(text, sizeof(text), "%s%s", there ? "" : "!", flag);
            firmware_put_require(emit, i, text, "MISSING");
        }
    }
}

static bool has_flags(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = index; i < firmware_end(plan, index); i++) {
        if (plan->at[i].has_flag && plan->at[i].scope == plan->at[index].scope &&
            !plan->at[i].is_repeated) {
            return true;
        }
    }
    return false;
}

static bool is_by_length(const struct firmware_plan *plan, uint16_t index)
{
    struct tables_step step;
    uint32_t at = 0;
    uint16_t when = plan->rows[index].when;
    while (when != DGM_NONE && tables_step(plan->tables, when, &at, &step)) {
        if (step.code == DGM_CODE_FRAME_LENGTH) {
            return true;
        }
    }
    return false;
}

/* What depends on the length of the frame is there if the caller says so; whether that
 * agrees is seen in the end. */
static void put_by_length(struct firmware_emit *emit, uint16_t index)
{
    uint16_t named = firmware_named_in(emit->plan, index);
    char flag[FIRMWARE_PATH];
    if (named == DGM_NONE || emit->plan->at[index].scope != DGM_NONE) {
        firmware_refuse_row(emit, index, "nothing says whether it is there");
        return;
    }
    emit->plan->at[named].has_flag = true;
    firmware_path(emit->plan, named, "in->", "has_", flag);
    firmware_enter(emit, "if (%s)", flag);
    firmware_put_there(emit, index);
    firmware_leave(emit);
}

void firmware_put_length_checks(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    char condition[FIRMWARE_TEXT], flag[FIRMWARE_PATH];
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        uint16_t named = firmware_named_in(plan, i);
        if (!is_by_length(plan, i) || !firmware_matters(plan, i) || named == DGM_NONE) {
            continue;
        }
        if (!firmware_condition(emit->plan, plan->rows[i].when, i, condition)) {
            firmware_refuse_row(emit, i, "its condition has no C");
            return;
        }
        char text[FIRMWARE_TEXT + FIRMWARE_PATH + 8];
        firmware_path(plan, named, "in->", "has_", flag);
        (void)snprintf(text, sizeof(text), "%s == (%s)", flag, condition);
        firmware_put_require(emit, named, text, "MISSING");
    }
}

void firmware_put_conditional(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    char condition[FIRMWARE_TEXT];
    if (is_by_length(emit->plan, index)) {
        put_by_length(emit, index);
        return;
    }
    if (!firmware_condition(emit->plan, row->when, index, condition)) {
        firmware_refuse_row(emit, index, "its condition has no C");
        return;
    }
    firmware_enter(emit, "if (%s)", condition);
    check_flags(emit, index, true);
    if (row->flags & DGM_ROW_OPTIONAL) {
        firmware_put_optional(emit, index);
    } else {
        firmware_put_there(emit, index);
    }
    if (has_flags(emit->plan, index)) {
        emit->indent--;
        firmware_enter(emit, "} else");
        check_flags(emit, index, false);
    }
    firmware_leave(emit);
}
