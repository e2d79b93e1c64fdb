/* SPDX-License-Identifier: MIT */
/*
 * Which command has a text? Heads, up to and with the command's name, are compared one by
 * one where there are few; of many, those are that share a hash of eight bytes at the
 * place where heads differ most.
 */
#include "plan_encode_run.h"

#include <string.h>

enum { FEW = 8, WORD = 8 };

static unsigned bits_for(unsigned count)
{
    unsigned bits = 1;
    while (bits < 16 && (1u << bits) < 2 * count)
        bits++;
    return bits;
}

static size_t hash_of(const struct plan_heads *heads, const void *bytes)
{
    /* 2^64 over the golden ratio: multiplicative hashing, Knuth, volume 3, 6.4. */
    return (size_t)((plan_load(bytes) * 0x9E3779B97F4A7C15u) >> heads->shift);
}

/* Bytes of the shortest head. */
static uint32_t shortest(const struct plan_message *const *messages, uint32_t count,
                         enum dgm_shape shape)
{
    uint32_t least = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t length = messages[i]->heads[shape].length;
        if (length > 0 && length < least)
            least = length;
    }
    return least;
}

/* Chains of the heads, by the hash at the place of `heads`. How many chains there are. */
static unsigned chain(const struct plan_message *const *messages, uint32_t count,
                      enum dgm_shape shape, const struct plan_heads *heads,
                      uint16_t *first, uint16_t *next)
{
    unsigned chains = 0;
    memset(first, 0xFF, sizeof(*first) << (64 - heads->shift));
    for (uint32_t i = count; i-- > 0;) {
        const struct plan_head *head = &messages[i]->heads[shape];
        if (head->length == 0)
            continue;
        uint16_t *link = &first[hash_of(heads, head->text + heads->at)];
        chains += *link == DGM_NONE ? 1u : 0u;
        next[i] = *link;
        *link = (uint16_t)i;
    }
    return chains;
}

void plan_heads_make(struct plan_store *store, unsigned most,
                     const struct plan_message *const *messages, uint32_t count,
                     enum dgm_shape shape, struct plan_heads *ret)
{
    const unsigned bits = bits_for(most);
    if (most <= FEW)
        return;
    uint16_t *first = plan_take(store, sizeof(*first) << bits);
    uint16_t *next = plan_take(store, most * sizeof(*next));
    if (first == NULL || next == NULL || messages == NULL)
        return;
    struct plan_heads heads = {first, next, 0, (uint8_t)(64 - bits)};
    uint32_t least = shortest(messages, count, shape), best = 0;
    unsigned chains = 0;
    for (heads.at = 0; least != UINT32_MAX && heads.at + WORD <= least; heads.at++) {
        unsigned found = chain(messages, count, shape, &heads, first, next);
        best = found > chains ? heads.at : best;
        chains = found > chains ? found : chains;
    }
    heads.at = best;
    if (least != UINT32_MAX)
        (void)chain(messages, count, shape, &heads, first, next);
    else
        memset(first, 0xFF, sizeof(*first) << bits);
    *ret = heads;
}

const struct plan_message *plan_message_among(const struct plan_encode *plan,
                                              struct plan_text text, const uint8_t *p,
                                              enum dgm_shape shape)
{
    const struct plan_heads *heads = &plan->heads[shape];
    if ((size_t)(text.end - p) < heads->at + WORD)
        return NULL;
    unsigned i = heads->first[hash_of(heads, p + heads->at)];
    while (i != DGM_NONE && !plan_head_stands(text, p, &plan->messages[i]->heads[shape]))
        i = heads->next[i];
    return i != DGM_NONE ? plan->messages[i] : NULL;
}
