/* SPDX-License-Identifier: MIT */
/* Values that are worth trying in a field: what the table names, and the edges. */
#ifndef DGM_CLI_VALUES_H
#define DGM_CLI_VALUES_H

#include "lab.h"

/* Bits for the wire; some may come twice. */
enum { VALUES_MAX = 160, VALUES_SMALL_BITS = 8 };
struct values {
    uint64_t bits[VALUES_MAX];
    size_t count;
};

/* What is worth trying for a row with an integer on the wire: constants, the raws of its
 * enum, edges, what conditions compare it with. */
void values_of(const struct lab *lab, uint16_t row, struct values *ret);

/* The raw that gives about this value. */
uint64_t values_raw(const struct dgm_scaling *scaling, double value);

/* One of them, or any other that fits the width. */
uint64_t values_pick(struct lab *lab, uint16_t row);

/* One that its enum, or its limits, allow, as far as the row has such. */
uint64_t values_allowed(struct lab *lab, uint16_t row);

/* Put something fitting into the bytes of a visit, whatever kind of row it is; false if
 * it is a row without bytes. */
bool values_fill(struct lab *lab, const struct dgm_visit *visit,
                 struct specimen *specimen);

/* Does some condition, size, count or choice depend on the row? */
bool values_select(const struct lab *lab, uint16_t row);

/* The bytes of a tag, as far as its rows tell; what does not, is zero. At most 16. */
bool values_tag(const struct lab *lab, const struct dgm_loop *loop,
                const struct dgm_row *loop_row, int64_t tag, uint8_t *bytes,
                size_t *ret_length);

#endif
