/* SPDX-License-Identifier: MIT */
/*
 * Parts of bench/batch: what the core takes by itself, and what a program takes with all
 * it does.
 *
 * usage: bench-batch lines meter|telematics decode|encode
 *                        the reports of that job, one a line: frames, or their JSON
 *        bench-batch make LINES SIZE         LINES again and again, up to SIZE bytes
 *        bench-batch decode|encode PROFILE LINES
 *                        nanoseconds a line of the core alone, thread CPU time
 *        bench-batch run null|pipe|splice COMMAND...
 *                        runs it; what batch_run() prints
 *        bench-batch write BYTES             so many, and nothing else
 */
#include "batch_run.h"
#include "frames.h"

#include <dragoman/codec.h>
#include <dragoman/profile.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINES_MAX = 20000, TEXT_SIZE = 64 * 1024 };

/* The mean of some time, as a run of the program is one. */
#define LEAST_SECONDS 0.5

struct line {
    const char *text;
    size_t length;
    const uint8_t *frame;
    size_t frame_length;
};

struct bench {
    struct dgm_profile *profile;
    const struct dgm_codec *codec;
    struct dgm_call call;
    bool encode;
    char *file;
    size_t length;
    struct line lines[LINES_MAX];
    size_t count;
};

static bool read_file(struct bench *bench, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        return false;
    bench->length = (size_t)ftell(file);
    bench->file = malloc(bench->length + 1);
    rewind(file);
    bool good = bench->file != NULL &&
                fread(bench->file, 1, bench->length, file) == bench->length;
    (void)fclose(file);
    return good;
}

/* In place: there are two digits for each byte. */
static void read_hex(struct line *line, char *text)
{
    unsigned byte = 0;
    line->frame = (uint8_t *)text;
    line->frame_length = line->length / 2;
    for (size_t i = 0; i < line->frame_length; i++) {
        (void)sscanf(text + 2 * i, "%2x", &byte);
        text[i] = (char)byte;
    }
}

static void read_lines(struct bench *bench)
{
    char *at = bench->file, *end;
    bench->file[bench->length] = '\0';
    while (bench->count < LINES_MAX && (end = strchr(at, '\n')) != NULL) {
        struct line *line = &bench->lines[bench->count++];
        *end = '\0';
        line->text = at;
        line->length = (size_t)(end - at);
        if (!bench->encode)
            read_hex(line, at);
        at = end + 1;
    }
}

static bool open_codec(struct bench *bench, const char *path)
{
    static const struct dgm_call defaults = DGM_CALL_INIT;
    size_t size;
    if (dgm_profile_load(path, &bench->profile) != DGM_OK)
        return false;
    const struct dgm_model *model = dgm_profile_model(bench->profile, &size);
    size_t needed = dgm_codec_size(model, size);
    void *memory = malloc(needed);
    if (memory == NULL ||
        dgm_codec_open(model, size, memory, needed, &bench->codec, NULL) != DGM_OK)
        return false;
    needed = dgm_codec_plan_size(bench->codec);
    memory = malloc(needed);
    if (memory == NULL ||
        dgm_codec_plan(bench->codec, memory, needed, &bench->codec, NULL) != DGM_OK)
        return false;
    bench->call = defaults;
    bench->call.shape = DGM_SHAPE_OCEANCONNECT;
    bench->call.scratch_size = dgm_codec_scratch_size(bench->codec);
    bench->call.scratch = malloc(bench->call.scratch_size + 1);
    return bench->call.scratch != NULL;
}

static size_t run_all(const struct bench *bench)
{
    static char text[TEXT_SIZE];
    struct dgm_outcome outcome = {0};
    struct dgm_error error;
    size_t total = 0;
    for (size_t i = 0; i < bench->count; i++) {
        const struct line *line = &bench->lines[i];
        enum dgm_status status =
            bench->encode
                ? dgm_encode(bench->codec, &bench->call, line->text, line->length,
                             (uint8_t *)text, sizeof(text), &outcome, &error)
                : dgm_decode(bench->codec, &bench->call, line->frame, line->frame_length,
                             text, sizeof(text), &outcome, &error);
        total += status == DGM_OK ? outcome.length + 1 : 0;
    }
    return total;
}

static double now(clockid_t clock)
{
    struct timespec time;
    (void)clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int measure_core(const char *way, const char *profile, const char *path)
{
    static struct bench bench;
    bench.encode = strcmp(way, "encode") == 0;
    if (!open_codec(&bench, profile) || !read_file(&bench, path))
        return 1;
    read_lines(&bench);
    double start = now(CLOCK_THREAD_CPUTIME_ID), taken = 0;
    size_t rounds = 0;
    for (; taken < LEAST_SECONDS; rounds++) {
        if (run_all(&bench) == 0)
            return 1;
        taken = now(CLOCK_THREAD_CPUTIME_ID) - start;
    }
    (void)printf("%.2f\n", taken * 1e9 / (double)(bench.count * rounds));
    return 0;
}

static int print_lines(const char *name, const char *way)
{
    enum bench_job job = strcmp(name, "meter") == 0 ? BENCH_METER : BENCH_TELEMATICS;
    const struct bench_frames *frames = bench_frames_make(job, FRAMES_MAX);
    for (size_t i = 0; i < frames->count; i++) {
        const struct bench_bytes *frame = &frames->input[i], *json = &frames->expected[i];
        if (strcmp(way, "encode") == 0)
            (void)fwrite(json->at, 1, json->length, stdout);
        for (size_t at = 0; at < frame->length && strcmp(way, "decode") == 0; at++)
            (void)printf("%02X", frame->at[at]);
        (void)putchar('\n');
    }
    return fflush(stdout) == 0 ? 0 : 1;
}

static int make(const char *path, const char *size_text)
{
    static struct bench bench;
    size_t size = (size_t)strtoull(size_text, NULL, 10), written = 0;
    if (!read_file(&bench, path) || bench.length == 0)
        return 1;
    do {
        if (fwrite(bench.file, 1, bench.length, stdout) != bench.length)
            return 1;
        written += bench.length;
    } while (written + bench.length <= size);
    return fflush(stdout) == 0 ? 0 : 1;
}

static int usage(void)
{
    (void)fprintf(stderr,
                  "usage: bench-batch lines JOB decode|encode | make LINES SIZE | "
                  "decode|encode PROFILE LINES | run null|pipe|splice COMMAND... | "
                  "write BYTES\n");
    return 2;
}

int main(int argc, char **argv)
{
    const char *way = argc > 2 ? argv[1] : "";
    if (argc == 3 && strcmp(way, "write") == 0)
        return batch_write(argv[2]);
    if (argc > 3 && strcmp(way, "run") == 0)
        return batch_run(argv[2], argv + 3);
    if (argc != 4)
        return usage();
    if (strcmp(way, "lines") == 0)
        return print_lines(argv[2], argv[3]);
    if (strcmp(way, "make") == 0)
        return make(argv[2], argv[3]);
    if (strcmp(way, "decode") == 0 || strcmp(way, "encode") == 0)
        return measure_core(way, argv[2], argv[3]);
    return usage();
}
