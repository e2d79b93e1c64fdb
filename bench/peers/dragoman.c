/* SPDX-License-Identifier: MIT */
/*
 * The codec core, by the profiles of bench/profiles, compiled when they are opened: with
 * a plan, as a program does that has many frames, and without.
 */
#include "../bench.h"

#include <dragoman/codec.h>
#include <dragoman/profile.h>
#include <stdio.h>
#include <stdlib.h>

/* A device's report and its command are in one profile. */
static const char *const names[BENCH_JOBS] = {"meter", "telematics", "batch",
                                              "meter", "telematics", "schedule"};
static const struct dgm_codec *plain[BENCH_JOBS], *planned[BENCH_JOBS];
static struct dgm_call call;

static bool open_plan(enum bench_job job)
{
    size_t size = dgm_codec_plan_size(plain[job]);
    void *memory = malloc(size);
    return memory != NULL &&
           dgm_codec_plan(plain[job], memory, size, &planned[job], NULL) == DGM_OK;
}

/* The profile stays, since the codec lives on its table. */
static bool open_job(enum bench_job job, const char *folder)
{
    struct dgm_profile *profile;
    size_t size;
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s.yaml", folder, names[job]);
    if (dgm_profile_load(path, &profile) != DGM_OK) {
        fprintf(stderr, "%s does not compile\n", path);
        return false;
    }
    const struct dgm_model *model = dgm_profile_model(profile, &size);
    size_t needed = dgm_codec_size(model, size);
    void *memory = malloc(needed);
    return memory != NULL &&
           dgm_codec_open(model, size, memory, needed, &plain[job], NULL) == DGM_OK &&
           open_plan(job);
}

/* Once for both peers. */
static bool open_all(const char *folder)
{
    static const struct dgm_call defaults = DGM_CALL_INIT;
    size_t needed = 1;
    if (call.scratch != NULL)
        return true;
    for (int job = 0; job < BENCH_JOBS; job++) {
        if (!open_job((enum bench_job)job, folder))
            return false;
        size_t one = dgm_codec_scratch_size(planned[job]);
        needed = one > needed ? one : needed;
    }
    call = defaults;
    call.shape = DGM_SHAPE_OCEANCONNECT;
    call.scratch_size = needed;
    call.scratch = malloc(needed);
    return call.scratch != NULL;
}

static size_t decode(const struct dgm_codec *codec, const uint8_t *input, size_t length,
                     uint8_t *output)
{
    struct dgm_outcome outcome;
    enum dgm_status status = dgm_decode(codec, &call, input, length, (char *)output,
                                        BENCH_OUTPUT_SIZE, &outcome, NULL);
    return status == DGM_OK ? outcome.length : 0;
}

static size_t encode(const struct dgm_codec *codec, const uint8_t *input, size_t length,
                     uint8_t *output)
{
    struct dgm_outcome outcome;
    enum dgm_status status = dgm_encode(codec, &call, (const char *)input, length, output,
                                        BENCH_OUTPUT_SIZE, &outcome, NULL);
    return status == DGM_OK ? outcome.length : 0;
}

#define CONVERT(name, codec, way)                                                        \
    static size_t name(const uint8_t *input, size_t length, uint8_t *output)             \
    {                                                                                    \
        return way(codec, input, length, output);                                        \
    }

CONVERT(planned_meter, planned[BENCH_METER], decode)
CONVERT(planned_telematics, planned[BENCH_TELEMATICS], decode)
CONVERT(planned_batch, planned[BENCH_BATCH], decode)
CONVERT(planned_valve, planned[BENCH_VALVE], encode)
CONVERT(planned_config, planned[BENCH_CONFIG], encode)
CONVERT(planned_schedule, planned[BENCH_SCHEDULE], encode)
CONVERT(plain_meter, plain[BENCH_METER], decode)
CONVERT(plain_telematics, plain[BENCH_TELEMATICS], decode)
CONVERT(plain_batch, plain[BENCH_BATCH], decode)
CONVERT(plain_valve, plain[BENCH_VALVE], encode)
CONVERT(plain_config, plain[BENCH_CONFIG], encode)
CONVERT(plain_schedule, plain[BENCH_SCHEDULE], encode)

const struct bench_peer *bench_peers(size_t *ret_count)
{
    static const struct bench_peer peers[] = {
        {
            .name = "Dragoman",
            .exact = true,
            .open = open_all,
            .convert = {planned_meter, planned_telematics, planned_batch, planned_valve,
                        planned_config, planned_schedule},
        },
        {
            .name = "Dragoman, without plan",
            .exact = true,
            .open = open_all,
            .convert = {plain_meter, plain_telematics, plain_batch, plain_valve,
                        plain_config, plain_schedule},
        },
    };
    *ret_count = sizeof(peers) / sizeof(peers[0]);
    return peers;
}
