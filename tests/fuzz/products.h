/* SPDX-License-Identifier: MIT */
/*
 * What the fuzz targets work on: all profiles of the tree, compiled at the first call. A
 * byte of the input says which one, so that the fuzzer finds its way among them.
 */
#ifndef FUZZ_PRODUCTS_H
#define FUZZ_PRODUCTS_H

#include <dragoman/codec.h>
#include <dragoman/profile.h>

struct product {
    struct dgm_profile *profile;
    const struct dgm_model *model;
    size_t model_size;
    const struct dgm_codec *codec;
    void *scratch;
};

/* The product that a number stands for; any number does. Aborts if one does not compile.
 */
const struct product *product_at(size_t position);
size_t product_count(void);

/* The same among those whose profile has `framing`. */
const struct product *framed_product_at(size_t position);

/* A call with scratch memory that is enough for the product. */
struct dgm_call product_call(const struct product *product);

#endif
