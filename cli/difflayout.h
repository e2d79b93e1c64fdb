/* SPDX-License-Identifier: MIT */
/*
 * What two profiles say about the layout of messages. It explains what frames have shown,
 * and tells what none has.
 */
#ifndef DGM_CLI_DIFFLAYOUT_H
#define DGM_CLI_DIFFLAYOUT_H

#include "diffsearch.h"

/* Behind the search. `agree`: the tables of both are the same. */
void diff_layout(const struct diff_search *search, bool agree);

#endif
