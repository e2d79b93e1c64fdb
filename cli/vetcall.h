/* SPDX-License-Identifier: MIT */
/*
 * Calls with everything checked that holds of every call: each is made twice, by the rows
 * and by the plan, with all buffers against guard pages, once at their ends and once at
 * their starts. Both must say the same, and what they say must be true.
 */
#ifndef DGM_CLI_VETCALL_H
#define DGM_CLI_VETCALL_H

#include "vetsubject.h"
#include "worker.h"

enum { VET_INPUT_MAX = 1 << 20, VET_NOTICES = 16 };

/* What a call is to have; the rest of it is that of the tool. */
struct vet_rooms {
    size_t output;  /* bytes; SIZE_MAX: as long as any message gets */
    size_t scratch; /* bytes; SIZE_MAX: what the codec asks for */
    size_t notices; /* SIZE_MAX: VET_NOTICES */
};

#define VET_ROOMS_INIT                                                                   \
    {                                                                                    \
        SIZE_MAX, SIZE_MAX, SIZE_MAX                                                     \
    }

/* What one of the two calls said. */
struct vet_answer {
    enum dgm_status status;
    struct dgm_outcome outcome;
    struct dgm_error error;
    struct dgm_error notices[VET_NOTICES];
    const uint8_t *bytes; /* with DGM_OK; until the next call */
};

struct vet_caller {
    const struct vet_task *task;
    struct vet_result *result;
    const struct vet_model *model;
    size_t output_most, scratch_size;
    struct guard input, output[2], scratch, notices;
    struct guard transforms; /* memory of the hooks, if the codec has some */
    const struct dgm_hook *hooks[WORKER_HOOKS]; /* of the plug-in's code, and those */
    size_t hook_count;
    struct vet_answer answers[2]; /* of the last call: rows, plan */
};

/* For calls of a model. False if memory is out. */
bool vet_caller_open(struct vet_caller *caller, const struct vet_task *task,
                     struct vet_result *result, const struct vet_model *model);
void vet_caller_close(struct vet_caller *caller);

/* What is wrong is told to the result; the answer is the first of `answers`. */
const struct vet_answer *vet_decode(struct vet_caller *caller,
                                    const struct dgm_call *call, const uint8_t *frame,
                                    size_t length, struct vet_rooms rooms);
const struct vet_answer *vet_encode(struct vet_caller *caller,
                                    const struct dgm_call *call, const char *json,
                                    size_t length, struct vet_rooms rooms);

/* Did the call give an answer, if only that there is nothing to say? */
bool vet_is_fine(const struct vet_answer *answer);

/* The error as people read it; valid until the next time. */
const char *vet_error_text(const struct vet_caller *caller,
                           const struct vet_answer *answer);

#endif
