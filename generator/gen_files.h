/* SPDX-License-Identifier: MIT */
/* What dragoman-gen writes, and where. */
#ifndef DGM_GEN_FILES_H
#define DGM_GEN_FILES_H

#include <dragoman/profile.h>

struct gen_files {
    const char *profile;   /* as given */
    const char *directory; /* where files go that have no name, or NULL */
    const char *source, *header, *manifest, *depfile; /* names, or NULL */
    char *made_source, *made_header; /* memory of names that were not given */
    bool without_profile; /* the source has no note for a plug-in to keep the profile */
};

/* Give names to source and header if no output has one. False if memory is out. */
bool gen_files_name(struct gen_files *files, const char *stem);
void gen_files_free(struct gen_files *files);

/* One name a line on standard output; the depfile is none of the outputs. */
void gen_files_print(const struct gen_files *files);

/* Write all that have a name. On failure says what on standard error, leaves no half
 * file, and returns false. */
bool gen_files_write(const struct gen_files *files, struct dgm_profile *profile);

#endif
