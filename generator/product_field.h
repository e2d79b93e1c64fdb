/* SPDX-License-Identifier: MIT */
/* Fields of the product model: properties, and parameters of commands and events. */
#ifndef DGM_PRODUCT_FIELD_H
#define DGM_PRODUCT_FIELD_H

#include "product.h"

/* A mapping from names to fields; `what` names it in findings. Properties have method and
 * default_value beside the keys that all have. NULL stands for none. */
struct product_fields product_fields_parse(struct diag *diag, const struct node *map,
                                           const char *what, bool properties);

/* A name of the product model as a key: text that paths and templates can hold, else
 * `bad-name`; NULL after a report. What the platform may refuse is warned of. */
const char *product_name(struct diag *diag, const struct node *key, const char *what);

#endif
