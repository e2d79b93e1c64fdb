/* SPDX-License-Identifier: MIT */
/*
 * Time per frame: the water meter's report by Dragoman's tables, and the same JSON made
 * with cJSON as a hand-written plug-in would. Both take turns on the same 10,000
 * different frames inside one process, so that the ratio counts and the machine's mood
 * does not. Equal output comes first: one frame that differs and nothing is timed.
 *
 * usage: bench-meter PROFILE.yaml [ROUNDS]      table on standard output
 *        bench-meter PROFILE.yaml dragoman|cjson   one pass without timing, for callgrind
 */
#include <dragoman/codec.h>
#include <dragoman/json.h>
#include <dragoman/profile.h>

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FRAMES = 10000, FRAME_SIZE = 12, TEXT_SIZE = 1024, MAX_ROUNDS = 1001 };

struct bench {
    struct dgm_profile *profile;
    const struct dgm_codec *codec;
    struct dgm_call call;
    uint8_t frames[FRAMES][FRAME_SIZE];
};

/* One frame to text; 0 on failure. */
typedef size_t make_text(struct bench *bench, const uint8_t *frame, char *text);

static size_t by_dragoman(struct bench *bench, const uint8_t *frame, char *text)
{
    struct dgm_outcome outcome;
    if (dgm_decode(bench->codec, &bench->call, frame, FRAME_SIZE, text, TEXT_SIZE,
                   &outcome, NULL) != DGM_OK)
        return 0;
    return outcome.length;
}

static cJSON *add_service(cJSON *data, const char *name)
{
    cJSON *entry = cJSON_CreateObject();
    cJSON_AddStringToObject(entry, "serviceId", name);
    cJSON_AddItemToArray(data, entry);
    return cJSON_AddObjectToObject(entry, "serviceData");
}

static size_t by_cjson(struct bench *bench, const uint8_t *frame, char *text)
{
    (void)bench;
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "msgType", "deviceReq");
    cJSON_AddNumberToObject(root, "hasMore", frame[3]);
    cJSON *data = cJSON_AddArrayToObject(root, "data");
    cJSON_AddNumberToObject(add_service(data, "Brightness"), "brightness", frame[4]);
    cJSON *electricity = add_service(data, "Electricity");
    cJSON_AddNumberToObject(electricity, "voltage", (frame[5] << 8 | frame[6]) / 10.0);
    cJSON_AddNumberToObject(electricity, "current", frame[7] << 8 | frame[8]);
    cJSON_AddNumberToObject(electricity, "powerfactor", frame[9] / 100.0);
    cJSON_AddNumberToObject(electricity, "frequency", (frame[10] + 450) / 10.0);
    cJSON_AddNumberToObject(add_service(data, "Temperature"), "temperature",
                            frame[11] - 128);
    char *printed = cJSON_PrintUnformatted(root);
    size_t length = printed != NULL ? strlen(printed) : 0;
    if (length > 0 && length < TEXT_SIZE)
        memcpy(text, printed, length);
    cJSON_free(printed);
    cJSON_Delete(root);
    return length < TEXT_SIZE ? length : 0;
}

static void make_frames(struct bench *bench)
{
    uint64_t state = 88172645463325252u;
    for (unsigned i = 0; i < FRAMES; i++) {
        uint8_t *frame = bench->frames[i];
        for (unsigned byte = 4; byte < FRAME_SIZE; byte++) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            frame[byte] = (uint8_t)(state >> 32);
        }
        frame[0] = 0xAA;
        frame[1] = 0x72;
        frame[2] = 0;
        frame[3] = (uint8_t)(i & 1);
    }
}

