/* SPDX-License-Identifier: MIT */
/*
 * What one call costs, for bench/scaling: the same frame or JSON text over and over, or
 * frames of many products in turns and at random.
 *
 * usage: bench-scaling decode|identify|encode|command PROFILE FILE ROUNDS
 *        bench-scaling products FILE ROUNDS PROFILE...
 *
 * FILE has the bytes of the frame, or the JSON. Prints nanoseconds per call, the median
 * of nine runs. `encode` ignores unknown members, `command` refuses them, as by default;
 * of products those of the first one alone, and of all of them at random.
 * All work is done inside run(), so that callgrind can count it.
 */
#include <dragoman/codec.h>
#include <dragoman/profile.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { INPUT_MAX = 4 << 20, OUTPUT_MAX = 4 << 20, REPEATS = 9, PRODUCTS_MAX = 256 };

enum verb { DECODE, IDENTIFY, ENCODE, COMMAND, VERBS };

struct product {
    struct dgm_profile *profile;
    const struct dgm_codec *codec;
    struct dgm_call call;
};

static char input[INPUT_MAX], output[OUTPUT_MAX];
static size_t input_length;
static struct product products[PRODUCTS_MAX];

static void fail(const char *what)
{
    fprintf(stderr, "bench-scaling: %s\n", what);
    exit(EXIT_FAILURE);
}

static void read_input(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail(path);
    input_length = fread(input, 1, sizeof(input), file);
    fclose(file);
    if (input_length == sizeof(input))
        fail("the input is too large");
}

/* As gateways do, unless the environment variable DRAGOMAN_ROWS is there. */
static void add_plan(struct product *product)
{
    size_t size = dgm_codec_plan_size(product->codec);
    void *memory = malloc(size);
    if (getenv("DRAGOMAN_ROWS") != NULL) {
        free(memory);
        return;
    }
    if (memory == NULL ||
        dgm_codec_plan(product->codec, memory, size, &product->codec, NULL) != DGM_OK)
        fail("no plan");
}

static void open_product(struct product *product, const char *path, enum verb verb)
{
    static const struct dgm_call defaults = DGM_CALL_INIT;
    size_t size;
    if (dgm_profile_load(path, &product->profile) != DGM_OK)
        fail(path);
    const struct dgm_model *model = dgm_profile_model(product->profile, &size);
    size_t needed = dgm_codec_size(model, size);
    void *memory = malloc(needed);
    if (memory == NULL ||
        dgm_codec_open(model, size, memory, needed, &product->codec, NULL) != DGM_OK)
        fail("the table does not open");
    add_plan(product);
    product->call = defaults;
    if (verb == ENCODE)
        product->call.unknown_members = DGM_UNKNOWN_MEMBERS_IGNORE;
    product->call.scratch_size = dgm_codec_scratch_size(product->codec);
    product->call.scratch = malloc(product->call.scratch_size + 1);
    if (product->call.scratch == NULL)
        fail("no memory");
}

static size_t call(const struct product *product, enum verb verb)
{
    struct dgm_outcome outcome;
    struct dgm_error error;
    enum dgm_status status = DGM_OK;
    outcome.length = 1;
    if (verb == DECODE)
        status = dgm_decode(product->codec, &product->call, (const uint8_t *)input,
                            input_length, output, sizeof(output), &outcome, &error);
    else if (verb == ENCODE || verb == COMMAND)
        status = dgm_encode(product->codec, &product->call, input, input_length,
                            (uint8_t *)output, sizeof(output), &outcome, &error);
    else if (dgm_identify(product->codec, &product->call, (const uint8_t *)input,
                          input_length) == DGM_NONE)
        status = DGM_NO_MESSAGE;
    if (status != DGM_OK)
        fail(dgm_status_id(status));
    return outcome.length;
}

/* `count` products from the first, each call one of them, in an order without pattern. */
__attribute__((noinline, noclone)) static size_t run(unsigned count, enum verb verb,
                                                     unsigned rounds)
{
    uint32_t state = 1;
    size_t total = 0;
    for (unsigned i = 0; i < rounds; i++) {
        state = state * 1664525u + 1013904223u;
        total += call(&products[(state >> 8) % count], verb);
    }
    return total;
}

static double nanoseconds(unsigned count, enum verb verb, unsigned rounds)
{
    struct timespec start, end;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    if (run(count, verb, rounds) == 0)
        fail("nothing came out");
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    return ((double)(end.tv_sec - start.tv_sec) * 1e9 +
            (double)(end.tv_nsec - start.tv_nsec)) /
           rounds;
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *times)
{
    qsort(times, REPEATS, sizeof(times[0]), compare_doubles);
    return times[REPEATS / 2];
}

static void time_products(unsigned count, unsigned rounds)
{
    double one[REPEATS], all[REPEATS];
    (void)run(count, DECODE, rounds);
    for (unsigned i = 0; i < REPEATS; i++) {
        one[i] = nanoseconds(1, DECODE, rounds);
        all[i] = nanoseconds(count, DECODE, rounds);
    }
    printf("%.1f %.1f\n", median(one), median(all));
}

static void time_verb(enum verb verb, unsigned rounds)
{
    double times[REPEATS];
    if (rounds <= 1) { /* for callgrind: once is exact */
        (void)run(1, verb, rounds);
        return;
    }
    for (unsigned i = 0; i < REPEATS; i++)
        times[i] = nanoseconds(1, verb, rounds);
    printf("%.1f\n", median(times));
}

static enum verb verb_of(const char *word)
{
    static const char *const words[VERBS] = {"decode", "identify", "encode", "command"};
    for (unsigned i = 0; i < VERBS; i++)
        if (strcmp(word, words[i]) == 0)
            return (enum verb)i;
    fail("the verb is not known");
    return VERBS;
}

int main(int argc, char **argv)
{
    bool of_products = argc > 4 && strcmp(argv[1], "products") == 0;
    if (argc < 5 || argc - 4 > PRODUCTS_MAX) {
        fprintf(
            stderr,
            "usage: bench-scaling decode|identify|encode|command PROFILE FILE ROUNDS\n"
            "       bench-scaling products FILE ROUNDS PROFILE...\n");
        return 2;
    }
    if (of_products) {
        read_input(argv[2]);
        for (int i = 4; i < argc; i++)
            open_product(&products[i - 4], argv[i], DECODE);
        time_products((unsigned)(argc - 4), (unsigned)strtoul(argv[3], NULL, 10));
        return EXIT_SUCCESS;
    }
    enum verb verb = verb_of(argv[1]);
    open_product(&products[0], argv[2], verb);
    read_input(argv[3]);
    time_verb(verb, (unsigned)strtoul(argv[4], NULL, 10));
    return EXIT_SUCCESS;
}
