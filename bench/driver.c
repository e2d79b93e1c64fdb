/* SPDX-License-Identifier: MIT */
/*
 * Runs the peers of the benchmark. bench/run calls it; bench/README.md says what it
 * measures. `check` and `compare` end with 1 if an output is wrong.
 *
 * usage: bench-driver [-f FRAMES] [-j JOB] [-p PROFILES] [-r ROUND]
 *                     [-n REPETITIONS] MODE ...
 *        MODE: check PEER.so...          time PEER.so...
 *              allocations PEER.so...    instructions PEER.so...
 *              export FOLDER             compare FOLDER NAME
 *              report FILE               json FILE
 */
#include "agree.h"
#include "frames.h"
#include "load.h"
#include "measure.h"
#include "records.h"
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_WRONG = 1, EXIT_USAGE = 2, EXIT_CANNOT = 3 };

struct options {
    size_t frames;
    unsigned round, repetitions;
    const char *profiles;
    const char *job; /* this one only, or NULL */
};

static int usage(void)
{
    fprintf(stderr,
            "usage: bench-driver [-f FRAMES] [-j JOB] [-p PROFILES] [-r ROUND]\n"
            "           [-n REPETITIONS]\n"
            "           check|time|allocations|instructions PEER.so...\n"
            "         | export FOLDER | compare FOLDER NAME | report|json FILE\n");
    return EXIT_USAGE;
}

/* From 1 to `most`; 0 if it is no such number. */
static unsigned number(const char *text, unsigned most)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    return *end == '\0' && value <= most ? (unsigned)value : 0;
}

static bool is_job(const char *name)
{
    for (int job = 0; job < BENCH_JOBS; job++)
        if (strcmp(name, bench_job_name((enum bench_job)job)) == 0)
            return true;
    return false;
}

static bool parse(struct options *options, int argc, char **argv)
{
    int letter;
    while ((letter = getopt(argc, argv, "f:j:p:r:n:")) != -1) {
        switch (letter) {
        case 'f':
            options->frames = number(optarg, FRAMES_MAX);
            break;
        case 'j':
            options->job = optarg;
            break;
        case 'p':
            options->profiles = optarg;
            break;
        case 'r':
            options->round = number(optarg, ROUNDS_MAX);
            break;
        case 'n':
            options->repetitions = number(optarg, REPETITIONS_MAX);
            break;
        default:
            return false;
        }
    }
    return argc - optind >= 2 && options->frames > 0 && options->round > 0 &&
           options->repetitions > 0 && (options->job == NULL || is_job(options->job));
}

/* Mean lengths: size JOB FRAMES INPUT OUTPUT */
static void print_size(enum bench_job job, const struct bench_frames *frames)
{
    size_t in = 0, out = 0;
    for (size_t i = 0; i < frames->count; i++) {
        in += frames->input[i].length;
        out += frames->expected[i].length;
    }
    printf("size\t%s\t%zu\t%.1f\t%.1f\n", bench_job_name(job), frames->count,
           (double)in / (double)frames->count, (double)out / (double)frames->count);
}

#ifdef __clang__
static const char compiler[] = "clang " __clang_version__;
#else
static const char compiler[] = "gcc " __VERSION__;
#endif

static int run_job(const char *mode, const struct peers *peers, enum bench_job job,
                   const struct options *options)
{
    const struct bench_frames *frames = bench_frames_make(job, options->frames);
    if (strcmp(mode, "check") == 0)
        return peers_check(peers, job, frames) ? EXIT_SUCCESS : EXIT_WRONG;
    if (strcmp(mode, "time") == 0) {
        print_size(job, frames);
        measure_time(peers, job, frames, options->round, options->repetitions);
    } else if (strcmp(mode, "instructions") == 0) {
        measure_instructions(peers, job, frames);
    } else if (strcmp(mode, "allocations") == 0 &&
               !measure_allocations(peers, job, frames)) {
        fprintf(stderr, "bench: nothing counts allocations\n");
        return EXIT_CANNOT;
    }
    return EXIT_SUCCESS;
}

static bool is_wanted(const struct options *options, enum bench_job job)
{
    return options->job == NULL || strcmp(options->job, bench_job_name(job)) == 0;
}

static int run_peers(const char *mode, char **paths, size_t count,
                     const struct options *options)
{
    static struct peers peers;
    int result = EXIT_SUCCESS;
    if (!peers_load(&peers, paths, count, options->profiles))
        return EXIT_CANNOT;
    if (strcmp(mode, "time") == 0 && options->round == 1)
        printf("note\tcompiler\t%s\n", compiler);
    for (int job = 0; job < BENCH_JOBS; job++) {
        if (!is_wanted(options, (enum bench_job)job))
            continue;
        int one = run_job(mode, &peers, (enum bench_job)job, options);
        result = one > result ? one : result;
    }
    return result;
}

static int run_files(const char *folder, const char *name, const struct options *options)
{
    bool good = true;
    for (int job = 0; job < BENCH_JOBS; job++) {
        const struct bench_frames *frames =
            bench_frames_make((enum bench_job)job, options->frames);
        good =
            (name == NULL ? records_export(folder, (enum bench_job)job, frames)
                          : records_compare(folder, (enum bench_job)job, name, frames)) &&
            good;
    }
    return good ? EXIT_SUCCESS : EXIT_WRONG;
}

static bool is_one_of(const char *word, const char *const *list)
{
    while (*list != NULL && strcmp(word, *list) != 0)
        list++;
    return *list != NULL;
}

int main(int argc, char **argv)
{
    static const char *const measures[] = {"check", "time", "allocations", "instructions",
                                           NULL};
    struct options options = {.frames = FRAMES_MAX,
                              .round = 1,
                              .repetitions = 15,
                              .profiles = "bench/profiles"};
    if (!parse(&options, argc, argv))
        return usage();
    const char *mode = argv[optind], *first = argv[optind + 1];
    size_t left = (size_t)(argc - optind - 1);
    if (is_one_of(mode, measures))
        return run_peers(mode, argv + optind + 1, left, &options);
    if (strcmp(mode, "export") == 0 && left == 1)
        return run_files(first, NULL, &options);
    if (strcmp(mode, "compare") == 0 && left == 2)
        return run_files(first, argv[optind + 2], &options);
    if (strcmp(mode, "report") == 0 && left == 1)
        return report_print(first, false) ? EXIT_SUCCESS : EXIT_CANNOT;
    if (strcmp(mode, "json") == 0 && left == 1)
        return report_print(first, true) ? EXIT_SUCCESS : EXIT_CANNOT;
    return usage();
}
