/* SPDX-License-Identifier: MIT */
/* Vectors of a profile as worked examples: a few of each message, decoded. */
#ifndef DGM_CLI_EXAMPLES_H
#define DGM_CLI_EXAMPLES_H

#include "annotate.h"
#include "product.h"

enum {
    EXAMPLES_EACH = 3,    /* of a message */
    EXAMPLES_FRAME = 256, /* bytes of a frame that is shown */
    EXAMPLES_NOTES = 400, /* lines of an annotation */
    EXAMPLES_JSON = 4000  /* bytes of JSON; of longer ones the begin is shown */
};

struct example {
    uint16_t message; /* index in the table */
    const struct dgm_test *test;
    struct annotation annotation; /* of no notes where the frame is only encoded */
};

struct examples {
    struct example *items; /* memory */
    size_t count;
};

/* Of one model, in the order of the profile. False if memory is out. */
bool examples_open(struct examples *examples, const struct product *product,
                   const char *model);
void examples_close(struct examples *examples);

/* JSON of the example, or NULL. */
const char *example_json(const struct example *example);

#endif
