/* SPDX-License-Identifier: MIT */
#include "keeper.h"
#include "refuse.h"

#include <errno.h>
#include <string.h>
#include <time.h>

enum { SECOND = 1000000000 };

static const struct child nobody = {-1, -1, -1, -1};

/* What a message of the kind `kind`, that is always as long as `size`, has brought. */
static enum dgm_status await(struct child *child, uint64_t until, uint32_t kind,
                             void *message, size_t size, struct dgm_refusal *refusal)
{
    union {
        struct wire_head head;
        struct wire_refused refused;
        struct wire_violation violation;
        struct wire_ready ready;
    } heard;
    size_t length = 0;
    memset(&heard, 0, sizeof(heard));
    enum child_news news = child_receive(child, until, &heard, sizeof(heard), &length);
    if (news == CHILD_SAID && length == size && heard.head.kind == kind) {
        memcpy(message, &heard, size);
        return DGM_OK;
    }
    struct ending ending = ending_answer("it does not start as it should");
    if (news == CHILD_SAID && length == sizeof(heard.refused) &&
        heard.head.kind == WIRE_REFUSED) {
        heard.refused.text[WIRE_TEXT - 1] = '\0';
        return refuse(refusal, DGM_WORKER_START, "%s", heard.refused.text);
    }
    if (news == CHILD_SAID && length == sizeof(heard.violation) &&
        heard.head.kind == WIRE_VIOLATION) {
        ending = ending_violation(heard.violation.call);
    } else if (news == CHILD_LATE) {
        ending = ending_late();
    } else if (news == CHILD_GONE) {
        struct child_fate fate;
        child_end(child, &fate);
        ending = ending_of(&fate);
    }
    return refuse(refusal, DGM_WORKER_START, "while it started: %s: %s",
                  dgm_status_text(ending.status), ending.detail);
}

static bool is_name(const char *name)
{
    size_t length = strnlen(name, DGM_PLUGIN_CODE_NAME + 1);
    for (size_t i = 0; i < length; i++) {
        if (name[i] <= ' ' || name[i] > '~') {
            return false;
        }
    }
    return length > 0 && length <= DGM_PLUGIN_CODE_NAME;
}

static bool makes_sense(const struct wire_ready *ready)
{
    bool good = ready->hook_count > 0 && ready->hook_count <= DGM_PLUGIN_CODE_HOOKS &&
                ready->state_size <= DGM_PLUGIN_CODE_STATE;
    for (size_t i = 0; good && i < ready->hook_count; i++) {
        good = is_name(ready->hooks[i].name) &&
               (ready->hooks[i].ways & ~(uint32_t)(WIRE_DECODE | WIRE_ENCODE)) == 0;
    }
    return good;
}

/* What a process says until it serves. */
static enum dgm_status shake_hands(struct keeper *keeper, struct child *child,
                                   struct dgm_refusal *refusal)
{
    struct wire_guarded guarded;
    struct wire_ready ready;
    uint64_t until = child_now() + keeper->rules.start_ns;
    enum dgm_status status =
        await(child, until, WIRE_GUARDED, &guarded, sizeof(guarded), refusal);
    if (status == DGM_OK) {
        status = await(child, until, WIRE_READY, &ready, sizeof(ready), refusal);
    }
    if (status != DGM_OK) {
        return status;
    }
    bool is_first = keeper->description.hook_count == 0;
    if (!makes_sense(&ready) ||
        (!is_first && memcmp(&ready, &keeper->description, sizeof(ready)) != 0)) {
        return refuse(refusal, DGM_WORKER_START,
                      "the process says something else about its hooks");
    }
    if (is_first) {
        keeper->description = ready; /* from then on others read it without the lock */
    }
    keeper->stats.landlock = guarded.landlock;
    return DGM_OK;
}

static void add_spare(struct keeper *keeper)
{
    if (keeper->rules.spare && !child_is_there(&keeper->spare)) {
        (void)child_start(&keeper->setup, &keeper->spare, NULL);
    }
}

/* Let the spare one serve, or a new one. */
static enum dgm_status take_next(struct keeper *keeper, struct dgm_refusal *refusal)
{
    enum dgm_status status = DGM_WORKER_START;
    if (child_is_there(&keeper->spare)) {
        keeper->serving = keeper->spare;
        keeper->spare = nobody;
        status = shake_hands(keeper, &keeper->serving, refusal);
    } else {
        status = child_start(&keeper->setup, &keeper->serving, refusal);
        status =
            status == DGM_OK ? shake_hands(keeper, &keeper->serving, refusal) : status;
    }
    if (status != DGM_OK) {
        child_end(&keeper->serving, NULL);
    }
    keeper->busy_ns = 0;
    return status;
}

