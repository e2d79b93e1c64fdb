/* SPDX-License-Identifier: MIT */
/* Where the programs are that this one starts. */
#include "libexec.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096 };

/* The folder of the running program; false if the system does not tell. */
static bool own_folder(char *folder)
{
    ssize_t length = readlink("/proc/self/exe", folder, PATH_SIZE - 1);
    if (length <= 0 || length == PATH_SIZE - 1) {
        return false;
    }
    folder[length] = '\0';
    char *end = strrchr(folder, '/');
    if (end == NULL) {
        return false;
    }
    *end = '\0';
    return true;
}

/* What stands in front of the folder of programs: nothing, unless the installation lies
 * in a folder of its own. False: this program is not installed. */
static bool find_root(const char *folder, size_t *ret_length)
{
    size_t length = strlen(folder);
    size_t end = strlen(DGM_BIN_DIR);
    if (length < end || strcmp(folder + length - end, DGM_BIN_DIR) != 0) {
        return false;
    }
    *ret_length = length - end;
    return true;
}

bool libexec_find(const char *room, const char *name, char *ret_path, size_t size)
{
    char folder[PATH_SIZE];
    size_t root = 0;
    int length = 0;
    if (!own_folder(folder)) {
        length = snprintf(ret_path, size, "%s/%s", DGM_LIBEXEC_DIR, name);
    } else if (find_root(folder, &root)) {
        length = snprintf(ret_path, size, "%.*s%s/%s", (int)root, folder, DGM_LIBEXEC_DIR,
                          name);
    } else {
        length = snprintf(ret_path, size, "%s/../%s/%s", folder, room, name);
    }
    return length > 0 && (size_t)length < size && access(ret_path, X_OK) == 0;
}
