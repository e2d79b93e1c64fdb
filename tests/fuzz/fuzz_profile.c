/* SPDX-License-Identifier: MIT */
/* Any text as a profile: it compiles to a table that the verifier accepts, or is refused
 * with reasons. And what is laid out stays so when it is laid out again. */
#include <dragoman/codec.h>
#include <dragoman/json.h>
#include <dragoman/profile.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void open_table(const struct dgm_model *model, size_t table_size)
{
    size_t needed = dgm_codec_size(model, table_size);
    void *memory = malloc(needed);
    const struct dgm_codec *codec;
    if (memory == NULL ||
        dgm_codec_open(model, table_size, memory, needed, &codec, NULL) != DGM_OK)
        abort();
    free(memory);
}

static void lay_out(const char *text, size_t size)
{
    struct dgm_profile *once, *twice;
    size_t length, again;
    bool changed;
    if (dgm_profile_format("fuzz.yaml", text, size, &once) == DGM_OK) {
        const char *result = dgm_profile_formatted(once, &length, &changed);
        enum dgm_status status = dgm_profile_format("fuzz.yaml", result, length, &twice);
        if (status != DGM_OK || dgm_profile_formatted(twice, &again, &changed) == NULL ||
            changed)
            abort();
        dgm_profile_close(twice);
    }
    dgm_profile_close(once);
}

/* Each shape's schema is JSON, if there is one. */
static void check_schemas(struct dgm_profile *profile, size_t position)
{
    for (int shape = DGM_SHAPE_OCEANCONNECT; shape <= DGM_SHAPE_PLAIN; shape++) {
        const char *text;
        enum dgm_status status =
            dgm_profile_schema(profile, position, NULL, shape, &text);
        size_t at;
        if (status == DGM_OK) {
            status = dgm_json_check(text, strlen(text), &at);
            if (status != DGM_OK && status != DGM_JSON_DEPTH)
                abort();
        } else if (status != DGM_NOTHING) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dgm_profile *profile;
    const struct dgm_model *model;
    size_t table_size, count = 0;
    enum dgm_status status =
        dgm_profile_parse("fuzz.yaml", (const char *)data, size, &profile);
    if (status == DGM_OK) {
        while ((model = dgm_profile_model_at(profile, count, &table_size)) != NULL) {
            open_table(model, table_size);
            check_schemas(profile, count);
            count++;
        }
        if (count == 0)
            abort();
    } else if (status == DGM_NOTHING) {
        if (dgm_profile_model(profile, &table_size) != NULL)
            abort();
    } else if (dgm_profile_error_count(profile) == 0 ||
               dgm_profile_diagnostic(profile, 0) == NULL) {
        abort();
    }
    dgm_profile_close(profile);
    lay_out((const char *)data, size);
    return 0;
}
