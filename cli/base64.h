/* SPDX-License-Identifier: MIT */
/* Bytes as text. */
#ifndef DGM_CLI_BASE64_H
#define DGM_CLI_BASE64_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

void base64_put(FILE *file, const uint8_t *bytes, size_t length);
void hex_put(FILE *file, const uint8_t *bytes, size_t length);

#endif
