/* SPDX-License-Identifier: MIT */
/* The layout of a codec: what is left out of its text where size counts. */
#ifndef DGM_NEIGHBOURS_JS_LAYOUT_H
#define DGM_NEIGHBOURS_JS_LAYOUT_H

#include "js.h"

/* Write the text, which is readable, in the layout. */
void js_lay_out(FILE *file, const char *text, enum js_layout layout);

#endif
