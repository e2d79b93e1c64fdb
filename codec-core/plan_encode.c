/* SPDX-License-Identifier: MIT */
/* Encoding by a plan. */
#include "plan.h"

bool plan_encode_run(const struct dgm_codec *codec, const struct dgm_call *call,
                     const char *json, size_t json_length, uint8_t *frame,
                     size_t frame_size, struct dgm_outcome *ret)
{
    (void)codec, (void)call, (void)json, (void)json_length;
    (void)frame, (void)frame_size, (void)ret;
    return false;
}