enum dgm_status keeper_open(struct keeper *keeper, const struct keeper_rules *rules,
                            const struct child_setup *setup, struct dgm_refusal *refusal)
{
    memset(keeper, 0, sizeof(*keeper));
    keeper->rules = *rules;
    keeper->setup = *setup;
    keeper->serving = nobody;
    keeper->spare = nobody;
    enum dgm_status status = take_next(keeper, refusal);
    if (status == DGM_OK) {
        add_spare(keeper);
    }
    return status;
}

void keeper_close(struct keeper *keeper)
{
    child_end(&keeper->serving, NULL);
    child_end(&keeper->spare, NULL);
}

/* One more in a row: the first is free, the next wait longer and longer. */
static void count_end(struct keeper *keeper)
{
    struct dgm_worker_stats *stats = &keeper->stats;
    const struct keeper_rules *rules = &keeper->rules;
    stats->crashes_in_a_row++;
    if (stats->crashes_in_a_row == 1) {
        keeper->pause_ns = 0;
    } else if (keeper->pause_ns == 0) {
        keeper->pause_ns = rules->backoff_ns;
    } else if (keeper->pause_ns < rules->backoff_most_ns / 2) {
        keeper->pause_ns *= 2;
    } else {
        keeper->pause_ns = rules->backoff_most_ns;
    }
    keeper->not_before = child_now() + keeper->pause_ns;
    stats->quarantined =
        rules->crash_limit != UINT32_MAX && stats->crashes_in_a_row >= rules->crash_limit;
    if (stats->quarantined) {
        child_end(&keeper->spare, NULL);
    }
}

static void wait_until(uint64_t until)
{
    struct timespec time = {(time_t)(until / SECOND), (long)(until % SECOND)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR) {
    }
}

/* A process in the place of one that has ended; `begun` is when its end began. */
static enum dgm_status restart(struct keeper *keeper, uint64_t begun)
{
    struct dgm_worker_stats *stats = &keeper->stats;
    enum dgm_status status = take_next(keeper, NULL);
    if (status != DGM_OK) {
        keeper->last = (struct ending){DGM_WORKER_START, "it ends while it starts"};
        count_end(keeper);
        return status;
    }
    stats->restarts++;
    stats->restart_ns = child_now() - begun;
    stats->restarts_ns += stats->restart_ns;
    if (stats->restart_ns > stats->longest_restart_ns) {
        stats->longest_restart_ns = stats->restart_ns;
    }
    add_spare(keeper);
    return DGM_OK;
}

const struct child *keeper_get(struct keeper *keeper, struct ending *ret_why)
{
    if (keeper->busy_ns > keeper->rules.tired_ns) {
        child_end(&keeper->serving, NULL);
    }
    if (child_is_there(&keeper->serving)) {
        return &keeper->serving;
    }
    if (keeper->stats.quarantined) {
        *ret_why = (struct ending){DGM_WORKER_QUARANTINE, keeper->last.detail};
        return NULL;
    }
    if (keeper->stats.crashes_in_a_row > 1) {
        wait_until(keeper->not_before);
    }
    if (restart(keeper, child_now()) != DGM_OK) {
        *ret_why = keeper->last;
        return NULL;
    }
    return &keeper->serving;
}

void keeper_answered(struct keeper *keeper, uint64_t took_ns)
{
    keeper->busy_ns += took_ns;
    keeper->stats.runs++;
    keeper->stats.crashes_in_a_row = 0;
}

static uint64_t *count_of(struct dgm_worker_stats *stats, enum dgm_status status)
{
    switch (status) {
    case DGM_WORKER_DEADLINE:
        return &stats->timeouts;
    case DGM_WORKER_SANDBOX:
        return &stats->violations;
    case DGM_WORKER_ANSWER:
        return &stats->bad_answers;
    default:
        return &stats->crashes;
    }
}

struct ending keeper_lost(struct keeper *keeper, const struct ending *ending)
{
    struct child_fate fate;
    uint64_t begun = child_now();
    child_end(&keeper->serving, &fate);
    struct ending last = ending != NULL ? *ending : ending_of(&fate);
    keeper->last = last;
    keeper->stats.runs++;
    *count_of(&keeper->stats, last.status) += 1;
    count_end(keeper);
    if (keeper->stats.crashes_in_a_row == 1 && !keeper->stats.quarantined) {
        (void)restart(keeper, begun); /* if it fails, the next call tries again */
    }
    return last;
}

void keeper_release(struct keeper *keeper)
{
    keeper->stats.quarantined = false;
    keeper->stats.crashes_in_a_row = 0;
    keeper->pause_ns = 0;
}
