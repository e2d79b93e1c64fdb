/* SPDX-License-Identifier: MIT */
/* Plug-ins as products: tables alone in this process, code in one of its own. */
#include "product.h"

#include <dragoman/plugin_code.h>
#include <dragoman/signature.h>

#include <stdio.h>

/* Whose plug-ins are loaded: anybody's without a file of keys. */
struct trust {
    struct dgm_public_key keys[DGM_PUBLIC_KEYS_MAX];
    struct dgm_load_options options;
};

static enum dgm_status read_trust(struct trust *trust, const char *path,
                                  struct dgm_refusal *refusal)
{
    static const struct dgm_load_options initial = DGM_LOAD_OPTIONS_INIT;
    trust->options = initial;
    if (path == NULL) {
        return DGM_OK;
    }
    trust->options.signatures = DGM_SIGNATURES_REQUIRE;
    trust->options.keys = trust->keys;
    return dgm_public_keys_read(path, trust->keys, DGM_PUBLIC_KEYS_MAX,
                                &trust->options.key_count, refusal);
}

static enum dgm_status take_loaded(struct dgm_ffi_product *product,
                                   const struct dgm_loaded *loaded)
{
    struct product_model model = {NULL, NULL, NULL};
    for (size_t i = 0; (model.codec = dgm_loaded_codec(loaded, i)) != NULL; i++) {
        if (!product_add(product, model)) {
            return DGM_MEMORY;
        }
    }
    return DGM_OK;
}

/* What was loaded, or why it was not. */
static enum dgm_status finish(struct dgm_ffi_product **ret_product,
                              enum dgm_status status, const struct dgm_loaded *loaded,
                              const struct dgm_refusal *refusal)
{
    struct dgm_ffi_product *product = *ret_product;
    (void)snprintf(product->text, sizeof(product->text), "%s", refusal->text);
    return product_finish(ret_product,
                          status == DGM_OK ? take_loaded(product, loaded) : status);
}

enum dgm_status dgm_ffi_load_plugin(const char *path, const char *trusted_keys,
                                    struct dgm_ffi_product **ret_product)
{
    struct dgm_refusal refusal = {DGM_OK, ""};
    struct trust trust;
    enum dgm_status status = product_begin(ret_product, path != NULL);
    if (status != DGM_OK) {
        return status;
    }
    struct dgm_ffi_product *product = *ret_product;
    status = read_trust(&trust, trusted_keys, &refusal);
    if (status == DGM_OK) {
        status = dgm_plugin_load_with(path, &trust.options, &product->plugin, &refusal);
    }
    return finish(ret_product, status, product->plugin, &refusal);
}

enum dgm_status dgm_ffi_load_code(const char *path, const char *trusted_keys,
                                  const void *settings, size_t settings_length,
                                  struct dgm_ffi_product **ret_product)
{
    struct dgm_worker_options options = DGM_WORKER_OPTIONS_INIT;
    struct dgm_refusal refusal = {DGM_OK, ""};
    struct trust trust;
    bool good = path != NULL && (settings != NULL || settings_length == 0);
    enum dgm_status status = product_begin(ret_product, good);
    if (status != DGM_OK) {
        return status;
    }
    struct dgm_ffi_product *product = *ret_product;
    options.settings = settings;
    options.settings_length = settings_length;
    options.state_size = DGM_PLUGIN_CODE_STATE;
    options.load = &trust.options;
    status = read_trust(&trust, trusted_keys, &refusal);
    if (status == DGM_OK) {
        status = dgm_worker_start(path, &options, &product->worker, &refusal);
    }
    return finish(ret_product, status,
                  status == DGM_OK ? dgm_worker_loaded(product->worker) : NULL, &refusal);
}
