/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a frame. The first byte chooses the product, the second direction, shape
 * and whether there is a channel, the third is the channel. What decodes is valid JSON no
 * longer than promised; what that encodes to decodes, and encodes to the same bytes.
 */
#include <dragoman/json.h>

#include <stdlib.h>
#include <string.h>

#include "products.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_SIZE = 1 << 20, FRAME_SIZE = 1 << 16, HEAD = 3 };

static char text[TEXT_SIZE], again[TEXT_SIZE];
static uint8_t frame[FRAME_SIZE], frame_again[FRAME_SIZE];

static const char *message_name(const struct product *product, uint16_t message)
{
    const struct dgm_message *messages =
        (const void *)((const char *)product->model + product->model->messages.offset);
    return dgm_codec_text(product->codec, messages[message].name);
}

/* Encode the text that was decoded; false if that is refused. */
static bool encode_back(const struct product *product, const struct dgm_call *call,
                        const struct dgm_outcome *decoded, const char *json,
                        uint8_t *bytes, struct dgm_outcome *ret)
{
    struct dgm_error error;
    struct dgm_call back = *call;
    back.message = message_name(product, decoded->message);
    return dgm_encode(product->codec, &back, json, decoded->length, bytes, FRAME_SIZE,
                      ret, &error) == DGM_OK;
}

/* Values outside the product model decode with a notice and do not encode, and a member
 * that no reading stands for may be another frame's; but what encode writes stays so. */
static void round_trip(const struct product *product, struct dgm_call *call,
                       const struct dgm_outcome *first)
{
    struct dgm_outcome encoded, decoded, last;
    struct dgm_error error;
    if (!encode_back(product, call, first, text, frame, &encoded))
        return;
    if (dgm_decode(product->codec, call, frame, encoded.length, again, sizeof(again),
                   &decoded, &error) != DGM_OK)
        abort();
    if (encode_back(product, call, &decoded, again, frame_again, &last) &&
        (last.length != encoded.length || memcmp(frame, frame_again, last.length) != 0))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dgm_outcome outcome;
    struct dgm_error error;
    if (size < HEAD)
        return 0;
    const struct product *product = product_at(data[0]);
    struct dgm_call call = product_call(product);
    call.direction = data[1] & 1 ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
    call.shape = (enum dgm_shape)((data[1] >> 1) % 3);
    call.has_channel = (data[1] & 8) != 0;
    call.channel = data[2];
    call.has_received = (data[1] & 16) != 0;
    call.received_ms = 1500000000000;
    if (dgm_decode(product->codec, &call, data + HEAD, size - HEAD, text, sizeof(text),
                   &outcome, &error) != DGM_OK)
        return 0;
    if (dgm_json_check(text, outcome.length, NULL) != DGM_OK ||
        outcome.length > dgm_codec_json_max(product->codec, (int)call.shape))
        abort();
    round_trip(product, &call, &outcome);
    return 0;
}
