/* SPDX-License-Identifier: MIT */
/*
 * Loads peers. Each object keeps its names to itself, so that two of them may bring the
 * same library in two versions.
 */
#include "load.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

typedef const struct bench_peer *give_peers(size_t *ret_count);

static bool add(struct peers *peers, const struct bench_peer *peer, const char *profiles)
{
    if (peers->count == PEERS_MAX) {
        fprintf(stderr, "bench: more than %d peers\n", PEERS_MAX);
        return false;
    }
    if (peer->open != NULL && !peer->open(profiles)) {
        fprintf(stderr, "bench: %s cannot be opened\n", peer->name);
        return false;
    }
    peers->at[peers->count++] = peer;
    return true;
}

bool peers_load(struct peers *peers, char *const *paths, size_t count,
                const char *profiles)
{
    for (size_t i = 0; i < count; i++) {
        void *object = dlopen(paths[i], RTLD_NOW | RTLD_LOCAL);
        void *symbol = object != NULL ? dlsym(object, "bench_peers") : NULL;
        give_peers *give;
        size_t found = 0;
        if (symbol == NULL) {
            fprintf(stderr, "bench: %s\n", dlerror());
            return false;
        }
        memcpy(&give, &symbol, sizeof(give)); /* ISO C has no cast for this */
        const struct bench_peer *list = give(&found);
        for (size_t k = 0; k < found; k++)
            if (!add(peers, &list[k], profiles))
                return false;
    }
    return true;
}
