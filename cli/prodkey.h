/* SPDX-License-Identifier: MIT */
/* Keys of a product model: service_id is serviceId in the older files, and people write
 * ServiceID and serviceid. */
#ifndef DGM_CLI_PRODKEY_H
#define DGM_CLI_PRODKEY_H

#include <stdbool.h>

enum { PRODKEY_SIZE = 64 };

/* Is that the key of a name in snake_case, whatever its letter case, joints and blanks
 * are? */
bool prodkey_is(const char *written, const char *name);

/* "service_id": "serviceId", cut to PRODKEY_SIZE bytes with the zero. */
void prodkey_camel(const char *name, char *ret);

#endif
