/* SPDX-License-Identifier: MIT */
/* A product model out of the platform's files: package, folder, or one JSON file. */
#ifndef DGM_CLI_PRODOPEN_H
#define DGM_CLI_PRODOPEN_H

#include "prodread.h"

/* Read a zip, a folder or a file, in any form the platform has. What was corrected or
 * left out is told. Returns an exit code; with CLI_FINE `ret` is the caller's to
 * cJSON_Delete(). */
int prodopen(struct report *report, const char *path, cJSON **ret);

/* Read a product object of the newer form from memory; `path` names it. */
int prodopen_text(struct report *report, const char *path, const char *text,
                  size_t length, cJSON **ret);

#endif
