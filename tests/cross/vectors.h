/* SPDX-License-Identifier: MIT */
/* What make_vectors writes as C: tables, their vectors, and the answers to expect. */
#ifndef CROSS_VECTORS_H
#define CROSS_VECTORS_H

#include "steps.h"

struct cross_expected {
    const char *text;
    uint32_t length;
};

struct cross_case {
    struct cross_vector vector;
    const struct cross_expected *answers; /* to the calls with sound input */
    const uint32_t *hashes;               /* to those with damaged input */
    uint32_t answer_count, hash_count;
};

struct cross_product {
    const char *name;
    const struct dgm_model *const *model;
    uint32_t table_size;
    uint32_t case_count;
    const struct cross_case *cases;
};

extern const struct cross_product cross_products[];
extern const uint32_t cross_product_count;

#endif
