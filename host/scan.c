/* SPDX-License-Identifier: MIT */
/* Walking a directory of plug-ins by name, so that the order does not depend on the file
 * system. */
#include "info.h"
#include "refuse.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct names {
    char **items;
    size_t count, capacity;
};

static void names_free(struct names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->items[i]);
    }
    free(names->items);
}

static bool names_add(struct names *names, const char *name)
{
    if (names->count == names->capacity) {
        size_t capacity = names->capacity == 0 ? 16 : names->capacity * 2;
        char **items = realloc(names->items, capacity * sizeof(*items));
        if (items == NULL) {
            return false;
        }
        names->items = items;
        names->capacity = capacity;
    }
    names->items[names->count] = strdup(name);
    if (names->items[names->count] == NULL) {
        return false;
    }
    names->count++;
    return true;
}

static bool is_plugin_name(const char *name)
{
    size_t length = strlen(name);
    return name[0] != '.' && length > 3 && strcmp(name + length - 3, ".so") == 0;
}

static enum dgm_status names_read(struct names *names, const char *directory)
{
    DIR *open = opendir(directory);
    if (open == NULL) {
        return errno == ENOMEM ? DGM_MEMORY : DGM_IO;
    }
    enum dgm_status status = DGM_OK;
    while (status == DGM_OK) {
        errno = 0;
        const struct dirent *entry = readdir(open);
        if (entry == NULL) {
            status = errno == 0 ? DGM_OK : DGM_IO;
            break;
        }
        if (is_plugin_name(entry->d_name) && !names_add(names, entry->d_name)) {
            status = DGM_MEMORY;
        }
    }
    (void)closedir(open);
    return status;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

typedef bool visit_function(void *user, const char *path,
                            const struct dgm_plugin_info *info,
                            const struct dgm_refusal *refusal);

/* Inspect one file and show it. `ret_go_on` is the visitor's answer. */
static enum dgm_status visit_one(const char *directory, const char *name,
                                 visit_function *visit, void *user, bool *ret_go_on)
{
    size_t size = strlen(directory) + strlen(name) + 2;
    char *path = malloc(size);
    if (path == NULL) {
        return DGM_MEMORY;
    }
    (void)snprintf(path, size, "%s/%s", directory, name);
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal refusal;
    enum dgm_status status = dgm_plugin_inspect(path, &info, &refusal);
    if (status != DGM_MEMORY) {
        *ret_go_on = visit(user, path, info, info == NULL ? &refusal : NULL);
        status = DGM_OK;
    }
    dgm_plugin_info_free(info);
    free(path);
    return status;
}

enum dgm_status dgm_plugin_scan(const char *directory, visit_function *visit, void *user)
{
    if (directory == NULL || visit == NULL) {
        return DGM_BAD_CALL;
    }
    struct names names = {NULL, 0, 0};
    enum dgm_status status = names_read(&names, directory);
    if (status == DGM_OK && names.count > 0) {
        qsort(names.items, names.count, sizeof(*names.items), compare_names);
    }
    bool go_on = true;
    for (size_t i = 0; status == DGM_OK && go_on && i < names.count; i++) {
        status = visit_one(directory, names.items[i], visit, user, &go_on);
    }
    names_free(&names);
    return status;
}
