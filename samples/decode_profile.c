/* SPDX-License-Identifier: MIT */
/*
 * Decode a frame with a profile that is compiled at run time: no C compiler, no plug-in.
 *
 *   cc decode_profile.c $(pkg-config --cflags --libs dragoman-profile dragoman)
 *   ./a.out wm-100.yaml 01000030392460
 */
#include <dragoman/codec.h>
#include <dragoman/profile.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the profile is wrong, as "file:line:column: text [rule]". */
static void print_diagnostics(const struct dgm_profile *profile)
{
    const struct dgm_diagnostic *diagnostic = NULL;
    for (size_t i = 0; (diagnostic = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        fprintf(stderr, "%s:%u:%u: %s [%s]\n", diagnostic->file, diagnostic->line,
                diagnostic->column, diagnostic->text, diagnostic->rule);
    }
}

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

/* Everything a call needs is brought by the caller, and sized beforehand. */
static int decode(const struct dgm_codec *codec, const uint8_t *frame, size_t length)
{
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_outcome outcome;
    struct dgm_error error;
    char line[256];
    size_t size = dgm_codec_json_max(codec, DGM_SHAPE_PLAIN);
    char *text = malloc(size + 1);

    call.shape = DGM_SHAPE_PLAIN;
    call.scratch_size = dgm_codec_scratch_size(codec);
    call.scratch = malloc(call.scratch_size + 1);
    int code = EXIT_FAILURE;
    if (text == NULL || call.scratch == NULL) {
        fprintf(stderr, "no memory\n");
    } else if (dgm_decode(codec, &call, frame, length, text, size, &outcome, &error) ==
               DGM_OK) {
        printf("%.*s\n", (int)outcome.length, text);
        code = EXIT_SUCCESS;
    } else {
        dgm_error_render(codec, &error, line, sizeof(line));
        fprintf(stderr, "%s\n", line);
    }
    free(call.scratch);
    free(text);
    return code;
}

static int run(const struct dgm_profile *profile, const char *hex)
{
    size_t size = 0;
    const struct dgm_model *model = dgm_profile_model(profile, &size);
    const struct dgm_codec *codec = NULL;
    struct dgm_error error;
    uint8_t frame[256];
    size_t needed = dgm_codec_size(model, size);
    void *memory = malloc(needed);
    int code = EXIT_FAILURE;

    if (memory == NULL ||
        dgm_codec_open(model, size, memory, needed, &codec, &error) != DGM_OK) {
        fprintf(stderr, "the table cannot be used\n");
    } else {
        code = decode(codec, frame, read_hex(hex, frame, sizeof(frame)));
    }
    free(memory);
    return code;
}

int main(int argc, char **argv)
{
    struct dgm_profile *profile = NULL;
    int code = EXIT_FAILURE;

    if (argc != 3) {
        fprintf(stderr, "usage: decode_profile PROFILE HEX\n");
        return 2;
    }
    if (dgm_profile_load(argv[1], &profile) == DGM_OK) {
        code = run(profile, argv[2]);
    } else if (profile != NULL) {
        print_diagnostics(profile);
    }
    dgm_profile_close(profile);
    return code;
}
