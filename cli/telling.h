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
    size_t warnings; /* so far; of more than TELLING_MOST the rest is counted only */
};
enum { TELLING_MOST = 100 };

void telling_open(struct telling *telling, struct report *report, const char *id);
/* Says how many warnings were not told. */
void telling_close(const struct telling *telling);

#endif
