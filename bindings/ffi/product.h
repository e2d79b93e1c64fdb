/* SPDX-License-Identifier: MIT */
/* A product ready for use: a plug-in or a compiled profile, with a codec of each model.
 */
#ifndef DGM_FFI_PRODUCT_H
#define DGM_FFI_PRODUCT_H

#include <dragoman/codec.h>
#include <dragoman/ffi.h>
#include <dragoman/host.h>
#include <dragoman/profile.h>
#include <dragoman/worker.h>

#include <stdatomic.h>

struct product_model {
    const struct dgm_codec *codec;
    void *memory, *plan; /* of a profile's codec */
};

struct dgm_ffi_product {
    atomic_size_t holders; /* who opened it, and its calls */
    enum dgm_status status;
    struct dgm_profile *profile;
    struct dgm_loaded *plugin;
    struct dgm_worker *worker;
    struct product_model *models;
    size_t model_count;
    char text[256]; /* of the host: why it is no good, or "" */
    char *report;
};

/* Make an empty product, unless the arguments of the call are no good. */
enum dgm_status product_begin(struct dgm_ffi_product **ret_product, bool good);

/* Make its report. Without memory there is no product. */
enum dgm_status product_finish(struct dgm_ffi_product **ret_product,
                               enum dgm_status status);

/* Takes the memory of the model in any case. False without memory. */
bool product_add(struct dgm_ffi_product *product, struct product_model model);

/* One holder more, or less: the last one frees it. The latter takes NULL. */
struct dgm_ffi_product *product_hold(struct dgm_ffi_product *product);
void product_release(struct dgm_ffi_product *product);

/* Texts of a codec. */
const char *product_maker(const struct dgm_codec *codec);
const char *product_name(const struct dgm_codec *codec);

/* Bytes of state that a code plug-in keeps of each device, at most
 * DGM_PLUGIN_CODE_STATE; 0 of others. */
size_t product_state_size(const struct dgm_ffi_product *product);

/* The one codec that fits; NULL in `maker` or `model` fits all. NULL with a sentence in
 * `ret_text` if none does, or several do. */
const struct dgm_codec *product_choose(const struct dgm_ffi_product *product,
                                       const char *maker, const char *model,
                                       const char **ret_text);

#endif
