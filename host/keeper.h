/* SPDX-License-Identifier: MIT */
/*
 * Keeps a process of a plug-in ready: another one when the last has ended, later and
 * later when they end in a row, and none at all in the end.
 */
#ifndef DGM_KEEPER_H
#define DGM_KEEPER_H

#include <dragoman/worker.h>

#include "child.h"
#include "ending.h"

#include "../worker/wire.h"

/* The rules, with defaults filled in. */
struct keeper_rules {
    uint64_t deadline_ns; /* of the hooks of a frame */
    uint64_t start_ns,
        tired_ns; /* until a process serves; of work until it is replaced */
    uint64_t backoff_ns, backoff_most_ns;
    uint32_t crash_limit;
    bool spare;
};

struct keeper {
    struct keeper_rules rules;
    struct child_setup setup;
    struct child serving, spare;
    struct wire_ready description; /* of the first process; all say the same */
    uint64_t busy_ns;              /* work of the one that serves */
    uint64_t pause_ns, not_before; /* back-off: how long, and until when */
    struct ending last;            /* how the last one ended */
    uint32_t number;               /* of the last run */
    struct dgm_worker_stats stats;
};

/* Start the first process, and take what it says of itself. */
enum dgm_status keeper_open(struct keeper *keeper, const struct keeper_rules *rules,
                            const struct child_setup *setup, struct dgm_refusal *refusal);
void keeper_close(struct keeper *keeper);

/* The process that serves, or NULL with the reason. May wait for the end of a back-off,
 * and for a process to start. */
const struct child *keeper_get(struct keeper *keeper, struct ending *ret_why);

/* It answered, after so long. */
void keeper_answered(struct keeper *keeper, uint64_t took_ns);

/* It did not, or not well: end it, and have another one. `news` says what was seen, and
 * `ending` why it is to end, unless its own fate says it better (NULL). */
struct ending keeper_lost(struct keeper *keeper, const struct ending *ending);

void keeper_release(struct keeper *keeper);

#endif
