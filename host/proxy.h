/* SPDX-License-Identifier: MIT */
/* Hooks of this process that stand for those of a worker process. */
#ifndef DGM_PROXY_H
#define DGM_PROXY_H

#include <dragoman/worker.h>

#include "keeper.h"
#include "memo.h"

#include <pthread.h>

enum {
    PROXY_DETAILS = 64,  /* different sentences of a plug-in that are kept */
    PROXY_STRANGERS = 64 /* most hooks of a call that are not the plug-in's */
};

struct dgm_worker {
    pthread_mutex_t lock; /* of everything below that changes */
    struct dgm_loaded *loaded;
    struct keeper keeper;
    void *start; /* the first message to each process; may hold keys */
    size_t start_size;
    char *program;
    int plugin;
    struct memo memo; /* of the frame under way */
    size_t detail_count;
    char details[PROXY_DETAILS][DGM_PLUGIN_CODE_DETAIL + 1];
    uint8_t message[WIRE_MOST];
    /* Constant once the worker has started. */
    struct proxy {
        struct dgm_worker *worker;
        struct proxy_frame *frame; /* NULL: the run of a hook is all there is */
        uint32_t hook;
    } proxies[DGM_PLUGIN_CODE_HOOKS];
    struct dgm_hook hooks[DGM_PLUGIN_CODE_HOOKS];
    const struct dgm_hook *list[DGM_PLUGIN_CODE_HOOKS];
    size_t hook_count;
};

/* A frame, from its first hook to its end. The lock is held meanwhile. */
struct proxy_frame {
    bool begun;
    uint64_t until; /* when its hooks must have been run, 0: not begun */
    struct proxy proxies[DGM_PLUGIN_CODE_HOOKS];
    struct dgm_hook hooks[DGM_PLUGIN_CODE_HOOKS];
    const struct dgm_hook *list[DGM_PLUGIN_CODE_HOOKS + PROXY_STRANGERS];
    struct dgm_call call;
};

/* Fill in the hooks that the first process has named. */
void proxy_prepare(struct dgm_worker *worker);

/* A call with the plug-in's hooks in front of its own. If the call itself is wrong, so is
 * what it becomes, and the codec says it. */
void proxy_begin(struct dgm_worker *worker, const struct dgm_call *call,
                 struct proxy_frame *ret);
void proxy_end(struct dgm_worker *worker, struct proxy_frame *frame);

#endif
