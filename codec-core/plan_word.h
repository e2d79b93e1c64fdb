/* SPDX-License-Identifier: MIT */
/* Words of eight bytes, the first byte lowest on every machine; and hints to compilers.
 */
#ifndef DGM_PLAN_WORD_H
#define DGM_PLAN_WORD_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define PLAN_IS_LITTLE 1
#else
#define PLAN_IS_LITTLE 0
#endif

#if defined(__GNUC__)
#define PLAN_LIKELY(condition) __builtin_expect(!!(condition), 1)
#define PLAN_APART __attribute__((noinline))
#else
#define PLAN_LIKELY(condition) (condition)
#define PLAN_APART
#endif

/* Where code shall be small, the compiler decides. */
#if defined(__GNUC__) && !defined(__OPTIMIZE_SIZE__)
#define PLAN_INLINE static inline __attribute__((always_inline))
#else
#define PLAN_INLINE static inline
#endif

static inline uint64_t plan_swap(uint64_t word)
{
#if defined(__GNUC__)
    return __builtin_bswap64(word);
#else
    uint64_t swapped = 0;
    for (unsigned i = 0; i < 8; i++, word >>= 8)
        swapped = swapped << 8 | (word & 255);
    return swapped;
#endif
}

static inline uint32_t plan_swap32(uint32_t word)
{
#if defined(__GNUC__)
    return __builtin_bswap32(word);
#else
    return (uint32_t)(plan_swap(word) >> 32);
#endif
}

/* Eight bytes, the first one lowest. */
static inline uint64_t plan_load(const void *from)
{
    uint64_t word;
    memcpy(&word, from, sizeof(word));
    return PLAN_IS_LITTLE ? word : plan_swap(word);
}

/* Two bytes and four as a number. */
static inline uint16_t plan_load16(const void *from, bool little)
{
    uint16_t word;
    memcpy(&word, from, sizeof(word));
    return little == PLAN_IS_LITTLE ? word : (uint16_t)(word << 8 | word >> 8);
}

static inline uint32_t plan_load32(const void *from, bool little)
{
    uint32_t word;
    memcpy(&word, from, sizeof(word));
    return little == PLAN_IS_LITTLE ? word : plan_swap32(word);
}

static inline void plan_store(void *to, uint64_t word)
{
    if (!PLAN_IS_LITTLE)
        word = plan_swap(word);
    memcpy(to, &word, sizeof(word));
}

#endif
