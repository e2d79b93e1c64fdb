/* SPDX-License-Identifier: MIT */
/* Hooks: functions of the caller that the profile names. */
#ifndef DGM_HOOK_H
#define DGM_HOOK_H

#include "private.h"

enum hook_way { HOOK_DECODE, HOOK_ENCODE };

/*
 * Call the hook of that index. `ret_detail` is set where there is more to say: the name
 * of the hook that is missing, or what the hook says.
 *
 * @return DGM_OK, DGM_NO_HOOK, DGM_LIMIT if the output is longer than `output_size`,
 *         DGM_HOOK if it refuses, or DGM_WORKER_... as the hook says.
 */
enum dgm_status hook_run(const struct dgm_codec *codec, const struct dgm_call *call,
                         uint16_t index, enum hook_way way, const uint8_t *input,
                         size_t input_length, uint8_t *output, size_t output_size,
                         size_t *ret_length, const char **ret_detail);

#endif
