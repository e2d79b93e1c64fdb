/* SPDX-License-Identifier: MIT */
/*
 * `include`: enums, groups, floats, curves and hooks out of other files, which lie in the
 * folder of the profile or beneath it.
 */
#ifndef DGM_INCLUDE_H
#define DGM_INCLUDE_H

#include <dragoman/profile.h>

#include "tree.h"

enum {
    INCLUDE_MAX_FILES = 32,
    INCLUDE_MAX_DEPTH = 8, /* of files that include files */
    INCLUDE_MAX_BYTES = 1024 * 1024
};

struct included {
    const char *name;      /* as findings show it */
    const char *real_path; /* which file it is, whatever the way to it */
    char *text;            /* not of the arena: include_free() */
    size_t length;
    bool open;  /* what it includes is being read */
    bool again; /* another name for a file that was read already: its text is that one's
                 */
};

struct includes {
    struct included files[INCLUDE_MAX_FILES];
    size_t count, bytes;
};

/* Where files are that a profile includes. */
struct include_origin {
    const char *path; /* of the profile; NULL: it is not from a file, and includes none */
    const struct dgm_profile_text *files; /* those there are, if they are in memory; */
    size_t count;                         /* 0: they are read */
};

/*
 * Read what `include` of the root names, and put the entries behind those of the root.
 * False after a report.
 */
bool include_all(struct diag *diag, const struct include_origin *origin,
                 struct node *root, struct includes *includes);
void include_free(struct includes *includes);

/* Is it a file for others to include: without a product, and with nothing but parts? */
bool include_is_part(const struct node *root);

/* `dragoman: 1`. False after a report. */
bool include_check_version(struct diag *diag, const struct node *root);

#endif
