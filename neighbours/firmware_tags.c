/* SPDX-License-Identifier: MIT */
#include "firmware_tags.h"

static uint16_t first_case(const struct firmware_plan *plan, uint16_t loop)
{
    unsigned rows = plan->tables->loops[plan->rows[loop].spec].tag_rows;
    return (uint16_t)(loop + 1u + rows);
}

uint16_t firmware_loop_of_tag(const struct firmware_plan *plan, uint16_t row)
{
    uint16_t loop = tables_parent(plan->rows, row);
    while (loop != DGM_NONE && plan->rows[loop].op != DGM_OP_TLV) {
        loop = tables_parent(plan->rows, loop);
    }
    return loop != DGM_NONE && row < first_case(plan, loop) ? loop : DGM_NONE;
}

bool firmware_is_open_loop(const struct firmware_plan *plan, uint16_t loop)
{
    for (uint16_t i = (uint16_t)(loop + 1); i < first_case(plan, loop); i++) {
        if (plan->at[i].is_open) {
            return true;
        }
    }
    return false;
}

bool firmware_is_part_of(const struct firmware_plan *plan, uint16_t row, uint16_t record)
{
    return plan->at[row].is_open && record != DGM_NONE &&
           plan->rows[record].op == DGM_OP_CASE &&
           firmware_loop_of_tag(plan, row) == tables_parent(plan->rows, record);
}

void firmware_take_tags(struct firmware_plan *plan, uint16_t loop, uint16_t record)
{
    for (uint16_t i = (uint16_t)(loop + 1); i < first_case(plan, loop); i++) {
        if (plan->at[i].is_open) {
            plan->at[i].scope = record != DGM_NONE ? record : plan->at[loop].scope;
        }
    }
}

/* --- Sizes ------------------------------------------------------------------------- */

/* Is the expression a slot, plus or minus a number? */
static bool is_sum(const struct tables *tables, uint16_t expr, uint16_t *ret_slot,
                   int64_t *ret_add)
{
    struct tables_step steps[4];
    uint32_t at = 0;
    unsigned count = 0;
    while (expr != DGM_NONE && count < 4 &&
           tables_step(tables, expr, &at, &steps[count])) {
        count++;
    }
    if (count == 0 || steps[0].code != DGM_CODE_SLOT || (count != 1 && count != 3)) {
        return false;
    }
    *ret_slot = steps[0].operand;
    *ret_add = 0;
    if (count == 1) {
        return true;
    }
    bool plus = steps[2].code == DGM_CODE_ADD, minus = steps[2].code == DGM_CODE_SUB;
    *ret_add = plus ? steps[1].mantissa : -steps[1].mantissa;
    return (plus || minus) && steps[1].code == DGM_CODE_CONST && steps[1].digits == 0 &&
           steps[1].mantissa >= -DGM_MAX_FRAME && steps[1].mantissa <= DGM_MAX_FRAME;
}

static bool may_measure(const struct firmware_plan *plan, uint16_t index)
{
    const struct dgm_row *row = &plan->rows[index];
    bool integer = row->op == DGM_OP_INT || row->op == DGM_OP_BIT;
    return integer && plan->at[index].work == FIRMWARE_MEMBER &&
           row->member == DGM_NONE && row->limit == DGM_NONE &&
           row->show <= DGM_SHOW_DECIMAL && tables_invalid(plan->tables, row) == DGM_NONE;
}

/* Does the row tell how large each record is? */
static bool tells_size(struct firmware_plan *plan, uint16_t loop, uint16_t row)
{
    bool any = false;
    for (uint16_t i = first_case(plan, loop); i < firmware_end(plan, loop);
         i = firmware_end(plan, i)) {
        uint16_t slot = DGM_NONE;
        int64_t add = 0;
        if (plan->rows[i].op != DGM_OP_CASE) {
            continue;
        }
        if (plan->rows[i].spec != DGM_NONE ||
            !is_sum(plan->tables, plan->rows[i].region, &slot, &add) ||
            slot != plan->rows[row].slot) {
            return false;
        }
        any = true;
    }
    return any;
}

static void find_size(struct firmware_plan *plan, uint16_t loop, uint16_t row)
{
    if (!may_measure(plan, row) || !tells_size(plan, loop, row)) {
        return;
    }
    plan->at[row].work = FIRMWARE_MEASURE;
    for (uint16_t i = first_case(plan, loop); i < firmware_end(plan, loop);
         i = firmware_end(plan, i)) {
        uint16_t slot;
        plan->at[i].teller = row;
        (void)is_sum(plan->tables, plan->rows[i].region, &slot, &plan->at[i].told_add);
    }
}

/* --- Open parts -------------------------------------------------------------------- */

void firmware_find_tags(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        uint16_t loop = firmware_loop_of_tag(plan, i);
        if (loop == DGM_NONE) {
            continue;
        }
        find_size(plan, loop, i);
        plan->at[i].is_open = plan->at[i].work == FIRMWARE_MEMBER;
    }
}
