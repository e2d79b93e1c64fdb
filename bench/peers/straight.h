/* SPDX-License-Identifier: MIT */
/*
 * Straight-line C for the six jobs, as good as it could be made without the instructions
 * of one processor: the yardstick of the benchmark. It is no product. It reads up to
 * BENCH_PADDING bytes behind its input, writes up to 32 behind its output, and refuses
 * what the jobs do not have: texts with escapes in reports, exponents in commands.
 */
#ifndef DRAGOMAN_BENCH_STRAIGHT_H
#define DRAGOMAN_BENCH_STRAIGHT_H

#include "../bench.h"

#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "digits are stored in words whose lowest byte comes first"
#endif

#define INLINE static inline __attribute__((always_inline))

bench_convert straight_meter, straight_telematics, straight_batch;
bench_convert straight_valve, straight_config, straight_schedule;

/* Once, before any single is written. */
void straight_prepare_singles(void);

/* The shortest text of a single; NULL if it is not finite. */
uint8_t *straight_single(uint8_t *at, uint32_t bits);

INLINE uint64_t load64(const void *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof(word));
    return word;
}

INLINE uint32_t load32(const void *at)
{
    uint32_t word;
    memcpy(&word, at, sizeof(word));
    return word;
}

INLINE void store64(void *at, uint64_t word)
{
    memcpy(at, &word, sizeof(word));
}

INLINE uint16_t get16(const uint8_t *at)
{
    uint16_t word;
    memcpy(&word, at, sizeof(word));
    return __builtin_bswap16(word);
}

INLINE uint32_t get32(const uint8_t *at)
{
    return __builtin_bswap32(load32(at));
}

INLINE void put16(uint8_t *at, uint32_t value)
{
    uint16_t word = __builtin_bswap16((uint16_t)value);
    memcpy(at, &word, sizeof(word));
}

INLINE void put32(uint8_t *at, uint32_t value)
{
    uint32_t word = __builtin_bswap32(value);
    memcpy(at, &word, sizeof(word));
}

#endif
