/* SPDX-License-Identifier: MIT */
/* Single values of a product model. */
#ifndef DGM_CLI_PRODVALUE_H
#define DGM_CLI_PRODVALUE_H

#include "prodread.h"

enum prod_value {
    PROD_TEXT,
    PROD_BOOL,
    PROD_NUMBER, /* or a text of one */
    PROD_LABELS, /* a list of texts */
    PROD_METHOD, /* of R, W and E */
    PROD_FORMAT, /* binary or json */
    PROD_OBJECT,
    PROD_ANY
};

/* null, "", [] and {}. */
bool prodvalue_is_nothing(const cJSON *item);

/* The value as a profile has it; NULL if it is left out, which is told. */
cJSON *prodvalue_read(struct prodread *reader, const struct prodat *at, const cJSON *item,
                      enum prod_value kind);

#endif
