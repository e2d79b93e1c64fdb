/* SPDX-License-Identifier: MIT */
/*
 * Exact scaling both ways. Decoding multiplies and adds in 128 bits. Encoding brings the
 * value to the scaling's unit first, and remembers what was cut off as a position between
 * two units, so that the nearest raw is found without a fraction ever being rounded
 * twice.
 */
#include "scaling.h"

#include "machine.h"
#include "moment.h"
#include "pipe.h"

/* Position between two neighbouring integers: 0, below the middle, the middle, above it.
 */
enum part { PART_NONE, PART_BELOW, PART_HALF, PART_ABOVE };

struct wide raw_wide(const struct dgm_row *row, uint64_t raw)
{
    if (row->flags & DGM_ROW_SIGNED)
        return wide_from_i64(sign_extend(raw, row->width));
    return wide_from_u64(raw);
}

static bool fits_digits(struct wide value)
{
    int64_t number;
    return wide_to_i64(value, &number) && number >= -999999999999999999 &&
           number <= 999999999999999999;
}

bool raw_fits(const struct dgm_row *row, struct wide value, uint64_t *ret)
{
    if (HAS_FORMATS && row->op == DGM_OP_DIGITS && !fits_digits(value))
        return false;
    if (!(row->flags & DGM_ROW_SIGNED)) {
        uint64_t bits;
        if (!wide_to_u64(value, &bits) || (bits & ~width_mask(row->width)) != 0)
            return false;
        *ret = bits;
        return true;
    }
    int64_t number;
    if (!wide_to_i64(value, &number))
        return false;
    uint64_t bits = (uint64_t)number & width_mask(row->width);
    if (sign_extend(bits, row->width) != number)
        return false;
    /* Sign and magnitude have no number for what is the smallest of two's complement. */
    if ((row->flags & DGM_ROW_SIGN_MAGNITUDE) && bits == (uint64_t)1 << (row->width - 1))
        return false;
    *ret = bits;
    return true;
}

/*
 * Does what a floor division left round up? `rest` is twice the remainder less the
 * divisor; to be added is twice the part of the remainder's unit, which lies in [0, 2).
 */
static bool rounds_up(const struct wide *quotient, const struct wide *rest,
                      enum part part, bool ties_even)
{
    bool is_near = rest->high == -1 && rest->low == UINT64_MAX; /* one below */
    bool tie = is_near ? part == PART_HALF : wide_is_zero(*rest) && part == PART_NONE;
    if (tie)
        return ties_even ? (quotient->low & 1) != 0 : quotient->high >= 0;
    return is_near ? part == PART_ABOVE : rest->high >= 0;
}

/* Divide in place, to the nearest. */
static bool divide_rounded(struct wide *value, enum part part, const struct wide *divisor,
                           bool ties_even, bool *ret_exact)
{
    struct wide rest;
    if (!wide_divide(value, divisor, &rest))
        return false;
    *ret_exact = wide_is_zero(rest) && part == PART_NONE;
    if (wide_add_to(&rest, &rest) && wide_sub_from(&rest, divisor) &&
        rounds_up(value, &rest, part, ties_even))
        return wide_add_i64(value, 1);
    return true;
}

bool scaling_apply(const struct dgm_scaling *scaling, struct wide raw, struct number *ret)
{
    bool exact, ties_even = (scaling->flags & DGM_SCALING_TIES_EVEN) != 0;
    struct wide divisor = wide_from_u64(scaling->div);
    ret->mantissa = raw;
    ret->digits = scaling->digits;
    return wide_mul_i64(&ret->mantissa, scaling->mul) &&
           wide_add_i64(&ret->mantissa, scaling->add) &&
           (scaling->div == 1 ||
            divide_rounded(&ret->mantissa, PART_NONE, &divisor, ties_even, &exact));
}

