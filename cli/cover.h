/* SPDX-License-Identifier: MIT */
/* What of a product's messages its vectors reach. */
#ifndef DGM_CLI_COVER_H
#define DGM_CLI_COVER_H

#include "seeds.h"

#include <stdio.h>

/*
 * A line for each message that can be decoded, on standard output, and one for each item,
 * label, tag and case that no vector has; with `bits` also for each field with bits that
 * were not seen both as 0 and as 1. `model` is that of the vectors, or NULL. False if
 * memory is out.
 */
bool cover(const struct dgm_codec *codec, const struct dgm_profile *profile,
           const char *path, const char *model, bool bits);

#endif
