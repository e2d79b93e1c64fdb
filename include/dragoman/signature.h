/* SPDX-License-Identifier: MIT */
/*
 * Signatures of plug-ins and other files: Ed25519 over a list of SHA-256 sums, in a file
 * beside what is signed. The page docs/security.md describes files and keys.
 *
 * All functions are thread-safe. They work on files and allocate: not for the hot path.
 */
#ifndef DRAGOMAN_SIGNATURE_H
#define DRAGOMAN_SIGNATURE_H

#include <dragoman/base.h>
#include <dragoman/host.h>
#include <dragoman/status.h>

DGM_BEGIN_DECLS

enum {
    DGM_PUBLIC_KEY_SIZE = 32,
    DGM_PUBLIC_KEY_TEXT = 65, /* hex digits and a zero */
    DGM_SIGNED_FILES_MAX = 4096,
    DGM_PUBLIC_KEYS_MAX = 64 /* in one file */
};

/* Behind the name of a file that is signed alone, and the name of the list of a folder.
 */
#define DGM_SIGNATURE_SUFFIX ".sig"
#define DGM_SIGNATURE_LIST "dragoman.sums"

struct dgm_public_key {
    uint8_t bytes[DGM_PUBLIC_KEY_SIZE];
};

/** A key as people compare it: hex digits, zero-terminated. */
DGM_API void dgm_public_key_text(const struct dgm_public_key *key,
                                 char text[DGM_PUBLIC_KEY_TEXT]);

/**
 * Make a pair of keys, PEM as of RFC 8410, which openssl reads too. Neither file may be
 * there; the secret one can be read by its owner alone.
 *
 * @param ret_key  The public one; may be NULL.
 * @return DGM_OK; DGM_IO, also if a file is there; DGM_MEMORY; DGM_BAD_CALL. Leaves no
 * file behind on failure.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_keys_make(const char *secret_path,
                                                    const char *public_path,
                                                    struct dgm_public_key *ret_key,
                                                    struct dgm_refusal *ret_refusal);

/**
 * Read public keys, one or more, from a PEM file.
 *
 * @param keys       Room for `capacity` keys; DGM_PUBLIC_KEYS_MAX always do.
 * @param ret_count  How many there are, at least 1 with DGM_OK.
 * @return DGM_OK, DGM_IO, DGM_MEMORY, DGM_BAD_CALL; DGM_LIMIT for more than `capacity`;
 * DGM_BAD_KEY
 * if there is something else in the file than Ed25519 public keys.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_public_keys_read(const char *path, struct dgm_public_key *keys, size_t capacity,
                     size_t *ret_count, struct dgm_refusal *ret_refusal);

/**
 * Sign files: write one signed list of their names, sizes and sums. Names are without
 * folders, so two files of one name cannot be in one list.
 *
 * @param secret_path     PEM as of dgm_keys_make(); must be readable by its owner alone.
 * @param signature_path  "<file>.sig" for one file, "<folder>/dragoman.sums" for all
 * files of a folder: there the host looks for it. One that is there is replaced, at once.
 * @param ret_key         The public key; may be NULL.
 * @return DGM_OK, DGM_IO, DGM_MEMORY, DGM_BAD_CALL; DGM_LIMIT for more than
 * DGM_SIGNED_FILES_MAX; DGM_BAD_KEY if the key file is none, or others can read it.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_sign(const char *secret_path,
                                               const char *const *paths, size_t count,
                                               const char *signature_path,
                                               struct dgm_public_key *ret_key,
                                               struct dgm_refusal *ret_refusal);

/**
 * Verify a file as the host would: by "<file>.sig" if there is such, else by
 * "dragoman.sums" of its folder.
 *
 * @param keys     The trusted ones.
 * @param ret_key  Whose signature it is; may be NULL.
 * @return DGM_OK, DGM_NO_SIGNATURE, DGM_BAD_SIGNATURE, DGM_UNTRUSTED_KEY, DGM_IO,
 * DGM_MEMORY, DGM_BAD_CALL, DGM_PLUGIN_FILE for what is no regular file, or too large.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_signature_verify(const char *path, const struct dgm_public_key *keys, size_t count,
                     struct dgm_public_key *ret_key, struct dgm_refusal *ret_refusal);

DGM_END_DECLS

#endif
