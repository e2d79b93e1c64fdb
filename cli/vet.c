/* SPDX-License-Identifier: MIT */
/* Words and results of the checks. */
#include "vet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const struct vet_calls vet_real_calls = {dgm_decode, dgm_encode};

const char *vet_name(enum vet_check check)
{
    static const char *const names[VET_CHECKS + 1] = {
        "?",           "form",      "manifest", "tables", "vectors", "identity",
        "truncations", "bit-flips", "buffers",  "random", "lint",
    };
    return names[check <= VET_CHECKS ? check : 0];
}

const char *vet_word(enum vet_outcome outcome)
{
    static const char *const words[] = {"failed", "passed", "failed", "skipped",
                                        "not-applicable"};
    return words[outcome <= VET_NOT_APPLICABLE ? outcome : VET_UNFINISHED];
}

void vet_fail(struct vet_result *result, const char *format, ...)
{
    va_list arguments;
    if (result->failures++ > 0) {
        return;
    }
    result->failed = result->place;
    va_start(arguments, format);
    (void)vsnprintf(result->reason, sizeof(result->reason), format, arguments);
    va_end(arguments);
}

void vet_skip(struct vet_result *result, enum vet_outcome outcome, const char *format,
              ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(result->reason, sizeof(result->reason), format, arguments);
    va_end(arguments);
    result->outcome = outcome;
}

void vet_tried(struct vet_result *result)
{
    atomic_fetch_add_explicit(&result->tried, 1, memory_order_relaxed);
}
