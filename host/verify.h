/* SPDX-License-Identifier: MIT */
/* Is a file signed by somebody trusted? Asked of bytes that were read already, so that
 * what was verified is what is used. */
#ifndef DGM_VERIFY_H
#define DGM_VERIFY_H

#include "file.h"

#include <dragoman/signature.h>

/* Looks for the signature beside `path`, whose content is `file`. `ret_key` as with
 * dgm_signature_verify(), never NULL. */
enum dgm_status verify_bytes(const char *path, const struct file *file,
                             const struct dgm_public_key *keys, size_t count,
                             struct dgm_public_key *ret_key, struct dgm_refusal *refusal);

#endif
