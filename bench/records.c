/* SPDX-License-Identifier: MIT */
/*
 * Files of records.
 */
#include "records.h"

#include "agree.h"

#include <stdio.h>

enum { PATH_SIZE = 4096 };

static FILE *open_file(const char *folder, enum bench_job job, const char *end,
                       const char *mode)
{
    char path[PATH_SIZE];
    int length =
        snprintf(path, sizeof(path), "%s/%s.%s", folder, bench_job_name(job), end);
    FILE *file = length > 0 && (size_t)length < sizeof(path) ? fopen(path, mode) : NULL;
    if (file == NULL)
        perror(path);
    return file;
}

static void write_number(FILE *file, size_t number)
{
    for (unsigned i = 0; i < 4; i++)
        putc((int)(number >> 8 * i & 0xFF), file);
}

static bool read_number(FILE *file, size_t *ret)
{
    *ret = 0;
    for (unsigned i = 0; i < 4; i++) {
        int byte = getc(file);
        if (byte == EOF)
            return false;
        *ret |= (size_t)byte << 8 * i;
    }
    return true;
}

bool records_export(const char *folder, enum bench_job job,
                    const struct bench_frames *frames)
{
    FILE *file = open_file(folder, job, "in", "wb");
    if (file == NULL)
        return false;
    write_number(file, frames->count);
    for (size_t i = 0; i < frames->count; i++) {
        write_number(file, frames->input[i].length);
        fwrite(frames->input[i].at, 1, frames->input[i].length, file);
    }
    bool good = ferror(file) == 0;
    good = fclose(file) == 0 && good;
    if (!good)
        fprintf(stderr, "bench: %s cannot be written\n", folder);
    return good;
}

static bool compare(FILE *file, enum bench_job job, const char *name,
                    const struct bench_frames *frames)
{
    static uint8_t output[BENCH_OUTPUT_SIZE];
    size_t count, length;
    if (!read_number(file, &count) || count != frames->count) {
        fprintf(stderr, "bench: %s: not as many outputs of %s as inputs\n", name,
                bench_job_name(job));
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!read_number(file, &length) || length > sizeof(output) ||
            fread(output, 1, length, file) != length) {
            fprintf(stderr, "bench: %s: %s %zu is cut off\n", name, bench_job_name(job),
                    i);
            return false;
        }
        if (!output_agrees(job, false, frames->expected[i], output, length)) {
            output_blame(name, job, i, frames->expected[i], output, length);
            return false;
        }
    }
    return true;
}

bool records_compare(const char *folder, enum bench_job job, const char *name,
                     const struct bench_frames *frames)
{
    FILE *file = open_file(folder, job, "out", "rb");
    if (file == NULL)
        return false;
    bool good = compare(file, job, name, frames);
    fclose(file);
    return good;
}
