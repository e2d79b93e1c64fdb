/* SPDX-License-Identifier: MIT */
/*
 * Loading a plug-in. The file is read once; those bytes are checked, copied into a sealed
 * memory file, and that is what the dynamic loader gets. So nobody can swap the file
 * between the check and the use, and a file that was replaced under its old name is
 * loaded anew, which the loader would otherwise refuse to do.
 *
 * Nothing stays open: a loaded plug-in costs memory and no file descriptor, of which a
 * process often has a thousand and no more.
 *
 * Of a code plug-in only the tables are used here, from a copy of the file's bytes: the
 * dynamic loader of this process never gets to see it.
 */
#include "load.h"
#include "admit.h"
#include "descriptor.h"
#include "info.h"
#include "manifest_check.h"
#include "refuse.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct loaded_model {
    void *memory; /* holds the codec, */
    void *plan;   /* and this its faster copy, if there was memory for it */
    const struct dgm_codec *codec;
    _Atomic(const struct dgm_codec *) ready; /* the faster one; NULL: nobody asked yet */
};

struct dgm_loaded {
    void *handle;
    uint8_t *bytes;       /* of a code plug-in: the descriptor object */
    pthread_mutex_t lock; /* for who makes plans */
    struct loaded_model *models;
    size_t count;
};

/*
 * A path of the memory file that was never used before. The loader knows objects by the
 * path that they were opened by, and takes a second one of that path for the first. The
 * number of a descriptor comes again once it is closed; so the path also spells the
 * number of this call, in slashes and dots that lead nowhere.
 */
static void name_once(int fd, char *name, size_t size)
{
    static atomic_uint_fast64_t calls;
    char spelling[2 * 64 + 1];
    size_t length = 0;
    uint_fast64_t number = atomic_fetch_add(&calls, 1);
    for (; number > 0; number >>= 1) {
        spelling[length++] = '/';
        if ((number & 1) != 0) {
            spelling[length++] = '.';
        }
    }
    spelling[length] = '\0';
    (void)snprintf(name, size, "/proc/self/fd%s/%d", spelling, fd);
}

/*
 * The loader also knows an object by the name that it gives itself, and would hand it out
 * to whoever asks for a library of that name: a plug-in that calls itself libgcc_s.so.1
 * would be taken for it. So the tag becomes one that says nothing new.
 */
static void forget_name(struct dgm_plugin_info *info)
{
    ElfW(Dyn) entry;
    if (info->elf.name_tag_offset == 0) {
        return;
    }
    uint8_t *at = info->file.bytes + info->elf.name_tag_offset;
    memcpy(&entry, at, sizeof(entry));
    entry.d_tag = DT_BIND_NOW;
    memcpy(at, &entry, sizeof(entry));
}

