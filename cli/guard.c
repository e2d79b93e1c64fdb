/* SPDX-License-Identifier: MIT */
/* Guard pages by mmap. Pages that nobody writes to cost nothing. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */

#include "guard.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

bool guard_open(struct guard *guard, size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    memset(guard, 0, sizeof(*guard));
    if (size > SIZE_MAX - 4 * page) {
        return false;
    }
    guard->room = (size + page) / page * page;
    guard->mapped = guard->room + 2 * page;
    guard->mapping =
        mmap(NULL, guard->mapped, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (guard->mapping == MAP_FAILED) {
        guard->mapping = NULL;
        return false;
    }
    guard->first = (uint8_t *)guard->mapping + page;
    if (mprotect(guard->first, guard->room, PROT_READ | PROT_WRITE) != 0) {
        guard_close(guard);
        return false;
    }
    return true;
}

void guard_close(struct guard *guard)
{
    if (guard->mapping != NULL) {
        (void)munmap(guard->mapping, guard->mapped);
    }
    memset(guard, 0, sizeof(*guard));
}

uint8_t *guard_end(const struct guard *guard, size_t size)
{
    return guard->first + (guard->room - size);
}
