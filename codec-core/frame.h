/* SPDX-License-Identifier: MIT */
/* Integers of the wire in the four byte orders. The caller has checked the bounds. */
#ifndef DGM_FRAME_H
#define DGM_FRAME_H

#include <dragoman/table.h>

/* Place of the byte with weight 256^(bytes - 1 - i), i from 0, in an integer of `bytes`
 * bytes. */
static inline unsigned order_place(uint8_t order, unsigned bytes, unsigned i)
{
    switch (order) {
    case DGM_ORDER_LE:
        return bytes - 1 - i;
    case DGM_ORDER_CDAB:
        return (bytes - 2 - (i & ~1u)) | (i & 1u);
    case DGM_ORDER_BADC:
        return i ^ 1u;
    default:
        return i;
    }
}

static inline uint64_t frame_load(const uint8_t *bytes, unsigned count, uint8_t order)
{
    uint64_t value = 0;
    if (order == DGM_ORDER_BE) {
        for (unsigned i = 0; i < count; i++)
            value = value << 8 | bytes[i];
        return value;
    }
    for (unsigned i = 0; i < count; i++)
        value = value << 8 | bytes[order_place(order, count, i)];
    return value;
}

static inline void frame_store(uint8_t *bytes, unsigned count, uint8_t order,
                               uint64_t value)
{
    for (unsigned i = 0; i < count; i++)
        bytes[order_place(order, count, i)] = (uint8_t)(value >> (8 * (count - 1 - i)));
}

#endif
