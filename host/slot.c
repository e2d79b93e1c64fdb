/* SPDX-License-Identifier: MIT */
/*
 * Plug-ins that are replaced while they are in use. A slot has a list of holders: the
 * first is of the plug-in that is handed out now, the others are of those that were
 * replaced and still have users. Counts change under one lock, which nobody holds for
 * longer than that; loading and unloading happen outside.
 */
#include <dragoman/slot.h>

#include <pthread.h>
#include <stdlib.h>

struct holder {
    struct dgm_loaded *loaded; /* NULL in the first one: the slot is empty */
    size_t users;
    struct holder *next; /* older */
};

struct dgm_slot {
    pthread_mutex_t lock;
    struct holder *holders; /* never NULL */
};

enum dgm_status dgm_slot_open(struct dgm_slot **ret_slot)
{
    if (ret_slot == NULL) {
        return DGM_BAD_CALL;
    }
    struct dgm_slot *slot = calloc(1, sizeof(*slot));
    if (slot == NULL) {
        return DGM_MEMORY;
    }
    slot->holders = calloc(1, sizeof(*slot->holders));
    if (slot->holders == NULL || pthread_mutex_init(&slot->lock, NULL) != 0) {
        free(slot->holders);
        free(slot);
        return DGM_MEMORY;
    }
    *ret_slot = slot;
    return DGM_OK;
}

static void holder_free(struct holder *holder)
{
    if (holder != NULL) {
        dgm_plugin_unload(holder->loaded);
        free(holder);
    }
}

void dgm_slot_close(struct dgm_slot *slot)
{
    if (slot == NULL) {
        return;
    }
    while (slot->holders != NULL) {
        struct holder *holder = slot->holders;
        slot->holders = holder->next;
        holder_free(holder);
    }
    (void)pthread_mutex_destroy(&slot->lock);
    free(slot);
}

/* Take the holder at `link` out of the list if it is an old one that nobody uses. */
static struct holder *unlink_idle(const struct dgm_slot *slot, struct holder **link)
{
    struct holder *holder = *link;
    if (holder == slot->holders || holder->users > 0) {
        return NULL;
    }
    *link = holder->next;
    return holder;
}

enum dgm_status dgm_slot_put(struct dgm_slot *slot, struct dgm_loaded *loaded)
{
    if (slot == NULL) {
        return DGM_BAD_CALL;
    }
    struct holder *holder = calloc(1, sizeof(*holder));
    if (holder == NULL) {
        return DGM_MEMORY;
    }
    holder->loaded = loaded;
    (void)pthread_mutex_lock(&slot->lock);
    holder->next = slot->holders;
    slot->holders = holder;
    struct holder *idle = unlink_idle(slot, &holder->next);
    (void)pthread_mutex_unlock(&slot->lock);
    holder_free(idle);
    return DGM_OK;
}

const struct dgm_loaded *dgm_slot_acquire(struct dgm_slot *slot)
{
    (void)pthread_mutex_lock(&slot->lock);
    struct holder *holder = slot->holders;
    const struct dgm_loaded *loaded = holder->loaded;
    holder->users += loaded != NULL ? 1 : 0;
    (void)pthread_mutex_unlock(&slot->lock);
    return loaded;
}

void dgm_slot_release(struct dgm_slot *slot, const struct dgm_loaded *loaded)
{
    struct holder *idle = NULL;
    if (loaded == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&slot->lock);
    struct holder **link = &slot->holders;
    while (*link != NULL && (*link)->loaded != loaded) {
        link = &(*link)->next;
    }
    if (*link != NULL && (*link)->users > 0) {
        (*link)->users--;
        idle = unlink_idle(slot, link);
    }
    (void)pthread_mutex_unlock(&slot->lock);
    holder_free(idle);
}

size_t dgm_slot_count(struct dgm_slot *slot)
{
    size_t count = 0;
    (void)pthread_mutex_lock(&slot->lock);
    for (const struct holder *holder = slot->holders; holder != NULL;
         holder = holder->next) {
        count += holder->loaded != NULL ? 1 : 0;
    }
    (void)pthread_mutex_unlock(&slot->lock);
    return count;
}