/* value in units of 10^-digits, rounded down, and where between two units it lies. */
static bool to_units(const struct number *value, unsigned digits, struct wide *ret,
                     enum part *ret_part)
{
    *ret_part = PART_NONE;
    *ret = value->mantissa;
    if (value->digits <= digits)
        return wide_scale_up(ret, digits - value->digits);
    struct wide power = wide_from_u64(1), rest;
    if (!wide_scale_up(&power, value->digits - digits) ||
        !wide_divide(ret, &power, &rest))
        return false;
    if (wide_is_zero(rest))
        return true;
    if (!wide_add_to(&rest, &rest))
        return false;
    int order = wide_compare(rest, power);
    *ret_part = order < 0 ? PART_BELOW : order > 0 ? PART_ABOVE : PART_HALF;
    return true;
}

static enum part mirrored(enum part part)
{
    if (part == PART_BELOW)
        return PART_ABOVE;
    return part == PART_ABOVE ? PART_BELOW : part;
}

enum dgm_status scaling_invert(const struct dgm_scaling *scaling,
                               const struct number *value, struct wide *ret)
{
    struct wide divisor = wide_from_i64(scaling->mul);
    enum part part;
    bool exact;
    if (!to_units(value, scaling->digits, ret, &part) ||
        !wide_mul_u64(ret, scaling->div) || !wide_sub_i64(ret, scaling->add))
        return DGM_OVERFLOW;
    if (wide_is_negative(divisor)) {
        /* -(units + part) = (-units - 1) + (1 - part) */
        if (!wide_negate(ret) || !wide_negate(&divisor) ||
            (part != PART_NONE && !wide_sub_i64(ret, 1)))
            return DGM_OVERFLOW;
        part = mirrored(part);
    }
    /* With a divisor the exact form need not exist: any raw whose value rounds to it will
     * do. */
    bool exact_only = (scaling->flags & DGM_SCALING_EXACT_ONLY) != 0 && scaling->div == 1;
    if (!divide_rounded(ret, part, &divisor, false, &exact))
        return DGM_OVERFLOW;
    return exact || !exact_only ? DGM_OK : DGM_INEXACT;
}

bool row_has_scaling(const struct dgm_row *row)
{
    bool scaled = row->show == DGM_SHOW_DECIMAL || show_is_time(row->show);
    return scaled && row->detail != DGM_NONE;
}

const struct dgm_format *row_pattern(const struct dgm_codec *codec,
                                     const struct dgm_row *row)
{
    bool has =
        HAS_FORMATS && row->op == DGM_OP_DIGITS && codec->formats[row->spec].pattern != 0;
    return has ? &codec->formats[row->spec] : NULL;
}

enum dgm_status raw_value(const struct dgm_codec *codec, const struct dgm_row *row,
                          uint64_t raw, struct value *ret)
{
    struct wide wide = raw_wide(row, raw);
    const struct dgm_format *format = row_pattern(codec, row);
    ret->number.mantissa = wide;
    ret->number.digits = 0;
    ret->kind = row->show == DGM_SHOW_BOOL ? VALUE_BOOL : VALUE_NUMBER;
    if (format != NULL)
        return moment_of_digits(codec, format, wide, &ret->number) ? DGM_OK : DGM_TIME;
    if (row_has_scaling(row) &&
        !scaling_apply(&codec->scalings[row->detail], wide, &ret->number))
        return DGM_OVERFLOW;
    return DGM_OK;
}

static void limit_error(const struct dgm_limit *limit, const struct number *value,
                        struct dgm_error *error)
{
    error->scale = limit->scale;
    error->low = limit->low;
    error->high = limit->high;
    if (limit->flags & DGM_LIMIT_LOW)
        error->has |= DGM_ERROR_HAS_LOW;
    if (limit->flags & DGM_LIMIT_HIGH)
        error->has |= DGM_ERROR_HAS_HIGH;
    struct wide units;
    enum part part;
    int64_t found;
    if (to_units(value, limit->scale, &units, &part) && wide_to_i64(units, &found)) {
        error->raw = (uint64_t)found;
        error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_RAW_SIGNED;
    }
}

