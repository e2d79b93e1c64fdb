/* SPDX-License-Identifier: MIT */
/*
 * The signed list of sums, a text:
 *
 *     dragoman sums 1
 *     <sha256> <size> <name>        one line a file, names ascending
 *     key <public key>
 *     signature <signature>         over all lines before, line feeds included
 *
 * in lower-case hex and decimal digits, and no other spelling of the same.
 */
#ifndef DGM_SUMS_H
#define DGM_SUMS_H

#include "file.h"
#include "keys.h"

enum { SUMS_SUM_SIZE = 32, SUMS_NAME_MAX = 255, SUMS_FILE_MAX = 2 << 20 };

struct sums_entry {
    uint8_t sum[SUMS_SUM_SIZE];
    uint64_t size;
    const char *name; /* not zero-terminated */
    size_t name_length;
};

/* Can a file of that name be in a list? */
bool sums_name_is_good(const char *name, size_t length);

void sums_of(const struct file *file, uint8_t sum[SUMS_SUM_SIZE]);

/* Make the text, zero-terminated; entries are sorted. NULL: no memory. Free with free().
 */
char *sums_make(struct sums_entry *entries, size_t count, const struct secret_key *key,
                size_t *ret_length);

/* Is the list's signature by one of the keys, and good? Looks at nothing else of the
 * text. `ret_key` is set as far as the text has one. */
enum dgm_status sums_verify(const struct file *text, const struct dgm_public_key *keys,
                            size_t count, struct dgm_public_key *ret_key,
                            struct dgm_refusal *refusal);

/* The entry of a name in a verified list. DGM_NO_SIGNATURE if there is none,
 * DGM_BAD_SIGNATURE if the list is malformed. */
enum dgm_status sums_find(const struct file *text, const char *name,
                          struct sums_entry *ret, struct dgm_refusal *refusal);

#endif
