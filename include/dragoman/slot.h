/* SPDX-License-Identifier: MIT */
/*
 * A place for a plug-in that is replaced while others work with it. Who decodes takes the
 * plug-in out of the slot and gives it back; who replaces it puts a new one in. An old
 * one is unloaded when the last user has given it back.
 *
 *     const struct dgm_loaded *loaded = dgm_slot_acquire(slot);
 *     ...decode with dgm_loaded_find(loaded, ...);
 *     dgm_slot_release(slot, loaded);
 *
 * and elsewhere, meanwhile:
 *
 *     if (dgm_plugin_load(path, &loaded, &refusal) == DGM_OK &&
 *         dgm_slot_put(slot, loaded) != DGM_OK)
 *         dgm_plugin_unload(loaded);
 */
#ifndef DRAGOMAN_SLOT_H
#define DRAGOMAN_SLOT_H

#include <dragoman/base.h>
#include <dragoman/host.h>
#include <dragoman/status.h>

DGM_BEGIN_DECLS

struct dgm_slot;

/**
 * Make an empty slot.
 *
 * @param ret_slot  Set on success; free it with dgm_slot_close().
 * @return DGM_OK, DGM_MEMORY, DGM_BAD_CALL.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_slot_open(struct dgm_slot **ret_slot);

/** Unload what is in the slot. Nobody may use the slot or its plug-in any more. NULL is
 * allowed. */
DGM_API void dgm_slot_close(struct dgm_slot *slot);

/**
 * Put a plug-in into the slot, in place of the one there is. Whoever acquires after this
 * has returned gets the new one; who has the old one keeps it until it is released.
 * Thread-safe. May unload the old plug-in, which takes as long as dgm_plugin_unload().
 *
 * @param loaded  Belongs to the slot with DGM_OK; to the caller otherwise. NULL: the slot
 * is empty from now on.
 * @return DGM_OK, DGM_MEMORY, DGM_BAD_CALL.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_slot_put(struct dgm_slot *slot,
                                                   struct dgm_loaded *loaded);

/**
 * Take the plug-in that is in the slot now. It stays loaded until it is released.
 * Thread-safe; never allocates, and waits only for others that are in the midst of
 * taking, giving back or putting. Once for many frames costs less than once for each.
 *
 * @return NULL if the slot is empty.
 */
DGM_API const struct dgm_loaded *dgm_slot_acquire(struct dgm_slot *slot);

/** Give back what dgm_slot_acquire() gave, once for each time. NULL is allowed.
 * Thread-safe. Unloads the plug-in if it was replaced and this was its last user. */
DGM_API void dgm_slot_release(struct dgm_slot *slot, const struct dgm_loaded *loaded);

/** How many plug-ins of the slot are loaded: the one in it, and those that were replaced
 * but are still in use. Thread-safe. */
DGM_API size_t dgm_slot_count(struct dgm_slot *slot);

DGM_END_DECLS

#endif
