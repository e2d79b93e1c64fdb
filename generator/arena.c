/* SPDX-License-Identifier: MIT */
/*
 * Memory in blocks that are freed together. Small requests share blocks; large ones get
 * one of their own, so that little is wasted.
 */
#include "arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ARENA_BLOCK = 64 * 1024, /* bytes of a shared block */
    ARENA_LARGE = 8 * 1024,  /* from here on a request gets its own block */
    ARENA_FIRST = 8,         /* elements of a growing array at first */
    ARENA_LIMIT = 1 << 30    /* no profile needs as much in one piece */
};

struct block {
    struct block *next;
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *blocks;
    char *free; /* rest of the block in use */
    size_t left;
    jmp_buf *target;
};

struct arena *arena_new(void)
{
    return calloc(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;

    struct block *block = arena->blocks;
    while (block != NULL) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
    free(arena);
}

jmp_buf *arena_on_failure(struct arena *arena, jmp_buf *target)
{
    jmp_buf *previous = arena->target;
    arena->target = target;
    return previous;
}

_Noreturn void arena_fail(struct arena *arena)
{
    if (arena->target == NULL)
        abort();
    longjmp(*arena->target, 1);
}

/* A zeroed block with that many bytes, in the chain. */
static char *new_block(struct arena *arena, size_t size)
{
    struct block *block = calloc(1, sizeof(*block) + size);
    if (block == NULL)
        arena_fail(arena);
    block->next = arena->blocks;
    arena->blocks = block;
    return block->bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);

    if (size > ARENA_LIMIT)
        arena_fail(arena);
    size = size == 0 ? align : (size + align - 1) / align * align;
    if (size >= ARENA_LARGE)
        return new_block(arena, size);

    if (size > arena->left) {
        arena->free = new_block(arena, ARENA_BLOCK);
        arena->left = ARENA_BLOCK;
    }
    char *memory = arena->free;
    arena->free += size;
    arena->left -= size;
    return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        arena_fail(arena);
    return arena_alloc(arena, count * size);
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX)
        arena_fail(arena);

    char *copy = arena_alloc(arena, length + 1);
    if (length != 0)
        memcpy(copy, text, length);
    return copy;
}

char *arena_vformat(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        arena_fail(arena);

    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_vformat(arena, format, arguments);
    va_end(arguments);
    return text;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity,
                 size_t size)
{
    if (count < *capacity)
        return items;
    if (*capacity > SIZE_MAX / 2)
        arena_fail(arena);

    size_t larger = *capacity == 0 ? ARENA_FIRST : *capacity * 2;
    void *moved = arena_array(arena, larger, size);
    if (count != 0)
        memcpy(moved, items, count * size);
    *capacity = larger;
    return moved;
}
