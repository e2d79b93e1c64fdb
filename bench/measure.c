/* SPDX-License-Identifier: MIT */
/*
 * Measures. Thread CPU time, since a machine that does other work besides would count it
 * in; turns inside one process, since a machine changes its speed in the midst of it.
 */
#include "measure.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { WARM_FRAMES = 512 };

static const double repetition_ns = 3e6;

static uint8_t output[BENCH_OUTPUT_SIZE] __attribute__((aligned(64)));
static volatile size_t sink;

/* Where callgrind looks; returns what keeps the work from being left out. */
__attribute__((noinline, noclone)) size_t bench_region(bench_convert *convert,
                                                       const struct bench_frames *frames,
                                                       size_t first, size_t count);
__attribute__((noinline, noclone)) void bench_region_end(void);

size_t bench_region(bench_convert *convert, const struct bench_frames *frames,
                    size_t first, size_t count)
{
    size_t total = 0;
    for (size_t i = first; count > 0; count--) {
        total += convert(frames->input[i].at, frames->input[i].length, output);
        if (++i == frames->count)
            i = 0;
    }
    return total;
}

void bench_region_end(void)
{
    __asm__ volatile("" ::: "memory");
}

static double now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* A peer with where it goes on, and how many frames make up a repetition. */
struct turn {
    const struct bench_peer *peer;
    size_t at, frames;
};

static double take_turn(struct turn *turn, enum bench_job job,
                        const struct bench_frames *frames)
{
    bench_convert *convert = turn->peer->convert[job];
    double began = now_ns();
    sink = bench_region(convert, frames, turn->at, turn->frames);
    double took = now_ns() - began;
    turn->at = (turn->at + turn->frames) % frames->count;
    return took;
}

/* Warms the peer on the way. */
static void calibrate(struct turn *turn, enum bench_job job,
                      const struct bench_frames *frames)
{
    double took;
    turn->frames = 64;
    while ((took = take_turn(turn, job, frames)) < repetition_ns / 2)
        turn->frames *= 2;
    turn->frames = (size_t)((double)turn->frames * repetition_ns / took) + 1;
}

static size_t list_turns(struct turn *turns, const struct peers *peers,
                         enum bench_job job)
{
    size_t count = 0;
    for (size_t i = 0; i < peers->count; i++)
        if (peers->at[i]->convert[job] != NULL)
            turns[count++] = (struct turn){.peer = peers->at[i]};
    return count;
}

void measure_time(const struct peers *peers, enum bench_job job,
                  const struct bench_frames *frames, unsigned round, unsigned repetitions)
{
    struct turn turns[PEERS_MAX];
    size_t count = list_turns(turns, peers, job);
    for (size_t i = 0; i < count; i++)
        calibrate(&turns[i], job, frames);
    for (unsigned repetition = 0; repetition < repetitions; repetition++) {
        for (size_t i = 0; i < count; i++) {
            struct turn *turn = &turns[i];
            sink = bench_region(turn->peer->convert[job], frames, turn->at, WARM_FRAMES);
            double took = take_turn(turn, job, frames);
            printf("time\t%s\t%s\t%u\t%u\t%.2f\n", bench_job_name(job), turn->peer->name,
                   round, repetition, took / (double)turn->frames);
        }
    }
}

bool measure_allocations(const struct peers *peers, enum bench_job job,
                         const struct bench_frames *frames)
{
    struct turn turns[PEERS_MAX];
    size_t count = list_turns(turns, peers, job);
    const uint64_t *allocations = dlsym(RTLD_DEFAULT, "bench_allocations");
    if (allocations == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        bench_convert *convert = turns[i].peer->convert[job];
        sink = bench_region(convert, frames, 0, WARM_FRAMES);
        uint64_t before = *allocations;
        sink = bench_region(convert, frames, 0, frames->count);
        uint64_t made = *allocations - before;
        printf("allocations\t%s\t%s\t%.2f\n", bench_job_name(job), turns[i].peer->name,
               (double)made / (double)frames->count);
    }
    return true;
}

void measure_instructions(const struct peers *peers, enum bench_job job,
                          const struct bench_frames *frames)
{
    struct turn turns[PEERS_MAX];
    size_t count = list_turns(turns, peers, job);
    for (size_t i = 0; i < count; i++) {
        sink = bench_region(turns[i].peer->convert[job], frames, 0, frames->count);
        bench_region_end();
        printf("instructions\t%s\t%s\t%zu\n", bench_job_name(job), turns[i].peer->name,
               frames->count);
    }
}
