/* SPDX-License-Identifier: MIT */
/* What the table says about digits, characters and instants of an item. */
#include "lower.h"

#include <string.h>

static bool is_plain(const struct item *item)
{
    return !item->digits.given && !item->digits.reversed && !item->has_end &&
           item->separator == NULL && item->time.pattern == NULL &&
           item->time.zone == 0 && item->time.precision == DGM_PRECISION_SECOND;
}

uint16_t format_of(struct lowering *lowering, const struct item *item)
{
    struct dgm_format format = {.count = DGM_NONE};
    if (is_plain(item))
        return DGM_NONE;
    if (item->time.pattern != NULL)
        format.pattern = builder_text(lowering->builder, item->time.pattern);
    format.zone = (int16_t)item->time.zone;
    format.precision = item->time.precision;
    format.sign = item->digits.sign;
    if (item->digits.given && item->form == ITEM_INTEGER &&
        item->size.kind == EXTENT_FIXED)
        format.digits = (uint8_t)item->size.count;
    if (item->digits.given && item->form == ITEM_INTEGER &&
        item->size.kind == EXTENT_EXPR)
        format.count = expr_compile(item->size.expr, lowering->builder, lowering->diag);
    if (item->digits.low_first)
        format.flags |= DGM_FORMAT_LOW_FIRST;
    if (item->digits.characters)
        format.flags |= DGM_FORMAT_CHARACTERS;
    if (item->digits.reversed)
        format.flags |= DGM_FORMAT_REVERSED;
    if (item->separator != NULL) {
        format.separator = builder_text(lowering->builder, item->separator);
        format.separator_length = (uint16_t)strlen(item->separator);
    }
    if (item->is_padded && item->show == DGM_SHOW_DIGITS) {
        format.flags |= DGM_FORMAT_PADDED;
        format.pad = item->padding;
    }
    if (item->has_end) {
        format.flags |= DGM_FORMAT_ENDED;
        format.end = item->end;
    }
    return builder_format(lowering->builder, &format);
}
