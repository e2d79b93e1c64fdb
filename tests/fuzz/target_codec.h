/* SPDX-License-Identifier: MIT */
/* The codec that the frame and JSON targets work on: one profile with most of the
 * language in it. */
#ifndef TARGET_CODEC_H
#define TARGET_CODEC_H

#include <dragoman/codec.h>

/* Compiled at the first call; aborts if that fails. */
const struct dgm_codec *target_codec(void);

/* A call with scratch memory that is enough for the codec. */
struct dgm_call target_call(void);

#endif
