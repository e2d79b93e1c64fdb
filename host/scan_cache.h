/* SPDX-License-Identifier: MIT */
/* What scanners found out about files before, by the hash of the file. */
#ifndef DGM_SCAN_CACHE_H
#define DGM_SCAN_CACHE_H

#include <dragoman/scan.h>

#include "scan_child.h"

enum { SCAN_CACHE_BUCKETS = 1024 };

struct scan_entry {
    uint8_t sha256[DGM_SHA256_SIZE];
    struct scan_facts facts;
    bool used;     /* by this scanner */
    uint32_t next; /* in the bucket; position + 1, 0: the last one */
};

struct scan_cache {
    const char *path;    /* NULL: there is no file */
    const char *program; /* what is remembered was found out by this one */
    struct scan_entry *entries;
    size_t count, capacity;
    uint32_t buckets[SCAN_CACHE_BUCKETS]; /* position + 1; 0: empty */
    bool changed;
};

/* Read the file. What is not understood is left out. False if memory is out. */
bool scan_cache_read(struct scan_cache *cache);
enum dgm_status scan_cache_write(struct scan_cache *cache, struct dgm_refusal *refusal);
void scan_cache_free(struct scan_cache *cache);

/* What is known about a file of that hash, or NULL. Lives until the next
 * scan_cache_put(). */
const struct scan_facts *scan_cache_find(struct scan_cache *cache, const uint8_t *sha256);

/* Remember; takes `facts` over in any case. Returns what was remembered, or NULL if
 * memory is out. */
const struct scan_facts *scan_cache_put(struct scan_cache *cache, const uint8_t *sha256,
                                        struct scan_facts *facts);

#endif
