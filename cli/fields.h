/* SPDX-License-Identifier: MIT */
/* The bits of a row in a frame, read and written by what a visit says of them. */
#ifndef DGM_CLI_FIELDS_H
#define DGM_CLI_FIELDS_H

#include "tables.h"

/* A frame as it is tried, without framing, and what is known beside its bytes. */
enum { SPECIMEN_MAX = 2048, SPECIMEN_TOPIC = 128 };
struct specimen {
    size_t length;
    bool has_channel;
    uint32_t channel;
    char topic[SPECIMEN_TOPIC]; /* empty: none */
    uint8_t bytes[SPECIMEN_MAX];
};

/* Are bytes, channel and topic the same? */
bool specimen_same(const struct specimen *left, const struct specimen *right);

/* Does the row have an integer of at most 64 bits on the wire? */
bool field_is_integer(const struct dgm_row *row);

/* Bits of it as they stand on the wire; false if the frame does not hold them. */
bool field_bits(const struct dgm_row *rows, const struct dgm_visit *visit,
                const uint8_t *bytes, size_t length, uint64_t *ret);
bool field_get(const struct dgm_row *rows, const struct dgm_visit *visit,
               const struct specimen *specimen, uint64_t *ret);
bool field_set(const struct dgm_row *rows, const struct dgm_visit *visit,
               struct specimen *specimen, uint64_t bits);

/* Bits of the wire to a raw value, and back: they differ where they are coded. */
uint64_t field_raw(const struct dgm_row *row, uint64_t bits);
uint64_t field_wire(const struct dgm_row *row, uint64_t raw);

/* All ones in the row's width. */
uint64_t field_mask(const struct dgm_row *row);

/* Is the raw value, signed as the row is, from low to high? */
bool field_within(const struct dgm_row *row, uint64_t raw, uint64_t low, uint64_t high);

/* Does bit `bit` of byte `at` belong to the visit? */
bool field_covers(const struct dgm_row *rows, const struct dgm_visit *visit, size_t at,
                  unsigned bit);

#endif
