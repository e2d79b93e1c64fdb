/* SPDX-License-Identifier: MIT */
/* Commands as an application may send them, out of what the product models say. */
#ifndef DGM_CLI_DIFFTEXTS_H
#define DGM_CLI_DIFFTEXTS_H

#include "difftrial.h"

/* Try each command of either model with values that one of them names: bounds, words,
 * lengths; one parameter after another. False if memory is out. */
bool diff_try_commands(struct diff_trial *trial);

#endif
