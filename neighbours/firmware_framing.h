/* SPDX-License-Identifier: MIT */
/* Functions that put delimiters and escapes around a frame, and take them off. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_FRAMING_H
#define DGM_NEIGHBOURS_FIRMWARE_FRAMING_H

#include <dragoman/table.h>

#include <stdio.h>

/* Declarations and definitions; '@' and '$' stand for the product's names. */
void firmware_framing_header(const struct dgm_framing *framing, FILE *file);
void firmware_framing_code(const struct dgm_framing *framing, FILE *file);

#endif
