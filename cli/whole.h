/* SPDX-License-Identifier: MIT */
/* Files read and written as a whole. */
#ifndef DGM_CLI_WHOLE_H
#define DGM_CLI_WHOLE_H

#include "report.h"

#include <stdio.h>

enum { WHOLE_MOST = 1024 * 1024 };

/* All of a file that is open, zero-terminated, up to WHOLE_MOST bytes; the text is the
 * caller's to free. Tells what goes wrong, and returns an exit code. */
int whole_read(struct report *report, FILE *file, const char *name, char **ret_text,
               size_t *ret_length);

/* The same for the file at a path, of less than `most` bytes. */
int whole_load(struct report *report, const char *path, size_t most, char **ret_text,
               size_t *ret_length);

/* Write a file, or replace it: others see the old one or the new one, and nothing
 * between. Of one that is there the mode is kept, and what a link points to is replaced,
 * not the link. Returns an exit code. */
int whole_write(struct report *report, const char *path, const char *text, size_t length);

/* Write a new file; one that exists is refused. Returns an exit code. */
int whole_create(struct report *report, const char *path, const char *text,
                 size_t length);

#endif
