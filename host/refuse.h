/* SPDX-License-Identifier: MIT */
/* Filling in why a plug-in is refused. */
#ifndef DGM_REFUSE_H
#define DGM_REFUSE_H

#include <dragoman/host.h>

/* Set the refusal, cutting a text that is too long; NULL is allowed. Returns `status`. */
enum dgm_status refuse(struct dgm_refusal *refusal, enum dgm_status status,
                       const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Set the status of a refusal that has its text, and the file in front of that. Returns
 * `status`. */
enum dgm_status refuse_about(struct dgm_refusal *refusal, enum dgm_status status,
                             const char *path);

/* Returns DGM_OK with an empty refusal. */
enum dgm_status refuse_nothing(struct dgm_refusal *refusal);

#endif
