/* SPDX-License-Identifier: MIT */
/*
 * 128-bit two's complement integers out of two words, for machines and compilers without
 * __int128. Every operation that can overflow says so.
 */
#ifndef DGM_WIDE_H
#define DGM_WIDE_H

#include <stdbool.h>
#include <stdint.h>

/* Machines of 32 bits read a word of 64 bits in halves: it need not lie at a multiple of
 * 8, and what it is a member of becomes shorter. */
#if UINTPTR_MAX > UINT32_MAX
typedef uint64_t wide_low;
typedef int64_t wide_high;
#else
typedef uint64_t wide_low __attribute__((aligned(4)));
typedef int64_t wide_high __attribute__((aligned(4)));
#endif

struct wide {
    wide_low low;
    wide_high high;
};

/* Hidden like all of the core, which a compiler that sees it from elsewhere cannot know.
 */
#if defined(__GNUC__)
#define DGM_HIDDEN __attribute__((visibility("hidden")))
#else
#define DGM_HIDDEN
#endif

/* Powers of ten that fit a word. */
enum { POW10_IN_WORD = 19 };
DGM_HIDDEN extern const uint64_t wide_pow10[POW10_IN_WORD + 1];

struct wide wide_from_i64(int64_t value);
struct wide wide_from_u64(uint64_t value);
bool wide_is_negative(struct wide value);
bool wide_is_zero(struct wide value);
/* -1, 0, 1 */
int wide_compare(struct wide left, struct wide right);
/* True if the value is in the type's range; then it is stored. */
bool wide_to_i64(struct wide value, int64_t *ret);
bool wide_to_u64(struct wide value, uint64_t *ret);

/* All return false on overflow and then leave `ret` alone. `ret` may be one of the
 * operands. */
bool wide_add(struct wide left, struct wide right, struct wide *ret);
bool wide_sub(struct wide left, struct wide right, struct wide *ret);
bool wide_neg(struct wide value, struct wide *ret);
bool wide_mul(struct wide left, struct wide right, struct wide *ret);
/* value * 10^digits */
bool wide_mul_pow10(struct wide value, unsigned digits, struct wide *ret);

/* The same in place. */
bool wide_add_to(struct wide *value, const struct wide *other);
bool wide_sub_from(struct wide *value, const struct wide *other);
bool wide_add_i64(struct wide *value, int64_t term);
bool wide_sub_i64(struct wide *value, int64_t term);
bool wide_negate(struct wide *value);
bool wide_mul_i64(struct wide *value, int64_t factor);
bool wide_mul_u64(struct wide *value, uint64_t factor);
/* value *= 10^digits */
bool wide_scale_up(struct wide *value, unsigned digits);

/*
 * Floor division: quotient towards minus infinity, 0 <= |remainder| < |divisor| with the
 * divisor's sign. False for a zero divisor or when the quotient overflows.
 */
bool wide_floor_div(struct wide value, struct wide divisor, struct wide *ret_quotient,
                    struct wide *ret_remainder);

/* The same in place; `ret_rest` is another one, and void if the result is false. */
bool wide_divide(struct wide *value, const struct wide *divisor, struct wide *ret_rest);

/* Magnitude by a small divisor; used for printing. The bits of `value` are taken as an
 * unsigned number; the divisor is not 0. */
struct wide wide_div_small(struct wide value, uint64_t divisor, uint64_t *ret_remainder);

/* Divide a magnitude by at most 65535, and return the rest: without 64-bit division. */
unsigned wide_take_digits(struct wide *magnitude, unsigned divisor);

#endif
