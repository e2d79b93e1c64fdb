/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a table, behind a frame and a text for it (each after its length, two
 * bytes with the low one first): it is refused, or decodes and encodes without touching
 * foreign memory.
 */
#include <dragoman/codec.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct part {
    const uint8_t *bytes;
    size_t size;
};

static void use(const struct dgm_codec *codec, struct part frame, struct part json)
{
    static char text[8192];
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_outcome outcome;
    struct dgm_error error;
    call.scratch_size = dgm_codec_scratch_size(codec);
    call.scratch = malloc(call.scratch_size + 1);
    if (call.scratch == NULL)
        return;
    for (int down = 0; down < 2; down++) {
        call.direction = down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
        (void)!dgm_decode(codec, &call, frame.bytes, frame.size, text, sizeof(text),
                          &outcome, &error);
    }
    call.direction = DGM_DIRECTION_AUTO;
    (void)!dgm_encode(codec, &call, (const char *)json.bytes, json.size, (uint8_t *)text,
                      sizeof(text), &outcome, &error);
    free(call.scratch);
}

/* Cut off what begins the rest of the input. */
static bool take(struct part *rest, struct part *ret)
{
    if (rest->size < 2)
        return false;
    size_t length = (size_t)(rest->bytes[0] | rest->bytes[1] << 8);
    if (length > rest->size - 2)
        return false;
    *ret = (struct part){rest->bytes + 2, length};
    *rest = (struct part){rest->bytes + 2 + length, rest->size - 2 - length};
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct part rest = {data, size}, frame, json;
    const struct dgm_codec *codec;
    struct dgm_error error;
    if (!take(&rest, &frame) || !take(&rest, &json))
        return 0;
    size_t needed = dgm_codec_size(rest.bytes, rest.size);
    if (needed == 0)
        return 0;
    /* malloc aligns, which the caller of dgm_codec_open() promises. */
    uint8_t *block = malloc(rest.size);
    void *memory = malloc(needed);
    if (block != NULL && memory != NULL) {
        memcpy(block, rest.bytes, rest.size);
        if (dgm_codec_open(block, rest.size, memory, needed, &codec, &error) == DGM_OK)
            use(codec, frame, json);
    }
    free(memory);
    free(block);
    return 0;
}
