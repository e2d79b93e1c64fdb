/* SPDX-License-Identifier: MIT */
/* Structs of generated firmware, filled with what the codec core sees in a frame. */
#ifndef DGM_TEST_FIRMWARE_FILL_H
#define DGM_TEST_FIRMWARE_FILL_H

#include "firmware_map.h"
#include "lab.h"

/*
 * Fill the struct of the message at work by the visits of the last decode, which was of
 * that frame. False if the struct has no room for it.
 */
bool firmware_fill(const struct lab *lab, const struct map *map,
                   const struct specimen *specimen, void *in);

#endif
