/* SPDX-License-Identifier: MIT */
/* What is wrong, as members of a JSON object under way. */
#ifndef DGM_JSONFAULT_H
#define DGM_JSONFAULT_H

#include <dragoman/codec.h>
#include <dragoman/profile.h>

#include "jsonout.h"

/* All that an error of the codec says but its status and its text: number, place, path,
 * values. `codec` is that of the failed call, or NULL. */
void jsonfault_error(struct jsonout *json, const struct dgm_codec *codec,
                     const struct dgm_error *error);

/* A finding in a profile. */
void jsonfault_finding(struct jsonout *json, const struct dgm_diagnostic *diagnostic);

/* "error", "warning", "note". */
const char *jsonfault_severity(enum dgm_severity severity);

#endif
