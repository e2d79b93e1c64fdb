/* SPDX-License-Identifier: MIT */
/* See guard.h. */
#include "guard.h"

#include <stdlib.h>
#include <string.h>

struct guarded guarded_new(const void *content, size_t size)
{
    struct guarded guarded;
    if (!guard_open(&guarded.guard, size))
        abort();
    guarded.bytes = guard_end(&guarded.guard, size);
    guarded.size = size;
    if (content != NULL && size > 0)
        memcpy(guarded.bytes, content, size);
    return guarded;
}

void guarded_free(struct guarded *guarded)
{
    guard_close(&guarded->guard);
}
