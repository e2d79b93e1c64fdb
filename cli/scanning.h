/* SPDX-License-Identifier: MIT */
/* Looking into plug-ins, as every command that searches folders does. */
#ifndef DGM_CLI_SCANNING_H
#define DGM_CLI_SCANNING_H

#include <dragoman/scan.h>

#include "report.h"

/* A scanner with the user's cache. Without the program that looks into plug-ins this
 * process does, from their bytes alone, and a warning says so. Returns an exit code. */
int scanning_open(struct dgm_scanner **ret_scanner, const struct cli *cli,
                  struct report *report);

/* Visit the plug-ins of a folder; tells what goes wrong with the whole. Returns an exit
 * code. */
int scanning_visit(struct dgm_scanner *scanner, struct report *report, const char *path,
                   dgm_scan_visit *visit, void *user);

/* Keep what was found out, if it can be kept. NULL is allowed. */
void scanning_close(struct dgm_scanner *scanner);

#endif
