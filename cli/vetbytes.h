/* SPDX-License-Identifier: MIT */
/* Bytes and JSON texts by chance, and changes of good ones. */
#ifndef DGM_CLI_VETBYTES_H
#define DGM_CLI_VETBYTES_H

#include "dice.h"

enum { VET_BYTES_MAX = 1 << 16 };

struct vet_bytes {
    uint8_t bytes[VET_BYTES_MAX];
    size_t length;
};

/* Up to `most` bytes by chance. */
void vet_bytes_any(struct vet_bytes *bytes, struct dice *dice, size_t most);

/* Up to `most` characters of what JSON is made of. */
void vet_bytes_json(struct vet_bytes *bytes, struct dice *dice, size_t most);

/* What is too long is cut. */
void vet_bytes_set(struct vet_bytes *bytes, const void *from, size_t length);

/* Some changes: bits, bytes, pieces left out, doubled, or taken from `other`. */
void vet_bytes_bend(struct vet_bytes *bytes, struct dice *dice, const uint8_t *other,
                    size_t other_length);

/* The same for a JSON text, of which also numbers and texts become others. */
void vet_bytes_bend_json(struct vet_bytes *bytes, struct dice *dice, const uint8_t *other,
                         size_t other_length);

#endif
