/* SPDX-License-Identifier: MIT */
/* What is signed. Folders are not searched: a signature is about one folder. */
#include "signing.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int is_plugin_name(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 3 &&
           strcmp(entry->d_name + length - 3, ".so") == 0;
}

static int by_name(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

char *signing_join(const char *folder, const char *name)
{
    size_t room = strlen(folder) + strlen(name) + 2;
    bool ends = folder[0] != '\0' && folder[strlen(folder) - 1] == '/';
    char *path = malloc(room);
    if (path != NULL) {
        (void)snprintf(path, room, "%s%s%s", folder, ends ? "" : "/", name);
    }
    return path;
}

/* Paths of the names, which are freed. False if memory is out. */
static bool take_names(struct signing_files *files, const char *folder,
                       struct dirent **names, size_t count)
{
    bool good = true;
    files->paths = calloc(count + 1, sizeof(*files->paths));
    for (size_t i = 0; i < count; i++) {
        if (files->paths != NULL) {
            files->paths[i] = signing_join(folder, names[i]->d_name);
            files->count = i + 1;
            good = good && files->paths[i] != NULL;
        }
        free(names[i]);
    }
    free(names);
    return good && files->paths != NULL;
}

int signing_files_of(struct signing_files *files, struct report *report,
                     const char *folder)
{
    struct dirent **names = NULL;
    memset(files, 0, sizeof(*files));
    int count = scandir(folder, &names, is_plugin_name, by_name);
    if (count < 0) {
        return report_errno(report, "cannot read the folder", folder);
    }
    if (!take_names(files, folder, names, (size_t)count)) {
        return report_memory(report);
    }
    if (count == 0) {
        report_error(report, NULL, "io", "no plug-in in '%s'", folder);
        return CLI_CANNOT;
    }
    return CLI_FINE;
}

void signing_files_free(struct signing_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        free(files->paths[i]);
    }
    free(files->paths);
    memset(files, 0, sizeof(*files));
}

void signing_tell(struct report *report, const char *path,
                  const struct dgm_refusal *refusal)
{
    struct place place = {path, 0, 0};
    const char *id = dgm_status_id(refusal->status);
    report_error(report, &place, id, "%s: %s", id, refusal->text);
}
