/* SPDX-License-Identifier: MIT */
/* Between raw integers and exact values: value = (raw * mul + add) / div / 10^digits. */
#ifndef DGM_SCALING_H
#define DGM_SCALING_H

#include "private.h"

/* False on overflow of 128 bits. A divisor rounds by the scaling's ties. */
bool scaling_apply(const struct dgm_scaling *scaling, struct wide raw,
                   struct number *ret);

/*
 * The raw whose value is nearest. DGM_INEXACT if the value lies between two raws and the
 * scaling wants exact ones; DGM_OVERFLOW.
 */
enum dgm_status scaling_invert(const struct dgm_scaling *scaling,
                               const struct number *value, struct wide *ret);

/* A raw value of a row as a 128-bit integer: sign-extended if the row is signed. */
struct wide raw_wide(const struct dgm_row *row, uint64_t raw);

/* Does the integer fit the row's width and sign? Then its bits are stored. */
bool raw_fits(const struct dgm_row *row, struct wide value, uint64_t *ret);

/* Mask of the row's width. */
STATIC_SHORT uint64_t width_mask(unsigned width)
{
    return width >= 64 ? UINT64_MAX : ((uint64_t)1 << width) - 1;
}

/* Bits of the wire to a raw value, and back, where they are coded. */
static inline uint64_t raw_of_wire(const struct dgm_row *row, uint64_t bits)
{
    if (!HAS_STREAMS)
        return bits;
    if (row->flags & DGM_ROW_SIGN_MAGNITUDE) {
        uint64_t magnitude = bits & width_mask(row->width - 1u);
        return magnitude == bits ? bits : (0 - magnitude) & width_mask(row->width);
    }
    if (row->flags & DGM_ROW_GRAY)
        for (unsigned shift = 1; shift < 64; shift *= 2)
            bits ^= bits >> shift;
    return bits;
}

static inline uint64_t raw_to_wire(const struct dgm_row *row, uint64_t raw)
{
    uint64_t top = (uint64_t)1 << (row->width - 1);
    if (!HAS_STREAMS)
        return raw;
    if ((row->flags & DGM_ROW_SIGN_MAGNITUDE) && (raw & top) != 0)
        return top | ((0 - raw) & (top - 1));
    return (row->flags & DGM_ROW_GRAY) ? raw ^ raw >> 1 : raw;
}

STATIC_SHORT int64_t sign_extend(uint64_t raw, unsigned width)
{
    unsigned shift = 64 - width;
    return width >= 64 ? (int64_t)raw : (int64_t)(raw << shift) >> shift;
}

/* Does the rendering scale, by scaling `detail`? Elsewhere `detail` means another thing.
 */
bool row_has_scaling(const struct dgm_row *row);

/* What expressions and envelope see of a raw value; DGM_OVERFLOW. */
enum dgm_status raw_value(const struct dgm_codec *codec, const struct dgm_row *row,
                          uint64_t raw, struct value *ret);

/* The format of a row whose digits are an instant, or NULL. */
const struct dgm_format *row_pattern(const struct dgm_codec *codec,
                                     const struct dgm_row *row);

/* Is the value below the limits (-1), within (0), above (1)? */
int limit_side(const struct dgm_limit *limit, const struct number *value);
/* The limit on that side. */
struct number limit_bound(const struct dgm_limit *limit, int side);
/* Is the value within the limits? Reports which bound and the value in the limit's units.
 */
bool limit_holds(const struct dgm_limit *limit, const struct number *value,
                 struct dgm_error *error);

/* What a raw value means instead of a reading ("no reading"), or NULL if it is one. */
const struct dgm_choice *invalid_of(const struct dgm_codec *codec,
                                    const struct dgm_row *row, uint64_t raw);
/* The list of such raws of a row, or DGM_NONE. */
uint16_t invalid_list(const struct dgm_codec *codec, const struct dgm_row *row);
/* Has the row a raw value that leaves its member out; is this one? Also of fields that
 * are no reading only together. */
bool has_silence(const struct dgm_codec *codec, const struct dgm_row *row);
bool is_silence(const struct dgm_codec *codec, const struct dgm_row *row, uint64_t raw);
/* Choice of the row's own enum that a raw value belongs to, or NULL. */
const struct dgm_choice *choice_of(const struct dgm_codec *codec,
                                   const struct dgm_row *row, uint64_t raw);

#endif
