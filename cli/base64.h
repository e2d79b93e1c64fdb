/* SPDX-License-Identifier: MIT */
/* Bytes as text. */
#ifndef DGM_CLI_BASE64_H
#define DGM_CLI_BASE64_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* To `to`, which has room: 2 for each byte, 4 for each three begun. Returns the length.
 */
size_t base64_text(char *to, const uint8_t *bytes, size_t length);
size_t hex_text(char *to, const uint8_t *bytes, size_t length);

void base64_put(FILE *file, const uint8_t *bytes, size_t length);
void hex_put(FILE *file, const uint8_t *bytes, size_t length);

#endif
