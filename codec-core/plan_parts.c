/* SPDX-License-Identifier: MIT */
/*
 * Making programs for decoding: composed texts whose parts are small numbers and stand in
 * the order of the rows. Each becomes a ready text with the literal before it. Other
 * texts are walked by the decoder.
 */
#include "plan_make.h"

static const struct dgm_part *part_at(const struct plan_maker *maker, uint16_t number)
{
    return &maker->codec->parts[number];
}

/* A small number that is a part, whatever it is. */
static bool is_simple(const struct plan_maker *maker, const struct dgm_row *row)
{
    bool has_value = row->op == DGM_OP_INT || row->op == DGM_OP_BIT;
    return (has_value || row->op == DGM_OP_BITS) && !plan_is_optional(row) &&
           !plan_row_prints(row) && (row->flags & DGM_ROW_SHARED) == 0 &&
           (!has_value || row->width <= 8) && row->source != DGM_SOURCE_CONST &&
           (plan_class_of(maker, row) == PLAN_CLASS_FIXED ||
            plan_class_of(maker, row) == PLAN_CLASS_FRAME);
}

bool plan_knows_text(const struct plan_maker *maker, const struct dgm_row *row)
{
    uint16_t part = row->spec;
    if (row->slot != DGM_NONE || row_is_element(row) || row->detail == 0)
        return false;
    for (unsigned i = 1; i <= row->detail; i++) {
        if (!is_simple(maker, &row[i]))
            return false;
        if (row[i].op == DGM_OP_BITS)
            continue;
        if (part_at(maker, part)->row != i)
            return false;
        part++;
    }
    return part_at(maker, part)->row == DGM_NONE;
}

void plan_enter_text(struct plan_maker *maker, uint16_t row_index)
{
    const struct dgm_row *row = &maker->decoder.rows[row_index];
    bool prints = plan_is_at_level(maker, row);
    if (prints) {
        plan_begin_value(maker, row);
        json_put_char(&maker->decoder.out, '"');
    }
    struct plan_level *level = plan_push(maker, row_index, PLAN_IN_TEXT);
    level->prints = prints;
    level->part = row->spec;
}

void plan_print_part(struct plan_maker *maker, const struct dgm_row *row)
{
    struct plan_level *level = &maker->levels[maker->depth - 1];
    struct plan_ready ready;
    if (!level->prints)
        return;
    maker->part = part_at(maker, level->part++);
    if (plan_ready_rows(maker, row, &ready))
        plan_emit_ready(maker, &ready);
    else
        maker->failed = true;
    maker->part = NULL;
}

void plan_leave_text(struct plan_maker *maker, const struct plan_level *level)
{
    if (!level->prints)
        return;
    decode_put_literal(&maker->decoder, part_at(maker, level->part));
    json_put_char(&maker->decoder.out, '"');
    plan_end_member(maker);
}
