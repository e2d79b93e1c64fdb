/* SPDX-License-Identifier: MIT */
/* Why a worker process ended: a status, and a constant sentence for the error. */
#ifndef DGM_ENDING_H
#define DGM_ENDING_H

#include "child.h"

struct ending {
    enum dgm_status status;
    const char *detail;
};

/* It was ended because no answer came in time, because of what it answered, or it ended
 * as its fate says. */
struct ending ending_late(void);
struct ending ending_answer(const char *detail);
struct ending ending_of(const struct child_fate *fate);

/* It said that it tried a system call of this number. */
struct ending ending_violation(uint32_t call);

#endif
