/* SPDX-License-Identifier: MIT */
/*
 * A device's own firmware: the tables are linked into the program, every buffer is static
 * and sized by the generated header, and no heap is used at all.
 *
 *   dragoman-gen wm-100.yaml
 *   cc static_tables.c acme-wm-100.dgm.c $(pkg-config --cflags --libs dragoman)
 *   ./a.out
 */
#include "acme-wm-100.dgm.h"

#include <dragoman/codec.h>

#include <stdalign.h>
#include <stdio.h>

/* The codec's own memory; dgm_codec_size() tells at the desk how much it takes. */
static alignas(max_align_t) unsigned char codec_memory[8 * 1024];
static alignas(max_align_t) unsigned char scratch[8 * 1024];
static char text[ACME_WM_100_JSON_MAX_PLAIN];
static uint8_t frame[ACME_WM_100_FRAME_MAX];
static char stdout_buffer[1024];

static const struct dgm_codec *open_codec(void)
{
    const struct dgm_codec *codec = NULL;
    struct dgm_error error;

    if (dgm_codec_open(acme_wm_100_model, ACME_WM_100_TABLE_SIZE, codec_memory,
                       sizeof(codec_memory), &codec, &error) != DGM_OK) {
        return NULL;
    }
    return codec;
}

static int fail(const struct dgm_codec *codec, const struct dgm_error *error)
{
    char reason[256];
    dgm_error_render(codec, error, reason, sizeof(reason));
    puts(reason);
    return 1;
}

int main(void)
{
    static const uint8_t report[] = {0x01, 0x00, 0x00, 0x30, 0x39, 0x24, 0x60};
    static const char command[] =
        "{\"command\":\"Meter.SET_PERIOD\",\"mid\":2016,\"paras\":{\"minutes\":60}}";
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_outcome outcome;
    struct dgm_error error;

    setvbuf(stdout, stdout_buffer, _IOLBF, sizeof(stdout_buffer));
    const struct dgm_codec *codec = open_codec();
    if (codec == NULL || dgm_codec_scratch_size(codec) > sizeof(scratch)) {
        puts("the tables do not fit");
        return 1;
    }
    call.shape = DGM_SHAPE_PLAIN;
    call.scratch = scratch;
    call.scratch_size = sizeof(scratch);

    if (dgm_decode(codec, &call, report, sizeof(report), text, sizeof(text), &outcome,
                   &error) != DGM_OK) {
        return fail(codec, &error);
    }
    printf("%.*s\n", (int)outcome.length, text);

    if (dgm_encode(codec, &call, command, sizeof(command) - 1, frame, sizeof(frame),
                   &outcome, &error) != DGM_OK) {
        return fail(codec, &error);
    }
    for (size_t i = 0; i < outcome.length; i++) {
        printf("%02X", (unsigned)frame[i]);
    }
    puts("");
    return 0;
}
