/* SPDX-License-Identifier: MIT */
/*
 * Loading a plug-in. The file is read once; those bytes are checked, copied into a sealed
 * memory file, and that is what the dynamic loader gets. So nobody can swap the file
 * between the check and the use, and a file that was replaced under its old name is
 * loaded anew, which the loader would otherwise refuse to do.
 *
 * The memory file stays open as long as the plug-in is loaded: the loader knows objects
 * by name, the name holds the number of the descriptor, and a number that was given out
 * again would find the old object.
 */
#include "descriptor.h"
#include "info.h"
#include "manifest_check.h"
#include "refuse.h"
#include "verify.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct loaded_model {
    void *memory; /* holds the codec, */
    void *plan;   /* and this its faster copy, if there was memory for it */
    const struct dgm_codec *codec;
};

struct dgm_loaded {
    void *handle;
    int fd;
    struct loaded_model *models;
    size_t count;
};

/* Give the checked bytes to the dynamic loader. */
static enum dgm_status open_bytes(struct dgm_loaded *loaded, const struct file *file,
                                  struct dgm_refusal *refusal)
{
    char name[64];
    loaded->fd = file_seal(file);
    if (loaded->fd < 0) {
        return refuse(refusal, DGM_IO, "cannot copy the plug-in to memory: %s",
                      strerror(errno));
    }
    (void)snprintf(name, sizeof(name), "/proc/self/fd/%d", loaded->fd);
    loaded->handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (loaded->handle == NULL) {
        const char *why = dlerror();
        return refuse(refusal, DGM_PLUGIN_FILE, "the dynamic loader says: %s",
                      why == NULL ? "nothing" : why);
    }
    return DGM_OK;
}

/* The exported object in memory. It must be the bytes that were checked: a loader that
 * took another object for this one would be caught here. */
static enum dgm_status find_descriptor(const struct dgm_loaded *loaded,
                                       const struct dgm_plugin_info *info,
                                       const uint8_t **ret_bytes,
                                       struct dgm_refusal *refusal)
{
    const uint8_t *bytes = dlsym(loaded->handle, DGM_PLUGIN_SYMBOL_NAME);
    if (bytes == NULL) {
        return refuse(refusal, DGM_NO_PLUGIN_SYMBOL, "%s: expected it, found none",
                      DGM_PLUGIN_SYMBOL_NAME);
    }
    struct link_map *map = NULL;
    if (dlinfo(loaded->handle, RTLD_DI_LINKMAP, &map) != 0 ||
        (uintptr_t)bytes - (uintptr_t)map->l_addr != info->elf.symbol_address ||
        memcmp(bytes, info->file.bytes + info->elf.symbol_offset,
               info->elf.symbol_size) != 0) {
        return refuse(refusal, DGM_NO_PLUGIN_SYMBOL,
                      "%s: expected the object of the file, found another",
                      DGM_PLUGIN_SYMBOL_NAME);
    }
    *ret_bytes = bytes;
    return DGM_OK;
}

/* A faster copy of the codec. Without memory for it the codec itself will do. */
static void add_plan(struct loaded_model *model)
{
    size_t size = dgm_codec_plan_size(model->codec);
    model->plan = size > 0 ? malloc(size) : NULL;
    if (model->plan == NULL ||
        dgm_codec_plan(model->codec, model->plan, size, &model->codec, NULL) != DGM_OK) {
        free(model->plan);
        model->plan = NULL;
    }
}

static enum dgm_status open_model(struct loaded_model *model, const uint8_t *table,
                                  size_t size, size_t i, struct dgm_refusal *refusal)
{
    struct dgm_error error;
    char text[160];
    size_t memory_size = dgm_codec_size(table, size);
    if (memory_size == 0) {
        return refuse(refusal, DGM_BAD_TABLE, "model %zu: expected a table", i);
    }
    model->memory = malloc(memory_size);
    if (model->memory == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory for %zu bytes", memory_size);
    }
    memset(&error, 0, sizeof(error));
    enum dgm_status status =
        dgm_codec_open(table, size, model->memory, memory_size, &model->codec, &error);
    if (status != DGM_OK) {
        error.status = status;
        (void)dgm_error_render(NULL, &error, text, sizeof(text));
        return refuse(refusal, status, "model %zu: %s", i, text);
    }
    add_plan(model);
    return DGM_OK;
}

/* The manifest must tell the truth about each model. */
static enum dgm_status compare_manifest(const struct manifest *manifest,
                                        const struct dgm_plugin *plugin,
                                        const struct dgm_loaded *loaded,
                                        struct dgm_refusal *refusal)
{
    enum dgm_status status = DGM_OK;
    if (loaded->count != manifest->further_count + 1) {
        return refuse(refusal, DGM_PLUGIN_MANIFEST,
                      "manifest: expected %zu models as there are tables, found %zu",
                      loaded->count, manifest->further_count + 1);
    }
    for (size_t i = 0; i < loaded->count && status == DGM_OK; i++) {
        status = manifest_check(manifest, plugin, loaded->models[i].codec, i, refusal);
    }
    return status;
}

static enum dgm_status open_models(struct dgm_loaded *loaded, const uint8_t *bytes,
                                   const struct dgm_plugin *plugin,
                                   struct dgm_refusal *refusal)
{
    loaded->models = calloc(plugin->model_count, sizeof(*loaded->models));
    if (loaded->models == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory");
    }
    for (size_t i = 0; i < plugin->model_count; i++) {
        struct dgm_plugin_model model = descriptor_model(bytes, plugin, i);
        loaded->count = i + 1;
        enum dgm_status status =
            open_model(&loaded->models[i], bytes + model.offset, model.size, i, refusal);
        if (status != DGM_OK) {
            return status;
        }
    }
    return DGM_OK;
}

