/* SPDX-License-Identifier: MIT */
/* Walking a directory of plug-ins by their manifests, in this process. */
#include "folder.h"
#include "info.h"
#include "refuse.h"

enum dgm_status dgm_plugin_scan(const char *directory,
                                bool (*visit)(void *user, const char *path,
                                              const struct dgm_plugin_info *info,
                                              const struct dgm_refusal *refusal),
                                void *user)
{
    if (directory == NULL || visit == NULL) {
        return DGM_BAD_CALL;
    }
    struct folder folder;
    enum dgm_status status = folder_read(directory, &folder);
    bool go_on = true;
    for (size_t i = 0; status == DGM_OK && go_on && i < folder.count; i++) {
        struct dgm_plugin_info *info = NULL;
        struct dgm_refusal refusal;
        if (dgm_plugin_inspect(folder.paths[i], &info, &refusal) == DGM_MEMORY) {
            status = DGM_MEMORY;
        } else {
            go_on = visit(user, folder.paths[i], info, info == NULL ? &refusal : NULL);
        }
        dgm_plugin_info_free(info);
    }
    folder_free(&folder);
    return status;
}
