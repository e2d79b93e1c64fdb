/* SPDX-License-Identifier: MIT */
/* The checks by themselves. Each tells what is wrong to the result, and is over when it
 * returns; vet_skip() says that it could not do its work. */
#ifndef DGM_CLI_VETCHECKS_H
#define DGM_CLI_VETCHECKS_H

#include "vetcall.h"

struct vetting {
    const struct vet_task *task;
    struct vet_result *result;
    struct vet_subject subject;
};

void vet_form(struct vetting *vetting);
void vet_manifest(struct vetting *vetting);
void vet_tables(struct vetting *vetting);
void vet_vectors(struct vetting *vetting);
void vet_identity(struct vetting *vetting);
void vet_cuts(struct vetting *vetting);
void vet_flips(struct vetting *vetting);
void vet_buffers(struct vetting *vetting);
void vet_chance(struct vetting *vetting);
void vet_lint(struct vetting *vetting);

/* What a check does with a vector, and with the caller of its model. */
typedef void vet_each(struct vetting *vetting, struct vet_caller *caller,
                      const struct dgm_test *test);

/* Go through all vectors; skips the check if there are none to go through. */
void vet_each_vector(struct vetting *vetting, vet_each *each);

/* Are there tables that can be worked with? Skips the check if not. */
bool vet_has_tables(struct vetting *vetting);

/* Is it a code plug-in, whose code may not run? */
bool vet_is_code_refused(const struct vet_subject *subject);

/* Set the place to a vector. */
void vet_place_at(struct vetting *vetting, const struct vet_model *model,
                  const struct dgm_test *test);

/* The calls of a vector: its own words, and the direction of its frame. */
struct dgm_call vet_decode_call(const struct dgm_test *test);
struct dgm_call vet_encode_call(const struct dgm_test *test);

#endif
