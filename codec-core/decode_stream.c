/* SPDX-License-Identifier: MIT */
/* Bit groups of any number of bytes: the fields are read where they stand. */
#include "decode.h"

#include "scaling.h"
#include "stream.h"

enum dgm_status decode_stream(struct decoder *decoder, const struct dgm_row *row)
{
    size_t left = decode_available(decoder);
    decoder->stream_at = decoder->position;
    if (left < row->spec && !decode_fills(decoder))
        return decode_truncated(decoder, row, row->spec);
    decoder->position += left < row->spec ? left : row->spec;
    return DGM_OK;
}

/* Bits behind the end of a short frame are zero. */
static uint64_t load(const struct decoder *decoder, const struct dgm_row *row)
{
    uint64_t raw = 0;
    for (unsigned i = row->width; i-- > 0;) {
        unsigned weight;
        size_t at = decoder->stream_at + stream_byte(row, i, &weight);
        unsigned bit =
            at < decoder->end ? (unsigned)decoder->frame[at] >> weight & 1u : 0;
        raw = raw << 1 | bit;
    }
    return raw;
}

enum dgm_status decode_field(struct decoder *decoder, const struct dgm_row *row)
{
    return decode_integer(decoder, row, raw_of_wire(row, load(decoder, row)),
                          decoder->stream_at + stream_top_byte(row));
}
