/* SPDX-License-Identifier: MIT */
/* Buffers that end at a page nobody may touch: an access one byte behind them crashes the
 * test. */
#ifndef TEST_GUARD_H
#define TEST_GUARD_H

#include "../../cli/guard.h"

struct guarded {
    struct guard guard;
    uint8_t *bytes; /* `size` bytes, the last one in front of the forbidden page */
    size_t size;
};

/* A writable buffer; aborts without memory. `content` may be NULL. */
struct guarded guarded_new(const void *content, size_t size);
void guarded_free(struct guarded *guarded);

#endif
