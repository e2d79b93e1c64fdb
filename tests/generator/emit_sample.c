/* SPDX-License-Identifier: MIT */
/* Writes the C form of the sample table for the build, which compiles it into a test. */
#include "emit.h"
#include "manifest.h"
#include "sample_table.h"

#include <stdio.h>

static int write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return 1;
    }
    int failed = fputs(text, file) < 0;
    return fclose(file) != 0 || failed;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        return 2;
    }
    struct builder builder;
    struct arena *arena = arena_new();
    builder_init(&builder, arena);
    sample_table_fill(&builder);
    const char *manifest = manifest_json(SAMPLE(&builder), 1, NULL);
    int failed = write_file(argv[1], emit_c_source(SAMPLE(&builder), 1, "sample.yaml",
                                                   manifest)) ||
                 write_file(argv[2], emit_c_header(SAMPLE(&builder), 1, "sample.yaml"));
    arena_free(arena);
    return failed;
}
