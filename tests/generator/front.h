/* SPDX-License-Identifier: MIT */
/* A profile's text with its arena and findings, for tests of the compiler's front half.
 */
#ifndef TEST_FRONT_H
#define TEST_FRONT_H

#include "diag.h"
#include "tree.h"

struct front {
    struct arena *arena;
    struct diag diag;
    struct node *root; /* NULL if the tree was refused */
};

/* Parse; failing memory ends the test. */
void front_open(struct front *front, const char *text, size_t length);
void front_open_text(struct front *front, const char *text);
/* With anchors and aliases. */
void front_open_aliased(struct front *front, const char *text);
void front_close(struct front *front);

/* All findings as "3:5: error: text [rule]\n", in one text. */
const char *front_findings(struct front *front);

/* Parse `text` alone and compare its findings. */
void expect_findings(const char *text, size_t length, const char *findings);

#endif
