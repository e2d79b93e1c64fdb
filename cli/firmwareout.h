/* SPDX-License-Identifier: MIT */
/* Firmware of a profile as two files, header and source. */
#ifndef DGM_CLI_FIRMWAREOUT_H
#define DGM_CLI_FIRMWAREOUT_H

#include "product.h"
#include "report.h"

/* Write PATH.h and PATH.c; into a folder, or without a path, they are called after the
 * product. Returns an exit code. */
int firmwareout(const struct product *product, struct report *report, const char *source,
                size_t position, const char *path);

#endif
