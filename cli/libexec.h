/* SPDX-License-Identifier: MIT */
/* Programs of ours that the user does not start. */
#ifndef DGM_CLI_LIBEXEC_H
#define DGM_CLI_LIBEXEC_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Find one by its name and the room of the source tree that it is built in. It is looked
 * for where this program is: in the build tree, or in an installation, also one that was
 * put together in a folder before it is installed. Never in the current folder.
 * False if there is none that could be started.
 */
bool libexec_find(const char *room, const char *name, char *ret_path, size_t size);

#endif
