/* SPDX-License-Identifier: MIT */
/* raw * scale + offset, the curve, rounding; and backwards. */
#include "pipe.h"

#include "curve.h"
#include "pipe_seek.h"
#include "scaling.h"

const struct dgm_float *pipe_format(const struct dgm_codec *codec,
                                    const struct dgm_row *row)
{
    return row->detail != DGM_NONE ? &codec->pipes[row->detail].format
                                   : real_format(row->width);
}

bool pipe_calculates(const struct dgm_codec *codec, const struct dgm_row *row)
{
    if (row->detail == DGM_NONE)
        return false;
    const struct dgm_pipe *pipe = &codec->pipes[row->detail];
    return pipe->scale != DGM_NONE || pipe->offset != DGM_NONE ||
           pipe->curve != DGM_NONE || pipe->decimals != DGM_NO_DECIMALS;
}

static struct value raw_number(const struct dgm_codec *codec, const struct dgm_row *row,
                               uint64_t raw)
{
    struct number number = {raw_wide(row, raw), 0};
    uint64_t bits = 0;
    if (!row_is_float(row))
        return value_number(number);
    /* Every value of a format is a binary64, too. */
    (void)real_pack(real_format(64), real_unpack(pipe_format(codec, row), raw), &bits);
    return value_float(bits);
}

/* value = value OPERATION expression, if there is one. */
static enum dgm_status combine(const struct machine *machine, uint8_t operation,
                               uint16_t expr, struct value *value)
{
    struct value operand;
    if (expr == DGM_NONE)
        return DGM_OK;
    enum dgm_status status = machine_run(machine, expr, &operand);
    return status == DGM_OK ? machine_binary(operation, value, &operand, value) : status;
}

struct value pipe_rounded(const struct dgm_codec *codec, uint16_t pipe,
                          const struct value *value)
{
    if (pipe == DGM_NONE || codec->pipes[pipe].decimals == DGM_NO_DECIMALS)
        return *value;
    const struct dgm_pipe *entry = &codec->pipes[pipe];
    return value_rounded(value, entry->decimals,
                         (entry->flags & DGM_SCALING_TIES_EVEN) ? REAL_EVEN : REAL_AWAY);
}

enum dgm_status pipe_value(const struct machine *machine, const struct dgm_row *row,
                           uint64_t raw, struct value *ret)
{
    *ret = raw_number(machine->codec, row, raw);
    if (row->detail == DGM_NONE)
        return DGM_OK;
    const struct dgm_pipe *pipe = &machine->codec->pipes[row->detail];
    enum dgm_status status = combine(machine, DGM_CODE_MUL, pipe->scale, ret);
    if (status == DGM_OK)
        status = combine(machine, DGM_CODE_ADD, pipe->offset, ret);
    if (status != DGM_OK)
        return status;
    if (pipe->curve != DGM_NONE && ret->kind != VALUE_MISSING) {
        status = curve_value(machine->codec, pipe->curve, ret, ret);
        if (status == DGM_OK && ret->kind == VALUE_MISSING)
            status = DGM_RANGE;
    }
    *ret = pipe_rounded(machine->codec, row->detail, ret);
    return status;
}

static enum dgm_status to_raw(const struct machine *machine, const struct dgm_row *row,
                              const struct value *value, uint64_t *ret)
{
    struct wide whole;
    if (row_is_float(row))
        return real_pack(pipe_format(machine->codec, row), value_to_real(value), ret)
                   ? DGM_OK
                   : DGM_RANGE;
    struct value nearest = value_rounded(value, 0, REAL_AWAY);
    if (!value_to_wide(&nearest, &whole) || !raw_fits(row, whole, ret))
        return DGM_RANGE;
    bool exact_only =
        (machine->codec->pipes[row->detail].flags & DGM_SCALING_EXACT_ONLY) != 0;
    return exact_only && value_compare(&nearest, value) != 0 ? DGM_INEXACT : DGM_OK;
}

/* The raw at the end of the integers that lies on the value's side; false for floats. */
static bool last_raw(const struct dgm_row *row, const struct value *value, uint64_t *ret)
{
    struct value zero = value_u64(0);
    bool is_low = value_compare(value, &zero) < 0;
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
    bool is_magnitude = (row->flags & DGM_ROW_SIGN_MAGNITUDE) != 0;
    uint64_t top = (uint64_t)1 << (row->width - 1);
    if (row_is_float(row))
        return false;
    *ret = is_low ? 0 : width_mask(row->width);
    if (is_signed)
        *ret = is_low ? top + is_magnitude : top - 1;
    return true;
}

/*
 * The raw of what comes `back` out of the steps before, which decodes to `value` if any
 * does; nothing else will do for a value `beyond` the curve. Of values that are rounded,
 * those of the last raws may lie beyond what these give.
 */
static enum dgm_status to_very_raw(const struct machine *machine,
                                   const struct dgm_row *row, const struct value *value,
                                   const struct value *back, bool beyond, uint64_t *ret)
{
    enum dgm_status status = to_raw(machine, row, back, ret);
    if (!pipe_calculates(machine->codec, row) ||
        (status == DGM_RANGE && !last_raw(row, back, ret)))
        return status;
    if (pipe_seek(machine, row, value, ret))
        return DGM_OK;
    return beyond ? DGM_RANGE : status;
}

/* Back through the curve: from the end of it, if the value lies `beyond`. */
static enum dgm_status out_of_curve(const struct dgm_codec *codec, uint16_t curve,
                                    const struct value *value, struct value *back,
                                    bool *ret_beyond)
{
    enum dgm_status status = curve_inverse(codec, curve, value, back);
    *ret_beyond = status == DGM_OK && back->kind == VALUE_MISSING;
    if (*ret_beyond)
        status = curve_end(codec, curve, value, back);
    return status == DGM_OK && back->kind != VALUE_MISSING ? DGM_OK : DGM_RANGE;
}

enum dgm_status pipe_inverse(const struct machine *machine, const struct dgm_row *row,
                             const struct value *value, uint64_t *ret)
{
    struct value back = *value;
    bool beyond = false;
    if (row->detail == DGM_NONE)
        return to_raw(machine, row, value, ret);
    const struct dgm_pipe *pipe = &machine->codec->pipes[row->detail];
    if (pipe->curve != DGM_NONE &&
        out_of_curve(machine->codec, pipe->curve, value, &back, &beyond) != DGM_OK)
        return DGM_RANGE;
    enum dgm_status status = combine(machine, DGM_CODE_SUB, pipe->offset, &back);
    if (status == DGM_OK)
        status = combine(machine, DGM_CODE_DIV, pipe->scale, &back);
    if (status != DGM_OK)
        return DGM_RANGE;
    if (back.kind == VALUE_MISSING)
        return DGM_NOT_ENCODABLE;
    return to_very_raw(machine, row, value, &back, beyond, ret);
}
