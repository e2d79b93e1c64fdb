/* SPDX-License-Identifier: MIT */
/* The older form of a product model: a file about the device, and one a service. */
#ifndef DGM_CLI_PRODDEVICE_H
#define DGM_CLI_PRODDEVICE_H

#include "package.h"
#include "prodread.h"

#define PRODDEVICE_NAME "devicetype-capability.json"
#define PRODDEVICE_SERVICE "servicetype-capability.json"

/* JSON of a file; comments and last commas are told. Returns an exit code. */
int proddevice_parse(struct report *report, const char *file, const char *text,
                     size_t length, cJSON **ret);

/* The device file of the package, NULL if there is none; several in one place are an
 * error. Returns an exit code. */
int proddevice_find(struct report *report, const struct package *package,
                    const struct package_member **ret);

/* What is in front of "profile/devicetype-capability.json" in a member's name, with its
 * '/'. `ret` has PACKAGE_NAME bytes. */
void proddevice_root(const char *name, char *ret);

/* Is it a device file, maybe without `{"devices": ...}` around it? */
bool proddevice_is_root(const cJSON *root);

/* Read the device file, `root`, and the service files of its package. Returns an exit
 * code. */
int proddevice_read(struct report *report, const struct package *package,
                    const char *file, const cJSON *root, cJSON *product);

#endif
