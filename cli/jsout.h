/* SPDX-License-Identifier: MIT */
/* A codec in JavaScript of a profile. */
#ifndef DGM_CLI_JSOUT_H
#define DGM_CLI_JSOUT_H

#include "product.h"
#include "report.h"

#include "js.h"

struct jsout {
    const struct product *product;
    struct report *report;
    const char *source; /* names the profile */
    size_t position;    /* of the model */
    enum js_form form;
    enum js_layout layout;
};

/* Write to `path`; NULL and "-" are standard output. Returns an exit code. */
int jsout(const struct jsout *jsout, const char *path);

#endif
