/* SPDX-License-Identifier: MIT */
/* What values of a repetition leave for the next round, and for what stands behind. */
#ifndef DGM_SERIES_H
#define DGM_SERIES_H

#include "machine.h"

/* Of a row that has one. */
struct dgm_series series_of(const struct dgm_codec *codec, const struct dgm_row *row);

/*
 * What a difference is to be added to: the value before, or the start of the series.
 * Zero of a row whose values are no differences. Missing, if the start is.
 */
enum dgm_status series_previous(const struct machine *machine, const struct dgm_row *row,
                                struct value *slots, struct value *ret);

/* Turn a difference into the value, and remember it as the one before. */
enum dgm_status series_add(const struct machine *machine, const struct dgm_row *row,
                           struct value *slots, struct value *value);

/* Remember a value: the first, second and last one, and the sum. */
enum dgm_status series_note(const struct dgm_codec *codec, const struct dgm_row *row,
                            struct value *slots, const struct value *value);

/* A repetition begins: forget what its rows first..end kept. */
void series_reset(const struct dgm_codec *codec, const struct dgm_row *rows,
                  unsigned first, unsigned end, struct value *slots);

#endif
