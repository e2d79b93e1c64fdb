/* SPDX-License-Identifier: MIT */
/* Which system calls the process has, by seccomp. */
#ifndef DGM_WORKER_FILTER_H
#define DGM_WORKER_FILTER_H

#include <stdbool.h>

/* While libraries and the plug-in are loaded: files are read and mapped, nothing is
 * written, started or sent elsewhere. Two more filters fit into it. */
bool filter_loading(void);

/* While hooks run: memory, clocks, and the socket to the host. Nothing is opened. */
bool filter_serving(void);

#endif
