/* SPDX-License-Identifier: MIT */
/* Any text as a DBC file: it becomes a profile that compiles, or is refused with reasons.
 */
#include "dbc.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void pass_over(void *user, const struct note *note)
{
    (void)user;
    (void)note;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct notes notes = {NULL, pass_over, 0};
    struct dbc_source source = {"fuzz.dbc", (const char *)data, size, "fuzz", NULL};
    struct dgm_profile *profile = NULL;
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL)
        abort();
    enum dgm_status status = dbc_import(file, &notes, &source);
    (void)fclose(file);
    if (status == DGM_OK) {
        if (notes.errors > 0 ||
            dgm_profile_parse("fuzz.yaml", text, length, &profile) != DGM_OK)
            abort();
    } else if (status != DGM_PROFILE || notes.errors == 0) {
        abort();
    }
    dgm_profile_close(profile);
    free(text);
    return 0;
}
