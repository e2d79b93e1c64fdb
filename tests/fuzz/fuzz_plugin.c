/* SPDX-License-Identifier: MIT */
/* Any bytes as a plug-in file: refused with a reason, or loaded and used. */
#include "../support/plugin_use.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t frame[] = {0x01, 0x00, 0x00, 0x30, 0x39, 0x24, 0x60};
    struct dgm_loaded *loaded = NULL;
    if (!plugin_use_load(data, size, &loaded))
        abort();
    if (loaded != NULL)
        plugin_use_codecs(loaded, frame, sizeof(frame));
    dgm_plugin_unload(loaded);
    return 0;
}
