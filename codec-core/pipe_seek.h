/* SPDX-License-Identifier: MIT */
/* Which raw a value that was decoded comes from. */
#ifndef DGM_PIPE_SEEK_H
#define DGM_PIPE_SEEK_H

#include "machine.h"

/*
 * Given the nearest raw: does it, or one around it, decode to the value? Then that one is
 * stored.
 */
bool pipe_seek(const struct machine *machine, const struct dgm_row *row,
               const struct value *value, uint64_t *raw);

#endif
