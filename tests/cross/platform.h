/* SPDX-License-Identifier: MIT */
/* The little that the program of vectors wants from the machine it runs on. */
#ifndef CROSS_PLATFORM_H
#define CROSS_PLATFORM_H

#include <stddef.h>

/** Write to where the results go. */
void platform_write(const char *text, size_t length);

/** Fill what is free of the stack with a pattern. */
void platform_stack_paint(void);

/** Bytes of stack that were used beneath the caller since then; 0: not measured. */
size_t platform_stack_used(void);

#endif
