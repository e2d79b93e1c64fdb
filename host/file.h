/* SPDX-License-Identifier: MIT */
/* The bytes of a file, read once, so that what was checked is what is used. */
#ifndef DGM_FILE_H
#define DGM_FILE_H

#include <dragoman/host.h>

enum { FILE_MAX_BYTES = 32 << 20 };

struct file {
    uint8_t *bytes; /* freed with file_free() */
    size_t size;
};

/* Read a regular file of at most FILE_MAX_BYTES. `ret` is empty on failure. */
enum dgm_status file_read(const char *path, struct file *ret,
                          struct dgm_refusal *refusal);

/* The same with a limit of the caller's. */
enum dgm_status file_read_small(const char *path, size_t most, struct file *ret,
                                struct dgm_refusal *refusal);

/* Is there something of that name? */
bool file_is_there(const char *path);

/* Write a new file of that mode; one that is there is refused. */
enum dgm_status file_create(const char *path, const void *bytes, size_t size,
                            unsigned mode, struct dgm_refusal *refusal);

/* Write a file so that whoever opens the name sees the old content or the new one, whole.
 */
enum dgm_status file_replace(const char *path, const void *bytes, size_t size,
                             unsigned mode, struct dgm_refusal *refusal);

void file_free(struct file *file);

/* A sealed copy in memory that nobody can change, as a file descriptor, or -1 with
 * errno. */
int file_seal(const struct file *file);

#endif
