/* SPDX-License-Identifier: MIT */
/* Any text as JSON: the checker, the layout, the comparison, and the encoder. */
#include <dragoman/codec.h>
#include <dragoman/json.h>

#include <stdlib.h>

#include "target_codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LAYOUT_SIZE = 1 << 20, FRAME_SIZE = 1 << 16 };

static char layout[LAYOUT_SIZE];
static uint8_t frame[FRAME_SIZE];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct dgm_codec *codec = target_codec();
    struct dgm_call call = target_call();
    struct dgm_outcome outcome;
    struct dgm_error error;
    const char *text = (const char *)data;
    size_t fault = 0, length;
    enum dgm_status valid = dgm_json_check(text, size, &fault);
    if (valid != DGM_OK && fault > size)
        abort();
    enum dgm_status status = dgm_encode(codec, &call, size > 0 ? text : "", size, frame,
                                        sizeof(frame), &outcome, &error);
    if (valid != DGM_OK && status == DGM_OK)
        abort();
    if (valid == DGM_OK && size < 4096 &&
        dgm_json_indent(text, size, 2, layout, sizeof(layout), &length) == DGM_OK &&
        !dgm_json_equal(text, size, layout, length, 0))
        abort();
    return 0;
}