static bool open_codec(struct bench *bench, const char *path)
{
    static uint64_t memory[512], scratch[8192];
    static const struct dgm_call defaults = DGM_CALL_INIT;
    size_t size;
    if (dgm_profile_load(path, &bench->profile) != DGM_OK)
        return false;
    const struct dgm_model *model = dgm_profile_model(bench->profile, &size);
    if (dgm_codec_open(model, size, memory, sizeof(memory), &bench->codec, NULL) !=
        DGM_OK)
        return false;
    bench->call = defaults;
    bench->call.shape = DGM_SHAPE_OCEANCONNECT;
    bench->call.scratch = scratch;
    bench->call.scratch_size = sizeof(scratch);
    return dgm_codec_scratch_size(bench->codec) <= sizeof(scratch);
}

static bool outputs_agree(struct bench *bench)
{
    char ours[TEXT_SIZE], theirs[TEXT_SIZE];
    for (unsigned i = 0; i < FRAMES; i++) {
        size_t our_length = by_dragoman(bench, bench->frames[i], ours);
        size_t their_length = by_cjson(bench, bench->frames[i], theirs);
        if (our_length == 0 || their_length == 0 ||
            !dgm_json_equal(ours, our_length, theirs, their_length, 1e-12)) {
            fprintf(stderr, "frame %u differs:\n%.*s\n%.*s\n", i, (int)our_length, ours,
                    (int)their_length, theirs);
            return false;
        }
    }
    return true;
}

__attribute__((noinline, noclone)) static size_t run_all(struct bench *bench,
                                                         make_text *make)
{
    char text[TEXT_SIZE];
    size_t total = 0;
    for (unsigned i = 0; i < FRAMES; i++)
        total += make(bench, bench->frames[i], text);
    return total;
}

static double nanoseconds_per_frame(struct bench *bench, make_text *make)
{
    struct timespec start, end;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    size_t total = run_all(bench, make);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    if (total == 0)
        abort();
    return ((double)(end.tv_sec - start.tv_sec) * 1e9 +
            (double)(end.tv_nsec - start.tv_nsec)) /
           FRAMES;
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static void print_row(const char *name, double *times, unsigned rounds, double base)
{
    qsort(times, rounds, sizeof(*times), compare_doubles);
    double median = times[rounds / 2];
    printf("| %-8s | %9.1f | %9.1f | %9.1f | %6.2f |\n", name, median, times[0],
           times[rounds * 9 / 10], median / base);
}

static void time_both(struct bench *bench, unsigned rounds)
{
    static double ours[MAX_ROUNDS], theirs[MAX_ROUNDS];
    for (unsigned i = 0; i < rounds; i++) {
        ours[i] = nanoseconds_per_frame(bench, by_dragoman);
        theirs[i] = nanoseconds_per_frame(bench, by_cjson);
    }
    printf("%d frames, %u rounds, equal output on every frame\n\n", FRAMES, rounds);
    printf("| codec    | ns median |    ns min |    ns p90 |  ratio |\n");
    printf("|----------|----------:|----------:|----------:|-------:|\n");
    qsort(ours, rounds, sizeof(ours[0]), compare_doubles);
    double base = ours[rounds / 2];
    print_row("dragoman", ours, rounds, base);
    print_row("cJSON", theirs, rounds, base);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    const char *mode = argc > 2 ? argv[2] : "31";
    if (argc < 2 || !open_codec(&bench, argv[1])) {
        fprintf(stderr, "usage: bench-meter PROFILE.yaml [ROUNDS|dragoman|cjson]\n");
        return 2;
    }
    make_frames(&bench);
    int result = 0;
    if (strcmp(mode, "dragoman") == 0) {
        printf("%zu bytes\n", run_all(&bench, by_dragoman));
    } else if (strcmp(mode, "cjson") == 0) {
        printf("%zu bytes\n", run_all(&bench, by_cjson));
    } else if (!outputs_agree(&bench)) {
        result = 1;
    } else {
        long rounds = strtol(mode, NULL, 10);
        time_both(&bench, (unsigned)(rounds < 1            ? 1
                                     : rounds > MAX_ROUNDS ? MAX_ROUNDS
                                                           : rounds));
    }
    dgm_profile_close(bench.profile);
    return result;
}
