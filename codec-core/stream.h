/* SPDX-License-Identifier: MIT */
/* Fields of bit streams: up to 64 bits that begin at any bit of up to 64 bytes. */
#ifndef DGM_STREAM_H
#define DGM_STREAM_H

#include <dragoman/table.h>

/* Where the bit of weight 2^index of a field stands: its byte, and its weight in it. */
static inline size_t stream_byte(const struct dgm_row *row, unsigned index,
                                 unsigned *ret_weight)
{
    if (row->order == DGM_ORDER_LE) {
        unsigned place = row->spec + index;
        *ret_weight = place % 8;
        return place / 8;
    }
    unsigned place = row->spec + row->width - 1u - index;
    *ret_weight = 7 - place % 8;
    return place / 8;
}

/* Byte of the stream that holds the top bit of a field, and that bit's number in it. */
static inline size_t stream_top_byte(const struct dgm_row *row)
{
    unsigned weight;
    return stream_byte(row, row->width - 1u, &weight);
}

static inline uint8_t stream_top_bit(const struct dgm_row *row)
{
    unsigned weight;
    (void)stream_byte(row, row->width - 1u, &weight);
    return (uint8_t)weight;
}

#endif
