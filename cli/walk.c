/* SPDX-License-Identifier: MIT */
/* Files under a folder, sorted. The depth is bounded. */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 8 };

struct visitor {
    bool (*visit)(void *user, enum walk_kind kind, const char *path);
    void *user;
};

bool walk_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool walk_is_profile_name(const char *path)
{
    size_t length = strlen(path);
    return (length > 5 && strcmp(path + length - 5, ".yaml") == 0) ||
           (length > 4 && strcmp(path + length - 4, ".yml") == 0);
}

const char *walk_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

char *walk_stem(const char *path)
{
    const char *name = walk_base_name(path), *point = strrchr(name, '.');
    return point != NULL && point > name ? strndup(name, (size_t)(point - name))
                                         : strdup(name);
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static char *join(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/') {
        length--;
    }
    size_t size = length + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL) {
        (void)snprintf(path, size, "%.*s/%s", (int)length, folder, name);
    }
    return path;
}

static bool walk_folder(const struct visitor *visitor, const char *path, int depth);

static bool walk_entry(const struct visitor *visitor, const char *folder,
                       const char *name, int depth)
{
    struct stat status;
    char *path = join(folder, name);
    if (path == NULL) {
        errno = ENOMEM;
        return false;
    }
    bool good = true;
    bool known = lstat(path, &status) == 0;
    if (known && S_ISDIR(status.st_mode)) {
        good = depth == DEPTH_MAX || walk_folder(visitor, path, depth + 1);
    } else if (known && walk_is_profile_name(name)) {
        good = visitor->visit(visitor->user, WALK_PROFILE, path);
    }
    free(path);
    return good;
}

static bool walk_folder(const struct visitor *visitor, const char *path, int depth)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, visible, alphasort);
    if (count < 0) {
        return false;
    }
    bool good = visitor->visit(visitor->user, WALK_FOLDER, path);
    for (int i = 0; i < count; i++) {
        good = good && walk_entry(visitor, path, entries[i]->d_name, depth);
        free(entries[i]);
    }
    free(entries);
    return good;
}

bool walk(const char *path,
          bool (*visit)(void *user, enum walk_kind kind, const char *path), void *user)
{
    struct visitor visitor = {visit, user};
    return walk_folder(&visitor, path, 0);
}
