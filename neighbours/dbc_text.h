/* SPDX-License-Identifier: MIT */
/* Texts of a DBC file, written as a profile writes texts. */
#ifndef DGM_NEIGHBOURS_DBC_TEXT_H
#define DGM_NEIGHBOURS_DBC_TEXT_H

#include "dbc_scan.h"

#include <stdio.h>

/* In quotes where it needs them, as UTF-8: what is none is taken for Windows-1252. Line
 * feeds and what else controls a terminal become blanks. */
void dbc_text_put(FILE *file, struct dbc_text text);

/* Between quotes that the caller writes. */
void dbc_text_put_inside(FILE *file, struct dbc_text text);

/* Does a reader of YAML take it for a truth value or the like? */
bool dbc_text_is_guessed(struct dbc_text text);

/* Is there more than blanks? */
bool dbc_text_says(struct dbc_text text);

#endif
