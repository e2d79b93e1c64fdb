/* SPDX-License-Identifier: MIT */
/* Values that the list or the limits of a row allow. */
#include "values.h"

#include "floats.h"

/* A raw between those that give the limits; both counted. */
static uint64_t within_limits(struct lab *lab, const struct dgm_row *row,
                              const struct dgm_limit *limit)
{
    const struct dgm_scaling *scaling = tables_scaling(&lab->tables, row);
    int64_t low = (int64_t)values_raw(scaling, float_decimal(limit->low, limit->scale));
    int64_t high = (int64_t)values_raw(scaling, float_decimal(limit->high, limit->scale));
    if ((limit->flags & DGM_LIMIT_LOW) == 0) {
        low = (row->flags & DGM_ROW_SIGNED) ? high - 255 : 0;
    }
    if ((limit->flags & DGM_LIMIT_HIGH) == 0) {
        high = low + 255;
    }
    int64_t least = low < high ? low : high;
    uint64_t span =
        low < high ? (uint64_t)high - (uint64_t)low : (uint64_t)low - (uint64_t)high;
    uint64_t more = span < UINT64_MAX ? dice_below(&lab->dice, span + 1) : 0;
    return (uint64_t)least + more;
}

/* A float between the limits: not at them, where rounding leads beyond. */
static bool float_within(struct lab *lab, const struct dgm_row *row,
                         const struct dgm_limit *limit, uint64_t *ret)
{
    double low = float_decimal(limit->low, limit->scale);
    double high = float_decimal(limit->high, limit->scale);
    if ((limit->flags & DGM_LIMIT_LOW) == 0) {
        low = high - 255;
    }
    if ((limit->flags & DGM_LIMIT_HIGH) == 0) {
        high = low + 255;
    }
    double part = (double)(1 + dice_below(&lab->dice, 1023)) / 1024;
    return float_near(&lab->tables, row, low + (high - low) * part, ret);
}

uint64_t values_allowed(struct lab *lab, uint16_t index)
{
    const struct dgm_row *row = &lab->rows[index];
    bool has_limit = row->limit != DGM_NONE && (row->flags & DGM_ROW_RECORD) == 0;
    if (row->show == DGM_SHOW_ENUM && row->detail != DGM_NONE) {
        const struct dgm_enum *list = &lab->tables.enums[row->detail];
        uint64_t place = dice_below(&lab->dice, list->count);
        const struct dgm_choice *choice = &lab->tables.choices[list->first + place];
        uint64_t span = choice->high - choice->low;
        uint64_t more = span < UINT64_MAX ? dice_below(&lab->dice, span + 1) : 0;
        return field_wire(row, choice->low + more);
    }
    if (row->show == DGM_SHOW_BOOL) {
        return dice_below(&lab->dice, 2);
    }
    if (has_limit && row->source != DGM_SOURCE_CONST) {
        const struct dgm_limit *limit = &lab->tables.limits[row->limit];
        uint64_t raw = 0;
        if (!float_row(row)) {
            return field_wire(row, within_limits(lab, row, limit));
        }
        if (float_within(lab, row, limit, &raw)) {
            return field_wire(row, raw);
        }
    }
    return values_pick(lab, index);
}
