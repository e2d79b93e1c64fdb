/* SPDX-License-Identifier: MIT */
/* Which files an `include` may name. */
#ifndef DGM_INCLUDE_PATH_H
#define DGM_INCLUDE_PATH_H

#include "tree.h"

/* The folder of a path; "." if it names none. */
const char *include_folder(struct arena *arena, const char *path);

/* The file beside or below the other; where no folder is named, none is shown. */
const char *include_join(struct arena *arena, const char *beside, const char *name);

/* Without links and points; NULL with errno. */
const char *include_real_path(struct arena *arena, const char *path);

/* Relative, downwards, and the name of a YAML file? False after a report. */
bool include_check_path(struct diag *diag, const struct node *node);

/* Does the file lie in the folder or beneath it? Both are real paths. */
bool include_is_inside(const char *folder, const char *path);

#endif
