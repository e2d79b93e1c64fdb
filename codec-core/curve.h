/* SPDX-License-Identifier: MIT */
/* Curves: straight lines between points, both ways. */
#ifndef DGM_CURVE_H
#define DGM_CURVE_H

#include "machine.h"

/* The value at x; missing outside of a curve that refuses. DGM_OVERFLOW. */
enum dgm_status curve_value(const struct dgm_codec *codec, uint16_t curve,
                            const struct value *x, struct value *ret);
/* The x of a value; missing if the curve does not have it, or is not monotonic. */
enum dgm_status curve_inverse(const struct dgm_codec *codec, uint16_t curve,
                              const struct value *y, struct value *ret);
/* The x of the end that a value lies beyond; missing if the curve is not monotonic. */
enum dgm_status curve_end(const struct dgm_codec *codec, uint16_t curve,
                          const struct value *y, struct value *ret);

#endif
