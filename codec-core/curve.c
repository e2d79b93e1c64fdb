/* SPDX-License-Identifier: MIT */
/*
 * A curve is walked by binary search. Between two points the arithmetic is that of
 * expressions: exact as long as the number has a finite decimal form.
 */
#include "curve.h"

/* One axis of a curve as the argument, the other as the result. */
struct axes {
    const struct dgm_point *points;
    unsigned count;
    uint8_t from_digits, to_digits;
    bool inverse, falls;
};

static struct value coordinate(const struct axes *axes, unsigned index, bool to)
{
    bool is_y = axes->inverse != to;
    const struct dgm_point *point = &axes->points[index];
    struct value value = value_i64(is_y ? point->y : point->x);
    value.number.digits = to ? axes->to_digits : axes->from_digits;
    return value;
}

/* -1, 0, 1 along the curve. */
static int compare_with(const struct axes *axes, const struct value *value,
                        unsigned index)
{
    struct value point = coordinate(axes, index, false);
    int order = value_compare(value, &point);
    return axes->falls ? -order : order;
}

/* The segment whose points the value lies between; one at the end if beyond. */
static unsigned segment_of(const struct axes *axes, const struct value *value)
{
    unsigned low = 0, high = axes->count - 1;
    while (high - low > 1) {
        unsigned middle = low + (high - low) / 2;
        if (compare_with(axes, value, middle) < 0)
            high = middle;
        else
            low = middle;
    }
    return low;
}

/* to0 + (value - from0) * (to1 - to0) / (from1 - from0) */
static enum dgm_status interpolate(const struct axes *axes, unsigned segment,
                                   const struct value *value, struct value *ret)
{
    struct value from = coordinate(axes, segment, false);
    struct value to = coordinate(axes, segment, true);
    struct value run = coordinate(axes, segment + 1, false);
    struct value rise = coordinate(axes, segment + 1, true);
    struct value way;
    enum dgm_status status = machine_binary(DGM_CODE_SUB, &run, &from, &run);
    if (status == DGM_OK)
        status = machine_binary(DGM_CODE_SUB, &rise, &to, &rise);
    if (status == DGM_OK)
        status = machine_binary(DGM_CODE_SUB, value, &from, &way);
    if (status == DGM_OK)
        status = machine_binary(DGM_CODE_MUL, &way, &rise, &way);
    if (status == DGM_OK)
        status = machine_binary(DGM_CODE_DIV, &way, &run, &way);
    return status == DGM_OK ? machine_binary(DGM_CODE_ADD, &to, &way, ret) : status;
}

static enum dgm_status walk(const struct axes *axes, uint8_t outside,
                            const struct value *value, struct value *ret)
{
    bool below = compare_with(axes, value, 0) < 0;
    bool above = compare_with(axes, value, axes->count - 1) > 0;
    if ((below || above) && outside == DGM_CURVE_REFUSE) {
        *ret = value_missing();
        return DGM_OK;
    }
    if ((below || above) && outside == DGM_CURVE_CLAMP) {
        *ret = coordinate(axes, below ? 0 : axes->count - 1, true);
        return DGM_OK;
    }
    unsigned segment = segment_of(axes, value);
    enum dgm_status status = interpolate(axes, segment, value, ret);
    if (status != DGM_OVERFLOW)
        return status;
    /* More digits than exact numbers have: as a float. */
    struct value real = value_real(value_to_real(value));
    return interpolate(axes, segment, &real, ret);
}

enum dgm_status curve_value(const struct dgm_codec *codec, uint16_t curve,
                            const struct value *x, struct value *ret)
{
    const struct dgm_curve *entry = &codec->curves[curve];
    struct axes axes = {codec->points + entry->first,
                        entry->count,
                        entry->x_digits,
                        entry->y_digits,
                        false,
                        false};
    return walk(&axes, entry->outside, x, ret);
}

static enum dgm_status walk_back(const struct dgm_codec *codec, uint16_t curve,
                                 uint8_t outside, const struct value *y,
                                 struct value *ret)
{
    const struct dgm_curve *entry = &codec->curves[curve];
    struct axes axes = {codec->points + entry->first,
                        entry->count,
                        entry->y_digits,
                        entry->x_digits,
                        true,
                        (entry->flags & DGM_CURVE_FALLING) != 0};
    *ret = value_missing();
    if ((entry->flags & (DGM_CURVE_RISING | DGM_CURVE_FALLING)) == 0)
        return DGM_OK;
    return walk(&axes, outside, y, ret);
}

enum dgm_status curve_inverse(const struct dgm_codec *codec, uint16_t curve,
                              const struct value *y, struct value *ret)
{
    /* What is clamped on decode does not say where it was. */
    bool extends = codec->curves[curve].outside == DGM_CURVE_EXTEND;
    return walk_back(codec, curve, extends ? DGM_CURVE_EXTEND : DGM_CURVE_REFUSE, y, ret);
}

enum dgm_status curve_end(const struct dgm_codec *codec, uint16_t curve,
                          const struct value *y, struct value *ret)
{
    return walk_back(codec, curve, DGM_CURVE_CLAMP, y, ret);
}
