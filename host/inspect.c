/* SPDX-License-Identifier: MIT */
/* Looking into a plug-in file: its form and its manifest, read from its bytes alone. */
#include "admit.h"
#include "info.h"
#include "refuse.h"

#include <dragoman/plugin.h>

#include <stdlib.h>

/* What must be there, and of this very version, for the rest to be understood. */
static enum dgm_status check_manifest(const struct manifest *manifest,
                                      struct dgm_refusal *refusal)
{
    static const char *const texts[] = {"profile_hash", "manufacturer_id", "model"};
    enum dgm_status status = manifest_expect_number(
        manifest, "plugin_abi", DGM_PLUGIN_ABI_MAJOR, DGM_PLUGIN_ABI, refusal);
    if (status == DGM_OK) {
        status = manifest_expect_number(manifest, "table_format", DGM_TABLE_FORMAT,
                                        DGM_WRONG_TABLE_FORMAT, refusal);
    }
    if (status == DGM_OK) {
        status = manifest_expect_number(manifest, "manifest_version", 1, DGM_PLUGIN_NEWER,
                                        refusal);
    }
    for (size_t i = 0; status == DGM_OK && i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (manifest_text(manifest, texts[i]) == NULL) {
            status = refuse(refusal, DGM_PLUGIN_MANIFEST,
                            "manifest: %s: expected a text, found none", texts[i]);
        }
    }
    for (size_t i = 1; status == DGM_OK && i <= manifest->further_count; i++) {
        const struct manifest *model = manifest_model(manifest, i);
        if (manifest_text(model, "manufacturer_id") == NULL ||
            manifest_text(model, "model") == NULL) {
            status = refuse(refusal, DGM_PLUGIN_MANIFEST,
                            "manifest: model %zu: expected manufacturer_id and model", i);
        }
    }
    return status;
}

/* A table plug-in, or one that says that it has code. What is neither is refused as a
 * table plug-in would be, unless it tries to be the other. */
static enum dgm_status check_form(struct dgm_plugin_info *info,
                                  struct dgm_refusal *refusal)
{
    const struct file *file = &info->file;
    struct dgm_refusal why;
    struct elf_plugin elf;
    enum dgm_status status = elf_check(file->bytes, file->size, &info->elf, refusal);
    if (status == DGM_OK) {
        return DGM_OK;
    }
    enum dgm_status code = elf_check_code(file->bytes, file->size, &elf, &why);
    if (!elf.exports_code) {
        return status;
    }
    if (code != DGM_OK) {
        return refuse(refusal, code, "%s", why.text);
    }
    info->elf = elf;
    info->code = true;
    (void)elf_check(file->bytes, file->size, &elf, &info->no_data);
    return DGM_OK;
}

enum dgm_status info_fill(struct dgm_plugin_info *info, struct dgm_refusal *refusal)
{
    info->file_size = info->file.size;
    enum dgm_status status = check_form(info, refusal);
    if (status != DGM_OK) {
        return status;
    }
    status = manifest_read(info->file.bytes + info->elf.manifest_offset,
                           info->elf.manifest_size, &info->manifest, refusal);
    if (status != DGM_OK) {
        return status;
    }
    return check_manifest(&info->manifest, refusal);
}

enum dgm_status dgm_plugin_inspect(const char *path, struct dgm_plugin_info **ret_info,
                                   struct dgm_refusal *ret_refusal)
{
    struct dgm_refusal told, refusal;
    if (ret_info == NULL) {
        return refuse(ret_refusal, DGM_BAD_CALL, "no place for the answer");
    }
    struct dgm_plugin_info *info = NULL;
    enum dgm_status status = admit(path, NULL, &info, &told, &refusal);
    if (status == DGM_OK) {
        *ret_info = info;
    }
    if (ret_refusal != NULL) {
        *ret_refusal = refusal;
    }
    return status;
}

enum dgm_status info_of_manifest(const char *manifest, size_t length, size_t file_size,
                                 struct dgm_plugin_info **ret,
                                 struct dgm_refusal *refusal)
{
    struct dgm_plugin_info *info = calloc(1, sizeof(*info));
    if (info == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory");
    }
    info->file_size = file_size;
    enum dgm_status status =
        manifest_read((const uint8_t *)manifest, length, &info->manifest, refusal);
    if (status == DGM_OK) {
        status = check_manifest(&info->manifest, refusal);
    }
    if (status != DGM_OK) {
        dgm_plugin_info_free(info);
        return status;
    }
    *ret = info;
    return refuse_nothing(refusal);
}

void dgm_plugin_info_free(struct dgm_plugin_info *info)
{
    if (info == NULL) {
        return;
    }
    file_free(&info->file);
    manifest_free(&info->manifest);
    free(info);
}

const char *dgm_plugin_info_manifest(const struct dgm_plugin_info *info)
{
    return info->manifest.text;
}

const char *dgm_plugin_info_member(const struct dgm_plugin_info *info, const char *name)
{
    return manifest_text(&info->manifest, name);
}

const char *dgm_plugin_info_model(const struct dgm_plugin_info *info, size_t position,
                                  const char *name)
{
    const struct manifest *model = manifest_model(&info->manifest, position);
    return model == NULL ? NULL : manifest_text(model, name);
}

const char *dgm_plugin_info_code(const struct dgm_plugin_info *info)
{
    return info->code ? info->no_data.text : NULL;
}

size_t dgm_plugin_info_file_size(const struct dgm_plugin_info *info)
{
    return info->file_size;
}
