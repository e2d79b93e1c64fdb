/* SPDX-License-Identifier: MIT */
/* Decoding by a plan. */
#include "plan.h"

bool plan_decode_run(const struct dgm_codec *codec, const struct dgm_call *call,
                     const uint8_t *frame, size_t frame_length, char *text,
                     size_t text_size, struct dgm_outcome *ret)
{
    (void)codec, (void)call, (void)frame, (void)frame_length;
    (void)text, (void)text_size, (void)ret;
    return false;
}
