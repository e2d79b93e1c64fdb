/* SPDX-License-Identifier: MIT */
/* Functions that generated code calls: only those that it does are written. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_HELPER_H
#define DGM_NEIGHBOURS_FIRMWARE_HELPER_H

#include <stdbool.h>
#include <stddef.h>

/* Helpers in the order of their definition; NULL behind the last one. '@' stands for the
 * product in capitals, '$' for it in lower case. */
const char *firmware_helper(size_t position);

/* Does the text call it, or name the type that it is? */
bool firmware_helper_is_used(size_t position, const char *text);

#endif
