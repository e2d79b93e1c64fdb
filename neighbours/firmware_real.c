/* SPDX-License-Identifier: MIT */
#include "firmware_real.h"

#include <stdio.h>

/* Is the value what stands on the wire? */
static bool is_bare(const struct firmware_plan *plan, const struct dgm_row *row)
{
    if (row->detail == DGM_NONE) {
        return true;
    }
    const struct dgm_pipe *pipe = &plan->tables->pipes[row->detail];
    return pipe->scale == DGM_NONE && pipe->offset == DGM_NONE &&
           pipe->curve == DGM_NONE && pipe->decimals == DGM_NO_DECIMALS;
}

bool firmware_real_value(struct firmware_plan *plan, uint16_t index, const char *holder,
                         struct firmware_value *ret)
{
    const struct dgm_row *row = &plan->rows[index];
    const struct firmware_row *at = &plan->at[index];
    const char *most = at->bits == 32 ? "FLT_MAX" : "DBL_MAX";
    char path[FIRMWARE_PATH];
    if (!at->is_float || at->work != FIRMWARE_MEMBER || !is_bare(plan, row) ||
        tables_invalid(plan->tables, row) != DGM_NONE || row->limit != DGM_NONE) {
        return false;
    }
    firmware_path(plan, index, holder, "", path);
    (void)snprintf(ret->text, sizeof(ret->text), "(double)%s", path);
    (void)snprintf(ret->there, sizeof(ret->there), "((%s >= -%s) && (%s <= %s))", path,
                   most, path, most);
    ret->is_real = true;
    return true;
}

/* A constant as the nearest double, which the compiler finds. */
static bool write_real(const struct firmware_value *value, char text[FIRMWARE_TEXT])
{
    if (value->is_real) {
        return snprintf(text, FIRMWARE_TEXT, "%s", value->text) < FIRMWARE_TEXT;
    }
    if (value->is_condition || value->low != value->high || value->digits > 18) {
        return false;
    }
    unsigned long long unit = 1;
    for (unsigned i = 0; i < value->digits; i++) {
        unit *= 10;
    }
    unsigned long long size =
        (unsigned long long)(value->low < 0 ? -value->low : value->low);
    (void)snprintf(text, FIRMWARE_TEXT, "(%s%llu.%0*llu)", value->low < 0 ? "-" : "",
                   size / unit, value->digits > 0 ? (int)value->digits : 1, size % unit);
    return true;
}

bool firmware_compare_reals(struct firmware_stack *work, const char *word)
{
    const struct firmware_value b = work->stack[--work->count];
    const struct firmware_value a = work->stack[--work->count];
    const char *both = a.there[0] != '\0' && b.there[0] != '\0' ? " && " : "";
    const char *first = a.there[0] != '\0' || b.there[0] != '\0' ? " && " : "";
    char one[FIRMWARE_TEXT], other[FIRMWARE_TEXT], text[FIRMWARE_TEXT];
    return write_real(&a, one) && write_real(&b, other) &&
           snprintf(text, sizeof(text), "(%s%s%s%s(%s %s %s))", a.there, both, b.there,
                    first, one, word, other) < (int)sizeof(text) &&
           firmware_push_condition(work, text);
}
