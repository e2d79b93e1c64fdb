/* SPDX-License-Identifier: MIT */
/* Checksums of frames: CRCs by the parameters of the public catalogue, and plain sums. */
#ifndef DGM_CHECKSUM_H
#define DGM_CHECKSUM_H

#include <dragoman/table.h>

/*
 * The checksum over the part of the frame that it covers. `self` is the place of the
 * check itself. False if the part does not lie inside the frame.
 */
bool checksum_compute(const struct dgm_check *check, const uint8_t *frame, size_t length,
                      size_t self, uint64_t *ret);

#endif
