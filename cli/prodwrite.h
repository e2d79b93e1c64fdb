/* SPDX-License-Identifier: MIT */
/*
 * A product model in the forms that the platform takes. What a form has no place for is
 * told. Products are as prodread.c leaves them.
 */
#ifndef DGM_CLI_PRODWRITE_H
#define DGM_CLI_PRODWRITE_H

#include "package.h"
#include "prodread.h"

/* The product object of the newer form, laid out; the text is the caller's to free.
 * Returns an exit code. */
int prodwrite_object(struct report *report, const char *path, cJSON *product,
                     char **ret_text);

/* The files of the older form. `package` is empty, and to be closed in any case; its path
 * becomes the name that the platform wants, without ".zip", which lies in `name` of
 * PACKAGE_NAME bytes. Returns an exit code. */
int prodwrite_package(struct report *report, const char *path, cJSON *product,
                      struct package *package, char *name);

#endif
