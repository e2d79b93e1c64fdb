/* SPDX-License-Identifier: MIT */
/* Making plans, and the memory they are made in. */
#include "plan.h"

#include <string.h>

enum { PLAN_ALIGNMENT = 8 };

void *plan_take(struct plan_store *store, size_t size)
{
    size_t rounded = (size + PLAN_ALIGNMENT - 1) & ~(size_t)(PLAN_ALIGNMENT - 1);
    if (rounded < size || rounded > SIZE_MAX - store->used) {
        store->full = true;
        return NULL;
    }
    size_t at = store->used;
    store->used += rounded;
    if (store->memory == NULL || store->full)
        return NULL;
    if (store->used > store->size) {
        store->full = true;
        return NULL;
    }
    memset(store->memory + at, 0, rounded);
    return store->memory + at;
}

/* The copy of the codec, its plan, and what the plan refers to. */
static struct dgm_codec *make(const struct dgm_codec *codec, struct plan_store *store)
{
    struct dgm_codec *copy = plan_take(store, sizeof(*copy));
    struct dgm_plan *plan = plan_take(store, sizeof(*plan));
    const struct plan_decode *decode = HAS_PLANS ? plan_decode_make(codec, store) : NULL;
    const struct plan_encode *encode =
        HAS_PLANS && HAS_ENCODE ? plan_encode_make(codec, store) : NULL;
    if (copy == NULL || plan == NULL || store->full)
        return NULL;
    plan->decode = codec->framing == NULL ? decode : NULL;
    plan->framed = codec->framing != NULL ? decode : NULL;
    plan->encode = encode;
    *copy = *codec;
    copy->plan = plan;
    return copy;
}

size_t dgm_codec_plan_size(const struct dgm_codec *codec)
{
    struct plan_store store = {NULL, 0, 0, false};
    if (codec == NULL)
        return 0;
    (void)make(codec, &store);
    return store.full ? 0 : store.used;
}

enum dgm_status dgm_codec_plan(const struct dgm_codec *codec, void *memory,
                               size_t memory_size, const struct dgm_codec **ret_codec,
                               struct dgm_error *reterr)
{
    if (codec == NULL || memory == NULL || ret_codec == NULL ||
        (uintptr_t)memory % PLAN_ALIGNMENT != 0)
        return error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    struct plan_store store = {memory, memory_size, 0, false};
    const struct dgm_codec *copy = make(codec, &store);
    if (copy == NULL) {
        error_set(reterr, DGM_NO_SPACE, DGM_PLACE_NONE, 0);
        if (reterr != NULL)
            reterr->needed = (uint32_t)dgm_codec_plan_size(codec);
        return DGM_NO_SPACE;
    }
    *ret_codec = copy;
    return DGM_OK;
}
