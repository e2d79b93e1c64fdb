/* SPDX-License-Identifier: MIT */
/*
 * The descriptor's fields in the order in which a later version could differ: magic, ABI,
 * size, table format, features, and only then what they say about the rest.
 */
#include "descriptor.h"
#include "refuse.h"

#include <inttypes.h>
#include <string.h>

/* A longer head is that of a newer ABI. Its further members matter only if set. */
static enum dgm_status check_tail(const uint8_t *bytes, size_t known, size_t size,
                                  struct dgm_refusal *refusal)
{
    for (size_t i = known; i < size; i++) {
        if (bytes[i] != 0) {
            return refuse(refusal, DGM_PLUGIN_NEWER,
                          "descriptor: byte %zu: expected 0, found %u: "
                          "a newer host is needed",
                          i, bytes[i]);
        }
    }
    return DGM_OK;
}

enum dgm_status descriptor_head(const uint8_t *bytes, size_t size, void *ret,
                                size_t known, struct dgm_refusal *refusal)
{
    struct dgm_plugin plugin;
    if (size < DGM_PLUGIN_SIZE_MIN) {
        return refuse(refusal, DGM_PLUGIN_SIZE,
                      "descriptor: expected at least %d bytes, found %zu",
                      DGM_PLUGIN_SIZE_MIN, size);
    }
    memcpy(&plugin, bytes, DGM_PLUGIN_SIZE_MIN);
    if (plugin.magic != DGM_PLUGIN_MAGIC) {
        return refuse(refusal, DGM_WRONG_PLUGIN_MAGIC,
                      "magic: expected 0x%08" PRIx32 ", found 0x%08" PRIx32,
                      (uint32_t)DGM_PLUGIN_MAGIC, plugin.magic);
    }
    if (plugin.abi_major != DGM_PLUGIN_ABI_MAJOR) {
        return refuse(refusal, DGM_PLUGIN_ABI, "abi_major: expected %d, found %u",
                      DGM_PLUGIN_ABI_MAJOR, plugin.abi_major);
    }
    if (plugin.size < DGM_PLUGIN_SIZE_MIN || plugin.size > DGM_PLUGIN_SIZE_MAX ||
        plugin.size > size) {
        return refuse(refusal, DGM_PLUGIN_SIZE,
                      "size: expected %d to %d inside %zu bytes, found %" PRIu32,
                      DGM_PLUGIN_SIZE_MIN, DGM_PLUGIN_SIZE_MAX, size, plugin.size);
    }
    memset(ret, 0, known);
    memcpy(ret, bytes, plugin.size < known ? plugin.size : known);
    return check_tail(bytes, known, plugin.size, refusal);
}

static enum dgm_status check_model(size_t size, const struct dgm_plugin *plugin,
                                   struct dgm_plugin_model model, size_t i,
                                   struct dgm_refusal *refusal)
{
    if (model.offset % 8 != 0 || model.offset < plugin->size || model.offset > size ||
        model.size > size - model.offset) {
        return refuse(refusal, DGM_PLUGIN_SIZE,
                      "model %zu: %" PRIu32 " bytes at %" PRIu32
                      ": expected a multiple of 8, inside the descriptor's %zu bytes",
                      i, model.size, model.offset, size);
    }
    return DGM_OK;
}

struct dgm_plugin_model descriptor_model(const uint8_t *bytes,
                                         const struct dgm_plugin *plugin, size_t i)
{
    struct dgm_plugin_model model;
    memcpy(&model, bytes + plugin->models + i * sizeof(model), sizeof(model));
    return model;
}

static enum dgm_status check_models(const uint8_t *bytes, size_t size,
                                    const struct dgm_plugin *plugin,
                                    struct dgm_refusal *refusal)
{
    if (plugin->model_count == 0 || plugin->model_count > DESCRIPTOR_MAX_MODELS) {
        return refuse(refusal, DGM_PLUGIN_SIZE,
                      "model_count: expected 1 to %d, found %" PRIu32,
                      DESCRIPTOR_MAX_MODELS, plugin->model_count);
    }
    if (plugin->models < plugin->size || plugin->models > size ||
        plugin->model_count * sizeof(struct dgm_plugin_model) > size - plugin->models) {
        return refuse(
            refusal, DGM_PLUGIN_SIZE,
            "models: expected %" PRIu32
            " entries inside the descriptor's %zu bytes, found them at %" PRIu32,
            plugin->model_count, size, plugin->models);
    }
    for (size_t i = 0; i < plugin->model_count; i++) {
        enum dgm_status status =
            check_model(size, plugin, descriptor_model(bytes, plugin, i), i, refusal);
        if (status != DGM_OK) {
            return status;
        }
    }
    return DGM_OK;
}

/* Bits that nobody knows are those of a newer ABI; the others must be true. */
static enum dgm_status check_features(uint64_t expected, uint64_t found,
                                      struct dgm_refusal *refusal)
{
    if ((found & ~(uint64_t)DGM_PLUGIN_FEATURE_CODE) != 0) {
        return refuse(refusal, DGM_PLUGIN_NEWER,
                      "features: expected 0x%" PRIx64 ", found 0x%" PRIx64
                      ": a newer host is needed",
                      expected, found);
    }
    if (found != expected) {
        return refuse(refusal, DGM_PLUGIN_CODE,
                      "features: expected 0x%" PRIx64 " as the file is, found 0x%" PRIx64,
                      expected, found);
    }
    return DGM_OK;
}

enum dgm_status descriptor_check(const uint8_t *bytes, size_t size, uint64_t features,
                                 struct dgm_plugin *ret, struct dgm_refusal *refusal)
{
    enum dgm_status status = descriptor_head(bytes, size, ret, sizeof(*ret), refusal);
    if (status != DGM_OK) {
        return status;
    }
    if (ret->table_format != DGM_TABLE_FORMAT) {
        return refuse(refusal, DGM_WRONG_TABLE_FORMAT,
                      "table_format: expected %d, found %" PRIu32, DGM_TABLE_FORMAT,
                      ret->table_format);
    }
    status = check_features(features, ret->features, refusal);
    return status == DGM_OK ? check_models(bytes, size, ret, refusal) : status;
}
