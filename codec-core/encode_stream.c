/* SPDX-License-Identifier: MIT */
/* Bit groups of any number of bytes: zeros first, then each field where it stands. */
#include "encode.h"

#include "stream.h"

enum dgm_status encode_stream(struct encoder *encoder, const struct dgm_row *row)
{
    encoder->stream_at = encoder->length;
    return encode_append(encoder, row, NULL, row->spec);
}

void encode_field(struct encoder *encoder, const struct dgm_row *row, uint64_t raw)
{
    /* Of a frame that does not fit only the length is wanted. */
    if (encoder->length > encoder->frame_size)
        return;
    for (unsigned i = 0; i < row->width; i++) {
        unsigned weight;
        size_t at = encoder->stream_at + stream_byte(row, i, &weight);
        encoder->frame[at] |= (uint8_t)((raw >> i & 1u) << weight);
    }
}
