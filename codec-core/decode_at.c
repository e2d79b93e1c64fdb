/* SPDX-License-Identifier: MIT */
/*
 * Rows that read elsewhere and come back, and repetitions that end before a mark.
 */
#include "decode.h"

#include "frame.h"

enum dgm_status decode_at(struct decoder *decoder, struct level *level,
                          const struct dgm_row *row)
{
    int64_t offset = (int64_t)decoder->codec->numbers[row->spec];
    size_t size = decoder->end - decoder->start;
    uint64_t back = (uint64_t)0 - (uint64_t)offset;
    bool inside = offset < 0 ? back <= size : (uint64_t)offset <= size;
    level->began = decoder->position;
    if (!inside && (offset < 0 || !decode_fills(decoder))) {
        enum dgm_status status = decode_fail(decoder, DGM_TRUNCATED, row, decoder->end);
        if (decoder->error != NULL) {
            decoder->error->has |= DGM_ERROR_HAS_EXPECTED | DGM_ERROR_HAS_RAW;
            decoder->error->expected = offset < 0 ? back : (uint64_t)offset;
            decoder->error->raw = size;
        }
        return status;
    }
    if (offset < 0)
        decoder->position = decoder->end - (size_t)back;
    else
        decoder->position = inside ? decoder->start + (size_t)offset : decoder->end;
    return DGM_OK;
}

enum dgm_status decode_end_mark(struct decoder *decoder, const struct dgm_row *row,
                                bool *ret)
{
    unsigned bytes = row->width / 8u;
    size_t left = decode_available(decoder);
    *ret = false;
    if (left < bytes) {
        *ret = decode_fills(decoder);
        return *ret ? DGM_OK : decode_truncated(decoder, row, bytes);
    }
    uint64_t found = frame_load(decoder->frame + decoder->position, bytes, row->order);
    *ret = found == decoder->codec->numbers[row->spec];
    decoder->position += *ret ? bytes : 0;
    return DGM_OK;
}
