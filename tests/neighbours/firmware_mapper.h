/* SPDX-License-Identifier: MIT */
/* Writes the C of a map. */
#ifndef DGM_TEST_FIRMWARE_MAPPER_H
#define DGM_TEST_FIRMWARE_MAPPER_H

#include "firmware_product.h"

/* `struct map firmware_map` for what firmware_write() wrote of the same call. */
void firmware_write_map(const struct firmware *firmware, FILE *file);

#endif
