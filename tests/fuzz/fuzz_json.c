/* SPDX-License-Identifier: MIT */
/*
 * Any text as JSON: the checker, the layout, the comparison, and the encoder. The first
 * byte chooses the product.
 */
#include <dragoman/json.h>

#include <stdlib.h>

#include "products.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LAYOUT_SIZE = 1 << 20, FRAME_SIZE = 1 << 16 };

static char layout[LAYOUT_SIZE];
static uint8_t frame[FRAME_SIZE];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dgm_outcome outcome;
    struct dgm_error error;
    if (size == 0)
        return 0;
    const struct product *product = product_at(data[0]);
    struct dgm_call call = product_call(product);
    const char *text = (const char *)data + 1;
    size_t fault = 0, length;
    size--;
    enum dgm_status valid = dgm_json_check(text, size, &fault);
    if (valid != DGM_OK && fault > size)
        abort();
    enum dgm_status status = dgm_encode(product->codec, &call, text, size, frame,
                                        sizeof(frame), &outcome, &error);
    if (valid != DGM_OK && status == DGM_OK)
        abort();
    if (status == DGM_OK && outcome.length > dgm_codec_frame_max(product->codec))
        abort();
    if (valid == DGM_OK && size < 4096 &&
        dgm_json_indent(text, size, 2, layout, sizeof(layout), &length) == DGM_OK &&
        !dgm_json_equal(text, size, layout, length, 0))
        abort();
    return 0;
}
