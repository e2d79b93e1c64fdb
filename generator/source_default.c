/* SPDX-License-Identifier: MIT */
/* What encode writes where nothing is given. */
#include "lower.h"

#include <string.h>

static uint16_t compile_number(struct lowering *lowering, const struct item *item,
                               struct exact number)
{
    struct expr_code code = {.length = 0};
    if (!expr_code_constant(&code, number)) {
        diag_report(lowering->diag, RULE_BAD_VALUE, item->default_where,
                    "the default of '%s' is no decimal of 64 bits", item_title(item));
        return DGM_NONE;
    }
    return expr_code_finish(&code, lowering->builder, lowering->diag,
                            item->default_where);
}

/* Of a time in seconds, as the JSON would have it. */
static uint16_t compile_instant(struct lowering *lowering, const struct item *item)
{
    struct exact seconds = exact_from_int(item->default_ms);
    (void)exact_div(seconds, exact_from_int(1000), &seconds);
    return compile_number(lowering, item, seconds);
}

bool source_raw_default(struct lowering *lowering, const struct item *item,
                        struct exact *ret)
{
    struct exact number = exact_from_int(0);
    const char *json = item->default_json;
    bool fine = true;
    bool is_plain = !item->is_scaled && item->curve == NULL;
    bool is_float = item->form == ITEM_FLOAT;
    if (item->is_bool)
        number = exact_from_int(json[0] == 't');
    else
        fine = exact_parse(json, strlen(json), false, &number) && is_plain &&
               (is_float || exact_is_whole(number));
    if (!fine || (!item->is_bool && !is_float &&
                  (number.numerator < item_raw_low(item) ||
                   number.numerator > item_raw_high(item)))) {
        diag_report(lowering->diag, RULE_BAD_VALUE, item->default_where,
                    "the default of '%s' must be a raw number that fits the field",
                    item_title(item));
        return false;
    }
    *ret = number;
    return true;
}

uint16_t source_default(struct lowering *lowering, const struct item *item)
{
    struct exact number;
    if (item->role == DGM_ROLE_EVENT_TIME)
        return compile_instant(lowering, item);
    return source_raw_default(lowering, item, &number)
               ? compile_number(lowering, item, number)
               : DGM_NONE;
}
