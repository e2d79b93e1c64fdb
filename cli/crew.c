/* SPDX-License-Identifier: MIT */
/*
 * A ring of blocks. One thread at a time reads the next one, and one at a time has the
 * turn: it tells the results of the oldest block. In between each thread works ahead for
 * itself. With one thread there is one block, and all work is done in turn.
 */
#include "crew.h"
#include "feed.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    ROOM_IN_ALL = 8 * 1024 * 1024, /* of the results of all blocks */
    ROOM_MOST = 1024 * 1024,       /* of those of one */
    ROOM_ALONE = 256 * 1024,       /* of the only one: stays in the cache */
    GATHERED = 64 * 1024,          /* results that are worth a write of their own */
    WANTED_LEAST = 2 * 1024,
    WHOLE = 1024 /* shares are counted in parts of it */
};

struct ring {
    struct crew *crew;
    struct block *blocks;
    size_t count;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    /* The rest is guarded by the mutex. */
    unsigned long next; /* block to read, counted from the first */
    unsigned long turn; /* block to tell */
    bool reading, telling, ended;
    size_t wanted;          /* bytes of a block */
    size_t threads;         /* that have a lane */
    bool gathers;           /* nobody waits for the results of a block */
    unsigned long numbered; /* lines read, if that is counted */
};

static unsigned long count_lines(const char *text, size_t length)
{
    unsigned long count = 0;
    for (size_t i = 0; i < length; i++) {
        count += text[i] == '\n' ? 1 : 0;
    }
    return count + (length > 0 && text[length - 1] != '\n' ? 1 : 0);
}

static void read_block(struct ring *ring, struct block *block, size_t wanted)
{
    const struct crew *crew = ring->crew;
    lines_block_read(crew->lines, &block->lines, wanted);
    block->at = block->taken = block->base = 0;
    block->ahead = false;
    if (crew->counts && crew->jobs > 1) {
        bool more = block->lines.then == LINES_TOO_LONG || block->lines.cut_off;
        block->base = ring->numbered;
        ring->numbered += count_lines(block->lines.text, block->lines.length) + more;
    }
}

/* What stands behind the lines of the block. */
static void tell_end(struct crew *crew, struct block *block)
{
    const struct lines_block *lines = &block->lines;
    struct sink *sink = crew->sink;
    bool passed_over = lines->then == LINES_TOO_LONG || lines->cut_off;
    crew->number += passed_over ? 1 : 0;
    if (lines->then == LINES_END) {
        crew->ways->end(crew->turn, &block->results);
        results_tell(&block->results, sink);
    } else if (lines->then != LINES_GOT) {
        errno = lines->reason;
        lines_tell(sink->report, crew->source, crew->number, lines->then);
        int code = lines->then == LINES_FAILED ? CLI_CANNOT : CLI_WRONG;
        sink->code = cli_worse(sink->code, code);
    }
}

/* Results of a few bytes go out with those of the next block: a write wakes whoever reads
 * a pipe. What is told about them points into the block. */
static bool are_kept(const struct ring *ring, const struct block *block)
{
    return ring->gathers && block->lines.then == LINES_GOT && !block->lines.cut_off &&
           block->results.event_count == 0 && block->results.length < GATHERED;
}

/* It is the block's turn: take what was done ahead, and do the rest. */
static void tell_block(struct ring *ring, struct block *block)
{
    struct crew *crew = ring->crew;
    struct sink *sink = crew->sink;
    if (block->ahead && crew->ways->settled(crew->turn)) {
        sink->before = crew->counts ? 0 : crew->number;
        results_tell(&block->results, sink);
        sink->before = 0;
    } else if (block->ahead) {
        results_clear(&block->results);
        block->at = block->taken = 0;
    }
    block->base = crew->number;
    if (block->at < block->lines.length && output_good(sink->output)) {
        crew->ways->work(crew->turn, block);
    }
    if (!are_kept(ring, block)) {
        results_tell(&block->results, sink);
    }
    crew->number += block->taken;
    if (output_good(sink->output)) {
        tell_end(crew, block);
        report_progress(sink->report, crew->number, block->lines.consumed);
    }
}

/* What was done of a block, and the results of that. */
struct yield {
    size_t done, bytes, events;
};

/*
 * Blocks are so large that their results fill about half of the room: small ones cost
 * more handing over, and what has no room is done when it is the block's turn, while the
 * others wait.
 */
static void adapt(struct ring *ring, const struct block *block, const struct yield *yield)
{
    if (!block->ahead || yield->done == 0) {
        return;
    }
    uint64_t bytes = (uint64_t)yield->bytes * WHOLE / block->results.size;
    uint64_t events = (uint64_t)yield->events * WHOLE / RESULTS_EVENTS;
    uint64_t share = bytes > events ? bytes : events;
    uint64_t fitting =
        share > 0 ? (uint64_t)yield->done * (WHOLE / 2) / share : LINES_CHUNK;
    ring->wanted = fitting > LINES_CHUNK    ? LINES_CHUNK
                   : fitting < WANTED_LEAST ? WANTED_LEAST
                                            : (size_t)fitting;
}

