/* SPDX-License-Identifier: MIT */
/* The steps by which the process closes itself in. Each gives up if it fails. */
#ifndef DGM_WORKER_SANDBOX_H
#define DGM_WORKER_SANDBOX_H

#include "wire.h"

/* Before anything else: no descriptor but those of the wire, and no life without a host.
 */
void sandbox_detach(void);

/* Before libraries are loaded: limits, no rights, the system's libraries as the only
 * files, no way to write, start or connect anything. Returns the version of Landlock. */
int sandbox_loading(const struct wire_start *start);

/* Before the plug-in is loaded: no files at all. */
void sandbox_no_files(int landlock);

/* Before hooks run: nothing can be opened or mapped any more. */
void sandbox_serving(void);

#endif
