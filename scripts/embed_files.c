/* SPDX-License-Identifier: MIT */
/*
 * Makes files part of a program: for each NAME=PATH a row of a table, as bytes, since
 * texts as long as these are more than a compiler must take. Runs on the build machine.
 *
 * usage: embed-files TABLE NAME=PATH... > table.inc
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool put_bytes(FILE *file, unsigned long *size)
{
    int byte = fgetc(file);
    for (; byte != EOF; byte = fgetc(file)) {
        (void)printf("%s%d,", *size % 20 == 0 ? "\n" : "", byte);
        ++*size;
    }
    return ferror(file) == 0;
}

static bool embed(const char *table, int number, const char *path)
{
    unsigned long size = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return false;
    }
    (void)printf("static const unsigned char %s_%d[] = {", table, number);
    bool good = put_bytes(file, &size);
    (void)printf("0};\nenum { %s_%d_size = %lu };\n", table, number, size);
    if (!good) {
        perror(path);
    }
    (void)fclose(file);
    return good;
}

int main(int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        const char *equals = strchr(argv[i], '=');
        if (equals == NULL || !embed(argv[1], i, equals + 1)) {
            (void)fprintf(stderr,
                          "embed-files: expected NAME=PATH of a file, found '%s'\n",
                          argv[i]);
            return 1;
        }
    }
    (void)printf("static const struct embedded %s[] = {\n", argc > 1 ? argv[1] : "");
    for (int i = 2; i < argc; i++) {
        (void)printf("{\"%.*s\", %s_%d, %s_%d_size},\n", (int)strcspn(argv[i], "="),
                     argv[i], argv[1], i, argv[1], i);
    }
    (void)puts("};");
    return fflush(stdout) == 0 && ferror(stdout) == 0 ? 0 : 1;
}
