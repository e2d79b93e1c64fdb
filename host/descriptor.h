/* SPDX-License-Identifier: MIT */
/* The exported object of a plug-in: is it one that this host understands? */
#ifndef DGM_DESCRIPTOR_H
#define DGM_DESCRIPTOR_H

#include <dragoman/host.h>
#include <dragoman/plugin.h>

enum { DESCRIPTOR_MAX_MODELS = 256 };

/*
 * Check the head and the list of models of an object of `size` bytes, aligned to 8. What
 * passes has `ret->model_count` models that lie inside the object, and `features` alone.
 */
enum dgm_status descriptor_check(const uint8_t *bytes, size_t size, uint64_t features,
                                 struct dgm_plugin *ret, struct dgm_refusal *refusal);

/*
 * The head alone, for a host that knows `known` bytes of it: of one that is shorter the
 * rest is zero, and of a longer one what this host does not know must be zero.
 */
enum dgm_status descriptor_head(const uint8_t *bytes, size_t size, void *ret,
                                size_t known, struct dgm_refusal *refusal);

/* Entry of the list, once checked. */
struct dgm_plugin_model descriptor_model(const uint8_t *bytes,
                                         const struct dgm_plugin *plugin, size_t i);

#endif
