/* SPDX-License-Identifier: MIT */
/* A worker with a plug-in of unruly.c, and what a call of it needs. */
#ifndef TEST_WORKER_DESK_H
#define TEST_WORKER_DESK_H

#include <dragoman/worker.h>

enum { DESK_TEXT = 2048, DESK_SCRATCH = 64 * 1024 };

struct desk {
    struct dgm_worker *worker;
    const struct dgm_codec *codec;
    struct dgm_call call;
    char text[DESK_TEXT + 1]; /* the JSON */
    struct dgm_error error;
    uint64_t scratch[DESK_SCRATCH / 8];
};

/* Value of an environment variable that the build sets; the test fails without it. */
const char *desk_setting(const char *name);

/* Path of a variant; lives until the next call. */
const char *desk_plugin(const char *variant);

/* Options with a state, and a deadline that a busy machine keeps. */
struct dgm_worker_options desk_options(void);

/* Start, with those options if NULL. The test fails if it does not. */
void desk_open(struct desk *desk, const char *variant,
               const struct dgm_worker_options *options);
void desk_close(struct desk *desk);

/* Decode the frame 01, the deed, and bytes behind it, in hex. */
enum dgm_status desk_do(struct desk *desk, unsigned deed);
enum dgm_status desk_decode(struct desk *desk, const uint8_t *frame, size_t length);

/* The same, and the data must be this text. */
void desk_expect(struct desk *desk, unsigned deed, const char *answer);

struct dgm_worker_stats desk_stats(struct desk *desk);

#endif
