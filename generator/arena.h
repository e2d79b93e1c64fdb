/* SPDX-License-Identifier: MIT */
/* One allocation life: everything a profile needs is freed at once. */
#ifndef DGM_ARENA_H
#define DGM_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);        /* NULL: no memory */
void arena_free(struct arena *arena); /* NULL is allowed */

/*
 * Zeroed memory, aligned for any type, freed with the arena. Without memory these end the
 * process's compilation through the jump target set with arena_on_failure(); they never
 * return NULL.
 */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);
char *arena_copy(struct arena *arena, const char *text,
                 size_t length); /* zero-terminated */
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vformat(struct arena *arena, const char *format, va_list arguments);

/* Make room for one more element in a growing array of the arena; doubles the capacity.
 */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity,
                 size_t size);

#include <setjmp.h>
/* Where to go when memory is out: longjmp(*target, 1). Returns the target there was, for
 * those who must clean up on the way: they restore it and call arena_fail(). Without a
 * target the process is aborted. */
jmp_buf *arena_on_failure(struct arena *arena, jmp_buf *target);

/* Memory is out. */
_Noreturn void arena_fail(struct arena *arena);

#endif
