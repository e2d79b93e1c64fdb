/* SPDX-License-Identifier: MIT */
/* One frame, or one JSON text, given to both products. */
#ifndef DGM_CLI_DIFFTRIAL_H
#define DGM_CLI_DIFFTRIAL_H

#include "diffkind.h"
#include "diffside.h"

/* What both get. `call` has the direction, and of a JSON text the shape. */
struct diff_input {
    struct dgm_call call;
    const uint8_t *frame; /* as it stands on the line; NULL: the JSON is encoded */
    size_t length;
    const char *json;
    size_t json_length;
};

/* A difference. Texts are valid during the call. */
struct diff_seen {
    enum diff_kind kind;
    const char *message;
    const char *path;   /* of the member; "" for all of it */
    const char *detail; /* id of the outcome, or "" */
    enum dgm_shape shape;
};

struct diff_trial {
    struct diff_side *sides;
    enum dgm_status status[DIFF_SIDES];
    size_t frames, texts; /* that were tried */
    /* Called for each difference. What both said is in the workers of the sides. */
    void (*saw)(void *user, const struct diff_trial *trial,
                const struct diff_input *input, const struct diff_seen *seen);
    void *user;
};

/* Decode or encode by both. Frames are tried in all shapes, up to the first in which
 * something differs. */
void diff_try(struct diff_trial *trial, const struct diff_input *input);

/* What one side said, in text: JSON, a frame as decode reads it, or why not. Memory;
 * NULL if that is out. */
char *diff_answer(const struct diff_trial *trial, const struct diff_input *input,
                  unsigned side);

#endif
