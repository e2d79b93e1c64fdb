/* SPDX-License-Identifier: MIT */
/*
 * Load a plug-in through the host and decode frames from standard input, one a line. The
 * host checks the file before it maps it; a plug-in is data and can run nothing.
 *
 *   cc decode_plugin.c $(pkg-config --cflags --libs dragoman-host dragoman)
 *   echo AA72000032088D0320623399 | ./a.out huawei-nbiotdevice.so
 */
#include <dragoman/codec.h>
#include <dragoman/host.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The same buffers serve every frame: decoding allocates nothing. */
struct desk {
    struct dgm_call call;
    uint8_t frame[1024];
    char *text;
    size_t text_size;
};

static size_t read_hex(const char *hex, uint8_t *frame, size_t size)
{
    size_t length = 0;
    unsigned byte = 0;
    while (length < size && strlen(hex) >= 2 && sscanf(hex, "%2x", &byte) == 1) {
        frame[length++] = (uint8_t)byte;
        hex += 2;
    }
    return length;
}

static int decode_line(const struct dgm_codec *codec, struct desk *desk, const char *hex)
{
    struct dgm_outcome outcome;
    struct dgm_error error;
    char reason[256];
    size_t length = read_hex(hex, desk->frame, sizeof(desk->frame));

    switch (dgm_decode(codec, &desk->call, desk->frame, length, desk->text,
                       desk->text_size, &outcome, &error)) {
    case DGM_OK:
        printf("%.*s\n", (int)outcome.length, desk->text);
        return 0;
    case DGM_NOTHING:
        printf("null\n");
        return 0;
    default:
        dgm_error_render(codec, &error, reason, sizeof(reason));
        fprintf(stderr, "%s\n", reason);
        return 1;
    }
}

static int decode_all(const struct dgm_codec *codec)
{
    char line[2 * 1024 + 2];
    struct desk desk = {.call = DGM_CALL_INIT};
    int bad = 0;

    desk.call.shape = DGM_SHAPE_OCEANCONNECT;
    desk.text_size = dgm_codec_json_max(codec, DGM_SHAPE_OCEANCONNECT);
    desk.text = malloc(desk.text_size + 1);
    desk.call.scratch_size = dgm_codec_scratch_size(codec);
    desk.call.scratch = malloc(desk.call.scratch_size + 1);
    if (desk.text == NULL || desk.call.scratch == NULL) {
        bad = 1;
    }
    while (bad == 0 && fgets(line, sizeof(line), stdin) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        bad = decode_line(codec, &desk, line);
    }
    free(desk.call.scratch);
    free(desk.text);
    return bad;
}

int main(int argc, char **argv)
{
    struct dgm_loaded *plugin = NULL;
    struct dgm_refusal refusal;

    if (argc != 2) {
        fprintf(stderr, "usage: decode_plugin PLUGIN\n");
        return 2;
    }
    if (dgm_plugin_load(argv[1], &plugin, &refusal) != DGM_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], refusal.text);
        return 3;
    }
    int code = decode_all(dgm_loaded_codec(plugin, 0));
    dgm_plugin_unload(plugin);
    return code;
}
