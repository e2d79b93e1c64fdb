/* SPDX-License-Identifier: MIT */
/*
 * Paths of included files. A profile may come from anywhere, so what it names stays in
 * the folder that it was put into: the path has no way up, and what links make of it is
 * looked at as well.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "include_path.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "scalar.h"

const char *include_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return ".";
    return arena_copy(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *include_join(struct arena *arena, const char *beside, const char *name)
{
    const char *slash = strrchr(beside, '/');
    int length = slash == NULL ? 0 : (int)(slash - beside) + 1;
    return arena_format(arena, "%.*s%s", length, beside, name);
}

const char *include_real_path(struct arena *arena, const char *path)
{
    char real[PATH_MAX];
    if (realpath(path, real) == NULL)
        return NULL;
    return arena_copy(arena, real, strlen(real));
}

bool include_is_inside(const char *folder, const char *path)
{
    size_t length = strlen(folder);
    while (length > 0 && folder[length - 1] == '/')
        length--;
    return strncmp(folder, path, length) == 0 && path[length] == '/';
}

static bool has_ending(const char *path, const char *ending)
{
    size_t length = strlen(path), more = strlen(ending);
    return length > more && strcmp(path + length - more, ending) == 0;
}

/* "a//b", "./a", "a/../b": one spelling per file, and none that leads up. */
static bool has_odd_step(const char *path)
{
    for (const char *step = path;; step++) {
        size_t length = strcspn(step, "/");
        if (length == 0 || (length == 1 && step[0] == '.') ||
            (length == 2 && step[0] == '.' && step[1] == '.'))
            return true;
        step += length;
        if (*step == '\0')
            return false;
    }
}

static bool has_control(const char *path)
{
    for (; *path != '\0'; path++)
        if ((unsigned char)*path < 0x20 || *path == 0x7F)
            return true;
    return false;
}

bool include_check_path(struct diag *diag, const struct node *node)
{
    const char *path = scalar_text(diag, node, "a file to include");
    const char *wrong = NULL;
    if (path == NULL)
        return false;
    if (path[0] == '/')
        wrong = "the path is absolute; name a file beside or below this one";
    else if (strlen(path) != node->length || has_odd_step(path))
        wrong = "the path has a step '..', '.' or none at all; name a file beside or "
                "below this one";
    else if (has_control(path))
        wrong = "the path has a control character";
    else if (!has_ending(path, ".yaml") && !has_ending(path, ".yml"))
        wrong = "only files that end in '.yaml' or '.yml' can be included";
    if (wrong != NULL)
        diag_report(diag, RULE_INCLUDE_PATH, node->where, "'%s': %s", path, wrong);
    return wrong == NULL;
}
