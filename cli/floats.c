/* SPDX-License-Identifier: MIT */
#include "floats.h"

#include <math.h>

enum { IEEE = DGM_FLOAT_HIDDEN | DGM_FLOAT_SUBNORMAL | DGM_FLOAT_SPECIAL };

static const struct dgm_float binary32 = {127, 1, 8, 23, IEEE};
static const struct dgm_float binary64 = {1023, 1, 11, 52, IEEE};

bool float_row(const struct dgm_row *row)
{
    return row->op == DGM_OP_FLOAT || row->show == DGM_SHOW_FLOAT ||
           row->show == DGM_SHOW_DOUBLE;
}

double float_decimal(int64_t mantissa, unsigned digits)
{
    double value = (double)mantissa;
    for (; digits > 0; digits--) {
        value /= 10;
    }
    return value;
}

/* The number that an expression is, whatever the frame; false if it is none. */
static bool constant(const struct tables *tables, uint16_t expr, double *ret)
{
    struct tables_step step;
    uint32_t at = 0;
    if (!tables_step(tables, expr, &at, &step) || step.code != DGM_CODE_CONST) {
        return false;
    }
    *ret = float_decimal(step.mantissa, step.digits);
    return !tables_step(tables, expr, &at, &step);
}

/* Back through scale and offset. */
static bool unscale(const struct tables *tables, const struct dgm_pipe *pipe,
                    double *value)
{
    double scale = 1, offset = 0;
    bool known = pipe->curve == DGM_NONE &&
                 (pipe->scale == DGM_NONE || constant(tables, pipe->scale, &scale)) &&
                 (pipe->offset == DGM_NONE || constant(tables, pipe->offset, &offset));
    if (!known || scale == 0) {
        return false;
    }
    *value = (*value - offset) / scale;
    return true;
}

/* Of what is too small for a normal number, zero. */
static bool pack(const struct dgm_float *format, double value, uint64_t *ret)
{
    bool is_hidden = (format->flags & DGM_FLOAT_HIDDEN) != 0;
    bool is_special = (format->flags & DGM_FLOAT_SPECIAL) != 0;
    int power = 0, highest = (1 << format->exponent) - (is_special ? 2 : 1);
    double part = frexp(fabs(value), &power);
    int exponent = power + format->bias - (is_hidden ? 1 : 0);
    if (exponent > highest || (value < 0 && format->sign == 0)) {
        return false;
    }
    *ret = 0;
    if (value != 0 && exponent > 0) {
        double fraction = ldexp(is_hidden ? part * 2 - 1 : part, format->fraction);
        *ret = ((uint64_t)exponent << format->fraction) + (uint64_t)(fraction + 0.5);
    }
    if (value < 0) {
        *ret |= (uint64_t)1 << (format->exponent + format->fraction);
    }
    return true;
}

bool float_near(const struct tables *tables, const struct dgm_row *row, double value,
                uint64_t *ret)
{
    if (row->detail == DGM_NONE) {
        return pack(row->width == 64 ? &binary64 : &binary32, value, ret);
    }
    const struct dgm_pipe *pipe = &tables->pipes[row->detail];
    return unscale(tables, pipe, &value) && pack(&pipe->format, value, ret);
}
