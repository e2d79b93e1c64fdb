/* SPDX-License-Identifier: MIT */
/* JSON texts one after another: one a line, or laid out over several lines. */
#ifndef DGM_CLI_DOCUMENTS_H
#define DGM_CLI_DOCUMENTS_H

#include "feed.h"

struct documents;

/* Arguments are one text each. NULL with an exit code on failure. */
struct documents *documents_open(struct report *report, const struct cli *cli,
                                 int *ret_code);
void documents_close(struct documents *documents);

/* The next text; LINES_TOO_LONG and LINES_DAMAGED were told. */
enum lines_result documents_next(struct documents *documents, const char **ret_text,
                                 size_t *ret_length, struct place *ret_place);

/* Is each line from here on a text, or blank? Then they can be taken from the feed. */
bool documents_in_lines(const struct documents *documents);
struct feed *documents_feed(struct documents *documents);

unsigned long documents_lines(const struct documents *documents);

#endif
