/* SPDX-License-Identifier: MIT */
/*
 * Frames at the edges of what a message takes: the ports, topics and lengths at which it
 * begins or ends. Chance finds fields, and seldom the last port of a thousand.
 */
#ifndef DGM_CLI_DIFFEDGES_H
#define DGM_CLI_DIFFEDGES_H

#include "explore.h"

/* Make such frames of those of the message at work that were explored. The explorer gives
 * them out as its own; those that may not be of the message as refused ones. False if
 * memory is out. */
bool diff_try_edges(struct explorer *explorer);

#endif
