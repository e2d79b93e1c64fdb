/* SPDX-License-Identifier: MIT */
/* Names of plug-ins in a folder: "*.so", unless hidden. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_plugin_name(const char *name)
{
    size_t length = strlen(name);
    return name[0] != '.' && length > 3 && strcmp(name + length - 3, ".so") == 0;
}

static char *join(const char *directory, const char *name)
{
    size_t size = strlen(directory) + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL) {
        (void)snprintf(path, size, "%s/%s", directory, name);
    }
    return path;
}

static bool add(struct folder *folder, const char *directory, const char *name)
{
    if (folder->count == folder->capacity) {
        size_t capacity = folder->capacity == 0 ? 16 : folder->capacity * 2;
        char **paths = realloc(folder->paths, capacity * sizeof(*paths));
        if (paths == NULL) {
            return false;
        }
        folder->paths = paths;
        folder->capacity = capacity;
    }
    folder->paths[folder->count] = join(directory, name);
    if (folder->paths[folder->count] == NULL) {
        return false;
    }
    folder->count++;
    return true;
}

static int compare_paths(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

enum dgm_status folder_read(const char *directory, struct folder *ret)
{
    enum dgm_status status = DGM_OK;
    memset(ret, 0, sizeof(*ret));
    DIR *open = opendir(directory);
    if (open == NULL) {
        return errno == ENOMEM ? DGM_MEMORY : DGM_IO;
    }
    while (status == DGM_OK) {
        errno = 0;
        const struct dirent *entry = readdir(open);
        if (entry == NULL) {
            status = errno == 0 ? DGM_OK : DGM_IO;
            break;
        }
        if (is_plugin_name(entry->d_name) && !add(ret, directory, entry->d_name)) {
            status = DGM_MEMORY;
        }
    }
    int saved = errno;
    (void)closedir(open);
    errno = saved;
    if (ret->count > 0) {
        qsort(ret->paths, ret->count, sizeof(*ret->paths), compare_paths);
    }
    return status;
}

void folder_free(struct folder *folder)
{
    for (size_t i = 0; i < folder->count; i++) {
        free(folder->paths[i]);
    }
    free(folder->paths);
    memset(folder, 0, sizeof(*folder));
}