struct number limit_bound(const struct dgm_limit *limit, int side)
{
    struct number bound = {wide_from_i64(side < 0 ? limit->low : limit->high),
                           limit->scale};
    return bound;
}

int limit_side(const struct dgm_limit *limit, const struct number *value)
{
    for (int side = -1; side <= 1; side += 2) {
        unsigned flag = side < 0 ? DGM_LIMIT_LOW : DGM_LIMIT_HIGH;
        struct number bound = limit_bound(limit, side);
        if ((limit->flags & flag) && number_order(value, &bound) == side)
            return side;
    }
    return 0;
}

bool limit_holds(const struct dgm_limit *limit, const struct number *value,
                 struct dgm_error *error)
{
    if (limit_side(limit, value) == 0)
        return true;
    if (HAS_DETAILS && error != NULL)
        limit_error(limit, value, error);
    return false;
}

static int compare_raw(bool is_signed, uint64_t left, uint64_t right)
{
    /* Flipping the top bit turns the order of signed numbers into that of unsigned ones.
     */
    uint64_t flip = is_signed ? (uint64_t)1 << 63 : 0;
    left ^= flip;
    right ^= flip;
    return left < right ? -1 : left > right;
}

/* Choice of an enum that a raw value belongs to, or NULL. */
static const struct dgm_choice *choice_in(const struct dgm_codec *codec, uint16_t list,
                                          const struct dgm_row *row, uint64_t raw)
{
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
    if (is_signed)
        raw = (uint64_t)sign_extend(raw, row->width);
    unsigned low = codec->enums[list].first, high = low + codec->enums[list].count;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        const struct dgm_choice *choice = &codec->choices[middle];
        if (compare_raw(is_signed, raw, choice->low) < 0)
            high = middle;
        else if (compare_raw(is_signed, raw, choice->high) > 0)
            low = middle + 1;
        else
            return choice;
    }
    return NULL;
}

const struct dgm_choice *choice_of(const struct dgm_codec *codec,
                                   const struct dgm_row *row, uint64_t raw)
{
    return choice_in(codec, row->detail, row, raw);
}

uint16_t invalid_list(const struct dgm_codec *codec, const struct dgm_row *row)
{
    if (row_is_float(row) || row_is_piped(row))
        return row->detail != DGM_NONE ? codec->pipes[row->detail].invalid : DGM_NONE;
    return row_has_scaling(row) ? codec->scalings[row->detail].invalid : DGM_NONE;
}

const struct dgm_choice *invalid_of(const struct dgm_codec *codec,
                                    const struct dgm_row *row, uint64_t raw)
{
    if (row->flags & DGM_ROW_TOGETHER)
        return NULL;
    uint16_t list = invalid_list(codec, row);
    return list != DGM_NONE ? choice_in(codec, list, row, raw) : NULL;
}

/* The raws of an enum that are no reading are keys of it. */
static uint16_t silence_list(const struct dgm_codec *codec, const struct dgm_row *row)
{
    return row->show == DGM_SHOW_ENUM ? row->detail : invalid_list(codec, row);
}

bool has_silence(const struct dgm_codec *codec, const struct dgm_row *row)
{
    uint16_t list = silence_list(codec, row);
    for (unsigned i = 0; list != DGM_NONE && i < codec->enums[list].count; i++)
        if (codec->choices[codec->enums[list].first + i].flags & DGM_CHOICE_OMIT)
            return true;
    return false;
}

bool is_silence(const struct dgm_codec *codec, const struct dgm_row *row, uint64_t raw)
{
    const struct dgm_choice *choice =
        choice_in(codec, silence_list(codec, row), row, raw);
    return choice != NULL && (choice->flags & DGM_CHOICE_OMIT) != 0;
}
