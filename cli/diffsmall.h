/* SPDX-License-Identifier: MIT */
/* A frame that shows a difference, made as small as it gets. */
#ifndef DGM_CLI_DIFFSMALL_H
#define DGM_CLI_DIFFSMALL_H

#include "diffset.h"

/* Try a frame that the lab has just decoded as its message at work, and, if that goes to
 * the device, the JSON that came out. */
void diff_try_specimen(struct diff_trial *trial, struct lab *lab,
                       const struct specimen *specimen);

/* Try a frame that may not be of that message. */
void diff_try_frame(struct diff_trial *trial, const struct lab *lab,
                    const struct specimen *specimen);

/* Give the finding the smallest witness of the lab's message at work that shows the same:
 * few bytes, and most of them zero. Nothing happens if its witness was not made of a
 * specimen. `left` is how many frames may be tried, and counts down. */
void diff_make_small(struct diff_trial *trial, struct lab *lab, struct diff_set *set,
                     struct diff_finding *finding, size_t *left);

#endif
