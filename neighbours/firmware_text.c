/* SPDX-License-Identifier: MIT */
/* What a text has to be, whichever way it goes. */
#include "firmware_emit.h"
#include "firmware_range.h"
#include "firmware_type.h"

#include <stdio.h>

void firmware_text_limits(struct firmware_emit *emit, firmware_require *require,
                          uint16_t index, const char *path, const char *length)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_format *format = firmware_format(emit->plan, row);
    char text[FIRMWARE_PATH * 3];
    if (row->show == DGM_SHOW_ASCII || row->show == DGM_SHOW_UTF8) {
        (void)snprintf(text, sizeof(text), "is_%s(%s, %s)",
                       row->show == DGM_SHOW_UTF8 ? "utf8" : "ascii", path, length);
        require(emit, index, text, "TEXT");
    }
    const struct dgm_limit *limit =
        row->limit != DGM_NONE ? &emit->plan->tables->limits[row->limit] : NULL;
    if (row->show == DGM_SHOW_UTF8 && limit != NULL &&
        (limit->flags & DGM_LIMIT_LENGTH)) {
        (void)snprintf(text, sizeof(text), "characters(%s, %s) <= %uU", path, length,
                       (unsigned)limit->max_length);
        require(emit, index, text, "RANGE");
    } else if (!emit->plan->at[index].has_length &&
               emit->plan->at[index].most > firmware_limit_bytes(emit->plan, row)) {
        require(emit, index, "false", "RANGE"); /* the place itself is too long */
    }
    if (row->show == DGM_SHOW_TEXT_NUMBER) {
        (void)snprintf(text, sizeof(text), "is_number(%s, %s)", path, length);
        require(emit, index, text, "TEXT");
    }
    if (row->show == DGM_SHOW_DIGITS) {
        (void)snprintf(text, sizeof(text), "are_digits(%s, %s, %s, %s)", path, length,
                       row->detail % 2 ? "true" : "false",
                       format->flags & DGM_FORMAT_LOW_FIRST ? "true" : "false");
        require(emit, index, text, "TEXT");
    }
}
