/* SPDX-License-Identifier: MIT */
/* The plug-in's code: loading it, and whether what it exports makes sense. */
#ifndef DGM_WORKER_CODE_H
#define DGM_WORKER_CODE_H

#include "wire.h"

/* Load the libraries that the plug-in needs: names, each with a zero. Gives up if one is
 * not there. */
void code_load_libraries(const char *names, size_t length);

/* Load the plug-in; its constructors run. What comes back is a copy, so that a longer or
 * shorter one is as long as this program knows it. */
struct dgm_plugin_code code_load(void);

/* What it says about its hooks. */
void code_describe(const struct dgm_plugin_code *code, struct wire_ready *ret);

#endif
