/* SPDX-License-Identifier: MIT */
/* Names of CRCs and their parameters, in the terms of the public catalogue. */
#ifndef DGM_CRC_NAMES_H
#define DGM_CRC_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct crc_name {
    const char *name;
    uint8_t width; /* bits */
    uint64_t poly, init;
    bool refin, refout;
    uint64_t xorout;
    uint64_t check;                 /* of the nine bytes "123456789" */
    uint32_t poly_high, check_high; /* above 64 bits; the others have no more there */
};

extern const struct crc_name crc_names[];
extern const size_t crc_name_count;

/* NULL if the catalogue has no such name. */
const struct crc_name *crc_find(const char *name);
/* The name that the catalogue prefers to another one, or NULL. */
const char *crc_alias(const char *name);

#endif
