/* SPDX-License-Identifier: MIT */
/*
 * Code plug-ins, run in a worker process. The host reads and verifies their tables
 * itself; what runs elsewhere are the hooks: bytes go to the process, plain bytes come
 * back, and the codec reads those as strictly as if they had stood in the frame. So a
 * process that was taken over can give wrong bytes and nothing else.
 *
 * A process that crashes, hangs, or does what its sandbox forbids costs the frame at
 * which it did so. Another one takes its place at once.
 */
#ifndef DRAGOMAN_WORKER_H
#define DRAGOMAN_WORKER_H

#include <dragoman/base.h>
#include <dragoman/codec.h>
#include <dragoman/host.h>
#include <dragoman/status.h>

DGM_BEGIN_DECLS

/* A code plug-in at work: its tables, and the process of its hooks. */
struct dgm_worker;

enum dgm_worker_flag {
    DGM_WORKER_NEED_LANDLOCK = 1u << 0, /* refuse to start where the kernel has none */
    DGM_WORKER_NO_SPARE = 1u << 1       /* keep no second process ready */
};

/*
 * Fill with DGM_WORKER_OPTIONS_INIT, then set what is known; zero means the default.
 * `size` lets the struct grow.
 */
struct dgm_worker_options {
    size_t size;
    /* Absolute path of the program dragoman-worker. NULL: that of the environment
     * variable DRAGOMAN_WORKER, or else the installed one. */
    const char *program;
    const void *settings; /* for the plug-in, such as keys; copied */
    size_t settings_length;
    size_t state_size; /* bytes that `state` of each call points to, if it is not NULL */
    uint32_t flags;    /* enum dgm_worker_flag */
    uint32_t deadline_ms; /* of the hooks of one frame; default: 250 */
    uint32_t start_ms;    /* of a process until it serves; default: 5000 */
    uint32_t memory_mib;  /* address space of the process; default: 256 */
    /* Processor time of a process; default: 3600. Before it is used up another process
     * takes over, between two frames. */
    uint32_t cpu_seconds;
    /* The first restart after an answer is immediate. Before the next ones in a row the
     * call waits: so long at first, twice as long each time, up to the second number.
     * Defaults: 5 and 1000. */
    uint32_t backoff_ms, backoff_most_ms;
    /* After so many processes in a row that ended without an answer the plug-in is set
     * aside; default: 32; UINT32_MAX: never. */
    uint32_t crash_limit;
    const struct dgm_load_options *load; /* whose plug-ins are run; NULL: anybody's */
};

#define DGM_WORKER_OPTIONS_INIT                                                          \
    {                                                                                    \
        sizeof(struct dgm_worker_options), NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,     \
            NULL                                                                         \
    }

/**
 * Check a code plug-in, verify its tables, and start its process. Returns when the
 * process serves.
 *
 * @param options     NULL: the defaults.
 * @param ret_worker  Set on success; end it with dgm_worker_stop().
 * @param ret_refusal  With DGM_OK, what is wrong with a signature that need not be right.
 * @return DGM_OK; DGM_IO, DGM_MEMORY, DGM_BAD_CALL; DGM_PLUGIN_CODE if the plug-in is one
 * without code, which dgm_plugin_load() loads; another refusal of the file or
 * its signature;
 * DGM_WORKER_START if there is no process, or the plug-in refuses its settings.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_worker_start(const char *path, const struct dgm_worker_options *options,
                 struct dgm_worker **ret_worker, struct dgm_refusal *ret_refusal);

/** End the process and free everything. No call may be under way, and no error of one may
 * be in use. NULL is allowed. */
DGM_API void dgm_worker_stop(struct dgm_worker *worker);

/** The codecs of the plug-in, for dgm_loaded_codec() and dgm_loaded_find(). They live as
 * long as `worker`, and are freed with it. */
DGM_API const struct dgm_loaded *dgm_worker_loaded(const struct dgm_worker *worker);

/** Bytes of state that the plug-in keeps of each device, 0 if none. */
DGM_API size_t dgm_worker_state_size(const struct dgm_worker *worker);

/**
 * As dgm_decode() and dgm_encode(), with the hooks of the plug-in in front of those of
 * the call.
 *
 * Any thread may call, with a codec of dgm_worker_loaded(). Frames that need a hook wait
 * for one another from their first hook to their end; whoever wants several at once
 * starts several workers. Nothing is allocated, unless a process has to be restarted.
 *
 * `state` of the call is NULL, which reads as zeros, or points to `state_size` bytes of
 * the options: the hooks' memory of the device, which outlives the process. It changes
 * only by hooks that succeed. A hook whose bytes are read several times for one frame is
 * run once.
 *
 * @return Also DGM_WORKER_CRASH, DGM_WORKER_DEADLINE, DGM_WORKER_SANDBOX and
 * DGM_WORKER_ANSWER: the process ended at this frame, and the next one has another.
 * DGM_WORKER_START if no process could be started, DGM_WORKER_QUARANTINE if no more will
 * be. `detail` of the error lives as long as `worker`.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_worker_decode(struct dgm_worker *worker, const struct dgm_codec *codec,
                  const struct dgm_call *call, const uint8_t *frame, size_t frame_length,
                  char *text, size_t text_size, struct dgm_outcome *ret,
                  struct dgm_error *reterr);
DGM_API DGM_NODISCARD enum dgm_status
dgm_worker_encode(struct dgm_worker *worker, const struct dgm_codec *codec,
                  const struct dgm_call *call, const char *json, size_t json_length,
                  uint8_t *frame, size_t frame_size, struct dgm_outcome *ret,
                  struct dgm_error *reterr);

/**
 * The hooks alone, for calls such as dgm_decode_batch(), whose `state` is as above. Each
 * run of a hook has the deadline for itself, and a hook whose bytes are read several
 * times for one frame may be run each time. Any thread may use them; they live as long as
 * `worker`.
 */
DGM_API const struct dgm_hook *const *dgm_worker_hooks(const struct dgm_worker *worker,
                                                       size_t *ret_count);

/* What has happened so far. */
struct dgm_worker_stats {
    uint64_t runs;        /* hooks that were run */
    uint64_t crashes;     /* processes that ended by themselves or by a signal */
    uint64_t timeouts;    /* that were ended at the deadline */
    uint64_t violations;  /* that the sandbox ended */
    uint64_t bad_answers; /* that were ended for what they answered */
    uint64_t restarts;    /* processes that took another's place */
    /* From the end of a process to the next one, without back-off: the last time, all
     * times together, and the longest. */
    uint64_t restart_ns, restarts_ns, longest_restart_ns;
    uint32_t crashes_in_a_row; /* ends since the last answer */
    uint32_t landlock;         /* version in force, 0: the kernel has none */
    bool quarantined;
};

/** Any thread may ask, and waits while a hook runs. */
DGM_API void dgm_worker_get_stats(struct dgm_worker *worker,
                                  struct dgm_worker_stats *ret);

/** Go on after quarantine: the crashes are forgotten. */
DGM_API void dgm_worker_release(struct dgm_worker *worker);

DGM_END_DECLS

#endif
