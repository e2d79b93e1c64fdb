/* SPDX-License-Identifier: MIT */
/* Plug-ins and profiles, loaded and prepared for calls. */
#include "product.h"
#include "report.h"

#include <dragoman/version.h>

#include <stdlib.h>
#include <string.h>

unsigned dgm_ffi_version(void)
{
    return DGM_FFI_VERSION;
}

const char *dgm_ffi_release(void)
{
    return dgm_version();
}

struct dgm_ffi_product *product_hold(struct dgm_ffi_product *product)
{
    (void)atomic_fetch_add(&product->holders, 1);
    return product;
}

void product_release(struct dgm_ffi_product *product)
{
    if (product == NULL || atomic_fetch_sub(&product->holders, 1) > 1) {
        return;
    }
    for (size_t i = 0; i < product->model_count; i++) {
        free(product->models[i].plan);
        free(product->models[i].memory);
    }
    free(product->models);
    dgm_profile_close(product->profile);
    dgm_plugin_unload(product->plugin);
    dgm_worker_stop(product->worker);
    free(product->report);
    free(product);
}

void dgm_ffi_product_close(struct dgm_ffi_product *product)
{
    product_release(product);
}

const char *product_maker(const struct dgm_codec *codec)
{
    return dgm_codec_text(codec, dgm_codec_model(codec)->manufacturer_id);
}

const char *product_name(const struct dgm_codec *codec)
{
    return dgm_codec_text(codec, dgm_codec_model(codec)->model);
}

size_t product_state_size(const struct dgm_ffi_product *product)
{
    return product->worker != NULL ? dgm_worker_state_size(product->worker) : 0;
}

const struct dgm_codec *product_choose(const struct dgm_ffi_product *product,
                                       const char *maker, const char *model,
                                       const char **ret_text)
{
    const struct dgm_codec *found = NULL;
    for (size_t i = 0; i < product->model_count; i++) {
        const struct dgm_codec *codec = product->models[i].codec;
        if ((maker != NULL && strcmp(maker, product_maker(codec)) != 0) ||
            (model != NULL && strcmp(model, product_name(codec)) != 0)) {
            continue;
        }
        if (found != NULL) {
            *ret_text = "the product has several models; choose one with 'model'";
            return NULL;
        }
        found = codec;
    }
    *ret_text = "the product has no such model";
    return found;
}

bool product_add(struct dgm_ffi_product *product, struct product_model model)
{
    size_t count = product->model_count;
    struct product_model *grown =
        count < UINT16_MAX ? realloc(product->models, (count + 1) * sizeof(model)) : NULL;
    if (grown == NULL) {
        free(model.plan);
        free(model.memory);
        return false;
    }
    grown[count] = model;
    product->models = grown;
    product->model_count = count + 1;
    return true;
}

enum dgm_status product_begin(struct dgm_ffi_product **ret_product, bool good)
{
    if (ret_product == NULL) {
        return DGM_BAD_CALL;
    }
    *ret_product = good ? calloc(1, sizeof(**ret_product)) : NULL;
    if (*ret_product == NULL) {
        return good ? DGM_MEMORY : DGM_BAD_CALL;
    }
    atomic_init(&(*ret_product)->holders, 1);
    return DGM_OK;
}

enum dgm_status product_finish(struct dgm_ffi_product **ret_product,
                               enum dgm_status status)
{
    struct dgm_ffi_product *product = *ret_product;
    product->status = status;
    if (status != DGM_MEMORY) {
        product->report = report_product(product);
    }
    if (product->report == NULL) {
        product_release(product);
        *ret_product = NULL;
        return DGM_MEMORY;
    }
    return status;
}

const char *dgm_ffi_product_report(const struct dgm_ffi_product *product)
{
    return product->report;
}
