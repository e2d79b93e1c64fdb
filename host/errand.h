/* SPDX-License-Identifier: MIT */
/* One run of a hook in the worker process: there, and back. */
#ifndef DGM_ERRAND_H
#define DGM_ERRAND_H

#include "keeper.h"

/* What goes there. */
struct errand {
    uint32_t hook;
    enum wire_way way;
    const struct dgm_call *call;
    const uint8_t *input;
    size_t input_length;
    size_t output_size;
};

/* What came back, in the message's memory: checked to be whole and within its bounds. */
struct errand_result {
    uint32_t status; /* as the hook says, any number */
    const uint8_t *output, *state;
    const char *detail; /* any bytes */
    size_t output_length, detail_length;
};

/*
 * Run it by the time `*until`; if that is 0, it is set to the deadline of the rules from
 * when there is a process. `message` is memory of WIRE_MOST bytes.
 *
 * @return DGM_OK with the result; DGM_LIMIT if it does not fit into a message; or how the
 * process ended, with `ret_detail`.
 */
enum dgm_status errand_run(struct keeper *keeper, const struct errand *errand,
                           uint64_t *until, uint8_t *message, struct errand_result *ret,
                           const char **ret_detail);

#endif
