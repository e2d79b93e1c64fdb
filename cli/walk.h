/* SPDX-License-Identifier: MIT */
/* Files under a folder, in an order that does not depend on the file system. */
#ifndef DGM_CLI_WALK_H
#define DGM_CLI_WALK_H

#include <stdbool.h>

enum walk_kind { WALK_PROFILE, WALK_FOLDER };

/* Visit `path` itself, if it is a folder, and each folder and .yaml file beneath, sorted
 * by name. Links to folders are not followed, names that begin with '.' are left out.
 * False with errno if a folder cannot be read or memory is out, or if `visit` says so. */
bool walk(const char *path,
          bool (*visit)(void *user, enum walk_kind kind, const char *path), void *user);

/* Is it a folder? */
bool walk_is_folder(const char *path);

/* Does the name end like that of a profile? */
bool walk_is_profile_name(const char *path);

/* The name without folders. */
const char *walk_base_name(const char *path);

/* "engine" of "cars/engine.dbc", to be freed; NULL without memory. */
char *walk_stem(const char *path);

#endif
