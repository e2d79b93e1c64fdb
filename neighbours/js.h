/* SPDX-License-Identifier: MIT */
/*
 * JavaScript codecs out of the tables of a profile. The rows that the codec core walks
 * become statements, one function for each message, so that both say the same. What is
 * left to helper functions stands in neighbours/js; those that a codec needs come with
 * it.
 */
#ifndef DGM_NEIGHBOURS_JS_H
#define DGM_NEIGHBOURS_JS_H

#include "notes.h"

#include <dragoman/table.h>

#include <stdio.h>

/* Whose codec it is. */
enum js_form {
    JS_FORM_TTN,  /* decodeUplink(), encodeDownlink() and decodeDownlink() with objects */
    JS_FORM_IOTDA /* decode() and encode() with JSON text */
};

/*
 * Writes the codec of a table. `path` is the profile's, for notes and the comment at its
 * top. What JavaScript cannot do is told as errors, and what is left out as warnings.
 * False if nothing was written: there are errors, or no memory is left.
 */
bool js_export(FILE *file, const struct dgm_model *model, enum js_form form,
               const char *path, struct notes *notes);

#endif
