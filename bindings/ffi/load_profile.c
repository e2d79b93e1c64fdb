/* SPDX-License-Identifier: MIT */
/* Profiles as products: compiled, verified, and planned. */
#include "product.h"

#include <stdlib.h>

/* A codec of a table that the compiler made. It goes without a plan if there is no memory
 * for that. */
static enum dgm_status open_codec(const struct dgm_model *table, size_t size,
                                  struct product_model *ret)
{
    size_t needed = dgm_codec_size(table, size);
    ret->plan = NULL;
    ret->memory = needed > 0 ? malloc(needed) : NULL;
    if (ret->memory == NULL) {
        return needed > 0 ? DGM_MEMORY : DGM_INTERNAL;
    }
    if (dgm_codec_open(table, size, ret->memory, needed, &ret->codec, NULL) != DGM_OK) {
        free(ret->memory);
        return DGM_INTERNAL;
    }
    needed = dgm_codec_plan_size(ret->codec);
    ret->plan = malloc(needed);
    if (ret->plan != NULL &&
        dgm_codec_plan(ret->codec, ret->plan, needed, &ret->codec, NULL) != DGM_OK) {
        free(ret->plan);
        ret->plan = NULL;
    }
    return DGM_OK;
}

static enum dgm_status take_profile(struct dgm_ffi_product *product)
{
    size_t size = 0;
    const struct dgm_model *table = NULL;
    enum dgm_status status = DGM_OK;
    for (size_t i = 0; status == DGM_OK &&
                       (table = dgm_profile_model_at(product->profile, i, &size)) != NULL;
         i++) {
        struct product_model model;
        status = open_codec(table, size, &model);
        if (status == DGM_OK && !product_add(product, model)) {
            status = DGM_MEMORY;
        }
    }
    return status;
}

/* A profile that the compiler is done with. */
static enum dgm_status finish(struct dgm_ffi_product **ret_product,
                              enum dgm_status status)
{
    return product_finish(ret_product,
                          status == DGM_OK ? take_profile(*ret_product) : status);
}

enum dgm_status dgm_ffi_load_profile(const char *path,
                                     struct dgm_ffi_product **ret_product)
{
    enum dgm_status status = product_begin(ret_product, path != NULL);
    return status != DGM_OK
               ? status
               : finish(ret_product, dgm_profile_load(path, &(*ret_product)->profile));
}

enum dgm_status dgm_ffi_parse_profile(const char *name, const char *text, size_t length,
                                      struct dgm_ffi_product **ret_product)
{
    bool good = name != NULL && (text != NULL || length == 0);
    enum dgm_status status = product_begin(ret_product, good);
    return status != DGM_OK
               ? status
               : finish(ret_product, dgm_profile_parse(name, length > 0 ? text : "",
                                                       length, &(*ret_product)->profile));
}
