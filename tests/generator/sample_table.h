/* SPDX-License-Identifier: MIT */
/* A table that has every kind of array, for the tests of block and emission. */
#ifndef SAMPLE_TABLE_H
#define SAMPLE_TABLE_H

#include "emit.h"

enum {
    SAMPLE_LONG_TEXT = 9000, /* more than C promises for one string literal */
    SAMPLE_MESSAGES = 40     /* so many that the manifest is longer, too */
};

/* The table of that builder as the only model of its profile. */
#define SAMPLE(builder)                                                                  \
    &(const struct emit_model)                                                           \
    {                                                                                    \
        builder, "acme-sample"                                                           \
    }

void sample_table_fill(struct builder *builder);

#endif
