/* SPDX-License-Identifier: MIT */
/* The value that plain JSON has for a path as errors show it. */
#ifndef DGM_CLI_NOTEVALUE_H
#define DGM_CLI_NOTEVALUE_H

#include <stddef.h>

/*
 * "Log[1].volume"; `json` is what decoding printed, without blanks. The text is the
 * value's own, digit by digit: memory of the caller, or NULL if there is none.
 */
char *note_value(const char *json, const char *path);

#endif
