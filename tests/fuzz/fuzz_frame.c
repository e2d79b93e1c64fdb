/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a frame, first byte: direction and shape. What decodes is valid JSON no
 * longer than promised, and what its JSON encodes to decodes to the same JSON.
 */
#include <dragoman/codec.h>
#include <dragoman/json.h>

#include <stdlib.h>
#include <string.h>

#include "target_codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_SIZE = 1 << 20, FRAME_SIZE = 1 << 16 };

static char text[TEXT_SIZE], again[TEXT_SIZE];
static uint8_t frame[FRAME_SIZE];

static void round_trip(const struct dgm_codec *codec, struct dgm_call *call,
                       size_t length)
{
    struct dgm_outcome encoded, decoded;
    struct dgm_error error;
    if (dgm_encode(codec, call, text, length, frame, sizeof(frame), &encoded, &error) !=
        DGM_OK)
        return; /* values outside the product model decode with a notice and do not encode
                 */
    if (dgm_decode(codec, call, frame, encoded.length, again, sizeof(again), &decoded,
                   &error) != DGM_OK ||
        !dgm_json_equal(text, length, again, decoded.length, 0))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct dgm_codec *codec = target_codec();
    struct dgm_call call = target_call();
    struct dgm_outcome outcome;
    struct dgm_error error;
    if (size == 0)
        return 0;
    call.direction = data[0] & 1 ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    call.shape = (enum dgm_shape)((data[0] >> 1) % 3);
    if (dgm_decode(codec, &call, data + 1, size - 1, text, sizeof(text), &outcome,
                   &error) != DGM_OK)
        return 0;
    if (dgm_json_check(text, outcome.length, NULL) != DGM_OK ||
        outcome.length > dgm_codec_json_max(codec, (int)call.shape))
        abort();
    round_trip(codec, &call, outcome.length);
    return 0;
}
