/* SPDX-License-Identifier: MIT */
/*
 * What bench/sizes links the codec core against, to see what it takes of a device: the
 * calls that the device makes and nothing else. SIZES_DECODES, SIZES_ENCODES and
 * SIZES_TRUSTS choose them.
 */
#include <dragoman/codec.h>

#include <string.h>

enum dgm_status sizes_open(const void *model, size_t size, void *memory,
                           size_t memory_size, const struct dgm_codec **ret);
enum dgm_status sizes_decode(const struct dgm_codec *codec, const struct dgm_call *call,
                             const uint8_t *frame, size_t length, char *text,
                             size_t text_size, struct dgm_outcome *ret,
                             struct dgm_error *reterr);
enum dgm_status sizes_encode(const struct dgm_codec *codec, const struct dgm_call *call,
                             const char *json, size_t length, uint8_t *frame,
                             size_t frame_size, struct dgm_outcome *ret,
                             struct dgm_error *reterr);

enum dgm_status sizes_open(const void *model, size_t size, void *memory,
                           size_t memory_size, const struct dgm_codec **ret)
{
#if SIZES_TRUSTS
    return dgm_codec_open_trusted(model, size, memory, memory_size, ret, NULL);
#else
    return dgm_codec_open(model, size, memory, memory_size, ret, NULL);
#endif
}

#if SIZES_DECODES
enum dgm_status sizes_decode(const struct dgm_codec *codec, const struct dgm_call *call,
                             const uint8_t *frame, size_t length, char *text,
                             size_t text_size, struct dgm_outcome *ret,
                             struct dgm_error *reterr)
{
    return dgm_decode(codec, call, frame, length, text, text_size, ret, reterr);
}
#endif

#if SIZES_ENCODES
enum dgm_status sizes_encode(const struct dgm_codec *codec, const struct dgm_call *call,
                             const char *json, size_t length, uint8_t *frame,
                             size_t frame_size, struct dgm_outcome *ret,
                             struct dgm_error *reterr)
{
    return dgm_encode(codec, call, json, length, frame, frame_size, ret, reterr);
}
#endif
