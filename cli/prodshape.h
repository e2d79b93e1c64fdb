/* SPDX-License-Identifier: MIT */
/* Objects of a product model by tables of what a form calls their members. */
#ifndef DGM_CLI_PRODSHAPE_H
#define DGM_CLI_PRODSHAPE_H

#include "prodread.h"

enum part_kind {
    PART_PLAIN,
    PART_DIGITS,    /* a number that is written as a text */
    PART_LIST,      /* of objects */
    PART_ELSEWHERE, /* not written here, and not lost */
    PART_GONE       /* a list that stays empty */
};

/* What stands for a member that is not there. */
enum part_empty {
    EMPTY_NONE,
    EMPTY_NULL,
    EMPTY_FALSE,
    EMPTY_ZERO,
    EMPTY_TEXT,
    EMPTY_LIST
};

struct part {
    const char *name, *as;
    enum part_kind kind;
    enum part_empty empty;
    enum prod_place items; /* PART_LIST */
    unsigned most;         /* characters that the platform takes, or 0 */
};

struct shape {
    const struct part *parts;
    size_t count;
};

/* By enum prod_place. */
struct prodform {
    struct shape shapes[PROD_EVENT + 1];
};

/* Forms of the platform: the product object, and of the older files that of the device,
 * and what stands in that of a service. */
extern const struct prodform prodform_object, prodform_device, prodform_service;

/* The object in a form. What is lost or too long is told. NULL without memory, or the
 * reader has `no_memory` set. */
cJSON *prodshape_write(struct prodread *reader, const struct prodat *at,
                       const struct prodform *form, enum prod_place place,
                       const cJSON *from);

#endif
