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

#include <dragoman/describe.h>
#include <dragoman/table.h>

#include <stdio.h>

/* Whose codec it is. */
enum js_form {
    JS_FORM_TTN,  /* decodeUplink(), encodeDownlink() and decodeDownlink() with objects */
    JS_FORM_IOTDA /* decode() and encode() with JSON text */
};

/* How the codec is written. */
enum js_layout {
    JS_LAYOUT_FITTING, /* the first of these that is not above the limit */
    JS_LAYOUT_READABLE,
    JS_LAYOUT_PLAIN,  /* half the indentation, helper functions without comments */
    JS_LAYOUT_BRIEF,  /* without what the profile says of fields, too */
    JS_LAYOUT_COMPACT /* without comments, indentation, and blanks that nothing needs */
};

struct js_call {
    const struct dgm_model *model;
    enum js_form form;
    enum js_layout layout;
    size_t most;               /* bytes that a fitting layout may have; 0: any number */
    const char *path;          /* of the profile, for notes and the comment at the top */
    const struct dgm_doc *doc; /* what the profile says of fields, or NULL */
};

/*
 * Writes the codec of a table. What JavaScript cannot do is told as errors, and what is
 * left out as warnings. The layout is the one that it has; of one that does not fit, the
 * last. False if nothing was written: there are errors, or no memory is left.
 */
bool js_export(FILE *file, const struct js_call *call, struct notes *notes,
               enum js_layout *ret_layout);

#endif
