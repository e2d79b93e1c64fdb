/* SPDX-License-Identifier: MIT */
/*
 * CRCs bit by bit in the model of Ross Williams ("A painless guide to CRC error detection
 * algorithms", 1993), whose parameters the catalogue at reveng lists: no table, because
 * frames are short and table memory is not. Sums, XOR, Fletcher and Adler beside them.
 */
#include "checksum.h"

#include "parts.h"

static uint64_t mask_of(unsigned width)
{
    return width >= 64 ? UINT64_MAX : ((uint64_t)1 << width) - 1;
}

static uint64_t reflected(uint64_t value, unsigned width)
{
    uint64_t result = 0;
    for (unsigned i = 0; i < width; i++)
        result |= (value >> i & 1) << (width - 1 - i);
    return result;
}

/* The same of up to 32 bits, in one word. */
static uint32_t narrow_crc(const struct dgm_check *check, const uint8_t *bytes,
                           size_t count)
{
    unsigned width = check->width;
    uint32_t mask = (uint32_t)mask_of(width), top = (uint32_t)1 << (width - 1);
    uint32_t poly = (uint32_t)check->poly, state = (uint32_t)check->init & mask;
    bool reflect = (check->flags & DGM_CHECK_REFIN) != 0;
    for (size_t i = 0; i < count * 8; i++) {
        unsigned bit = reflect ? i % 8 : 7 - i % 8;
        bool carry = ((state & top) != 0) != ((bytes[i / 8] >> bit & 1) != 0);
        state = (state << 1 ^ (carry ? poly : 0)) & mask;
    }
    uint32_t mirror = 0;
    for (unsigned i = 0; i < width; i++)
        mirror |= (state >> i & 1) << (width - 1 - i);
    if (check->flags & DGM_CHECK_REFOUT)
        state = mirror;
    return (state ^ (uint32_t)check->xorout) & mask;
}

static uint64_t crc(const struct dgm_check *check, const uint8_t *bytes, size_t count)
{
    unsigned width = check->width;
    uint64_t mask = mask_of(width), top = (uint64_t)1 << (width - 1);
    uint64_t state = check->init & mask;
    for (size_t i = 0; i < count; i++) {
        bool reflect = (check->flags & DGM_CHECK_REFIN) != 0;
        uint64_t byte = reflect ? reflected(bytes[i], 8) : bytes[i];
        for (unsigned bit = 8; bit-- > 0;) {
            bool carry = ((state & top) != 0) != ((byte >> bit & 1) != 0);
            state = state << 1 & mask;
            if (carry)
                state ^= check->poly & mask;
        }
    }
    if (check->flags & DGM_CHECK_REFOUT)
        state = reflected(state, width);
    return (state ^ check->xorout) & mask;
}

/* The same in two words, for more than 64 bits; not fast, for nobody wants it fast. */
static struct checksum wide_crc(const struct dgm_check *check, const uint8_t *bytes,
                                size_t count)
{
    unsigned above = check->width - 64u;
    uint32_t mask = (uint32_t)mask_of(above), top = (uint32_t)1 << (above - 1);
    struct checksum state = {check->init, check->init_high & mask}, mirror = {0, 0};
    for (size_t i = 0; i < count * 8; i++) {
        unsigned bit = (check->flags & DGM_CHECK_REFIN) ? i % 8 : 7 - i % 8;
        bool carry = ((state.high & top) != 0) != ((bytes[i / 8] >> bit & 1) != 0);
        state.high = (state.high << 1 | (uint32_t)(state.low >> 63)) & mask;
        state.low <<= 1;
        if (carry) {
            state.high ^= check->poly_high & mask;
            state.low ^= check->poly;
        }
    }
    for (unsigned i = 0; i < check->width; i++) {
        unsigned to = check->width - 1u - i;
        uint64_t bit = i < 64 ? state.low >> i & 1 : (uint64_t)state.high >> (i - 64) & 1;
        if (to < 64)
            mirror.low |= bit << to;
        else
            mirror.high |= (uint32_t)(bit << (to - 64));
    }
    if (check->flags & DGM_CHECK_REFOUT)
        state = mirror;
    state.low ^= check->xorout;
    state.high ^= check->xorout_high & mask;
    return state;
}

static uint64_t sum(const struct dgm_check *check, const uint8_t *bytes, size_t count)
{
    uint64_t total = check->init;
    for (size_t i = 0; i < count; i++)
        total += bytes[i];
    if (check->flags & DGM_CHECK_NEGATE)
        total = 0 - total;
    return (total ^ check->xorout) & mask_of(check->width);
}

static uint64_t exclusive_or(const struct dgm_check *check, const uint8_t *bytes,
                             size_t count)
{
    uint64_t total = check->init;
    for (size_t i = 0; i < count; i++)
        total ^= bytes[i];
    return (total ^ check->xorout) & mask_of(check->width);
}

/* Two running sums, modulo 255 (Fletcher) or 65521 from 1 (Adler, RFC 1950). */
static uint64_t double_sum(const uint8_t *bytes, size_t count, uint32_t modulus,
                           uint32_t first, unsigned shift)
{
    uint32_t low = first, high = 0;
    for (size_t i = 0; i < count; i++) {
        low = (low + bytes[i]) % modulus;
        high = (high + low) % modulus;
    }
    return (uint64_t)high << shift | low;
}

/* An offset of the frame; a negative one counts from its end. */
static bool place(int32_t offset, size_t length, size_t *ret)
{
    int64_t at = offset < 0 ? (int64_t)length + offset : offset;
    if (at < 0 || (uint64_t)at > length)
        return false;
    *ret = (size_t)at;
    return true;
}

bool checksum_compute(const struct dgm_check *check, const uint8_t *frame, size_t length,
                      size_t self, struct checksum *ret)
{
    size_t from, to = self;
    ret->high = 0;
    if (!place(check->from, length, &from) ||
        (!(check->flags & DGM_CHECK_TO_SELF) && !place(check->to, length, &to)) ||
        from > to || to > length)
        return false;
    const uint8_t *bytes = to > from ? frame + from : (const uint8_t *)"";
    switch (check->kind) {
    case DGM_CHECK_SUM:
        ret->low = sum(check, bytes, to - from);
        return true;
    case DGM_CHECK_XOR:
        ret->low = exclusive_or(check, bytes, to - from);
        return true;
    case DGM_CHECK_FLETCHER_16:
        if (!HAS_CHECKS)
            return false;
        ret->low = double_sum(bytes, to - from, 255, 0, 8);
        return true;
    case DGM_CHECK_ADLER_32:
        if (!HAS_CHECKS)
            return false;
        ret->low = double_sum(bytes, to - from, 65521, 1, 16);
        return true;
    default:
        if (!HAS_CHECKS)
            ret->low = narrow_crc(check, bytes, to - from);
        else if (check->width > 64)
            *ret = wide_crc(check, bytes, to - from);
        else
            ret->low = crc(check, bytes, to - from);
        return true;
    }
}

void checksum_store(const struct checksum *checksum, unsigned bytes, uint8_t order,
                    uint8_t *out)
{
    for (unsigned i = 0; i < bytes; i++) {
        unsigned shift = 8 * i;
        uint64_t byte = shift < 64   ? checksum->low >> shift
                        : shift < 96 ? (uint64_t)checksum->high >> (shift - 64)
                                     : 0;
        out[order == DGM_ORDER_LE ? i : bytes - 1 - i] = (uint8_t)byte;
    }
}
