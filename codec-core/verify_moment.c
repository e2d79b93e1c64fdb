/* SPDX-License-Identifier: MIT */
/* What the interpreters rely on in instants that are made of parts: see verify.c. */
#include "private.h"

bool moment_row_ok(const struct dgm_codec *codec, const struct dgm_row *row,
                   const struct dgm_message *message)
{
    const struct dgm_model *model = codec->model;
    uint32_t total = model->numbers.count;
    uint16_t format = row_format(row);
    if (row->spec >= total || total - row->spec < DGM_MOMENT_PARTS)
        return false;
    for (unsigned i = 0; i < DGM_MOMENT_PARTS; i++) {
        uint64_t slot = codec->numbers[row->spec + i];
        if (slot != DGM_NONE && slot >= message->slots)
            return false;
    }
    bool source_ok = row->source == DGM_SOURCE_NONE ||
                     (row->source == DGM_SOURCE_MEMBER && row->member != DGM_NONE) ||
                     (row->source == DGM_SOURCE_ROLE && row->role != DGM_ROLE_NONE) ||
                     (row->source == DGM_SOURCE_EXPR && row->expr < model->exprs.count);
    return source_ok && show_is_time(row->show) &&
           (format == DGM_NONE || format < model->formats.count) &&
           (row->detail == DGM_NONE || row->detail < model->scalings.count);
}

bool moment_part_ok(const struct dgm_codec *codec, const struct dgm_row *row,
                    const struct dgm_message *message)
{
    if (row->source != DGM_SOURCE_MOMENT)
        return true;
    uint32_t index = row->key >> 16;
    return index < message->row_count && (row->key & 0xFFFF) < DGM_MOMENT_PARTS &&
           !(row->flags & DGM_ROW_NAMED) &&
           codec->rows[message->first_row + index].op == DGM_OP_MOMENT;
}
