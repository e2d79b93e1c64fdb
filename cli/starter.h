/* SPDX-License-Identifier: MIT */
/* The profile that one begins with. */
#ifndef DGM_CLI_STARTER_H
#define DGM_CLI_STARTER_H

#include <stdbool.h>
#include <stdio.h>

struct starter {
    const char *maker, *model;
    bool sensor; /* one that is only decoded */
};

void starter_put(FILE *file, const struct starter *starter);

/* "<model>.yaml" in lower case, of letters, digits and '-'. False if nothing is left. */
bool starter_file_name(const char *model, char *name, size_t size);

/* Can this be a name? Printable, no more than 64 bytes. */
bool starter_name_fits(const char *name);

#endif
