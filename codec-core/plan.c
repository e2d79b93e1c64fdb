/* SPDX-License-Identifier: MIT */
/* Making plans, and the memory they are made in. */
#include "plan.h"

#include <string.h>

enum { PLAN_ALIGNMENT = 8 };

static void *take(struct plan_store *store, size_t size, size_t alignment)
{
    size_t at = plan_round_up(store->used, alignment);
    size_t rounded = plan_round_up(size, PLAN_ALIGNMENT);
    if (at < store->used || rounded < size || rounded > SIZE_MAX - at) {
        store->full = true;
        return NULL;
    }
    store->used = at + rounded;
    if (store->memory == NULL || store->full)
        return NULL;
    if (store->used > store->size) {
        store->full = true;
        return NULL;
    }
    memset(store->memory + at, 0, rounded);
    return store->memory + at;
}

void *plan_take(struct plan_store *store, size_t size)
{
    return take(store, size, PLAN_ALIGNMENT);
}

void *plan_take_lines(struct plan_store *store, size_t size)
{
    return take(store, size, PLAN_LINE);
}

/* The copy of the codec, its plan, and what the plan refers to. */
static struct dgm_codec *make(const struct dgm_codec *codec, struct plan_store *store)
{
    struct dgm_codec *copy = plan_take_lines(store, sizeof(*copy));
    struct dgm_plan *plan = plan_take_lines(store, sizeof(*plan));
    if (HAS_PLANS)
        plan_decode_make(codec, store, plan);
    const struct plan_encode *encode =
        HAS_PLANS && HAS_ENCODE ? plan_encode_make(codec, store) : NULL;
    if (copy == NULL || plan == NULL || store->full)
        return NULL;
    plan->encode = encode;
    *copy = *codec;
    copy->plan = plan;
    return copy;
}

/* The same from the first whole line of the memory on. */
static const struct dgm_codec *make_in(const struct dgm_codec *codec, uint8_t *memory,
                                       size_t size)
{
    size_t before = plan_round_up((uintptr_t)memory, PLAN_LINE) - (uintptr_t)memory;
    struct plan_store store = {memory + before, size - before, 0, false};
    return size > before ? make(codec, &store) : NULL;
}

size_t dgm_codec_plan_size(const struct dgm_codec *codec)
{
    struct plan_store store = {NULL, 0, 0, false};
    if (codec == NULL)
        return 0;
    (void)make(codec, &store);
    return store.full ? 0 : store.used + PLAN_LINE - PLAN_ALIGNMENT;
}

enum dgm_status dgm_codec_plan(const struct dgm_codec *codec, void *memory,
                               size_t memory_size, const struct dgm_codec **ret_codec,
                               struct dgm_error *reterr)
{
    if (codec == NULL || memory == NULL || ret_codec == NULL ||
        (uintptr_t)memory % PLAN_ALIGNMENT != 0)
        return error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    const struct dgm_codec *copy = make_in(codec, memory, memory_size);
    if (copy == NULL) {
        error_set(reterr, DGM_NO_SPACE, DGM_PLACE_NONE, 0);
        if (reterr != NULL)
            reterr->needed = (uint32_t)dgm_codec_plan_size(codec);
        return DGM_NO_SPACE;
    }
    *ret_codec = copy;
    return DGM_OK;
}
