/* SPDX-License-Identifier: MIT */
/* Using plug-ins that were tampered with as a host would, in memory of exact sizes. */
#ifndef TEST_PLUGIN_USE_H
#define TEST_PLUGIN_USE_H

#include <dragoman/host.h>

/* Load the bytes as a file in memory. `ret_loaded` is NULL if they are refused; they may
 * not be refused without a reason. False if that, or the system, fails. */
bool plugin_use_load(const uint8_t *bytes, size_t size, struct dgm_loaded **ret_loaded);

/* Decode the frame with each codec in each shape, and encode again what comes out. */
void plugin_use_codecs(const struct dgm_loaded *loaded, const uint8_t *frame,
                       size_t length);

#endif
