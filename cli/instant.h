/* SPDX-License-Identifier: MIT */
/* Times as people write them. */
#ifndef DGM_CLI_INSTANT_H
#define DGM_CLI_INSTANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "2026-01-02T03:04:05Z", with up to three decimals of a second, 'Z' or "+08:00" at the
 * end; or "20260102T030405Z". Gives milliseconds since 1970-01-01T00:00Z. */
bool instant_parse(const char *text, size_t length, int64_t *ret_ms);

#endif
