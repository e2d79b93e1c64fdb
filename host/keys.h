/* SPDX-License-Identifier: MIT */
/* Ed25519 keys in PEM files, as of RFC 8410. */
#ifndef DGM_KEYS_H
#define DGM_KEYS_H

#include <dragoman/signature.h>

enum { KEYS_SEED_SIZE = 32, KEYS_FILE_MAX = 64 * 1024 };

/* What is secret of a key, in memory that is locked and wiped: sodium_malloc(). */
struct secret_key {
    uint8_t seed[KEYS_SEED_SIZE];
    uint8_t expanded[64]; /* as libsodium wants it */
    struct dgm_public_key public_key;
};

/* Once before anything of libsodium; DGM_OK or DGM_IO. */
enum dgm_status keys_start(struct dgm_refusal *refusal);

/* Read a secret key; refuses a file that others can read. Free with sodium_free(). */
enum dgm_status keys_read_secret(const char *path, struct secret_key **ret,
                                 struct dgm_refusal *refusal);

/* Is it one of those? */
bool keys_hold(const struct dgm_public_key *keys, size_t count,
               const struct dgm_public_key *key);

#endif
