/* SPDX-License-Identifier: MIT */
/* JSON that no frame gives, and that an application may send all the same. */
#ifndef DGM_CLI_DIFFVARY_H
#define DGM_CLI_DIFFVARY_H

#include "difftrial.h"

/* Try the JSON of a frame; then each of its members is left out in turn, and each number
 * gets a decimal more, which may lie between two that frames have. What memory does not
 * suffice for is not tried. */
void diff_try_varied(struct diff_trial *trial, const struct diff_input *input);

#endif
