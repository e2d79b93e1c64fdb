/* SPDX-License-Identifier: MIT */
/* Whose plug-ins are loaded: what options and environment say about signatures. */
#ifndef DGM_CLI_TRUST_H
#define DGM_CLI_TRUST_H

#include <dragoman/host.h>
#include <dragoman/signature.h>

#include "report.h"

struct trust {
    enum dgm_signature_policy policy;
    struct dgm_public_key keys[DGM_PUBLIC_KEYS_MAX];
    size_t key_count;
};

/* --signatures and --trusted-keys, else DRAGOMAN_SIGNATURES and DRAGOMAN_TRUSTED_KEYS.
 * Keys without a policy mean that signatures are required. Returns an exit code. */
int trust_read(struct trust *trust, struct report *report, const struct cli *cli);

/* As the host wants it; points into `trust`. */
struct dgm_load_options trust_options(const struct trust *trust);

/* Would the host load this plug-in? `ret` says what is wrong with its signature, whether
 * that matters or not. NULL trusts everybody. */
bool trust_allows(const struct trust *trust, const char *path, struct dgm_refusal *ret);

/* Profiles are not signed: refuse one where signatures are required and the command would
 * use it in place of a plug-in. Returns an exit code. */
int trust_profile(const struct trust *trust, struct report *report, const struct cli *cli,
                  const char *path);

#endif
