/* SPDX-License-Identifier: MIT */
/*
 * Is what a message says kept? Frames go to JSON and back: the same bytes come, or others
 * of the same JSON, or a field loses something, and is named with the first frame that
 * shows it.
 */
#ifndef DGM_CLI_PROVE_H
#define DGM_CLI_PROVE_H

#include "explore.h"

enum { FINDINGS_MAX = 32, FINDING_TEXT = 200 };

/* How a frame went. */
enum prove_result {
    PROVE_SAME_BYTES,
    PROVE_SAME_JSON,   /* other bytes, and what they say is the same */
    PROVE_DECODE_ONLY, /* there is no way back */
    PROVE_WARNED,      /* decoding warned of it, and then something is lost */
    PROVE_LOST,
    PROVE_RESULTS
};

/* A field that loses something, and the first frame that shows it. */
struct finding {
    char field[FINDING_TEXT];  /* "Meter.flow" */
    char reason[FINDING_TEXT]; /* why, in words */
    enum prove_result result;  /* PROVE_WARNED or PROVE_LOST */
    size_t count;              /* frames */
    struct specimen specimen;
    char *first, *second; /* the JSON of both ways; `second` NULL: no frame came */
    uint8_t *bytes;       /* the frame that came back, or NULL */
    size_t length;
};

struct proof {
    struct lab *lab;
    size_t frames, results[PROVE_RESULTS];
    struct finding *findings;
    size_t finding_count;
    struct worker back; /* the way back, beside the lab's own */
    bool failed;        /* memory is out */
};

bool proof_open(struct proof *proof, struct lab *lab);
void proof_close(struct proof *proof);

/* A frame that the lab has just decoded; for an explorer. False if memory is out. */
bool proof_try(void *user, struct lab *lab, const struct specimen *specimen);

#endif
