/* SPDX-License-Identifier: MIT */
/* Encoding tag loops: for each case a record, or one for each element of an array. */
#include "firmware_put.h"
#include "firmware_tags.h"

#include "firmware_expr.h"

/* A record: its tag, and the rows of the case. */
static void put_record(struct firmware_emit *emit, uint16_t index)
{
    struct firmware_plan *plan = emit->plan;
    uint16_t loop = tables_parent(plan->rows, index);
    const struct dgm_loop *told = &plan->tables->loops[plan->rows[loop].spec];
    emit->tag = plan->tables->numbers[plan->rows[index].expr];
    firmware_take_tags(plan, loop, index);
    firmware_put_rows(emit, (uint16_t)(loop + 1), (uint16_t)(loop + 1 + told->tag_rows));
    firmware_put_part(emit, index);
    firmware_take_tags(plan, loop, DGM_NONE);
    if (told->align > 1) {
        firmware_line(emit, "put_align(&w, loop%u, %uU);", (unsigned)loop,
                      (unsigned)told->align);
    }
}

/* The caller says whether the record is there: by the flag of a member that always is,
 * or by one of the record. */
static void put_single(struct firmware_emit *emit, uint16_t index)
{
    char flag[FIRMWARE_PATH];
    uint16_t named = firmware_named_in(emit->plan, index);
    if (named == DGM_NONE) {
        emit->plan->at[index].is_switch = true;
        emit->again = true;
        return;
    }
    emit->plan->at[named].has_flag = true;
    firmware_path(emit->plan, named, "in->", "has_", flag);
    firmware_enter(emit, "if (%s)", flag);
    put_record(emit, index);
    firmware_leave(emit);
}

static void put_case(struct firmware_emit *emit, uint16_t index)
{
    if (emit->plan->rows[index].expr == DGM_NONE) {
        return;
    }
    if (emit->plan->at[index].is_array) {
        firmware_put_array(emit, index, put_record);
    } else {
        put_single(emit, index);
    }
}

void firmware_put_loop(struct firmware_emit *emit, uint16_t index)
{
    const struct firmware_plan *plan = emit->plan;
    const struct dgm_loop *loop = &plan->tables->loops[plan->rows[index].spec];
    uint16_t first = (uint16_t)(index + 1 + loop->tag_rows);
    bool aligned = loop->align > 1;
    if (aligned) {
        firmware_block(emit);
        firmware_line(emit, "const size_t loop%u = w.at;", (unsigned)index);
    }
    for (uint16_t i = first; i < firmware_end(plan, index); i = firmware_end(plan, i)) {
        if (plan->rows[i].op == DGM_OP_CASE) {
            put_case(emit, i);
        }
    }
    if (aligned) {
        firmware_leave(emit);
    }
}
