/* SPDX-License-Identifier: MIT */
/*
 * Keeps the inputs of a job with what is expected for them.
 */
#include "frames.h"

#include "make.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    make_pair *make;
} jobs[BENCH_JOBS] = {
    [BENCH_METER] = {"meter", make_meter},
    [BENCH_TELEMATICS] = {"telematics", make_telematics},
    [BENCH_BATCH] = {"batch", make_batch},
    [BENCH_VALVE] = {"valve", make_valve},
    [BENCH_CONFIG] = {"config", make_config},
    [BENCH_SCHEDULE] = {"schedule", make_schedule},
};

const char *bench_job_name(enum bench_job job)
{
    return jobs[job].name;
}

bool bench_job_encodes(enum bench_job job)
{
    return job >= BENCH_VALVE;
}

static void *reserve(size_t size)
{
    void *memory = calloc(1, size);
    if (memory == NULL) {
        fprintf(stderr, "bench: no memory for the inputs\n");
        exit(EXIT_FAILURE);
    }
    return memory;
}

/* Kept one behind the other, as a queue of messages has them. */
static struct bench_bytes keep(uint8_t **pool, size_t *left, const struct text *text)
{
    size_t needed = text->length + BENCH_PADDING;
    if (needed > *left) {
        *left = (size_t)1 << 22;
        *pool = reserve(*left);
    }
    struct bench_bytes kept = {*pool, text->length};
    memcpy(*pool, text->at, text->length);
    *pool += needed;
    *left -= needed;
    return kept;
}

const struct bench_frames *bench_frames_make(enum bench_job job, size_t count)
{
    static struct text input, expected;
    static const struct bench_frames *newest;
    struct bench_frames *frames = reserve(sizeof(*frames));
    struct random random = {.state = 20151212u + (uint64_t)job * 1000003u};
    uint8_t *inputs = NULL, *outputs = NULL;
    size_t inputs_left = 0, outputs_left = 0;

    frames->before = newest;
    newest = frames;
    frames->count = count < FRAMES_MAX ? count : FRAMES_MAX;
    for (size_t i = 0; i < frames->count; i++) {
        input.length = expected.length = 0;
        jobs[job].make(&random, &input, &expected);
        frames->input[i] = keep(&inputs, &inputs_left, &input);
        frames->expected[i] = keep(&outputs, &outputs_left, &expected);
    }
    return frames;
}