/* Each of the three steps leaves the mutex while it works. */
static void step_tell(struct ring *ring)
{
    struct block *block = &ring->blocks[ring->turn % ring->count];
    struct yield yield = {block->at, block->results.length, block->results.event_count};
    ring->telling = true;
    (void)pthread_mutex_unlock(&ring->mutex);
    tell_block(ring, block);
    (void)pthread_mutex_lock(&ring->mutex);
    adapt(ring, block, &yield);
    ring->telling = false;
    ring->ended = ring->ended || !output_good(ring->crew->sink->output);
    block->state = BLOCK_FREE;
    ring->turn++;
}

static void step_read(struct ring *ring, void *lane)
{
    struct block *block = &ring->blocks[ring->next % ring->count];
    size_t wanted = ring->wanted;
    ring->reading = true;
    ring->next++;
    block->state = BLOCK_AT_WORK;
    (void)pthread_mutex_unlock(&ring->mutex);
    read_block(ring, block, wanted);
    enum lines_result then = block->lines.then;
    (void)pthread_mutex_lock(&ring->mutex);
    ring->reading = false;
    ring->ended = ring->ended || then == LINES_END || then == LINES_FAILED;
    if (lane != NULL) {
        (void)pthread_cond_broadcast(&ring->changed);
        (void)pthread_mutex_unlock(&ring->mutex);
        block->ahead = true;
        ring->crew->ways->work(lane, block);
        (void)pthread_mutex_lock(&ring->mutex);
    }
    block->state = BLOCK_DONE;
}

/* With the mutex: what this thread can do next, or false if all is done. */
static bool step(struct ring *ring, void *lane)
{
    const struct block *oldest = &ring->blocks[ring->turn % ring->count];
    const struct block *newest = &ring->blocks[ring->next % ring->count];
    if (!ring->telling && ring->turn < ring->next && oldest->state == BLOCK_DONE) {
        step_tell(ring);
    } else if (!ring->reading && !ring->ended && newest->state == BLOCK_FREE) {
        step_read(ring, lane);
    } else if (ring->ended && ring->turn == ring->next) {
        return false;
    } else {
        (void)pthread_cond_wait(&ring->changed, &ring->mutex);
        return true;
    }
    (void)pthread_cond_broadcast(&ring->changed);
    return true;
}

static void *run(void *user)
{
    struct ring *ring = user;
    struct crew *crew = ring->crew;
    (void)pthread_mutex_lock(&ring->mutex);
    void *lane = crew->jobs > 1 ? crew->ahead[ring->threads] : NULL;
    ring->threads++;
    while (step(ring, lane)) {
    }
    (void)pthread_mutex_unlock(&ring->mutex);
    return NULL;
}

static bool open_blocks(struct ring *ring)
{
    size_t room = ring->count == 1 ? ROOM_ALONE : ROOM_IN_ALL / ring->count;
    ring->blocks = calloc(ring->count, sizeof(*ring->blocks));
    bool good = ring->blocks != NULL;
    for (size_t i = 0; i < ring->count && good; i++) {
        good =
            lines_block_open(&ring->blocks[i].lines) &&
            results_open(&ring->blocks[i].results, room < ROOM_MOST ? room : ROOM_MOST);
    }
    return good;
}

static void close_blocks(struct ring *ring)
{
    for (size_t i = 0; i < ring->count && ring->blocks != NULL; i++) {
        lines_block_close(&ring->blocks[i].lines);
        results_close(&ring->blocks[i].results);
    }
    free(ring->blocks);
}

/* Threads that cannot be had are done without. */
static void run_all(struct ring *ring)
{
    pthread_t threads[CREW_MOST];
    size_t count = 0;
    while (count + 1 < ring->crew->jobs &&
           pthread_create(&threads[count], NULL, run, ring) == 0) {
        count++;
    }
    (void)run(ring);
    for (size_t i = 0; i < count; i++) {
        (void)pthread_join(threads[i], NULL);
    }
}

void crew_run(struct crew *crew)
{
    struct ring ring;
    memset(&ring, 0, sizeof(ring));
    ring.crew = crew;
    ring.count = crew->jobs > 1 ? crew->jobs * 3 / 2 + 1 : 1;
    ring.wanted = crew->jobs > 1 ? LINES_CHUNK / 2 : LINES_CHUNK;
    ring.numbered = crew->number;
    ring.gathers = crew->jobs == 1 && lines_size(crew->lines) > 0;
    lines_before_wait(crew->lines, NULL, NULL);
    output_widen(crew->sink->output);
    if (!open_blocks(&ring) || pthread_mutex_init(&ring.mutex, NULL) != 0) {
        crew->sink->code = cli_worse(crew->sink->code, report_memory(crew->sink->report));
    } else {
        (void)pthread_cond_init(&ring.changed, NULL);
        run_all(&ring);
        (void)pthread_cond_destroy(&ring.changed);
        (void)pthread_mutex_destroy(&ring.mutex);
    }
    close_blocks(&ring);
}

int crew_jobs(const struct cli *cli, struct report *report, size_t *ret_jobs)
{
    uint64_t jobs = 1;
    int code = cli_number(cli, report, OPTION_JOBS, CREW_MOST, &jobs);
    if (jobs == 0) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        jobs = processors < 1           ? 1
               : processors > CREW_MOST ? CREW_MOST
                                        : (uint64_t)processors;
    }
    *ret_jobs = (size_t)jobs;
    return code;
}
