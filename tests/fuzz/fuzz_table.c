/* SPDX-License-Identifier: MIT */
/* Any bytes as a table: it is refused, or decodes and encodes without touching foreign
 * memory. */
#include <dragoman/codec.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t frame[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
static const char json[] =
    "{\"A\":{\"b\":1,\"c\":\"x\"},\"command\":\"A.B\",\"paras\":{}}";

static void use(const struct dgm_codec *codec)
{
    static char text[4096];
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_outcome outcome;
    struct dgm_error error;
    call.scratch_size = dgm_codec_scratch_size(codec);
    call.scratch = malloc(call.scratch_size + 1);
    if (call.scratch == NULL)
        return;
    for (int down = 0; down < 2; down++) {
        call.direction = down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
        (void)!dgm_decode(codec, &call, frame, sizeof(frame), text, sizeof(text),
                          &outcome, &error);
    }
    call.direction = DGM_DIRECTION_AUTO;
    (void)!dgm_encode(codec, &call, json, strlen(json), (uint8_t *)text, sizeof(text),
                      &outcome, &error);
    free(call.scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t needed = dgm_codec_size(data, size);
    const struct dgm_codec *codec;
    struct dgm_error error;
    if (needed == 0)
        return 0;
    /* malloc aligns, which the caller of dgm_codec_open() promises. */
    uint8_t *block = malloc(size);
    void *memory = malloc(needed);
    if (block != NULL && memory != NULL) {
        memcpy(block, data, size);
        if (dgm_codec_open(block, size, memory, needed, &codec, &error) == DGM_OK)
            use(codec);
    }
    free(memory);
    free(block);
    return 0;
}
