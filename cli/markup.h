/* SPDX-License-Identifier: MIT */
/* Text in XML and HTML. */
#ifndef DGM_CLI_MARKUP_H
#define DGM_CLI_MARKUP_H

#include <stdio.h>

/* As content or attribute. Characters that XML cannot hold become a question mark. */
void markup_put(FILE *file, const char *text);

#endif
