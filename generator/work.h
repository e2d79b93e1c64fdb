/* SPDX-License-Identifier: MIT */
/* Bounds on what decoding or encoding one frame of a message takes. */
#ifndef DGM_WORK_H
#define DGM_WORK_H

#include <dragoman/worst.h>

#include "builder.h"

/* Of a message whose rows are filled and whose frame is bounded. */
struct dgm_worst work_of(const struct builder *builder,
                         const struct dgm_message *message);

#endif
