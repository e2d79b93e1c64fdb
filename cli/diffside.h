/* SPDX-License-Identifier: MIT */
/* One of two products that are held against each other, with all that is known of it. */
#ifndef DGM_CLI_DIFFSIDE_H
#define DGM_CLI_DIFFSIDE_H

#include "lab.h"

#include <dragoman/describe.h>

/* The old one and the new one. */
enum { DIFF_OLD, DIFF_NEW, DIFF_SIDES };

struct diff_side {
    const char *path;
    struct product product;
    struct lab lab;             /* makes frames of its messages */
    struct worker worker;       /* of the product's codec, framing included */
    struct dgm_profile *kept;   /* of a plug-in */
    struct dgm_profile *source; /* the profile that it is made of; NULL: unknown */
    const struct dgm_doc *doc;  /* of the model; NULL as `source` */
    const char *model;          /* its product model as JSON; likewise */
};

/* Open a model of a file. Returns an exit code. */
int diff_side_open(struct diff_side *side, struct report *report, const struct cli *cli,
                   const struct entry *entry);
void diff_side_close(struct diff_side *side);

/* By name; NULL if there is none, or nothing is known. */
const struct dgm_doc_message *diff_side_message(const struct diff_side *side,
                                                const char *name);

/* Index of the message of that name, or DGM_NONE. */
uint16_t diff_side_index(const struct diff_side *side, const char *name);

/* Are both tables the same, so that nothing they do can differ? */
bool diff_sides_agree(const struct diff_side *sides);

#endif
