/* SPDX-License-Identifier: MIT */
/* A profile's bytes from its file. */
#ifndef DGM_PROFILE_FILE_H
#define DGM_PROFILE_FILE_H

#include <dragoman/status.h>

#include <stddef.h>

/*
 * Read a regular file, at most one byte more than a profile may have. The text is the
 * caller's to free. DGM_IO sets a reason; DGM_MEMORY.
 */
enum dgm_status profile_file_read(const char *path, char **ret_text, size_t *ret_length,
                                  const char **ret_why);

#endif
