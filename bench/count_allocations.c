/* SPDX-License-Identifier: MIT */
/*
 * In front of the C library (LD_PRELOAD): counts calls that reserve memory. Loaded for
 * the count alone, so that the times are those of the library itself. One thread; of
 * glibc, which tells its own functions by a second name.
 */
#include <stddef.h>
#include <stdint.h>

#define PUBLIC __attribute__((visibility("default")))

PUBLIC uint64_t bench_allocations;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

PUBLIC void *malloc(size_t size);
PUBLIC void *calloc(size_t count, size_t size);
PUBLIC void *realloc(void *old, size_t size);

void *malloc(size_t size)
{
    bench_allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    bench_allocations++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    bench_allocations++;
    return __libc_realloc(old, size);
}
