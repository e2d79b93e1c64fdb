/* SPDX-License-Identifier: MIT */
/* Numbers that go through a pipe (struct dgm_pipe), both ways. */
#ifndef DGM_PIPE_H
#define DGM_PIPE_H

#include "machine.h"

static inline bool row_is_float(const struct dgm_row *row)
{
    return HAS_FLOATS && (row->op == DGM_OP_FLOAT || row->show == DGM_SHOW_FLOAT ||
                          row->show == DGM_SHOW_DOUBLE);
}

/* The format of such a row. */
const struct dgm_float *pipe_format(const struct dgm_codec *codec,
                                    const struct dgm_row *row);
/* Does more happen to the number than being read? */
bool pipe_calculates(const struct dgm_codec *codec, const struct dgm_row *row);

/*
 * The value of a raw one that is finite and is a reading. Missing if it depends on
 * something missing; DGM_OVERFLOW; DGM_RANGE: outside of a curve that refuses.
 */
enum dgm_status pipe_value(const struct machine *machine, const struct dgm_row *row,
                           uint64_t raw, struct value *ret);
/* What is rounded beside a value that an expression gave: `pipe` may be DGM_NONE. */
struct value pipe_rounded(const struct dgm_codec *codec, uint16_t pipe,
                          const struct value *value);
/*
 * The nearest raw of a value, or one beside it that decodes to the very value. DGM_RANGE:
 * it does not fit; DGM_INEXACT: between two raws; DGM_NOT_ENCODABLE: it depends on
 * something missing.
 */
enum dgm_status pipe_inverse(const struct machine *machine, const struct dgm_row *row,
                             const struct value *value, uint64_t *ret);

#endif
