/* SPDX-License-Identifier: MIT */
/*
 * Groups that are no reading as a whole. Whether one is can be seen only behind its last
 * field, while the first one prints already: so its bytes are looked at before. They have
 * a fixed size, which the verifier has proved.
 */
#include "private.h"

#include "frame.h"
#include "scaling.h"

/* Bytes that a row of a silent group takes; the fields of bits take none of their own. */
static size_t row_bytes(const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_FLOAT:
    case DGM_OP_BITS:
        return row->width / 8u;
    case DGM_OP_BYTES:
        return row->detail;
    default:
        return 0;
    }
}

const char *silent_verify(const struct dgm_row *group)
{
    for (unsigned i = 1; i <= group->detail; i++) {
        const struct dgm_row *row = group + i;
        bool is_plain = row->when == DGM_NONE && row->region == DGM_NONE &&
                        !(row->flags & (DGM_ROW_OPTIONAL | DGM_ROW_SERIES));
        bool is_leaf = row->op == DGM_OP_INT || row->op == DGM_OP_FLOAT ||
                       row->op == DGM_OP_BITS || row->op == DGM_OP_BIT ||
                       row->op == DGM_OP_VALUE || row->op == DGM_OP_LITERAL ||
                       row->op == DGM_OP_NOTICE || row->op == DGM_OP_SERVICE ||
                       row->op == DGM_OP_SERVICE_END;
        bool is_group =
            row->op == DGM_OP_GROUP && !(row->flags & (DGM_ROW_HOOK | DGM_ROW_SILENT));
        bool is_bytes = row->op == DGM_OP_BYTES && row->source == DGM_SOURCE_FILL &&
                        row->expr == DGM_NONE && !(row->flags & DGM_ROW_REST);
        if (!is_plain || !(is_leaf || is_group || is_bytes))
            return "a silent group of unknown size";
    }
    return NULL;
}

bool silent_group(const struct dgm_codec *codec, const struct dgm_row *group,
                  const uint8_t *bytes, size_t available, size_t *ret_size)
{
    bool together = (group->flags & DGM_ROW_TOGETHER) != 0, some = false, all = true;
    uint64_t bits = 0, raw = 0;
    size_t at = 0;
    for (unsigned i = 1; i <= group->detail; i++) {
        const struct dgm_row *row = group + i;
        size_t size = row_bytes(row);
        if (size > available - at)
            return false;
        if (row->op == DGM_OP_BITS)
            bits = frame_load(bytes + at, row->width / 8u, row->order);
        else if (row->op == DGM_OP_BIT)
            raw = raw_of_wire(row, bits >> row->shift & width_mask(row->width));
        else if (row->op == DGM_OP_INT)
            raw = raw_of_wire(row, frame_load(bytes + at, row->width / 8u, row->order));
        else if (row->op == DGM_OP_FLOAT)
            raw = frame_load(bytes + at, row->width / 8u, row->order);
        at += size;
        bool reads =
            row->op == DGM_OP_BIT || row->op == DGM_OP_INT || row->op == DGM_OP_FLOAT;
        if (!reads || !has_silence(codec, row))
            continue;
        bool silent = is_silence(codec, row, raw);
        some = some || silent;
        all = all && silent;
    }
    *ret_size = at;
    return some && (all || !together);
}
