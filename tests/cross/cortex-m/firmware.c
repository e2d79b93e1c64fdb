/* SPDX-License-Identifier: MIT */
/*
 * The least that a device needs, to see what it takes of flash and RAM: one product, one
 * direction (or both, by FIRMWARE_DECODES and FIRMWARE_ENCODES), and static buffers whose
 * sizes the generated header gives.
 */
#include "acme-wm-100.dgm.h"

#include <dragoman/codec.h>

#include "../platform.h"

#include <stdalign.h>
#include <string.h>

static alignas(8) unsigned char codec_memory[192];
static alignas(8) unsigned char scratch[1536];
static char text[ACME_WM_100_JSON_MAX_PLAIN];
static uint8_t frame[ACME_WM_100_FRAME_MAX];

static bool decodes(const struct dgm_codec *codec, const struct dgm_call *call)
{
    static const uint8_t report[] = {0x01, 0x00, 0x00, 0x30, 0x39, 0x24, 0x60};
    static const char expected[] = "{\"Meter\":{\"flow\":12.345,";
    struct dgm_outcome outcome;
    return dgm_decode(codec, call, report, sizeof(report), text, sizeof(text), &outcome,
                      NULL) == DGM_OK &&
           memcmp(text, expected, sizeof(expected) - 1) == 0;
}

static bool encodes(const struct dgm_codec *codec, const struct dgm_call *call)
{
    static const char command[] =
        "{\"command\":\"Meter.SET_PERIOD\",\"mid\":2016,\"paras\":{\"minutes\":60}}";
    struct dgm_outcome outcome;
    return dgm_encode(codec, call, command, sizeof(command) - 1, frame, sizeof(frame),
                      &outcome, NULL) == DGM_OK &&
           outcome.length > 0;
}

/* The answer, and the deepest stack beneath the call. */
static void tell(size_t stack)
{
    char line[] = "done, stack 00000\n";
    for (char *digit = line + sizeof(line) - 3; stack > 0; digit--, stack /= 10) {
        *digit = (char)('0' + stack % 10);
    }
    platform_write(line, sizeof(line) - 1);
}

int main(void)
{
    const struct dgm_codec *codec = NULL;
    struct dgm_call call = DGM_CALL_INIT;
    if (dgm_codec_open(acme_wm_100_model, ACME_WM_100_TABLE_SIZE, codec_memory,
                       sizeof(codec_memory), &codec, NULL) != DGM_OK) {
        return 1;
    }
    call.shape = DGM_SHAPE_PLAIN;
    call.scratch = scratch;
    call.scratch_size = sizeof(scratch);
    platform_stack_paint();
    if ((FIRMWARE_DECODES && !decodes(codec, &call)) ||
        (FIRMWARE_ENCODES && !encodes(codec, &call))) {
        return 1;
    }
    tell(platform_stack_used());
    return 0;
}
