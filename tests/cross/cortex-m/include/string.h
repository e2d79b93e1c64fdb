/* SPDX-License-Identifier: MIT */
/* All of the C library that there is on a machine without one: what the codec core uses.
 */
#ifndef CROSS_STRING_H
#define CROSS_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t length);
void *memmove(void *to, const void *from, size_t length);
void *memset(void *to, int byte, size_t length);
int memcmp(const void *left, const void *right, size_t length);
size_t strlen(const char *text);

#endif
