/* SPDX-License-Identifier: MIT */
/* The product model as JSON. */
#ifndef DGM_PRODUCT_JSON_H
#define DGM_PRODUCT_JSON_H

#include "product.h"

/* One object, as the platform's newer product object has it; what that has no place for
 * stands beside it under the names of the profile. Compact, in the order of the file. */
const char *product_json(struct arena *arena, const struct product *product);

#endif
