/* SPDX-License-Identifier: MIT */
/* The vectors of a profile as frames to begin with. */
#ifndef DGM_CLI_SEEDS_H
#define DGM_CLI_SEEDS_H

#include "explore.h"

#include <dragoman/profile.h>

/* The frame of a vector, without its framing; false if it has none that decodes. */
bool seeds_specimen(const struct lab *lab, const struct dgm_test *test,
                    struct specimen *ret);

/* Offer the frames of the profile's vectors that belong to the message at work; nothing
 * for NULL. */
void seeds_offer(struct explorer *explorer, const struct dgm_profile *profile);

/* A request for the reply at work: a frame of a message that it answers. */
void seeds_request(struct lab *lab, uint64_t seed);

#endif
