/* SPDX-License-Identifier: MIT */
/* A table that has every kind of array, for the tests of block and emission. */
#ifndef SAMPLE_TABLE_H
#define SAMPLE_TABLE_H

#include "builder.h"

enum {
    SAMPLE_LONG_TEXT = 9000, /* more than C promises for one string literal */
    SAMPLE_MESSAGES = 40     /* so many that the manifest is longer, too */
};

void sample_table_fill(struct builder *builder);

#endif
