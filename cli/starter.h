/* SPDX-License-Identifier: MIT */
/* The project that one begins with: the files of plugins/template, with other names. */
#ifndef DGM_CLI_STARTER_H
#define DGM_CLI_STARTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { STARTER_NAME_MAX = 64, STARTER_STEM_SIZE = 2 * STARTER_NAME_MAX + 2 };

struct starter {
    const char *maker, *model;
    bool sensor; /* one that is only decoded */
    char stem[STARTER_STEM_SIZE];
};

/* Set the stem: "maker-model" as dragoman-gen calls its files, in lower case, of letters,
 * digits and single '-'. */
void starter_set_stem(struct starter *starter);

/* The files of a project. Their names, which may have folders in them, are for the caller
 * to free; NULL: no memory. */
size_t starter_file_count(void);
char *starter_file_name(const struct starter *starter, size_t position);
void starter_put_file(FILE *file, const struct starter *starter, size_t position);

/* The profile alone. */
void starter_put_profile(FILE *file, const struct starter *starter);

#endif
