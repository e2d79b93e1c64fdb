/* SPDX-License-Identifier: MIT */
/*
 * Regions: parts of the frame that have a size of their own. What is read inside one sees
 * its bytes as all there are: what takes the rest takes the rest of it, what is optional
 * is absent at its end, and nothing may be left unless the message ignores what is left.
 */
#include "decode.h"

enum dgm_status decode_region_size(struct decoder *decoder, const struct dgm_row *row,
                                   size_t *ret)
{
    uint32_t size = 0;
    enum dgm_status status = machine_count(&decoder->machine, row->region, &size);
    *ret = size;
    return status == DGM_OK ? DGM_OK
                            : decode_fail(decoder, status, row, decoder->position);
}

enum dgm_status decode_open_region(struct decoder *decoder, struct level *level,
                                   const struct dgm_row *row, size_t size)
{
    size_t left = decode_available(decoder);
    if (size > left && !decode_fills(decoder)) {
        enum dgm_status status =
            decode_fail(decoder, DGM_TRUNCATED, row, decoder->position);
        if (decoder->error != NULL) {
            decoder->error->has |= DGM_ERROR_HAS_EXPECTED | DGM_ERROR_HAS_RAW;
            decoder->error->expected = size;
            decoder->error->raw = left;
        }
        return status;
    }
    level->is_region = true;
    level->outer_start = decoder->start;
    level->outer_end = decoder->end;
    decoder->start = decoder->position;
    decoder->end = decoder->position + (size < left ? size : left);
    decoder->regions++;
    return DGM_OK;
}

enum dgm_status decode_close_region(struct decoder *decoder, struct level *level,
                                    const struct dgm_row *row)
{
    if (!level->is_region)
        return DGM_OK;
    size_t left = decode_available(decoder);
    if (left > 0 && !(decoder->message->flags & DGM_MESSAGE_IGNORE_TRAILING)) {
        enum dgm_status status =
            decode_fail(decoder, DGM_TRAILING_BYTES, row, decoder->position);
        if (decoder->error != NULL) {
            decoder->error->has |= DGM_ERROR_HAS_RAW;
            decoder->error->raw = left;
        }
        return status;
    }
    decoder->position = decoder->end;
    decoder->start = level->outer_start;
    decoder->end = level->outer_end;
    decoder->regions--;
    level->is_region = false;
    return DGM_OK;
}
