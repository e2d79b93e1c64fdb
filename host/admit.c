/* SPDX-License-Identifier: MIT */
#include "admit.h"
#include "grow.h"
#include "refuse.h"
#include "verify.h"

#include <stddef.h>
#include <stdlib.h>

static bool read_options(const struct dgm_load_options *options,
                         struct dgm_load_options *ret)
{
    static const struct dgm_load_options defaults = DGM_LOAD_OPTIONS_INIT;
    *ret = defaults;
    return grow_copy(options, offsetof(struct dgm_load_options, keys), ret,
                     sizeof(*ret)) &&
           (ret->keys != NULL || ret->key_count == 0) &&
           (unsigned)ret->signatures <= DGM_SIGNATURES_REQUIRE;
}

/* Is the file signed as the options want it? What is wrong stays in `told`, whether it
 * matters or not. */
static enum dgm_status check_signature(const char *path, const struct file *file,
                                       const struct dgm_load_options *options,
                                       struct dgm_refusal *told)
{
    struct dgm_public_key key;
    if (options->signatures == DGM_SIGNATURES_OFF) {
        return DGM_OK;
    }
    enum dgm_status status =
        verify_bytes(path, file, options->keys, options->key_count, &key, told);
    return options->signatures == DGM_SIGNATURES_REQUIRE ? status : DGM_OK;
}

enum dgm_status admit(const char *path, const struct dgm_load_options *options,
                      struct dgm_plugin_info **ret_info, struct dgm_refusal *ret_told,
                      struct dgm_refusal *refusal)
{
    struct dgm_load_options known;
    *ret_info = NULL;
    (void)refuse_nothing(ret_told);
    if (path == NULL || !read_options(options, &known)) {
        return refuse(refusal, DGM_BAD_CALL, "a path, and options of this version");
    }
    struct dgm_plugin_info *info = calloc(1, sizeof(*info));
    if (info == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory");
    }
    enum dgm_status status = file_read(path, &info->file, refusal);
    if (status == DGM_OK) {
        status = check_signature(path, &info->file, &known, ret_told);
        *refusal = status == DGM_OK ? *refusal : *ret_told;
    }
    if (status == DGM_OK) {
        status = info_fill(info, refusal);
    }
    if (status != DGM_OK) {
        dgm_plugin_info_free(info);
        return status;
    }
    *ret_info = info;
    return refuse_nothing(refusal);
}
