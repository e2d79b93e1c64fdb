/* SPDX-License-Identifier: MIT */
/*
 * The raw that decodes to the very value. Decoding rounds, with floats at every step; the
 * nearest raw of the exact inverse may then be a neighbour of the one that the value came
 * from. More of a raw gives more of the value, or always less: what lies around the
 * nearest raw is walked in strides that double until the value is passed, and then
 * halved.
 */
#include "pipe_seek.h"

#include "pipe.h"
#include "scaling.h"

enum { DOUBLE_FRACTION = 52, STRIDES = 62, UNKNOWN = 2 };

static const uint64_t top_bit = (uint64_t)1 << 63;

/*
 * Raws in the order of their numbers. A place is the raw itself, or the bits of the
 * float's binary64 (unsigned and negative ones moved so that they are in order).
 */
struct seek {
    const struct machine *machine;
    const struct dgm_row *row;
    const struct value *wanted;
    struct value start; /* what the nearest raw decodes to */
    int side;           /* -1: that is below the wanted value; 1: above */
    uint64_t unit;      /* places that are closer than that may be the same raw */
    uint64_t found;
};

/* One way from the nearest raw. */
struct way {
    int64_t last; /* still on the side of the start */
    bool up, is_open;
};

static int64_t place_of(const struct seek *seek, uint64_t raw)
{
    uint64_t bits = 0;
    if (!row_is_float(seek->row)) {
        if (seek->row->flags & DGM_ROW_SIGNED)
            return sign_extend(raw, seek->row->width);
        return (int64_t)(raw ^ top_bit);
    }
    const struct dgm_float *format = pipe_format(seek->machine->codec, seek->row);
    (void)real_pack(real_format(64), real_unpack(format, raw), &bits);
    return (bits & top_bit) != 0 ? -(int64_t)(bits ^ top_bit) : (int64_t)bits;
}

static bool raw_at(const struct seek *seek, int64_t place, uint64_t *ret)
{
    if (!row_is_float(seek->row)) {
        bool is_signed = (seek->row->flags & DGM_ROW_SIGNED) != 0;
        struct wide whole =
            is_signed ? wide_from_i64(place) : wide_from_u64((uint64_t)place ^ top_bit);
        return raw_fits(seek->row, whole, ret);
    }
    uint64_t bits = place < 0 ? (uint64_t)-place | top_bit : (uint64_t)place;
    return real_is_finite(real_format(64), bits) &&
           real_pack(pipe_format(seek->machine->codec, seek->row),
                     real_unpack(real_format(64), bits), ret);
}

/* -1, 0, 1: what is at the place decodes to less than wanted, the same, more. */
static int side_of(struct seek *seek, int64_t place, struct value *ret)
{
    if (!raw_at(seek, place, &seek->found) ||
        pipe_value(seek->machine, seek->row, seek->found, ret) != DGM_OK ||
        ret->kind == VALUE_MISSING)
        return UNKNOWN;
    return value_compare(ret, seek->wanted);
}

/* Between a place on the start's side and one on the other; true if found. */
static bool halve(struct seek *seek, int64_t near, int64_t far)
{
    struct value value;
    for (;;) {
        bool up = near < far;
        uint64_t distance =
            up ? (uint64_t)far - (uint64_t)near : (uint64_t)near - (uint64_t)far;
        if (distance <= seek->unit)
            return false;
        int64_t half = (int64_t)(distance / 2);
        int64_t middle = up ? near + half : near - half;
        int side = side_of(seek, middle, &value);
        if (side == 0)
            return true;
        if (side == seek->side)
            near = middle;
        else
            far = middle;
    }
}

/* One stride further; true if the search is over, `ret_found` says how. */
static bool stride(struct seek *seek, struct way *way, int64_t start, uint64_t length,
                   bool *ret_found)
{
    struct value value;
    int64_t step = (int64_t)length;
    *ret_found = false;
    if (!way->is_open ||
        (way->up ? start > INT64_MAX - step : start < INT64_MIN + step)) {
        way->is_open = false;
        return false;
    }
    int64_t place = way->up ? start + step : start - step;
    int side = side_of(seek, place, &value);
    if (side == 0) {
        *ret_found = true;
        return true;
    }
    if (side == -seek->side) {
        *ret_found = halve(seek, way->last, place);
        return true;
    }
    way->last = place;
    /* The end of the raws, or away from the wanted value. */
    if (side == UNKNOWN || value_compare(&value, &seek->start) == seek->side)
        way->is_open = false;
    return false;
}

bool pipe_seek(const struct machine *machine, const struct dgm_row *row,
               const struct value *value, uint64_t *raw)
{
    struct seek seek = {machine, row, value, value_missing(), 0, 1, 0};
    bool found = false;
    if (row_is_float(row))
        seek.unit <<= DOUBLE_FRACTION - pipe_format(machine->codec, row)->fraction;
    int64_t start = place_of(&seek, *raw);
    seek.side = side_of(&seek, start, &seek.start);
    if (seek.side == 0 || seek.side == UNKNOWN)
        return seek.side == 0;
    struct way up = {start, true, true}, down = {start, false, true};
    for (unsigned i = 0; i < STRIDES && (up.is_open || down.is_open); i++) {
        uint64_t length = seek.unit << i;
        if (length >> i != seek.unit || length > INT64_MAX)
            break;
        if (stride(&seek, &up, start, length, &found) ||
            stride(&seek, &down, start, length, &found))
            break;
    }
    if (found)
        *raw = seek.found;
    return found;
}
