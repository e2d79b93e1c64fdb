/* SPDX-License-Identifier: MIT */
/* Memory between two pages that nobody may touch: an access one byte in front of it or
 * behind it ends the process. */
#ifndef DGM_CLI_GUARD_H
#define DGM_CLI_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guard {
    void *mapping;
    size_t mapped;
    uint8_t *first; /* whole pages that can be used, the forbidden ones at both ends */
    size_t room;
};

/* At least `size` bytes, all zero. False if memory is out. */
bool guard_open(struct guard *guard, size_t size);
void guard_close(struct guard *guard);

/* The last `size` bytes, which must be there: the forbidden page begins behind them. */
uint8_t *guard_end(const struct guard *guard, size_t size);

#endif
