/* SPDX-License-Identifier: MIT */
/* Rows that read nothing: values out of pieces that were read before. */
#include "decode.h"

#include "join.h"

static void forget(struct decoder *decoder, const struct dgm_row *row)
{
    if (row->slot != DGM_NONE)
        decoder->slots[row->slot] = value_missing();
}

/* Without one of its pieces a value is left out. */
enum dgm_status decode_join(struct decoder *decoder, const struct dgm_row *row)
{
    uint64_t raw;
    if (join_raw(decoder->codec, row, decoder->slots, &raw))
        return decode_integer(decoder, row, raw, decoder->position);
    forget(decoder, row);
    return DGM_OK;
}

enum dgm_status decode_join_bytes(struct decoder *decoder, const struct dgm_row *row)
{
    uint8_t buffer[DGM_MAX_JOIN_BYTES];
    const uint8_t *bytes;
    size_t length;
    if (join_bytes(decoder->codec, row, decoder->slots, decoder->frame, decoder->length,
                   buffer, &bytes, &length))
        return decode_show_bytes(decoder, row, bytes, length, decoder->position);
    forget(decoder, row);
    return DGM_OK;
}
