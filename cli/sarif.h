/* SPDX-License-Identifier: MIT */
/*
 * Findings as a SARIF log, version 2.1.0 (OASIS), which code hosts and editors read: one
 * document for all files of a run.
 */
#ifndef DGM_CLI_SARIF_H
#define DGM_CLI_SARIF_H

#include <dragoman/profile.h>

#include "jsonout.h"

struct sarif {
    FILE *file;
    size_t count; /* results so far */
};

void sarif_begin(struct sarif *sarif, FILE *file);
void sarif_result(struct sarif *sarif, const struct dgm_diagnostic *diagnostic);
void sarif_end(struct sarif *sarif);

#endif