static enum dgm_status load(struct dgm_loaded *loaded, const struct dgm_plugin_info *info,
                            struct dgm_refusal *refusal)
{
    struct dgm_plugin plugin;
    const uint8_t *bytes = NULL;
    enum dgm_status status = open_bytes(loaded, &info->file, refusal);
    if (status == DGM_OK) {
        status = find_descriptor(loaded, info, &bytes, refusal);
    }
    if (status == DGM_OK) {
        status = descriptor_check(bytes, info->elf.symbol_size, &plugin, refusal);
    }
    if (status == DGM_OK) {
        status = open_models(loaded, bytes, &plugin, refusal);
    }
    if (status == DGM_OK) {
        status = compare_manifest(&info->manifest, &plugin, loaded, refusal);
    }
    return status;
}

/* The options as this version knows them: a shorter struct reads as if the defaults
 * followed, a longer one must not say what is not known. */
static bool read_options(const struct dgm_load_options *options,
                         struct dgm_load_options *ret)
{
    static const struct dgm_load_options defaults = DGM_LOAD_OPTIONS_INIT;
    *ret = defaults;
    if (options == NULL) {
        return true;
    }
    size_t size = options->size;
    if (size < offsetof(struct dgm_load_options, keys)) {
        return false;
    }
    for (size_t i = sizeof(*ret); i < size; i++) {
        if (((const uint8_t *)options)[i] != 0) {
            return false;
        }
    }
    memcpy(ret, options, size < sizeof(*ret) ? size : sizeof(*ret));
    ret->size = sizeof(*ret);
    return (ret->keys != NULL || ret->key_count == 0) &&
           (unsigned)ret->signatures <= DGM_SIGNATURES_REQUIRE;
}

/* Is the file signed as the options want it? What is wrong stays in `told`, whether it
 * matters or not. */
static enum dgm_status check_signature(const char *path, const struct file *file,
                                       const struct dgm_load_options *options,
                                       struct dgm_refusal *told)
{
    struct dgm_public_key key;
    (void)refuse_nothing(told);
    if (options->signatures == DGM_SIGNATURES_OFF) {
        return DGM_OK;
    }
    enum dgm_status status =
        verify_bytes(path, file, options->keys, options->key_count, &key, told);
    return options->signatures == DGM_SIGNATURES_REQUIRE ? status : DGM_OK;
}

static enum dgm_status load_info(struct dgm_plugin_info *info,
                                 struct dgm_loaded **ret_loaded,
                                 struct dgm_refusal *refusal)
{
    enum dgm_status status = info_fill(info, refusal);
    if (status != DGM_OK) {
        return status;
    }
    struct dgm_loaded *loaded = calloc(1, sizeof(*loaded));
    if (loaded == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory");
    }
    loaded->fd = -1;
    status = load(loaded, info, refusal);
    if (status != DGM_OK) {
        dgm_plugin_unload(loaded);
        return status;
    }
    *ret_loaded = loaded;
    return DGM_OK;
}

enum dgm_status dgm_plugin_load_with(const char *path,
                                     const struct dgm_load_options *options,
                                     struct dgm_loaded **ret_loaded,
                                     struct dgm_refusal *ret_refusal)
{
    struct dgm_load_options known;
    struct dgm_refusal told, refusal;
    if (path == NULL || ret_loaded == NULL || !read_options(options, &known)) {
        return refuse(ret_refusal, DGM_BAD_CALL,
                      "a path, options of this version, and a place for the answer");
    }
    struct dgm_plugin_info *info = calloc(1, sizeof(*info));
    if (info == NULL) {
        return refuse(ret_refusal, DGM_MEMORY, "no memory");
    }
    enum dgm_status status = file_read(path, &info->file, &refusal);
    if (status == DGM_OK) {
        status = check_signature(path, &info->file, &known, &told);
        refusal = told;
    }
    if (status == DGM_OK) {
        status = load_info(info, ret_loaded, &refusal);
    }
    dgm_plugin_info_free(info);
    if (ret_refusal != NULL) {
        *ret_refusal = status == DGM_OK ? told : refusal;
    }
    return status;
}

enum dgm_status dgm_plugin_load(const char *path, struct dgm_loaded **ret_loaded,
                                struct dgm_refusal *ret_refusal)
{
    return dgm_plugin_load_with(path, NULL, ret_loaded, ret_refusal);
}

void dgm_plugin_unload(struct dgm_loaded *loaded)
{
    if (loaded == NULL) {
        return;
    }
    for (size_t i = 0; i < loaded->count; i++) {
        free(loaded->models[i].plan);
        free(loaded->models[i].memory);
    }
    free(loaded->models);
    if (loaded->handle != NULL) {
        (void)dlclose(loaded->handle);
    }
    if (loaded->fd >= 0) {
        (void)close(loaded->fd);
    }
    free(loaded);
}

const struct dgm_codec *dgm_loaded_codec(const struct dgm_loaded *loaded, size_t position)
{
    return position < loaded->count ? loaded->models[position].codec : NULL;
}

static bool is_text(const struct dgm_codec *codec, uint32_t text, const char *wanted)
{
    return wanted == NULL || strcmp(dgm_codec_text(codec, text), wanted) == 0;
}

const struct dgm_codec *dgm_loaded_find(const struct dgm_loaded *loaded,
                                        const char *manufacturer_id, const char *model)
{
    for (size_t i = 0; i < loaded->count; i++) {
        const struct dgm_codec *codec = loaded->models[i].codec;
        const struct dgm_model *table = dgm_codec_model(codec);
        if (is_text(codec, table->manufacturer_id, manufacturer_id) &&
            is_text(codec, table->model, model)) {
            return codec;
        }
    }
    return NULL;
}
