/* SPDX-License-Identifier: MIT */
/* Findings in profiles, told as text, as JSON, or as GitHub reads them. */
#ifndef DGM_CLI_DIAG_H
#define DGM_CLI_DIAG_H

#include <dragoman/profile.h>

#include "report.h"

struct diag_counts {
    size_t errors, warnings, notes;
};

enum diag_format { DIAG_TEXT, DIAG_JSON, DIAG_GITHUB, DIAG_SARIF };

/* Tell all findings of a profile on standard error. Warnings and notes only unless quiet.
 */
void diag_print(struct report *report, const struct dgm_profile *profile,
                enum diag_format format, bool caret, struct diag_counts *counts);

#endif
