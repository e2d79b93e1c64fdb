/* SPDX-License-Identifier: MIT */
/* The plug-ins of a folder. */
#ifndef DGM_HOST_FOLDER_H
#define DGM_HOST_FOLDER_H

#include <dragoman/status.h>

/* Paths, sorted by name, so that the order does not depend on the file system. */
struct folder {
    char **paths;
    size_t count, capacity;
};

/* Read what is named as a plug-in. Free with folder_free() whatever the outcome.
 * Returns DGM_OK, DGM_IO with errno, DGM_MEMORY. */
enum dgm_status folder_read(const char *directory, struct folder *ret);
void folder_free(struct folder *folder);

#endif
