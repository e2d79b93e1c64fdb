/* SPDX-License-Identifier: MIT */
/* Guard pages by mmap. */
#include "guard.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct guarded guarded_new(const void *content, size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t room = (size + page - 1) / page * page;
    struct guarded guarded = {NULL, room + page, NULL, size};
    guarded.mapping = mmap(NULL, guarded.mapped, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (guarded.mapping == MAP_FAILED)
        abort();
    if (mprotect((uint8_t *)guarded.mapping + room, page, PROT_NONE) != 0)
        abort();
    guarded.bytes = (uint8_t *)guarded.mapping + (room - size);
    if (content != NULL && size > 0)
        memcpy(guarded.bytes, content, size);
    return guarded;
}

void guarded_free(struct guarded *guarded)
{
    munmap(guarded->mapping, guarded->mapped);
}
