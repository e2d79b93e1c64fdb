/* SPDX-License-Identifier: MIT */
/*
 * Frames of a message, as different as can be had: all values of small fields, the edges
 * of large ones, pairs of what decides, every tag and case; then whatever chance brings.
 */
#ifndef DGM_CLI_EXPLORE_H
#define DGM_CLI_EXPLORE_H

#include "reach.h"

enum { EXPLORE_CORPUS = 192 };

struct explorer {
    struct lab *lab;
    struct reach reach;
    size_t budget; /* decodes */
    struct specimen *corpus;
    size_t corpus_count;
    uint64_t *seen; /* hashes of frames that were given out */
    size_t seen_size, seen_count;
    uint16_t *swept; /* by row: in how many frames it had all its values */
    /* Called for each new frame; false ends the work. */
    bool (*found)(void *user, struct lab *lab, const struct specimen *specimen);
    /* Called before it with what was not yet a frame of the message; may be NULL. */
    void (*refused)(void *user, struct lab *lab, const struct specimen *specimen);
    void *user;
    bool repeats; /* also give what was given before */
    bool is_over;
};

/* For the message at work of the lab. False if memory is out. */
bool explore_open(struct explorer *explorer, struct lab *lab, size_t budget);
void explore_close(struct explorer *explorer);

/* Offer a frame that someone knows, before the work begins. */
void explore_seed(struct explorer *explorer, const struct specimen *specimen);

void explore(struct explorer *explorer);

/* One more frame by chance, out of those that were found; false if none comes. */
bool explore_one(struct explorer *explorer, struct specimen *ret);

#endif
