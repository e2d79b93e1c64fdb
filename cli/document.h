/* SPDX-License-Identifier: MIT */
/* A reference document about a product: what its profile describes, with examples. */
#ifndef DGM_CLI_DOCUMENT_H
#define DGM_CLI_DOCUMENT_H

#include <dragoman/describe.h>

#include "examples.h"

/* One model of the family. */
struct chapter {
    const struct dgm_doc *doc;
    struct examples examples;
};

struct document {
    struct chapter *chapters;
    size_t count; /* at least 1 */
};

/* docmd.c: Markdown as GitHub and pandoc read it. */
void document_markdown(FILE *file, const struct document *document);
/* dochtml.c: one HTML file that needs nothing else. */
void document_html(FILE *file, const struct document *document);

/* "Properties", "Command", ... */
const char *document_part_word(enum dgm_doc_part_kind kind);
/* What the line of a vector says beside its bytes: "port 2, topic a/b". */
enum { DOCUMENT_WORDS = 400 };
void document_words(const struct dgm_test *test, char text[DOCUMENT_WORDS]);

/* Bytes in hex, 16 a line behind their offset. */
void document_dump(FILE *file, const uint8_t *bytes, size_t length);

/* What the short words of a layout mean, for a line above all of them. */
extern const char document_layout_words[];

#endif
