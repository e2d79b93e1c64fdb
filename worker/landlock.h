/* SPDX-License-Identifier: MIT */
/* Taking all files and the network away from the process, by Landlock. */
#ifndef DGM_WORKER_LANDLOCK_H
#define DGM_WORKER_LANDLOCK_H

#include <stdbool.h>

/* Version of the kernel's Landlock, 0 if it has none. */
int landlock_version(void);

/* From here on the process reads the system's libraries and opens nothing else. */
bool landlock_libraries_only(int version);

/* From here on it opens no file at all. */
bool landlock_no_files(int version);

#endif
