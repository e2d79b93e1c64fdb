/* SPDX-License-Identifier: MIT */
/* What values of a repetition leave for the next round, and for what stands behind. */
#include "js_work.h"

static struct dgm_series series_of(const struct js *js, const struct dgm_row *row)
{
    const uint64_t *numbers = js_numbers(js) + row->region;
    struct dgm_series series = {
        (uint16_t)numbers[0],         (uint16_t)(numbers[0] >> 16),
        (uint16_t)(numbers[0] >> 32), (uint16_t)(numbers[0] >> 48),
        (uint16_t)numbers[1],         (uint16_t)(numbers[1] >> 16),
    };
    return series;
}

static void name_slot(struct js *js, unsigned slot, const char *word)
{
    if (slot != DGM_NONE && js->names[slot] == NULL)
        js->names[slot] = js_text(js, "%s_%u", word, slot);
}

void js_name_series(struct js *js, const struct dgm_row *row)
{
    if (!(row->flags & DGM_ROW_SERIES))
        return;
    struct dgm_series series = series_of(js, row);
    name_slot(js, series.previous, "previous");
    name_slot(js, series.first, "first");
    name_slot(js, series.second, "second");
    name_slot(js, series.last, "last");
    name_slot(js, series.sum, "sum");
}

const char *js_series_value(struct js *js, const struct dgm_row *row, const char *value)
{
    if (!(row->flags & DGM_ROW_SERIES))
        return value;
    struct dgm_series series = series_of(js, row);
    if (series.delta == DGM_NONE)
        return value;
    const char *previous = js->names[series.previous], *path = js_pool(js, row->path);
    js_open(js, "if (f.index === 0 || %s === undefined)", previous);
    js_line(js, "%s = %s;", previous, js_expression(js, row, series.delta));
    js_close(js);
    js_line(js, "%s = plus(f, %s, %s, %s);", js_shared(js, "value"), path, previous,
            value);
    js_line(js, "%s = value;", previous);
    return "value";
}

void js_series_note(struct js *js, const struct dgm_row *row, const char *value)
{
    if (!(row->flags & DGM_ROW_SERIES))
        return;
    struct dgm_series series = series_of(js, row);
    const char *first = series.first != DGM_NONE ? js->names[series.first] : NULL;
    js_open(js, "if (%s !== undefined)", value);
    if (series.second != DGM_NONE && first != NULL)
        js_line(js, "%s = %s !== undefined && %s === undefined ? %s : %s;",
                js->names[series.second], first, js->names[series.second], value,
                js->names[series.second]);
    if (first != NULL)
        js_line(js, "%s = %s === undefined ? %s : %s;", first, first, value, first);
    if (series.last != DGM_NONE)
        js_line(js, "%s = %s;", js->names[series.last], value);
    if (series.sum != DGM_NONE)
        js_line(js, "%s = plus(f, %s, %s || 0, %s);", js->names[series.sum],
                js_pool(js, row->path), js->names[series.sum], value);
    js_close(js);
}

void js_series_reset(struct js *js, const struct dgm_row *around)
{
    const char *list = "";
    for (unsigned i = 1; i <= around->detail; i++) {
        if (!(around[i].flags & DGM_ROW_SERIES))
            continue;
        struct dgm_series series = series_of(js, &around[i]);
        const uint16_t slots[] = {series.previous, series.first, series.second,
                                  series.last, series.sum};
        for (unsigned k = 0; k < sizeof(slots) / sizeof(slots[0]); k++)
            if (slots[k] != DGM_NONE)
                list = js_text(js, "%s%s = ", list, js->names[slots[k]]);
    }
    if (*list != '\0')
        js_line(js, "%sundefined;", list);
}
