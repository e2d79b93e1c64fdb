/* SPDX-License-Identifier: MIT */
/* Bounds on what decoding or encoding one frame of a message takes. */
#ifndef DGM_WORK_H
#define DGM_WORK_H

#include "builder.h"

struct work {
    unsigned depth; /* of groups, repetitions and objects */
    uint64_t steps; /* rows and operations of expressions, over all passes */
};

/* Of a message whose rows are filled and whose frame is bounded. */
struct work work_of(const struct builder *builder, const struct dgm_message *message);

#endif
