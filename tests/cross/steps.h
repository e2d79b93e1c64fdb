/* SPDX-License-Identifier: MIT */
/*
 * What is done with a vector, on the build machine and on every other one: the same calls
 * in the same order, each answered by one text. The build machine writes the answers
 * down; the other machines must give the same ones, byte by byte.
 *
 * Leans on the codec core and its memory functions alone, for machines without a C
 * library.
 */
#ifndef CROSS_STEPS_H
#define CROSS_STEPS_H

#include <dragoman/codec.h>

enum {
    CROSS_TEXT_MAX = 64 << 10,   /* bytes of one JSON text */
    CROSS_FRAME_MAX = 16 << 10,  /* bytes of one frame */
    CROSS_ANSWER_MAX = 96 << 10, /* bytes of one answer */
    CROSS_CODEC_MAX = 1 << 10,
    CROSS_PLAN_MAX = 1 << 20, /* of any profile */
    CROSS_SCRATCH_MAX = 32 << 10,
    CROSS_SHAPES = 3
};

/* One test vector of a profile, see struct dgm_test. */
struct cross_vector {
    const char *name; /* "acme-wm-100, line 120" */
    bool has_frame, down, has_channel, has_received;
    uint8_t shape;
    uint32_t channel;
    int64_t received_ms;
    const char *message; /* or NULL */
    const uint8_t *frame, *request;
    const char *json; /* or NULL */
    uint32_t frame_length, request_length, json_length;
};

/* Kinds of calls, for which the use of the stack is told apart. */
enum cross_kind { CROSS_OPEN, CROSS_DECODE, CROSS_ENCODE, CROSS_OTHER, CROSS_KINDS };

struct cross_answer {
    char text[CROSS_ANSWER_MAX];
    size_t length;
    bool cut; /* more would have come */
};

/*
 * What the caller brings. `take` gets each answer; with `mutated` it came from a damaged
 * input, and only a hash of it is worth keeping. `before` and `after` stand around each
 * call of the codec; NULL: not needed.
 */
struct cross_run {
    const struct dgm_codec *codec;
    void *user;
    void (*take)(void *user, const char *step, bool mutated,
                 const struct cross_answer *answer);
    void (*before)(void *user, enum cross_kind kind);
    void (*after)(void *user, enum cross_kind kind);
};

/** Open a table in the one codec memory there is. NULL if it is refused. */
const struct dgm_codec *cross_open(const struct dgm_model *model, size_t size);

/** The same codec with a plan, in the one plan memory there is. NULL if it does not fit.
 */
const struct dgm_codec *cross_plan(const struct dgm_codec *codec);

/** Do all that is done with a vector. */
void cross_steps(const struct cross_run *run, const struct cross_vector *vector);

/** FNV-1a of an answer. */
uint32_t cross_hash(const struct cross_answer *answer);

/** Put an answer together: texts and decimal numbers. */
void cross_put(struct cross_answer *answer, const char *text, size_t length);
void cross_put_text(struct cross_answer *answer, const char *text);
void cross_put_number(struct cross_answer *answer, uint64_t number);

#endif
