/* SPDX-License-Identifier: MIT */
/* What an item is in the eyes of the product model. */
#include "model.h"

#include <string.h>

bool model_is_text(const struct item *item)
{
    return item->format != NULL || item_is_text(item);
}

bool model_is_plain(const struct item *item)
{
    return item->form == ITEM_INTEGER && item->labels == NULL && item->flags == NULL &&
           !item->is_bool && !model_is_text(item) && !item_is_list(item);
}

const char *model_number_text(struct arena *arena, struct exact number)
{
    char text[96];
    return arena_copy(arena, text, exact_text(number, text, sizeof(text)));
}

uint64_t model_characters(const struct item *item, uint64_t bytes)
{
    switch (item->show) {
    case DGM_SHOW_BASE64:
        return (bytes + 2) / 3 * 4;
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        return bytes * (2 + (item->separator != NULL ? strlen(item->separator) : 0));
    case DGM_SHOW_BYTES_DOTTED:
        return bytes * (3 + (item->separator != NULL ? strlen(item->separator) : 1));
    default:
        return bytes;
    }
}
