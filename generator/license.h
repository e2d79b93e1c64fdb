/* SPDX-License-Identifier: MIT */
/* The licence that a profile states. */
#ifndef DGM_LICENSE_H
#define DGM_LICENSE_H

#include "arena.h"

/*
 * The licence expression of a comment "SPDX-License-Identifier: MIT" above the first line
 * of the profile that is neither a comment nor empty; NULL: there is none, or what stands
 * there is no such expression.
 */
const char *license_of(struct arena *arena, const char *text, size_t length);

#endif
