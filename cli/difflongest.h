/* SPDX-License-Identifier: MIT */
/*
 * The longest frames of messages, where those are longer than frames that are tried: such
 * a difference has no witness, and there is no doubt about it either.
 */
#ifndef DGM_CLI_DIFFLONGEST_H
#define DGM_CLI_DIFFLONGEST_H

#include "diffsearch.h"

void diff_longest(const struct diff_search *search);

#endif
