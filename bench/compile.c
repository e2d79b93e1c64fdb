/* SPDX-License-Identifier: MIT */
/*
 * How long profiles take to compile, from the file to the table that the verifier has
 * accepted. Each is compiled several times; the median counts, in processor time.
 *
 * usage: bench-compile ROUNDS PROFILE...
 */
#include <dragoman/codec.h>
#include <dragoman/profile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS_MAX = 1000 };

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Milliseconds of one compilation; the table's size. */
static double compile(const char *path, size_t *ret_size)
{
    struct dgm_profile *profile;
    const struct dgm_codec *codec;
    double began = now_ms();
    enum dgm_status status = dgm_profile_load(path, &profile);
    if (status == DGM_NOTHING) { /* what profiles include has no table of its own */
        dgm_profile_close(profile);
        *ret_size = 0;
        return now_ms() - began;
    }
    if (status != DGM_OK) {
        fprintf(stderr, "%s does not compile\n", path);
        exit(EXIT_FAILURE);
    }
    const struct dgm_model *model = dgm_profile_model(profile, ret_size);
    size_t needed = dgm_codec_size(model, *ret_size);
    void *memory = malloc(needed + 1);
    if (memory == NULL ||
        dgm_codec_open(model, *ret_size, memory, needed, &codec, NULL) != DGM_OK)
        exit(EXIT_FAILURE);
    double took = now_ms() - began;
    free(memory);
    dgm_profile_close(profile);
    return took;
}

int main(int argc, char **argv)
{
    static double times[ROUNDS_MAX], medians[ROUNDS_MAX];
    int rounds = argc > 2 ? atoi(argv[1]) : 0, count = argc - 2;
    double total = 0;
    size_t bytes = 0;
    if (rounds < 1 || rounds > ROUNDS_MAX || count > ROUNDS_MAX)
        return 2;
    const char *slowest = "";
    double longest = 0;
    for (int i = 0; i < count; i++) {
        size_t size = 0;
        for (int round = 0; round < rounds; round++)
            times[round] = compile(argv[i + 2], &size);
        qsort(times, (size_t)rounds, sizeof(times[0]), compare);
        medians[i] = times[rounds / 2];
        total += medians[i];
        bytes += size;
        if (medians[i] > longest) {
            longest = medians[i];
            slowest = argv[i + 2];
        }
    }
    qsort(medians, (size_t)count, sizeof(medians[0]), compare);
    printf("%d profiles, %zu bytes of tables: %.1f ms together, median %.2f ms, longest "
           "%.2f ms (%s)\n",
           count, bytes, total, medians[count / 2], longest, slowest);
    return EXIT_SUCCESS;
}
