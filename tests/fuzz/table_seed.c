/* SPDX-License-Identifier: MIT */
/* Writes the table of a profile as it stands in memory: the seed of the table target. */
#include <dragoman/profile.h>

#include <stdio.h>

int main(int argc, char **argv)
{
    struct dgm_profile *profile;
    size_t size;
    int result = 1;
    if (argc != 3)
        return 2;
    if (dgm_profile_load(argv[1], &profile) == DGM_OK) {
        const struct dgm_model *model = dgm_profile_model(profile, &size);
        FILE *file = fopen(argv[2], "wb");
        if (file != NULL) {
            result = fwrite(model, 1, size, file) == size ? 0 : 1;
            result = fclose(file) == 0 ? result : 1;
        }
    }
    dgm_profile_close(profile);
    return result;
}
