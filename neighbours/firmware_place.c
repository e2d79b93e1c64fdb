/* SPDX-License-Identifier: MIT */
#include "firmware_place.h"

#include <string.h>

/* Where the next row may begin, and which bytes rows at places of their own write. */
struct places {
    const struct firmware_plan *plan;
    bool begins[DGM_MAX_FRAME + 1], taken[DGM_MAX_FRAME + 1];
    bool twice;
};

static uint32_t bytes_of(const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_BITS:
    case DGM_OP_FLOAT:
    case DGM_OP_CHECK:
        return row->width / 8u;
    case DGM_OP_STREAM:
        return row->spec;
    case DGM_OP_BYTES:
        return row->expr == DGM_NONE && !(row->flags & DGM_ROW_REST) ? row->detail
                                                                     : DGM_MAX_FRAME;
    case DGM_OP_DIGITS:
    case DGM_OP_REPEAT:
    case DGM_OP_TLV:
        return DGM_MAX_FRAME;
    default:
        return 0;
    }
}

static void take(struct places *places, uint16_t index)
{
    const struct dgm_row *row = &places->plan->rows[index];
    uint64_t at = places->plan->tables->numbers[row->spec], size = 0;
    for (uint16_t i = (uint16_t)(index + 1); i < firmware_end(places->plan, index); i++) {
        size += bytes_of(&places->plan->rows[i]);
    }
    for (uint64_t i = at; i < at + size && i <= DGM_MAX_FRAME; i++) {
        places->twice = places->twice || places->taken[i];
        places->taken[i] = true;
    }
}

/* The row stands wherever it may begin; the next one begins behind it. */
static void walk(struct places *places, uint16_t index, bool certain)
{
    static bool next[DGM_MAX_FRAME + 1];
    const struct dgm_row *row = &places->plan->rows[index];
    uint32_t size = bytes_of(row);
    bool left_alone = places->plan->at[index].work == FIRMWARE_SKIP ||
                      places->plan->at[index].work == FIRMWARE_FILL;
    if (size == 0) {
        return;
    }
    memset(next, 0, sizeof(next));
    for (uint32_t at = 0; at <= DGM_MAX_FRAME; at++) {
        for (uint32_t i = 0; places->begins[at] && i < size && at + i <= DGM_MAX_FRAME;
             i++) {
            places->twice = places->twice || (places->taken[at + i] && !left_alone);
            next[at + i] = next[at + i] || size == DGM_MAX_FRAME;
        }
        if (places->begins[at] && at + size <= DGM_MAX_FRAME) {
            next[at + size] = true;
        }
        next[at] = next[at] || (places->begins[at] && !certain);
    }
    memcpy(places->begins, next, sizeof(next));
}

static bool is_certain(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = index; i != DGM_NONE; i = tables_parent(plan->rows, i)) {
        if (plan->rows[i].when != DGM_NONE || plan->rows[i].op == DGM_OP_CASE ||
            (plan->rows[i].flags & DGM_ROW_OPTIONAL)) {
            return false;
        }
    }
    return true;
}

bool firmware_reads_twice(const struct firmware_plan *plan)
{
    static struct places places;
    bool any = false;
    memset(&places, 0, sizeof(places));
    places.plan = plan;
    places.begins[0] = true;
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (plan->rows[i].op == DGM_OP_AT) {
            take(&places, i);
            any = true;
        }
    }
    for (uint16_t i = 0; any && i < plan->message->row_count; i++) {
        if (plan->rows[i].op == DGM_OP_AT) {
            i = (uint16_t)(firmware_end(plan, i) - 1);
        } else {
            walk(&places, i, is_certain(plan, i));
        }
    }
    return places.twice;
}