/* Give the checked bytes to the dynamic loader. */
static enum dgm_status open_bytes(struct dgm_loaded *loaded, const struct file *file,
                                  struct dgm_refusal *refusal)
{
    char name[192];
    int fd = file_seal(file);
    if (fd < 0) {
        return refuse(refusal, DGM_IO, "cannot copy the plug-in to memory: %s",
                      strerror(errno));
    }
    name_once(fd, name, sizeof(name));
    loaded->handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    (void)close(fd);
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

static enum dgm_status open_object(struct dgm_loaded *loaded,
                                   const struct dgm_plugin_info *info,
                                   const uint8_t *bytes, struct dgm_refusal *refusal)
{
    struct dgm_plugin plugin;
    uint64_t features = info->code ? DGM_PLUGIN_FEATURE_CODE : 0;
    enum dgm_status status =
        descriptor_check(bytes, info->elf.symbol_size, features, &plugin, refusal);
    if (status == DGM_OK) {
        status = open_models(loaded, bytes, &plugin, refusal);
    }
    if (status == DGM_OK) {
        status = compare_manifest(&info->manifest, &plugin, loaded, refusal);
    }
    return status;
}

static enum dgm_status load(struct dgm_loaded *loaded, struct dgm_plugin_info *info,
                            struct dgm_refusal *refusal)
{
    const uint8_t *bytes = NULL;
    forget_name(info);
    enum dgm_status status = open_bytes(loaded, &info->file, refusal);
    if (status == DGM_OK) {
        status = find_descriptor(loaded, info, &bytes, refusal);
    }
    return status == DGM_OK ? open_object(loaded, info, bytes, refusal) : status;
}

static enum dgm_status read_tables(struct dgm_loaded *loaded,
                                   const struct dgm_plugin_info *info,
                                   struct dgm_refusal *refusal)
{
    loaded->bytes = malloc(info->elf.symbol_size);
    if (loaded->bytes == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory for the tables");
    }
    memcpy(loaded->bytes, info->file.bytes + info->elf.symbol_offset,
           info->elf.symbol_size);
    return open_object(loaded, info, loaded->bytes, refusal);
}

enum dgm_status load_info(struct dgm_plugin_info *info, struct dgm_loaded **ret_loaded,
                          struct dgm_refusal *refusal)
{
    struct dgm_loaded *loaded = calloc(1, sizeof(*loaded));
    if (loaded == NULL || pthread_mutex_init(&loaded->lock, NULL) != 0) {
        free(loaded);
        return refuse(refusal, DGM_MEMORY, "no memory");
    }
    enum dgm_status status =
        info->code ? read_tables(loaded, info, refusal) : load(loaded, info, refusal);
    if (status != DGM_OK) {
        dgm_plugin_unload(loaded);
        return status;
    }
    *ret_loaded = loaded;
    return refuse_nothing(refusal);
}

enum dgm_status dgm_plugin_load_with(const char *path,
                                     const struct dgm_load_options *options,
                                     struct dgm_loaded **ret_loaded,
                                     struct dgm_refusal *ret_refusal)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal told, refusal;
    if (ret_loaded == NULL) {
        return refuse(ret_refusal, DGM_BAD_CALL, "no place for the answer");
    }
    enum dgm_status status = admit(path, options, &info, &told, &refusal);
    if (status == DGM_OK && info->code) {
        status = refuse(&refusal, DGM_PLUGIN_CODE,
                        "%s; a code plug-in runs in a worker process, and only when code "
                        "is allowed",
                        info->no_data.text);
    } else if (status == DGM_OK) {
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
    free(loaded->bytes);
    if (loaded->handle != NULL) {
        (void)dlclose(loaded->handle);
    }
    (void)pthread_mutex_destroy(&loaded->lock);
    free(loaded);
}

/* A faster copy of the codec. Without memory for it the codec itself will do. */
static const struct dgm_codec *make_plan(struct loaded_model *model)
{
    const struct dgm_codec *ready = model->codec;
    size_t size = dgm_codec_plan_size(model->codec);
    model->plan = size > 0 ? malloc(size) : NULL;
    if (model->plan == NULL ||
        dgm_codec_plan(model->codec, model->plan, size, &ready, NULL) != DGM_OK) {
        free(model->plan);
        model->plan = NULL;
        ready = model->codec;
    }
    return ready;
}

/* The plan takes longer to make, and more memory, than all the rest of loading; and of
 * many products few are there. So it is made for the first one who asks for the codec. */
static const struct dgm_codec *make_ready(const struct dgm_loaded *loaded,
                                          size_t position)
{
    struct loaded_model *model = &loaded->models[position];
    pthread_mutex_t *lock = (pthread_mutex_t *)(uintptr_t)&loaded->lock;
    const struct dgm_codec *ready =
        atomic_load_explicit(&model->ready, memory_order_acquire);
    if (ready != NULL) {
        return ready;
    }
    (void)pthread_mutex_lock(lock);
    ready = atomic_load_explicit(&model->ready, memory_order_relaxed);
    if (ready == NULL) {
        ready = make_plan(model);
        atomic_store_explicit(&model->ready, ready, memory_order_release);
    }
    (void)pthread_mutex_unlock(lock);
    return ready;
}

const struct dgm_codec *dgm_loaded_codec(const struct dgm_loaded *loaded, size_t position)
{
    return position < loaded->count ? make_ready(loaded, position) : NULL;
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
            return make_ready(loaded, i);
        }
    }
    return NULL;
}
