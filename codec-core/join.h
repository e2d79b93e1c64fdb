/* SPDX-License-Identifier: MIT */
/* Values that are put together out of pieces read before. */
#ifndef DGM_JOIN_H
#define DGM_JOIN_H

#include "private.h"

/* The pieces of a row, as in dragoman/table.h. */
static inline uint64_t join_count(const struct dgm_codec *codec,
                                  const struct dgm_row *row)
{
    return codec->numbers[row->spec];
}

static inline uint16_t join_slot(const struct dgm_codec *codec, const struct dgm_row *row,
                                 uint64_t piece)
{
    return (uint16_t)codec->numbers[row->spec + 1 + piece];
}

static inline unsigned join_width(const struct dgm_codec *codec,
                                  const struct dgm_row *row, uint64_t piece)
{
    return (unsigned)(codec->numbers[row->spec + 1 + piece] >> DGM_JOIN_WIDTH & 0xFFFF);
}

/* The raw bits of a JOIN row out of the slots; false if a piece is missing. */
bool join_raw(const struct dgm_codec *codec, const struct dgm_row *row,
              const struct value *slots, uint64_t *ret);

/*
 * Bytes of a JOIN_BYTES row: those of a single piece where they stand in `frame`, those
 * of several in `buffer` of DGM_MAX_JOIN_BYTES. False if a piece is missing or does not
 * lie in the frame.
 */
bool join_bytes(const struct dgm_codec *codec, const struct dgm_row *row,
                const struct value *slots, const uint8_t *frame, size_t frame_length,
                uint8_t *buffer, const uint8_t **ret, size_t *ret_length);

#endif
