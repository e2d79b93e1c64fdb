/* SPDX-License-Identifier: MIT */
/* Running hooks for the host, until it is gone. */
#ifndef DGM_WORKER_SERVE_H
#define DGM_WORKER_SERVE_H

#include "wire.h"

/* Read a message into memory of WIRE_MOST bytes. Ends the process with the host. */
size_t serve_read(void *message);

void serve(const struct dgm_plugin_code *code) __attribute__((noreturn));

#endif
