/* SPDX-License-Identifier: MIT */
/* Text in Markdown, as CommonMark and GitHub read it: what would mean something there is
 * escaped. */
#ifndef DGM_CLI_MDTEXT_H
#define DGM_CLI_MDTEXT_H

#include <stdio.h>

/* Inside a line: a heading, a cell of a table, a paragraph that something begins. */
void md_put(FILE *file, const char *text);

/* A paragraph of its own, with its empty line; nothing for an empty text. */
void md_paragraph(FILE *file, const char *text);

/* A line of code in a block of its own. */
void md_code(FILE *file, const char *language, const char *text, size_t length);

#endif
