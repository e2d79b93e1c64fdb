/* SPDX-License-Identifier: MIT */
/*
 * Numbers that look random and are the same in each run: SplitMix64.
 */
#ifndef DRAGOMAN_BENCH_RANDOM_H
#define DRAGOMAN_BENCH_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

static inline uint64_t random_next(struct random *random)
{
    uint64_t mixed = random->state += 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
    return mixed ^ mixed >> 31;
}

/* From `low` to `high`, both included. */
static inline int64_t random_in(struct random *random, int64_t low, int64_t high)
{
    return low + (int64_t)(random_next(random) % (uint64_t)(high - low + 1));
}

static inline bool random_one_of(struct random *random, unsigned count)
{
    return random_next(random) % count == 0;
}

#endif
