/* SPDX-License-Identifier: MIT */
/* The services of a package of the older form: the list in the device file, and the
 * files with what the services have. */
#ifndef DGM_CLI_PRODSERVICE_H
#define DGM_CLI_PRODSERVICE_H

#include "package.h"
#include "prodread.h"

/* Is it a file of that name, in whatever folder? Letter case and a doubled ".json" are
 * slips. */
bool prodservice_is_file(const char *path, const char *name);

/* Add the services to the product. `folder` is where the tree begins, `list` and `at` the
 * list and place in the device file, which the reader reads. Returns an exit code. */
int prodservice_read(struct prodread *reader, const struct package *package,
                     const char *folder, const struct prodat *at, const cJSON *list,
                     cJSON *product);

#endif
