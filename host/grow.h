/* SPDX-License-Identifier: MIT */
/* Structs of options that may grow: their first member is `size`, what the caller knew.
 */
#ifndef DGM_GROW_H
#define DGM_GROW_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Copy the options of a caller of another version over the defaults in `known`: a shorter
 * struct leaves the defaults, a longer one must be zero behind what is known.
 *
 * @param options  NULL: the defaults.
 * @param least    Bytes that there must be; at least those of `size`.
 * @return false if its size makes no sense, or it says what is not known.
 */
bool grow_copy(const void *options, size_t least, void *known, size_t known_size);

#endif
