/* SPDX-License-Identifier: MIT */
/*
 * CRCs bit by bit in the model of Ross Williams ("A painless guide to CRC error detection
 * algorithms", 1993), whose parameters the catalogue at reveng lists: no table, because
 * frames are short and table memory is not. Sums, XOR, Fletcher and Adler beside them.
 */
#include "checksum.h"

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
                      size_t self, uint64_t *ret)
{
    size_t from, to = self;
    if (!place(check->from, length, &from) ||
        (!(check->flags & DGM_CHECK_TO_SELF) && !place(check->to, length, &to)) ||
        from > to || to > length)
        return false;
    const uint8_t *bytes = to > from ? frame + from : (const uint8_t *)"";
    switch (check->kind) {
    case DGM_CHECK_SUM:
        *ret = sum(check, bytes, to - from);
        return true;
    case DGM_CHECK_XOR:
        *ret = exclusive_or(check, bytes, to - from);
        return true;
    case DGM_CHECK_FLETCHER_16:
        *ret = double_sum(bytes, to - from, 255, 0, 8);
        return true;
    case DGM_CHECK_ADLER_32:
        *ret = double_sum(bytes, to - from, 65521, 1, 16);
        return true;
    default:
        *ret = crc(check, bytes, to - from);
        return true;
    }
}
