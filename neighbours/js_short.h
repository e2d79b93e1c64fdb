/* SPDX-License-Identifier: MIT */
/* Short names for the functions, parameters and variables of a piece of JavaScript. */
#ifndef DGM_NEIGHBOURS_JS_SHORT_H
#define DGM_NEIGHBOURS_JS_SHORT_H

#include <stdbool.h>
#include <stdio.h>

/* Write the text, which begins with a line's end, with them; what it does not declare
 * keeps its name. False: no memory. */
bool js_put_short(FILE *file, const char *text);

#endif
