/* SPDX-License-Identifier: MIT */
/* What values of a repetition leave for the next round, and for what stands behind. */
#include "series.h"

struct dgm_series series_of(const struct dgm_codec *codec, const struct dgm_row *row)
{
    const uint64_t *numbers = codec->numbers + row->region;
    struct dgm_series series = {
        (uint16_t)numbers[0],         (uint16_t)(numbers[0] >> 16),
        (uint16_t)(numbers[0] >> 32), (uint16_t)(numbers[0] >> 48),
        (uint16_t)numbers[1],         (uint16_t)(numbers[1] >> 16),
    };
    return series;
}

enum dgm_status series_previous(const struct machine *machine, const struct dgm_row *row,
                                struct value *slots, struct value *ret)
{
    enum dgm_status status = DGM_OK;
    *ret = value_u64(0);
    if (!(row->flags & DGM_ROW_SERIES))
        return DGM_OK;
    struct dgm_series series = series_of(machine->codec, row);
    if (series.delta == DGM_NONE)
        return DGM_OK;
    struct value *previous = &slots[series.previous];
    if (machine->index == 0 || previous->kind == VALUE_MISSING)
        status = machine_run(machine, series.delta, previous);
    *ret = *previous;
    return status;
}

enum dgm_status series_add(const struct machine *machine, const struct dgm_row *row,
                           struct value *slots, struct value *value)
{
    struct value previous;
    if (!(row->flags & DGM_ROW_SERIES))
        return DGM_OK;
    struct dgm_series series = series_of(machine->codec, row);
    if (series.delta == DGM_NONE)
        return DGM_OK;
    enum dgm_status status = series_previous(machine, row, slots, &previous);
    if (status != DGM_OK || previous.kind == VALUE_MISSING) {
        *value = value_missing();
        return status;
    }
    if (!number_add(previous.number, value->number, &value->number))
        return DGM_OVERFLOW;
    slots[series.previous] = *value;
    return DGM_OK;
}

enum dgm_status series_note(const struct dgm_codec *codec, const struct dgm_row *row,
                            struct value *slots, const struct value *value)
{
    if (!(row->flags & DGM_ROW_SERIES) || value->kind == VALUE_MISSING)
        return DGM_OK;
    struct dgm_series series = series_of(codec, row);
    bool is_second =
        series.first != DGM_NONE && slots[series.first].kind != VALUE_MISSING;
    if (series.second != DGM_NONE && is_second &&
        slots[series.second].kind == VALUE_MISSING)
        slots[series.second] = *value;
    if (series.first != DGM_NONE && !is_second)
        slots[series.first] = *value;
    if (series.last != DGM_NONE)
        slots[series.last] = *value;
    if (series.sum == DGM_NONE)
        return DGM_OK;
    struct value *sum = &slots[series.sum];
    if (sum->kind == VALUE_MISSING)
        *sum = value_u64(0);
    return number_add(sum->number, value->number, &sum->number) ? DGM_OK : DGM_OVERFLOW;
}

static void forget(struct value *slots, uint16_t slot)
{
    if (slot != DGM_NONE)
        slots[slot] = value_missing();
}

void series_reset(const struct dgm_codec *codec, const struct dgm_row *rows,
                  unsigned first, unsigned end, struct value *slots)
{
    for (unsigned i = first; i < end; i++) {
        if (!(rows[i].flags & DGM_ROW_SERIES))
            continue;
        struct dgm_series series = series_of(codec, &rows[i]);
        forget(slots, series.previous);
        forget(slots, series.first);
        forget(slots, series.second);
        forget(slots, series.last);
        forget(slots, series.sum);
    }
}
