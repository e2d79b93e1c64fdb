/* SPDX-License-Identifier: MIT */
/* Encoding rows at places of their own. */
#include "firmware_put.h"

#include <inttypes.h>

static int64_t offset_of(const struct firmware_plan *plan, uint16_t index)
{
    return (int64_t)plan->tables->numbers[plan->rows[index].spec];
}

/* Does an expression ask for what is written when all else is? */
static bool is_asked(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = index; i < firmware_end(plan, index); i++) {
        bool kept = plan->at[i].is_kept && plan->at[i].work != FIRMWARE_MEMBER;
        if (kept || plan->at[i].is_tracked) {
            return true;
        }
    }
    return false;
}

static void put_rows_at(struct firmware_emit *emit, uint16_t index)
{
    firmware_put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
}

void firmware_put_at(struct firmware_emit *emit, uint16_t index)
{
    const struct firmware_plan *plan = emit->plan;
    int64_t offset = offset_of(plan, index);
    bool conditional =
        firmware_may_miss(plan, index) || plan->at[index].scope != DGM_NONE;
    if (emit->regions > 0 || (offset < 0 && (conditional || is_asked(plan, index)))) {
        firmware_refuse_row(
            emit, index, "a place in a part, or from an end not known, is not written");
        return;
    }
    if (offset < 0) {
        return; /* the end is known when all is written */
    }
    firmware_block(emit);
    firmware_line(emit, "const size_t back = w.at;");
    firmware_line(emit, "w.at = %" PRId64 "U;", offset);
    put_rows_at(emit, index);
    firmware_line(emit, "w.at = back;");
    firmware_leave(emit);
}

void firmware_put_from_end(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    char text[FIRMWARE_LITERAL];
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (plan->rows[i].op != DGM_OP_AT || offset_of(plan, i) >= 0) {
            continue;
        }
        uint64_t back = 0 - (uint64_t)offset_of(plan, i);
        (void)snprintf(text, sizeof(text), "w.end >= %" PRIu64 "U", back);
        firmware_put_require(emit, i, text, "LENGTH");
        firmware_enter(emit, "if (w.status == @_OK)");
        firmware_line(emit, "w.at = w.end - %" PRIu64 "U;", back);
        put_rows_at(emit, i);
        firmware_leave(emit);
    }
}
