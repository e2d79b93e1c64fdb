/* SPDX-License-Identifier: MIT */
/* Calls of a codec with all that they need: buffers, scratch memory, notices. */
#ifndef DGM_CLI_WORKER_H
#define DGM_CLI_WORKER_H

#include "input.h"
#include "jsonout.h"
#include "product.h"

enum { WORKER_NOTICES = 64, WORKER_HOOKS = 40 };

/* What the options say about every call. */
struct call_options {
    struct dgm_call call;
    struct hexin_bytes *request; /* memory, or NULL */
};

/* Read --shape, --direction, --port and their kin. Returns an exit code. */
int call_options_read(struct call_options *options, struct report *report,
                      const struct cli *cli, enum dgm_shape otherwise);
void call_options_free(struct call_options *options);

struct worker {
    const struct dgm_codec *codec;
    void *scratch;
    size_t scratch_size;
    void *transforms; /* memory of the hooks, if the codec has some */
    const struct dgm_hook *hooks[WORKER_HOOKS]; /* of the plug-in's code, and those */
    size_t hook_count;
    char *data; /* JSON or frame */
    size_t size;
    struct dgm_error notices[WORKER_NOTICES];
    struct dgm_outcome outcome;
    struct dgm_error error;
};

bool worker_open(struct worker *worker, const struct dgm_codec *codec);
/* The same with the code of the product's plug-in, if it has some. */
bool worker_open_product(struct worker *worker, const struct product *product);
/* In front of the hooks that are there. */
void worker_add_hooks(struct worker *worker, const struct dgm_hook *const *hooks,
                      size_t count);
void worker_close(struct worker *worker);

/* `data` and `outcome` hold what came out, `error` why not. */
enum dgm_status worker_decode(struct worker *worker, const struct dgm_call *call,
                              const uint8_t *frame, size_t length);
enum dgm_status worker_encode(struct worker *worker, const struct dgm_call *call,
                              const char *json, size_t length);

/* The call with what the worker brings: scratch memory, hooks, notices. */
struct dgm_call worker_furnish(struct worker *worker, const struct dgm_call *call);

/* The call with what a line said about its frame. */
struct dgm_call worker_call(const struct call_options *options,
                            const struct hexin_words *words);

/* Tell the notices of the last call. */
void worker_tell_notices(const struct worker *worker, struct report *report,
                         const struct place *place);

/* A JSON array of the notices' ids. */
void notices_put(const struct dgm_error *notices, size_t count, struct jsonout *json);
void worker_put_notices(const struct worker *worker, struct jsonout *json);

#endif
