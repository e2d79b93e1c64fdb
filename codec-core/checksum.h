/* SPDX-License-Identifier: MIT */
/* Checksums of frames: CRCs by the parameters of the public catalogue, and plain sums. */
#ifndef DGM_CHECKSUM_H
#define DGM_CHECKSUM_H

#include <dragoman/table.h>

/* Up to DGM_MAX_CHECK bits. */
struct checksum {
    uint64_t low;
    uint32_t high;
};

/*
 * The checksum over the part of the frame that it covers. `self` is the place of the
 * check itself. False if the part does not lie inside the frame.
 */
bool checksum_compute(const struct dgm_check *check, const uint8_t *frame, size_t length,
                      size_t self, struct checksum *ret);

/* Its bytes in the order of the wire: DGM_ORDER_BE or DGM_ORDER_LE. */
void checksum_store(const struct checksum *checksum, unsigned bytes, uint8_t order,
                    uint8_t *out);

#endif
