/* SPDX-License-Identifier: MIT */
/* Reading a profile from its file. */
#include "profile_file.h"

#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum dgm_status refuse(FILE *file, const char *why, const char **ret_why)
{
    if (file != NULL)
        fclose(file);
    *ret_why = why;
    return DGM_IO;
}

enum dgm_status profile_file_read(const char *path, char **ret_text, size_t *ret_length,
                                  const char **ret_why)
{
    /* One byte more than allowed, so that the tree can complain about the size. */
    const size_t size = (size_t)TREE_MAX_BYTES + 1;
    struct stat info;
    /* A pipe without a writer must not hold us up: look first at what it is. */
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return refuse(NULL, strerror(errno), ret_why);
    FILE *file = fdopen(descriptor, "rb");
    if (file == NULL) {
        close(descriptor);
        return refuse(NULL, strerror(errno), ret_why);
    }
    if (fstat(descriptor, &info) != 0)
        return refuse(file, strerror(errno), ret_why);
    if (S_ISDIR(info.st_mode))
        return refuse(file, "it is a folder", ret_why);
    if (!S_ISREG(info.st_mode))
        return refuse(file, "it is no regular file", ret_why);
    char *text = malloc(size);
    if (text == NULL) {
        fclose(file);
        return DGM_MEMORY;
    }
    *ret_length = fread(text, 1, size, file);
    if (ferror(file)) {
        free(text);
        return refuse(file, strerror(errno), ret_why);
    }
    fclose(file);
    *ret_text = text;
    return DGM_OK;
}
