/* SPDX-License-Identifier: MIT */
/*
 * The code of a plug-in that is vetted: its process, and its hooks under watch. A hook
 * that costs the process is a failure at the place that is being tried, and ends the
 * check, as a crash in the check's own process does.
 */
#ifndef DGM_CLI_VETCODE_H
#define DGM_CLI_VETCODE_H

#include <dragoman/host.h>

#include "vet.h"

struct vet_code;

/* Check the plug-in, verify its tables, start its process. `ret` and `refusal` as of
 * dgm_worker_start(). */
enum dgm_status vet_code_start(const struct vet_task *task, struct vet_result *result,
                               struct vet_code **ret, struct dgm_refusal *refusal);
/* NULL is allowed, here and below. */
void vet_code_stop(struct vet_code *code);

/* The codecs of its models, which live as long as `code`. */
const struct dgm_loaded *vet_code_loaded(const struct vet_code *code);

const struct dgm_hook *const *vet_code_hooks(const struct vet_code *code,
                                             size_t *ret_count);

/* Until vet_code_forget() a hook that is called with the same bytes again is not run: it
 * answers as before. So calls can be compared whose hooks answer by chance. */
void vet_code_keep(struct vet_code *code);
void vet_code_forget(struct vet_code *code);

#endif
