/* SPDX-License-Identifier: MIT */
/* The notes of importers and exporters, as findings of a command. */
#ifndef DGM_CLI_TELLING_H
#define DGM_CLI_TELLING_H

#include "notes.h"
#include "report.h"

/* `id` of the findings, as "import"; a constant. Whoever imports or exports gets `notes`.
 */
struct telling {
    struct report *report;
    const char *id;
    struct notes notes;
};

void telling_open(struct telling *telling, struct report *report, const char *id);

#endif
