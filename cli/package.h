/* SPDX-License-Identifier: MIT */
/*
 * Packages of a few small JSON files, as a folder or a zip. Others made them: names must
 * stay inside, sizes are bounded, links are refused.
 */
#ifndef DGM_CLI_PACKAGE_H
#define DGM_CLI_PACKAGE_H

#include "report.h"
#include "whole.h"

enum {
    PACKAGE_MEMBERS = 1000,
    PACKAGE_BYTES = 16 * WHOLE_MOST, /* of all texts */
    PACKAGE_NAME = 512,              /* bytes of a name, with its zero */
    PACKAGE_SOURCE = 4096
};

struct package_member {
    char *name; /* "profile/devicetype-capability.json" */
    char *text; /* zero-terminated */
    size_t length;
};

struct package {
    const char *path;
    bool single; /* a file, not a package: its member has no name */
    bool zipped;
    struct package_member *members; /* by name */
    size_t count, capacity, bytes;
};

/* Read a zip, a folder or a single file, with what of it is JSON by its name. Other files
 * are told and left out. The path must outlive the package. Returns an exit code; to be
 * closed in any case. */
int package_open(struct package *package, struct report *report, const char *path);
void package_close(struct package *package);

/* Take a text, which is freed with the package, also after a failure. Returns an exit
 * code. */
int package_add(struct package *package, struct report *report, const char *name,
                char *text, size_t length);

/* Write all members into a new folder: one that exists is refused. */
int package_write_folder(const struct package *package, struct report *report,
                         const char *path);
/* Write a zip, always the same for the same members, or replace one. */
int package_write_zip(const struct package *package, struct report *report,
                      const char *path);

/* For what reads packages: may there be a member of that name, and are its bytes wanted?
 * CLI_FINE, with `ret_wanted`; or what is wrong was told. */
int package_check_name(struct package *package, struct report *report, const char *name,
                       size_t length, bool *ret_wanted);
/* "PATH/NAME", or the path alone, for people. `ret` has PACKAGE_SOURCE bytes. */
void package_source(const struct package *package, const char *name, char *ret);
/* An error in the package: "PATH/NAME: error: ...". Returns CLI_WRONG. */
int package_refuse(const struct package *package, struct report *report, const char *name,
                   const char *why);

int package_read_folder(struct package *package, struct report *report);
int package_read_zip(struct package *package, struct report *report);

#endif
