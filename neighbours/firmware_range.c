/* SPDX-License-Identifier: MIT */
#include "firmware_range.h"

#include "firmware_moment.h"
#include "firmware_type.h"

void firmware_type_range(const struct firmware_row *at, firmware_wide *low,
                         firmware_wide *high)
{
    firmware_wide half = (firmware_wide)1 << (at->bits - 1);
    *low = at->is_signed ? -half : 0;
    *high = at->is_bool ? 1 : at->is_signed ? half - 1 : half * 2 - 1;
}

static unsigned count_letters(const char *pattern)
{
    unsigned count = 0;
    for (; *pattern != '\0'; pattern++) {
        count +=
            (*pattern >= 'a' && *pattern <= 'z') || (*pattern >= 'A' && *pattern <= 'Z');
    }
    return count;
}

/* What so many decimal digits hold, of which a sign may take some. */
static void digits_range(const struct firmware_plan *plan,
                         const struct dgm_format *format, firmware_wide *low,
                         firmware_wide *high)
{
    unsigned digits = format->digits;
    if (format->flags & DGM_FORMAT_CHARACTERS) {
        digits = count_letters(firmware_text(plan, format->pattern));
    }
    firmware_wide all = firmware_power(digits) - 1;
    unsigned signs = format->sign == DGM_DIGIT_SIGN_FF_BYTE ? 2 : 1;
    *low = 0;
    *high = all;
    switch (format->sign) {
    case DGM_DIGIT_SIGN_TOP_BIT:
        *high = firmware_power(digits - 1) * 8 - 1;
        *low = -*high;
        break;
    case DGM_DIGIT_SIGN_F_DIGIT:
    case DGM_DIGIT_SIGN_FF_BYTE:
        *low = digits > signs ? 1 - firmware_power(digits - signs) : 0;
        break;
    case DGM_DIGIT_SIGN_LAST_NIBBLE:
        *low = -all;
        break;
    default:
        break;
    }
}

void firmware_wire_range(const struct firmware_plan *plan, const struct dgm_row *row,
                         firmware_wide *low, firmware_wide *high)
{
    firmware_wide half = (firmware_wide)1 << (row->width - 1);
    bool magnitude = (row->flags & DGM_ROW_SIGN_MAGNITUDE) != 0;
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0 || magnitude;
    *low = !is_signed ? 0 : magnitude ? 1 - half : -half;
    *high = is_signed ? half - 1 : half * 2 - 1;
    const struct dgm_format *format = firmware_format(plan, row);
    if (row->op == DGM_OP_DIGITS && format != NULL) {
        digits_range(plan, format, low, high);
    }
    if (row->show == DGM_SHOW_BOOL) {
        *high = 1;
    }
}

firmware_wide firmware_raw(const struct dgm_row *row, uint64_t bits)
{
    uint64_t top = (uint64_t)1 << (row->width - 1);
    bool is_signed = (row->flags & (DGM_ROW_SIGNED | DGM_ROW_SIGN_MAGNITUDE)) != 0;
    uint64_t mask = top | (top - 1);
    bits &= mask;
    return is_signed && (bits & top) ? -(firmware_wide)(mask - bits) - 1
                                     : (firmware_wide)bits;
}

/* --- Limits ------------------------------------------------------------------------ */

/* Saturates: what is so large is beyond any limit. */
static firmware_wide times(firmware_wide one, firmware_wide other)
{
    const firmware_wide most = (firmware_wide)1 << 125;
    firmware_wide product;
    bool over = __builtin_mul_overflow(one, other, &product);
    if (over || product > most || product < -most) {
        return (one < 0) == (other < 0) ? most : -most;
    }
    return product;
}

/* The value of a raw in units of 10^-digits, rounded as the codec core does. */
static firmware_wide value_of(const struct dgm_scaling *scaling, firmware_wide raw)
{
    if (scaling == NULL) {
        return raw;
    }
    firmware_wide value = times(raw, scaling->mul) + scaling->add;
    firmware_wide div = scaling->div;
    if (div == 1) {
        return value;
    }
    bool negative = value < 0;
    firmware_wide positive = negative ? -value : value;
    firmware_wide whole = positive / div, twice = positive % div * 2;
    bool even = (scaling->flags & DGM_SCALING_TIES_EVEN) != 0 && whole % 2 == 0;
    whole += twice > div || (twice == div && !even);
    return negative ? -whole : whole;
}

