/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzz target over files, for builds without libFuzzer: the suite replays the
 * seeds so. Each file is also run cut off at every one of up to 64 places, which finds
 * most boundary faults.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_SIZE = 1 << 20, CUTS = 64 };

/* An exact copy, so that a sanitizer sees every byte read behind the end. */
static void run(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL)
        abort();
    memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

int main(int argc, char **argv)
{
    static uint8_t data[MAX_SIZE];
    printf("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (file == NULL) {
            printf("not ok %d - %s cannot be opened\n", i, argv[i]);
            continue;
        }
        size_t size = fread(data, 1, sizeof(data), file);
        fclose(file);
        run(data, size);
        for (size_t cut = 0; cut < size; cut += 1 + size / CUTS)
            run(data, cut);
        const char *name = strrchr(argv[i], '/');
        printf("ok %d - %s\n", i, name != NULL ? name + 1 : argv[i]);
    }
    return 0;
}
