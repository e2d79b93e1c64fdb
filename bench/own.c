/* SPDX-License-Identifier: MIT */
/*
 * The codec core as a peer of a measuring bench that loads shared objects: one with a
 * plan, one without. The interface is that of the bench; the profiles are those of the
 * reference jobs beside this file, and the environment variable DRAGOMAN_BENCH_PROFILES
 * names another folder for them.
 */
#include <dragoman/codec.h>
#include <dragoman/profile.h>

#include <stdio.h>
#include <stdlib.h>

enum { JOBS = 6 };

typedef size_t job_function(const uint8_t *in, size_t n, uint8_t *out, size_t cap);

/* What the bench reads. */
struct peer {
    const char *name;
    int (*init)(const char *data_folder);
    int is_floor;
    job_function *job[JOBS];
};

const struct peer *bench_peers(size_t *ret_count);

/* S, M, L, CS, CM, CL */
static const char *const profiles[JOBS] = {"meter", "telematics", "batch",
                                           "meter", "telematics", "schedule"};
static const struct dgm_codec *plain[JOBS], *planned[JOBS];
static struct dgm_call call;
static uint64_t scratch[8192];

static bool open_job(unsigned job, const char *folder)
{
    char path[4096];
    struct dgm_profile *profile;
    size_t size;
    (void)snprintf(path, sizeof(path), "%s/%s.yaml", folder, profiles[job]);
    if (dgm_profile_load(path, &profile) != DGM_OK)
        return false;
    const struct dgm_model *model = dgm_profile_model(profile, &size);
    size_t codec_size = dgm_codec_size(model, size);
    if (dgm_codec_open(model, size, malloc(codec_size), codec_size, &plain[job], NULL) !=
            DGM_OK ||
        dgm_codec_scratch_size(plain[job]) > sizeof(scratch))
        return false;
    size_t plan_size = dgm_codec_plan_size(plain[job]);
    return dgm_codec_plan(plain[job], malloc(plan_size), plan_size, &planned[job],
                          NULL) == DGM_OK;
}

/* Open all codecs once, for both peers. */
static int init(const char *data_folder)
{
    static const struct dgm_call defaults = DGM_CALL_INIT;
    static bool done;
    const char *folder = getenv("DRAGOMAN_BENCH_PROFILES");
    (void)data_folder;
    if (done)
        return 0;
    call = defaults;
    call.shape = DGM_SHAPE_OCEANCONNECT;
    call.scratch = scratch;
    call.scratch_size = sizeof(scratch);
    for (unsigned job = 0; job < JOBS; job++)
        if (!open_job(job, folder != NULL ? folder : BENCH_PROFILES))
            return 1;
    done = true;
    return 0;
}

static size_t decode(const struct dgm_codec *codec, const uint8_t *in, size_t n,
                     uint8_t *out, size_t cap)
{
    struct dgm_outcome outcome;
    if (dgm_decode(codec, &call, in, n, (char *)out, cap, &outcome, NULL) != DGM_OK)
        return 0;
    return outcome.length;
}

static size_t encode(const struct dgm_codec *codec, const uint8_t *in, size_t n,
                     uint8_t *out, size_t cap)
{
    struct dgm_outcome outcome;
    if (dgm_encode(codec, &call, (const char *)in, n, out, cap, &outcome, NULL) != DGM_OK)
        return 0;
    return outcome.length;
}

#define JOB(name, codecs, job, direction)                                                \
    static size_t name(const uint8_t *in, size_t n, uint8_t *out, size_t cap)            \
    {                                                                                    \
        return direction(codecs[job], in, n, out, cap);                                  \
    }

JOB(plan_s, planned, 0, decode)
JOB(plan_m, planned, 1, decode)
JOB(plan_l, planned, 2, decode)
JOB(plan_cs, planned, 3, encode)
JOB(plan_cm, planned, 4, encode)
JOB(plan_cl, planned, 5, encode)
JOB(rows_s, plain, 0, decode)
JOB(rows_m, plain, 1, decode)
JOB(rows_l, plain, 2, decode)
JOB(rows_cs, plain, 3, encode)
JOB(rows_cm, plain, 4, encode)
JOB(rows_cl, plain, 5, encode)

const struct peer *bench_peers(size_t *ret_count)
{
    static const struct peer peers[2] = {
        {"dragoman", init, 0, {plan_s, plan_m, plan_l, plan_cs, plan_cm, plan_cl}},
        {"dragoman-rows", init, 0, {rows_s, rows_m, rows_l, rows_cs, rows_cm, rows_cl}},
    };
    *ret_count = 2;
    return peers;
}
