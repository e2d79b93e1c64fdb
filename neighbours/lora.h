/* SPDX-License-Identifier: MIT */
/* Profiles out of schemas of the LoRa payload schema language, version 0.5. */
#ifndef DGM_NEIGHBOURS_LORA_H
#define DGM_NEIGHBOURS_LORA_H

#include "notes.h"

#include <dragoman/status.h>

#include <stdio.h>

struct lora_options {
    const char *manufacturer; /* NULL: as the schema says, else as its folder is called */
    const char *library;      /* folder of the library; NULL: that of the schema */
};

/*
 * Read the schema and write a profile, with all its vectors that hold as tests. What
 * cannot be kept, and vectors that do not hold, are warnings. DGM_OK; DGM_MEMORY; any
 * other status after an error was told.
 */
enum dgm_status lora_import(FILE *file, struct notes *notes, const char *path,
                            const struct lora_options *options);

#endif
