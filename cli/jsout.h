/* SPDX-License-Identifier: MIT */
/* A codec in JavaScript of a profile. */
#ifndef DGM_CLI_JSOUT_H
#define DGM_CLI_JSOUT_H

#include "product.h"
#include "report.h"

#include "js.h"

/* Write to `path`; NULL and "-" are standard output. `source` names the profile. Returns
 * an exit code. */
int jsout(const struct product *product, struct report *report, const char *source,
          size_t position, enum js_form form, const char *path);

#endif
