/* SPDX-License-Identifier: MIT */
/* The layout of a codec: what is left out of its text where size counts. */
#ifndef DGM_NEIGHBOURS_JS_LAYOUT_H
#define DGM_NEIGHBOURS_JS_LAYOUT_H

#include <stdio.h>

enum js_comments {
    JS_COMMENTS_ALL,
    JS_COMMENTS_OF_FUNCTIONS, /* those that begin a line */
    JS_COMMENTS_NONE
};

struct js_style {
    unsigned share; /* of the indentation: 1 all, 2 half, 0 none, nor other blanks */
    enum js_comments comments;
};

/* Write the text, which is readable, in the style. */
void js_lay_out(FILE *file, const char *text, struct js_style style);

#endif
