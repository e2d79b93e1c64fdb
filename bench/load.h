/* SPDX-License-Identifier: MIT */
/*
 * Peers out of shared objects.
 */
#ifndef DRAGOMAN_BENCH_LOAD_H
#define DRAGOMAN_BENCH_LOAD_H

#include "bench.h"

enum { PEERS_MAX = 32 };

struct peers {
    size_t count;
    const struct bench_peer *at[PEERS_MAX];
};

/*
 * Load the objects and open their peers; what cannot be loaded or opened is named on
 * standard error.
 *
 * @param profiles  Folder of the profiles.
 * @return Are all of them there? They stay loaded until the process ends.
 */
bool peers_load(struct peers *peers, char *const *paths, size_t count,
                const char *profiles);

#endif
