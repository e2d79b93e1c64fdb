/* SPDX-License-Identifier: MIT */
/* Two product models: what the platform and its applications know of the product. */
#ifndef DGM_CLI_DIFFMODEL_H
#define DGM_CLI_DIFFMODEL_H

#include "diffset.h"

/* Nothing happens if one of them is not known. False if memory is out. */
bool diff_models(struct diff_set *set, const struct diff_side *sides);

#endif
