/* SPDX-License-Identifier: MIT */
/* Checksums, by the helper function that computes them. */
#include "js_work.h"

#include <inttypes.h>

/* Parameters of any width as hex digits. */
static const char *digits_of(struct js *js, uint32_t high, uint64_t low)
{
    return js_text(js, "'%08" PRIx32 "%016" PRIx64 "'", high, low);
}

static const char *wide_sum(struct js *js, const struct dgm_check *check,
                            const char *bytes)
{
    return js_text(js, "wideCrc(%s, %u, %s, %s, %s, %s, %s)", bytes, check->width,
                   digits_of(js, check->poly_high, check->poly),
                   digits_of(js, check->init_high, check->init),
                   (check->flags & DGM_CHECK_REFIN) ? "true" : "false",
                   (check->flags & DGM_CHECK_REFOUT) ? "true" : "false",
                   digits_of(js, check->xorout_high, check->xorout));
}

const char *js_sum_of(struct js *js, const struct dgm_row *row,
                      const struct dgm_check *check, const char *bytes)
{
    switch (check->kind) {
    case DGM_CHECK_SUM:
        if (check->width > 48 || check->init > UINT32_MAX || check->xorout > UINT32_MAX)
            js_refuse(js, row, "sums of so many bits");
        return js_text(js, "byteSum(%s, %u, %s, %s, %s)", bytes, check->width,
                       js_u64(js, check->init),
                       (check->flags & DGM_CHECK_NEGATE) ? "true" : "false",
                       js_u64(js, check->xorout));
    case DGM_CHECK_XOR:
        return js_text(js, "byteXor(%s, %s, %s)", bytes,
                       js_u64(js, check->init & UINT32_MAX),
                       js_u64(js, check->xorout & UINT32_MAX));
    case DGM_CHECK_FLETCHER_16:
        return js_text(js, "doubleSum(%s, 255, 0, 256)", bytes);
    case DGM_CHECK_ADLER_32:
        return js_text(js, "doubleSum(%s, 65521, 1, 65536)", bytes);
    default:
        break;
    }
    if (check->width > 32)
        return wide_sum(js, check, bytes);
    return js_text(js, "crc(%s, %u, %s, %s, %s, %s, %s)", bytes, check->width,
                   js_u64(js, check->poly), js_u64(js, check->init),
                   (check->flags & DGM_CHECK_REFIN) ? "true" : "false",
                   (check->flags & DGM_CHECK_REFOUT) ? "true" : "false",
                   js_u64(js, check->xorout));
}
