/* SPDX-License-Identifier: MIT */
/* Annotated frames as one HTML file that needs nothing else. */
#ifndef DGM_CLI_NOTEHTML_H
#define DGM_CLI_NOTEHTML_H

#include "annotate.h"

#include <stdio.h>

void note_html_begin(FILE *file);
void note_html(FILE *file, const struct annotation *annotation);
void note_html_end(FILE *file);

/* The table alone, of at most so many notes, for a document with a style of its own. */
void note_html_table(FILE *file, const struct annotation *annotation, size_t most);

#endif
