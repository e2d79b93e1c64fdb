/* SPDX-License-Identifier: MIT */
/* What the process says to its host. */
#ifndef DGM_WORKER_TELL_H
#define DGM_WORKER_TELL_H

#include "wire.h"

/* Send a message; a host that does not take it is gone, and so is the process. */
void tell(const void *message, size_t size);

/* Say why the plug-in cannot be served, and end. */
void give_up(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
