/* SPDX-License-Identifier: MIT */
/* Any text as a profile: it compiles to a table that the verifier accepts, or is refused
 * with reasons. */
#include <dragoman/codec.h>
#include <dragoman/profile.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dgm_profile *profile;
    size_t table_size;
    enum dgm_status status =
        dgm_profile_parse("fuzz.yaml", (const char *)data, size, &profile);
    if (status == DGM_OK) {
        const struct dgm_model *model = dgm_profile_model(profile, &table_size);
        size_t needed = dgm_codec_size(model, table_size);
        void *memory = malloc(needed);
        const struct dgm_codec *codec;
        if (memory == NULL ||
            dgm_codec_open(model, table_size, memory, needed, &codec, NULL) != DGM_OK)
            abort();
        free(memory);
    } else if (dgm_profile_error_count(profile) == 0 ||
               dgm_profile_diagnostic(profile, 0) == NULL) {
        abort();
    }
    dgm_profile_close(profile);
    return 0;
}
