/* SPDX-License-Identifier: MIT */
/* The arrays of a table as C initialisers; a part of emit_c.c. */
#ifndef DGM_EMIT_ROWS_H
#define DGM_EMIT_ROWS_H

#include "builder.h"
#include "out.h"

/* The macro that puts a row together, and the spelling of "no index". */
void emit_row_macro(struct out *out);
/* Initialisers ".services = {...}," and so on, without empty arrays and without pool. */
void emit_arrays(struct out *out, struct builder *builder);
/* emit_pipes.c: pipes, curves and points, where there are any. */
void emit_pipes(struct out *out, const struct builder *builder);
/* emit_formats.c: those of digits and instants. */
void emit_formats(struct out *out, struct builder *builder);
/* Undo emit_row_macro(). */
void emit_row_macro_end(struct out *out);

#endif
