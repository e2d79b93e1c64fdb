/* SPDX-License-Identifier: MIT */
/* What the statuses mean and what to do about them, at length. */
#ifndef DGM_CLI_EXPLAIN_H
#define DGM_CLI_EXPLAIN_H

#include <dragoman/status.h>

/* Some lines, each with its end; NULL for a status without an explanation. */
const char *explain_status(enum dgm_status status);

#endif