firmware_wide firmware_power(unsigned digits)
{
    firmware_wide power = 1;
    while (digits-- > 0) {
        power *= 10;
    }
    return power;
}

/* -1, 0, 1: the value of the raw is below, within, above the limits. */
static int side(const struct dgm_limit *limit, const struct dgm_scaling *scaling,
                firmware_wide raw)
{
    unsigned digits = scaling != NULL ? scaling->digits : 0;
    unsigned most = digits > limit->scale ? digits : limit->scale;
    firmware_wide value = times(value_of(scaling, raw), firmware_power(most - digits));
    firmware_wide unit = firmware_power(most - limit->scale);
    if ((limit->flags & DGM_LIMIT_LOW) && value < times(limit->low, unit)) {
        return -1;
    }
    return (limit->flags & DGM_LIMIT_HIGH) && value > times(limit->high, unit) ? 1 : 0;
}

/* The first raw from `low` to `high` whose side is at least `wanted`; values rise, or
 * fall if `turn` is -1. `high` + 1 if there is none. */
static firmware_wide first_raw(const struct dgm_limit *limit,
                               const struct dgm_scaling *scaling, firmware_wide low,
                               firmware_wide high, int wanted, int turn)
{
    high++;
    while (low < high) {
        firmware_wide middle = low + (high - low) / 2;
        if (side(limit, scaling, middle) * turn >= wanted) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

bool firmware_is_piped(const struct dgm_row *row)
{
    return row->op == DGM_OP_FLOAT || row->show == DGM_SHOW_FLOAT ||
           row->show == DGM_SHOW_DOUBLE || row->show == DGM_SHOW_PIPE;
}

/* Limits that are about more than the raw value. */
bool firmware_is_unchecked(const struct firmware_plan *plan, const struct dgm_row *row)
{
    bool differences = (row->flags & DGM_ROW_SERIES) &&
                       (plan->tables->numbers[row->region] & 0xFFFF) != DGM_NONE;
    return row->limit != DGM_NONE && (firmware_is_piped(row) || differences);
}

/* Raws whose values are within a limit. */
static void narrow(const struct dgm_limit *limit, const struct dgm_scaling *scaling,
                   firmware_wide *low, firmware_wide *high)
{
    int turn = scaling != NULL && scaling->mul < 0 ? -1 : 1;
    firmware_wide from = first_raw(limit, scaling, *low, *high, 0, turn);
    *high = first_raw(limit, scaling, *low, *high, 1, turn) - 1;
    *low = from;
}

/* What the platform's envelope allows: a message number, which may be 0 where that
 * stands for none, and two truth values. */
static void bound_role(const struct dgm_row *row, firmware_wide *low, firmware_wide *high)
{
    bool absent = row->source == DGM_SOURCE_ROLE && row->expr != DGM_NONE;
    firmware_wide most = UINT16_MAX;
    if (row->role == DGM_ROLE_MID) {
        *low = absent ? 0 : 1;
        *high = *high < most ? *high : most;
    } else if (row->role == DGM_ROLE_ERRCODE || row->role == DGM_ROLE_HAS_MORE) {
        *high = 1;
    }
}

bool firmware_raw_range(const struct firmware_plan *plan, const struct dgm_row *row,
                        firmware_wide *low, firmware_wide *high)
{
    firmware_wire_range(plan, row, low, high);
    bound_role(row, low, high);
    const struct dgm_scaling *scaling = tables_scaling(plan->tables, row);
    struct dgm_limit calendar = {.flags = DGM_LIMIT_LOW | DGM_LIMIT_HIGH};
    if (firmware_moment_range(row, &calendar.low, &calendar.high)) {
        narrow(&calendar, scaling, low, high);
    }
    const struct dgm_limit *limit =
        row->limit != DGM_NONE ? &plan->tables->limits[row->limit] : NULL;
    if (limit == NULL || firmware_is_unchecked(plan, row) ||
        !(limit->flags & (DGM_LIMIT_LOW | DGM_LIMIT_HIGH))) {
        return true;
    }
    narrow(limit, scaling, low, high);
    return *low <= *high;
}
