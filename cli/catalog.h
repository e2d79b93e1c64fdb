/* SPDX-License-Identifier: MIT */
/* Which products there are: plug-ins and profiles of a file, a folder, or the path. */
#ifndef DGM_CLI_CATALOG_H
#define DGM_CLI_CATALOG_H

#include <dragoman/scan.h>

#include "report.h"

struct entry {
    char *path;
    bool plugin;     /* else a profile */
    bool named;      /* are the names known? A file that was given is not looked into */
    bool shadowed;   /* an earlier folder of the path serves this product */
    unsigned folder; /* which folder of the path */
    char *manufacturer; /* id */
    char *model;
    char *refusal; /* why it cannot be used, or NULL */
};

struct catalog {
    struct entry *entries;
    size_t count, capacity;
    unsigned folders;
    bool allow_code; /* else code plug-ins are refused like others that cannot be used */
    const struct cli *cli;
    struct dgm_scanner *scanner; /* NULL: no folder was searched yet */
};

/* Fill by --profile if given, else by --plugin-path, DRAGOMAN_PLUGIN_PATH and the folder
 * of the installation; never by the current folder. Returns an exit code. */
int catalog_fill(struct catalog *catalog, struct report *report, const struct cli *cli);
void catalog_free(struct catalog *catalog);

/* Fill with the models of one file. The entry of a file with one model has no names.
 * Returns an exit code. */
int catalog_open_file(struct catalog *catalog, struct report *report,
                      const struct cli *cli, const char *path);

/* Make an entry of each model of the files that were given, where there are several. */
int catalog_look_into(struct catalog *catalog, struct report *report);

/* Is this file an ELF file, or named as one? */
bool catalog_is_plugin(const char *path);

/* Does the entry fit --manufacturer and --model? Unnamed ones do. */
bool catalog_fits(const struct entry *entry, const struct cli *cli);

/* The one entry that fits, or NULL with the exit code. */
const struct entry *catalog_choose(const struct catalog *catalog, struct report *report,
                                   const struct cli *cli, int *ret_code);

#endif
