/* SPDX-License-Identifier: MIT */
/* Where two JSON texts differ. */
#ifndef DGM_CLI_JSONPLACE_H
#define DGM_CLI_JSONPLACE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The path of the first value that differs, as "Meter.flow" or "Log[].volume"; members of
 * an object may stand in any order. "(message)" if it is the whole text.
 */
void json_place(const char *left, size_t left_length, const char *right,
                size_t right_length, char *ret_path, size_t size);

/* Are the texts the same when members of those paths, outside of arrays, are left out? */
bool json_same_without(const char *left, size_t left_length, const char *right,
                       size_t right_length, const char *const *paths, size_t count);

#endif
