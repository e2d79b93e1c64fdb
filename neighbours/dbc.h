/* SPDX-License-Identifier: MIT */
/* DBC files, which describe the frames of a CAN bus: read, and written as a profile. */
#ifndef DGM_NEIGHBOURS_DBC_H
#define DGM_NEIGHBOURS_DBC_H

#include "notes.h"

#include <dragoman/status.h>

#include <stdio.h>

struct dbc_source {
    const char *name; /* in notes */
    const char *text;
    size_t length;
    const char *model; /* of the product, where the file has no name of its own */
    const char *node;  /* only what this node sends; NULL: everything */
};

/* Write the profile. DGM_PROFILE if the notes have errors, DGM_MEMORY. */
enum dgm_status dbc_import(FILE *file, struct notes *notes,
                           const struct dbc_source *source);

#endif
